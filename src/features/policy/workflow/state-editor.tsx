/** One state of the workflow as a form: its name, what it does to the clocks, where cases start, what happens by itself. */

import React, { useState } from "react";
import type { Bilingual } from "../../../engine/text/text.js";
import type { StateKind } from "../../../engine/workflow/workflow-definition.js";
import { Button, Checkbox, Dialog, Field, NumberField, Select, TextPair, useText } from "../../../platform/ui/kit.js";
import type { PolicyFault } from "../policy-part.js";
import { unitWords } from "../rules/budget-words.js";
import {
  codeFrom,
  copyPossible,
  type NewTimer,
  possibleOnlyIn,
  putStart,
  putState,
  putTimers,
  rawState,
  taken,
} from "./edit-workflow.js";
import { faultsOfState, type StateView, type WorkflowView } from "./workflow-model.js";
import { FaultLines } from "./workflow-tables.js";
import { stateKinds } from "./workflow-words.js";

const words = {
  add: { en: "Add a state", ar: "إضافة حالة" },
  edit: { en: "State “{name}”", ar: "الحالة «{name}»" },
  nameAr: { en: "Name in Arabic", ar: "الاسم بالعربية" },
  nameEn: { en: "Name in English", ar: "الاسم بالإنجليزية" },
  nameHelp: {
    en: "Applicants read it, too: say what happened, not what the case is.",
    ar: "يقرؤه مقدم الطلب أيضًا: قل ما حدث، مثل «تم الإغلاق».",
  },
  needName: { en: "Name it in both languages.", ar: "اكتب الاسم باللغتين." },
  kind: { en: "Kind", ar: "النوع" },
  kindHelp: { en: "It says what the clocks do.", ar: "يحدد ما تفعله الساعات." },
  initial: {
    en: "Cases start here once the rules found their entity",
    ar: "تبدأ المعاملات هنا متى وجدت القواعد جهتها",
  },
  triage: { en: "Cases start here while they wait to be placed", ar: "تبدأ المعاملات هنا وهي بانتظار التوجيه" },
  startHelp: { en: "Another state is chosen there, not unchosen here.", ar: "لتغييرها اختر حالة أخرى." },
  copyFrom: { en: "Copy what is possible from another state", ar: "نسخ ما يمكن القيام به من حالة أخرى" },
  copyHelp: {
    en: "A new state has no note, transfer, rejection or withdrawal of its own until you add them. Timers are not copied.",
    ar: "لا تتيح الحالة الجديدة ملاحظة أو تحويلًا أو رفضًا أو سحبًا إلى أن تضيفها. ولا تُنسخ المؤقتات.",
  },
  copyNothing: { en: "Nothing", ar: "لا شيء" },
  copyAdds: { en: "Also possible here then: {actions}", ar: "يصبح ممكنًا هنا أيضًا: {actions}" },
  copyAddsNothing: {
    en: "All that is possible there is possible here already.",
    ar: "كل ما يمكن القيام به هناك ممكن هنا.",
  },
  timers: { en: "What the system does when nothing happens", ar: "ما ينفذه النظام إن لم يحدث شيء" },
  after: { en: "After", ar: "بعد" },
  unit: { en: "Counted in", ar: "تُحسب بـ" },
  action: { en: "Action", ar: "الإجراء" },
  choose: { en: "Choose …", ar: "اختر …" },
  addTimer: { en: "Add a timer", ar: "إضافة مؤقت" },
  removeTimer: { en: "Remove the timer", ar: "حذف المؤقت" },
  noTimed: {
    en: "An action that the system may do from here comes first: add “The system itself” to who may do it.",
    ar: "يلزم أولًا إجراء يقوم به النظام من هنا: أضف «النظام نفسه» إلى من يقوم به.",
  },
  set: { en: "Set", ar: "اعتماد" },
  cancel: { en: "Cancel", ar: "إلغاء" },
  code: { en: "Code: {code}", ar: "الرمز: {code}" },
};

interface StateEditorProps {
  readonly definition: unknown;
  readonly workflow: WorkflowView;
  /** Null: a new one. */
  readonly state: StateView | null;
  readonly faults: readonly PolicyFault[];
  /** Left out: it is only looked at. */
  readonly onSet: ((definition: object, code: string) => void) | undefined;
  readonly onClose: () => void;
}

interface TimerDraft extends Omit<NewTimer, "after"> {
  readonly key: number;
  readonly amount: number | null;
  readonly unit: string;
}

/** Nothing to change stays written as it was: a name that was not touched keeps its form. */
const named = (old: unknown, name: Bilingual) => ({ ...(typeof old === "object" ? old : {}), ...name });

interface CopyProps {
  readonly definition: unknown;
  readonly workflow: WorkflowView;
  /** Of the state that is edited. */
  readonly code: string;
  /** The state that is copied from; empty: none. */
  readonly copied: string;
  readonly onChange: (state: string) => void;
}

/** From which state what is possible comes, and what that would add here. */
function CopyChoice({ definition, workflow, code, copied, onChange }: CopyProps) {
  const { t } = useText();
  const added = copied === "" ? [] : possibleOnlyIn(definition, copied, code);
  const names = workflow.actions.filter((action) => added.includes(action.code)).map(({ name }) => t(name));
  return (
    <div className="stack-small">
      <Select
        label={words.copyFrom}
        help={words.copyHelp}
        value={copied}
        empty={words.copyNothing}
        choices={workflow.states
          .filter((other) => other.code !== code && (other.kind === "open" || other.kind === "waiting"))
          .map((other) => ({ value: other.code, label: other.name }))}
        onChange={onChange}
      />
      <p className="small muted" role="status">
        {copied === ""
          ? ""
          : names.length === 0
            ? t(words.copyAddsNothing)
            : t(words.copyAdds, { actions: names.join(t({ en: ", ", ar: "، " })) })}
      </p>
    </div>
  );
}

