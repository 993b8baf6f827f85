/** Moving open cases to the version in force: where each state goes, what that changes, and why. */

import React, { useEffect, useState } from "react";
import type { MigrationPreview, MigrationRow } from "../../../engine/lifecycle/migration-views.js";
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
  title: { en: "Move open cases to version {n}", ar: "نقل المعاملات المفتوحة إلى النسخة {n}" },
  loading: { en: "Looking at the cases …", ar: "جارٍ الاطلاع على المعاملات …" },
  none: { en: "Every open case follows the version in force.", ar: "كل المعاملات المفتوحة تتبع النسخة السارية." },
  goes: {
    en: "“{name}” (version {version}, {n} cases) goes to",
    ar: "«{name}» (النسخة {version}، {n} معاملة) تنتقل إلى",
  },
  choose: { en: "Choose where they go …", ar: "اختر إلى أين تنتقل …" },
  looked: { en: "Of {n} cases that were looked at:", ar: "من {n} معاملة اطُّلع عليها:" },
  pauses: { en: "Clocks that stand still from now on: {n}", ar: "ساعات تتوقف من الآن: {n}" },
  resumes: { en: "Clocks that run again: {n}", ar: "ساعات تعود إلى العمل: {n}" },
  sooner: { en: "Something falls due sooner: {n}", ar: "ما يحين موعده أبكر: {n}" },
  atOnce: { en: "The system acts on them within the minute: {n}", ar: "ينفذ النظام عليها خلال دقيقة: {n}" },
  later: { en: "Something falls due later: {n}", ar: "ما يحين موعده لاحقًا: {n}" },
  never: { en: "Nothing falls due any more: {n}", ar: "ما لم يعد له موعد: {n}" },
  drafts: {
    en: "Drafts of officials for actions that the new version does not have: {n}",
    ar: "مسودات لموظفين تخص إجراءات ليست في النسخة الجديدة: {n}",
  },
  same: { en: "Nothing else changes for them.", ar: "لا يتغير شيء آخر." },
  kept: {
    en: "It is written down on each case. Applicants are not written to; nothing is answered or closed by it.",
    ar: "يُسجَّل ذلك على كل معاملة. لا يُراسَل مقدمو الطلبات، ولا يُرد على شيء ولا يُغلق.",
  },
  reason: { en: "Why?", ar: "لماذا؟" },
  uncounted: {
    en: "Confidential cases move too and are in no number.",
    ar: "وتُنقل المعاملات السرّية أيضًا، ولا تدخل في أي عدد.",
  },
  move: { en: "Move {n} cases", ar: "نقل {n} معاملة" },
  moveAll: { en: "Move them", ar: "نقلها" },
  begun: { en: "It has begun; you can leave the page.", ar: "بدأ النقل ويمكنك مغادرة الصفحة." },
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
  const { t, number } = useText();
  const told = (["pauses", "resumes", "sooner", "atOnce", "later", "never", "drafts"] as const).filter(
    (name) => effects[name] > 0,
  );
  return (
    <section aria-live="polite">
      <p>{t(words.looked, { n: number(effects.looked) })}</p>
      <ul className="bullets">
        {told.map((name) => (
          <li key={name}>{t(words[name], { n: number(effects[name]) })}</li>
        ))}
        {told.length === 0 && <li>{t(words.same)}</li>}
      </ul>
    </section>
  );
}

export function MigrationDialog({ thing, onClose, onBegun }: MigrationDialogProps) {
  const { t, number } = useText();
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
    toast(words.begun);
    onBegun();
  };
  // Confidential cases are in no number, and move as the others do: whether there is anything to move, rows say.
  const isEmpty = preview?.rows.length === 0;
  return (
    <Confirm
      title={t(words.title, { n: String(preview?.target.version ?? "") })}
      action={preview === null || preview.cases === 0 ? words.moveAll : t(words.move, { n: number(preview.cases) })}
      onClose={onClose}
      onConfirm={begin}
      disabled={preview === null || isEmpty || preview.faults.length > 0 || reason.trim() === ""}
    >
      <ProblemBox problem={problem} />
      {preview === null && problem === null && <Spinner label={words.loading} />}
      {isEmpty && <p>{t(words.none)}</p>}
      {preview !== null && !isEmpty && (
        <>
          {byState(preview.rows).map((row) => (
            <Select
              key={row.state}
              label={t(words.goes, { name: t(row.name), version: String(row.version), n: number(row.cases) })}
              value={map[row.state] ?? row.proposed ?? ""}
              empty={words.choose}
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
            {t(words.kept)} {t(words.uncounted)}
          </p>
          <TextArea label={words.reason} name="reason" required rows={2} value={reason} onChange={setReason} />
        </>
      )}
    </Confirm>
  );
}
