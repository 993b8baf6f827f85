/** What this official can do with the case now, the most useful first; the rest behind "more"; what not, and why, below. */

import React from "react";
import type { CasePageView, ComposedAction } from "../../../engine/lifecycle/views/case-view.js";
import type { DeskDeed } from "../../../engine/measures/desk-row.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import { Button, deedKeys, useShortcuts, useText } from "../../../platform/ui/kit.js";
import { focusComposer } from "./use-composing.js";

/** What is written to the applicant, then a note; the other actions are above, and the one to do first stands out there. */
const ranks: readonly ((one: ComposedAction) => boolean)[] = [
  ({ letter, usual }) => letter && usual,
  ({ deed }) => deed === "note",
];

/** Below the last message: what is written next. It stays in sight while one reads, on a telephone too. */
export function ReplyBar(a: {
  actions: readonly ComposedAction[];
  /** Actions for which something is typed and not sent. */
  drafts: ReadonlySet<string>;
  onOpen: (action: ComposedAction) => void;
}) {
  const { t } = useText();
  const allowed = a.actions.filter((one) => one.allowed);
  const shown = [...new Set(ranks.flatMap((rank) => allowed.filter(rank)))];
  if (shown.length === 0) return null;
  return (
    <fieldset className="case-reply" aria-label={t(msg("cases-act.replyBar.label"))}>
      {shown.map((one) => (
        <Button key={one.action} icon={one.letter ? "reply" : "edit"} onClick={() => a.onOpen(one)}>
          {t(one.name)}
          {a.drafts.has(one.action) && <span className="draft-mark">{t(msg("cases-act.caseActions.draft"))}</span>}
        </Button>
      ))}
    </fieldset>
  );
}

/** With so few of them, none is put away. */
const fewActions = 5;

interface CaseActionsProps {
  readonly actions: readonly ComposedAction[];
  readonly others: CasePageView["others"];
  readonly open: string | null;
  /** Actions for which something is typed and not sent. */
  readonly drafts: ReadonlySet<string>;
  /** Those of them that the server keeps: what was sent from elsewhere is none, although this window still has its text. */
  readonly unsent: ReadonlySet<string>;
  readonly onOpen: (action: ComposedAction) => void;
}

/** Who else may do what: nobody waits for the wrong one. */
function Others({ others }: Pick<CaseActionsProps, "others">) {
  const { t } = useText();
  if (others.length === 0) return null;
  return (
    <details className="fold">
      <summary>{t(pattern("cases-act.caseActions.others"), { n: others.length })}</summary>
      <ul className="refused">
        {others.map(({ name, who }) => (
          <li key={t(name)}>
            <span className="refused-name">{t(name)}</span>
            <span className="muted small">{who.map((one) => t(one)).join(t(msg("cases-act.caseActions.text")))}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}

export function CaseActions({ actions, others, open, drafts, unsent, onOpen }: CaseActionsProps) {
  const { t } = useText();
  const allowed = actions.filter((one) => one.allowed);
  const ordered = [...allowed.filter(({ primary }) => primary), ...allowed.filter(({ primary }) => !primary)];
  const front = ordered.filter((one) => ordered.length <= fewActions || one.primary || one.usual);
  const more = ordered.filter((one) => !front.includes(one));
  const refused = actions.filter((one) => !one.allowed);
  // What was typed for one that a colleague was faster with is opened there, to be read and copied.
  const kept = refused.filter(({ action }) => unsent.has(action));
  const button = (one: ComposedAction) => (
    <Button
      key={one.action}
      kind={one.primary && open === null ? "primary" : "plain"}
      expanded={open === one.action}
      onClick={() => onOpen(one)}
    >
      {t(one.name)}
      {drafts.has(one.action) && <span className="draft-mark">{t(msg("cases-act.caseActions.draft"))}</span>}
    </Button>
  );
  // As on a row of the desk: the same letters start the same acts.
  const start = (deed: DeskDeed) => (): boolean => {
    const found = ordered.find((one) => one.deed === deed);
    if (found === undefined) return false;
    if (found.action === open) focusComposer();
    else onOpen(found);
    return true;
  };
  useShortcuts(
    deedKeys(
      ordered.flatMap(({ deed }) => deed ?? []),
      start,
    ),
  );
  if (actions.length === 0) {
    return (
      <div className="case-actions">
        <p className="muted">{t(msg("cases-act.caseActions.none"))}</p>
        <Others others={others} />
      </div>
    );
  }
  const inMore = more.some(({ action }) => action === open || drafts.has(action));
  return (
    <div className="case-actions">
      {ordered.length + kept.length > 0 && (
        <fieldset className="case-buttons" aria-label={t(msg("cases-act.caseActions.whatYouCanDo"))}>
          {front.map(button)}
          {kept.map(button)}
          {more.length > 0 && (
            <details className="case-more" open={inMore || undefined}>
              <summary className="button button-plain">{t(msg("cases-act.caseActions.more"))}</summary>
              <div className="case-buttons">{more.map(button)}</div>
            </details>
          )}
        </fieldset>
      )}
      <div className="case-folds">
        {refused.length > 0 && (
          <details className="fold">
            <summary>{t(pattern("cases-act.caseActions.refused"), { n: refused.length })}</summary>
            <ul className="refused">
              {refused.map((one) => (
                <li key={one.action}>
                  <span className="refused-name">{t(one.name)}</span>
                  <span className="muted small">{t(one.reason)}</span>
                </li>
              ))}
            </ul>
          </details>
        )}
        <Others others={others} />
      </div>
    </div>
  );
}
