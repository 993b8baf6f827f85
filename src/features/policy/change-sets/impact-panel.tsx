/** What a change-set would do, as the checks find it, and what of it no check and no replay shows. */

import React from "react";
import { isReplayedEdit } from "../../../engine/replay/replayed-edits.js";
import { affectsDecisions, type EditedRow } from "../../../engine/setup/affects-decisions.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import { Badge, LinkButton, Panel, useText } from "../../../platform/ui/kit.js";
import { OpenCasesNote } from "../workflow/open-cases-note.js";
import type { ChangeSetView } from "./change-set.page.js";

type Opened = NonNullable<ChangeSetView["opened"]>;

const isReplayed = (kind: string): boolean => kind === "rules" || kind === "calendar";

type Held = Pick<Opened, "drafts" | "listed">;

/** Whether past cases can tell what it would decide otherwise, which no check says: a draft that is replayed, or rows that routes name. */
export const isDecided = ({ drafts, listed: edits }: Held): boolean =>
  drafts.some(({ kind }) => isReplayed(kind)) || edits.some(({ edit }) => isReplayedEdit(edit as EditedRow));

/** Whether it holds what decides and what no replay shows. */
const isUntold = ({ drafts, listed: edits }: Held): boolean =>
  drafts.some(({ kind }) => !isReplayed(kind)) ||
  edits.some(
    ({ edit }) => edit.table !== "seats" && affectsDecisions(edit as EditedRow) && !isReplayedEdit(edit as EditedRow),
  );

export const workflowsOf = ({ drafts }: Pick<Opened, "drafts">) => drafts.filter(({ kind }) => kind === "workflow");

const impactPanelWords = {
  fine: msg("policy-change-sets.openedChangeSet.impactPanelWordsFine"),
  unchecked: msg("policy-change-sets.openedChangeSet.uncheckedDecides"),
  uncheckedToo: msg("policy-change-sets.openedChangeSet.uncheckedToo"),
  uncheckedOther: msg("policy-change-sets.openedChangeSet.uncheckedOther"),
  lookAt: pattern("policy-change-sets.openedChangeSet.impactPanelWordsLookAt"),
};
const kinds = {
  error: { title: msg("policy-change-sets.openedChangeSet.kindsErrorTitle"), tone: "late", icon: "alert" },
  warning: { title: msg("policy-change-sets.openedChangeSet.kindsWarningTitle"), tone: "near", icon: "alert" },
  info: { title: msg("policy-change-sets.openedChangeSet.kindsInfoTitle"), tone: "neutral", icon: "eye" },
} as const;

/** What the set adds is nowhere but in its edit, which those open who may write; everybody else reads it above. */
function placeOf({ adds, link }: Opened["findings"][number], { listed, acts }: Opened): string | null {
  if (!adds) return link;
  const edit = listed.find(({ table, code }) => table === adds.table && code === adds.code);
  return acts.includes("save") ? (edit?.form ?? null) : null;
}

/** What a change-set would do: what has to be corrected, what is odd, what is good to know. */
export function ImpactPanel({ set }: { set: Opened }) {
  const { t } = useText();
  const decides = isDecided(set);
  const findings = set.findings.map((finding) => ({ ...finding, place: placeOf(finding, set) }));
  return (
    <Panel title={msg("policy-change-sets.openedChangeSet.impactPanelWordsTitle")} id="impact">
      {decides ? (
        <p className="muted">
          {t(findings.length === 0 ? impactPanelWords.unchecked : impactPanelWords.uncheckedToo)}{" "}
          <a href="#set-replay">{t(msg("policy-change-sets.openedChangeSet.uncheckedAct"))}</a>
        </p>
      ) : (
        findings.length === 0 && !isUntold(set) && <p className="muted">{t(impactPanelWords.fine)}</p>
      )}
      {isUntold(set) && <p className="muted">{t(impactPanelWords.uncheckedOther)}</p>}
      {workflowsOf(set).map(({ name, title }) => (
        <OpenCasesNote key={name} programme={set.programme} name={name} title={title} walk />
      ))}
      {(["error", "warning", "info"] as const).map((severity) => {
        const some = findings.filter((finding) => finding.severity === severity);
        if (some.length === 0) return null;
        const { title, tone, icon } = kinds[severity];
        return (
          <section key={severity} className="impact-group">
            <h3>
              <Badge tone={tone} icon={icon}>
                {t(title)}
              </Badge>
            </h3>
            <ul className="bullets">
              {some.map((finding) => (
                <li key={finding.words.en}>
                  {t(finding.words)}{" "}
                  {finding.place !== null && (
                    <LinkButton
                      small
                      kind="quiet"
                      to={finding.place}
                      label={t(impactPanelWords.lookAt, { what: t(finding.words) })}
                    >
                      {t(msg("policy-change-sets.openedChangeSet.impactPanelWordsLook"))}
                    </LinkButton>
                  )}
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </Panel>
  );
}
