/** Moving open cases to the version in force: where each state goes, what that changes, and why. */

import React, { useEffect, useState } from "react";
import type { MigrationPreview, MigrationRow } from "../../../engine/lifecycle/views/migration-views.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import type { StateKind } from "../../../engine/workflow/workflow-definition.js";
import {
  Confirm,
  faultAt,
  newId,
  type ProblemBody,
  ProblemBox,
  problemOf,
  Select,
  Spinner,
  send,
  TextArea,
  toast,
  useText,
} from "../../../platform/ui/kit.js";
import type { PolicyThing } from "../policy-part.js";
import { stateKinds } from "./workflow-words.js";

const words = {
  title: pattern("policy-workflow.migrationDialog.moveOpenCasesToVersion"),
  goes: pattern("policy-workflow.migrationDialog.goes"),
  pauses: pattern("policy-workflow.migrationDialog.pauses"),
  resumes: pattern("policy-workflow.migrationDialog.resumes"),
  sooner: pattern("policy-workflow.migrationDialog.sooner"),
  atOnce: pattern("policy-workflow.migrationDialog.atOnce"),
  later: pattern("policy-workflow.migrationDialog.later"),
  never: pattern("policy-workflow.migrationDialog.never"),
  drafts: pattern("policy-workflow.migrationDialog.drafts"),
  reason: msg("policy-workflow.migrationDialog.why"),
  move: pattern("policy-workflow.migrationDialog.move"),
  moveAll: msg("policy-workflow.migrationDialog.moveAll"),
};

interface MigrationDialogProps {
  readonly thing: PolicyThing;
  readonly onClose: () => void;
  readonly onBegun: () => void;
}

const carries = (kind: StateKind): readonly StateKind[] => (kind === "resolved" ? ["resolved"] : ["open", "waiting"]);

/** One choice a state, whichever older versions have it. */
function byState(rows: readonly MigrationRow[]): MigrationRow[] {
  const found = new Map<string, MigrationRow>();
  for (const row of rows) {
    const known = found.get(row.state);
    found.set(row.state, known === undefined ? row : { ...known, cases: known.cases + row.cases });
  }
  return [...found.values()];
}

function Effects({ effects }: Pick<MigrationPreview, "effects">) {
  const { t } = useText();
  const told = (["pauses", "resumes", "sooner", "atOnce", "later", "never", "drafts"] as const).filter(
    (name) => effects[name] > 0,
  );
  return (
    <section aria-live="polite">
      <p>{t(pattern("policy-workflow.migrationDialog.looked"), { n: effects.looked })}</p>
      <ul className="bullets">
        {told.map((name) => (
          <li key={name}>{t(words[name], { n: effects[name] })}</li>
        ))}
        {told.length === 0 && <li>{t(msg("policy-workflow.migrationDialog.same"))}</li>}
      </ul>
    </section>
  );
}

export function MigrationDialog({ thing, onClose, onBegun }: MigrationDialogProps) {
  const { t } = useText();
  const [map, setMap] = useState<Readonly<Record<string, string>>>({});
  const [preview, setPreview] = useState<MigrationPreview | null>(null);
  const [problem, setProblem] = useState<ProblemBody | null>(null);
  const [reason, setReason] = useState("");
  // One number an opened dialog: sent twice, it is one run.
  const [id] = useState(newId);
  const { programme, name } = thing;
  useEffect(() => {
    let current = true;
    send<MigrationPreview>("pages/workflow", { do: "preview", programme, name, map })
      .then((found) => current && setPreview(found))
      .catch((error: unknown) => current && setProblem(problemOf(error)));
    return () => {
      current = false;
    };
  }, [programme, name, map]);
  const faults = preview === null ? null : ({ faults: preview.faults } as ProblemBody);
  const begin = async () => {
    if (preview === null) return;
    await send("pages/workflow", {
      do: "move",
      programme,
      name,
      map,
      id,
      versionId: preview.target.versionId,
      reason,
    });
    toast(msg("policy-workflow.migrationDialog.begun"));
    onBegun();
  };
  // Confidential cases are in no number, and move as the others do: whether there is anything to move, rows say.
  const isEmpty = preview?.rows.length === 0;
  return (
    <Confirm
      title={t(words.title, { n: String(preview?.target.version ?? "") })}
      action={preview === null || preview.cases === 0 ? words.moveAll : t(words.move, { n: preview.cases })}
      onClose={onClose}
      onConfirm={begin}
      disabled={preview === null || isEmpty || preview.faults.length > 0 || reason.trim() === ""}
    >
      <ProblemBox problem={problem} />
      {preview === null && problem === null && <Spinner label={msg("policy-workflow.migrationDialog.loading")} />}
      {isEmpty && <p>{t(msg("policy-workflow.migrationDialog.none"))}</p>}
      {preview !== null && !isEmpty && (
        <>
          {byState(preview.rows).map((row) => (
            <Select
              key={row.state}
              label={t(words.goes, { name: t(row.name), version: String(row.version), n: row.cases })}
              value={map[row.state] ?? row.proposed ?? ""}
              empty={msg("policy-workflow.migrationDialog.choose")}
              fault={faultAt(faults, `/map/${row.state}`) ?? null}
              choices={preview.target.states
                .filter(({ kind }) => carries(row.kind).includes(kind))
                .map((state) => ({
                  value: state.code,
                  label: `${t(state.name)} (${t(stateKinds[state.kind].label)})`,
                }))}
              onChange={(to) => {
                const { [row.state]: _, ...others } = map;
                setMap(to === "" ? others : { ...others, [row.state]: to });
              }}
            />
          ))}
          <Effects effects={preview.effects} />
          <p className="muted">
            {t(msg("policy-workflow.migrationDialog.kept"))} {t(msg("policy-workflow.migrationDialog.uncounted"))}
          </p>
          <TextArea label={words.reason} name="reason" required rows={2} value={reason} onChange={setReason} />
        </>
      )}
    </Confirm>
  );
}