export function StateEditor({ definition, workflow, state, faults, onSet, onClose }: StateEditorProps) {
  const { t } = useText();
  const [name, setName] = useState<Bilingual>(state?.name ?? { ar: "", en: "" });
  const [kind, setKind] = useState<StateKind>(state?.kind ?? "open");
  const [starts, setStarts] = useState(state?.starts ?? []);
  const [timers, setTimers] = useState<readonly TimerDraft[]>(
    (state?.timers ?? []).map(({ at, id, after, action }) => ({
      key: at,
      id,
      action,
      amount: after?.amount ?? null,
      unit: after?.unit ?? "calendarHours",
    })),
  );
  const [copied, setCopied] = useState("");
  const [asked, setAsked] = useState(false);
  const readOnly = onSet === undefined;
  const code = state?.code ?? codeFrom(name.en, taken(definition, "states"), "state");
  const timed = workflow.actions.filter(({ by, from }) => by.includes("system") && from.includes(code));
  const unnamed = name.ar.trim() === "" || name.en.trim() === "";
  const changeTimer = (key: number, part: Partial<TimerDraft>) =>
    setTimers(timers.map((timer) => (timer.key === key ? { ...timer, ...part } : timer)));
  const addTimer = () => {
    const key = Math.max(-1, ...timers.map((timer) => timer.key)) + 1;
    const ids = [...workflow.timers.map(({ id }) => id), ...timers.map(({ id }) => id)];
    const id = codeFrom(`${code} timer`, ids, "timer");
    setTimers([...timers, { key, id, action: timed[0]?.code ?? "", amount: 7, unit: "workingDays" }]);
  };
  const set = () => {
    setAsked(true);
    if (unnamed) return;
    const old = rawState(definition, code);
    let next: object = putState(definition, code, { ...old, name: named(old.name, name), kind });
    const added = timers.map(({ id, action, amount, unit }) => ({ id, action, after: { amount: amount ?? 0, unit } }));
    if (timers.length > 0 || (state?.timers.length ?? 0) > 0) next = putTimers(next, code, added);
    if (copied !== "") next = copyPossible(next, copied, code);
    for (const start of starts) if (!state?.starts.includes(start)) next = putStart(next, start, code);
    onSet?.(next, code);
  };
  const start = (one: "initial" | "triage") => (
    <Checkbox
      label={words[one]}
      checked={starts.includes(one)}
      disabled={readOnly || state?.starts.includes(one) === true}
      help={state?.starts.includes(one) ? words.startHelp : null}
      onChange={(on) => setStarts(on ? [...starts, one] : starts.filter((other) => other !== one))}
    />
  );
  return (
    <Dialog wide title={state === null ? words.add : t(words.edit, { name: t(state.name) })} onClose={onClose}>
      <form
        noValidate
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          set();
        }}
      >
        {state !== null && <FaultLines faults={faultsOfState(faults, state)} />}
        <div className="line-row">
          <TextPair
            labels={{ ar: words.nameAr, en: words.nameEn }}
            help={words.nameHelp}
            required
            disabled={readOnly}
            faultOf={(language) => (asked && name[language].trim() === "" ? words.needName : null)}
            value={name}
            onChange={(text, language) => setName({ ...name, [language]: text })}
          />
        </div>
        <Select
          label={words.kind}
          help={words.kindHelp}
          value={kind}
          disabled={readOnly}
          choices={Object.entries(stateKinds).map(([value, { label, help }]) => ({
            value,
            label: `${t(label)} — ${t(help)}`,
          }))}
          onChange={(value) => setKind(value as StateKind)}
        />
        {kind === "open" && (
          <>
            {start("initial")}
            {start("triage")}
          </>
        )}
        {!readOnly && (kind === "open" || kind === "waiting") && (
          <CopyChoice {...{ definition, workflow, code, copied }} onChange={setCopied} />
        )}
        <Field label={words.timers} group>
          {timers.map((timer) => (
            <div key={timer.key} className="line-row flow-timer">
              <NumberField
                label={words.after}
                min={0}
                disabled={readOnly}
                value={timer.amount}
                onChange={(amount) => changeTimer(timer.key, { amount })}
              />
              <Select
                label={words.unit}
                value={timer.unit}
                disabled={readOnly}
                choices={Object.entries(unitWords).map(([value, label]) => ({ value, label }))}
                onChange={(unit) => changeTimer(timer.key, { unit })}
              />
              <Select
                label={words.action}
                value={timer.action}
                disabled={readOnly}
                empty={words.choose}
                choices={timed.map((action) => ({ value: action.code, label: action.name }))}
                onChange={(action) => changeTimer(timer.key, { action })}
              />
              {!readOnly && (
                <Button
                  small
                  kind="quiet"
                  icon="trash"
                  label={words.removeTimer}
                  onClick={() => setTimers(timers.filter(({ key }) => key !== timer.key))}
                />
              )}
            </div>
          ))}
          {!readOnly && timed.length === 0 && <p className="field-help">{t(words.noTimed)}</p>}
          {!readOnly && timed.length > 0 && (
            <Button small icon="plus" onClick={addTimer}>
              {t(words.addTimer)}
            </Button>
          )}
        </Field>
        <p className="muted">
          <bdi>{t(words.code, { code })}</bdi>
        </p>
        <div className="form-actions">
          {!readOnly && (
            <Button type="submit" kind="primary">
              {t(words.set)}
            </Button>
          )}
          <Button onClick={onClose}>{t(words.cancel)}</Button>
        </div>
      </form>
    </Dialog>
  );
}
