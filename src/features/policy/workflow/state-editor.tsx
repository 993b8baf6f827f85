/** One state of the workflow as a form: its name, what it does to the clocks, where cases start, what happens by itself. */

import React, { useState } from "react";
import { msg, pattern } from "../../../engine/text/msg.js";
import { type Bilingual, inLanguage } from "../../../engine/text/text.js";
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
  add: msg("policy-workflow.stateEditor.add"),
  edit: pattern("policy-workflow.stateEditor.edit"),
  needBoth: msg("policy-workflow.stateEditor.needBoth"),
  needName: msg("policy-workflow.stateEditor.needName"),
  initial: msg("policy-workflow.stateEditor.initial"),
  triage: msg("policy-workflow.stateEditor.triage"),
  copyAdds: pattern("policy-workflow.stateEditor.copyAdds"),
  noTimed: msg("policy-workflow.stateEditor.noTimed"),
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
  /** Code of the state that is edited. */
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
        label={msg("policy-workflow.stateEditor.copyFrom")}
        help={msg("policy-workflow.stateEditor.copyHelp")}
        value={copied}
        empty={msg("policy-workflow.stateEditor.copyNothing")}
        choices={workflow.states
          .filter((other) => other.code !== code && (other.kind === "open" || other.kind === "waiting"))
          .map((other) => ({ value: other.code, label: other.name }))}
        onChange={onChange}
      />
      <p className="small muted" role="status">
        {copied === ""
          ? ""
          : names.length === 0
            ? t(msg("policy-workflow.stateEditor.copyAddsNothing"))
            : t(words.copyAdds, { actions: names.join(t(msg("policy-workflow.stateEditor.text"))) })}
      </p>
    </div>
  );
}

export function StateEditor({ definition, workflow, state, faults, onSet, onClose }: StateEditorProps) {
  const { t } = useText();
  const [name, setName] = useState<Bilingual>(state?.name ?? { ar: "", en: "" });
  const [told, setTold] = useState<Bilingual>(state?.told ?? { ar: "", en: "" });
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
  const untold = told.ar.trim() === "" && told.en.trim() === "";
  const halfTold = !untold && (told.ar.trim() === "" || told.en.trim() === "");
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
    if (unnamed || halfTold) return;
    const { told: toldBefore, ...old } = rawState(definition, code);
    const own = untold ? {} : { told: named(toldBefore, told) };
    let next: object = putState(definition, code, { ...old, name: named(old.name, name), kind, ...own });
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
      help={state?.starts.includes(one) ? msg("policy-workflow.stateEditor.startHelp") : null}
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
            labels={{ ar: msg("policy-workflow.stateEditor.nameAr"), en: msg("policy-workflow.stateEditor.nameEn") }}
            help={msg("policy-workflow.stateEditor.nameHelp")}
            required
            disabled={readOnly}
            faultOf={(language) => (asked && inLanguage(name, language).trim() === "" ? words.needName : null)}
            value={name}
            onChange={(text, language) => setName({ ...name, [language]: text })}
          />
        </div>
        <div className="line-row">
          <TextPair
            labels={{ ar: msg("policy-workflow.stateEditor.toldAr"), en: msg("policy-workflow.stateEditor.toldEn") }}
            help={msg("policy-workflow.stateEditor.toldHelp")}
            disabled={readOnly}
            faultOf={(language) =>
              asked && halfTold && inLanguage(told, language).trim() === "" ? words.needBoth : null
            }
            value={told}
            onChange={(text, language) => setTold({ ...told, [language]: text })}
          />
        </div>
        <Select
          label={msg("policy-workflow.stateEditor.kind")}
          help={msg("policy-workflow.stateEditor.kindHelp")}
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
        <Field label={msg("policy-workflow.stateEditor.timers")} group>
          {timers.map((timer) => (
            <div key={timer.key} className="line-row flow-timer">
              <NumberField
                label={msg("policy-workflow.stateEditor.after")}
                min={0}
                disabled={readOnly}
                value={timer.amount}
                onChange={(amount) => changeTimer(timer.key, { amount })}
              />
              <Select
                label={msg("policy-workflow.stateEditor.unit")}
                value={timer.unit}
                disabled={readOnly}
                choices={Object.entries(unitWords).map(([value, label]) => ({ value, label }))}
                onChange={(unit) => changeTimer(timer.key, { unit })}
              />
              <Select
                label={msg("policy-workflow.stateEditor.action")}
                value={timer.action}
                disabled={readOnly}
                empty={msg("policy-workflow.stateEditor.choose")}
                choices={timed.map((action) => ({ value: action.code, label: action.name }))}
                onChange={(action) => changeTimer(timer.key, { action })}
              />
              {!readOnly && (
                <Button
                  small
                  kind="quiet"
                  icon="trash"
                  label={msg("policy-workflow.stateEditor.removeTimer")}
                  onClick={() => setTimers(timers.filter(({ key }) => key !== timer.key))}
                />
              )}
            </div>
          ))}
          {!readOnly && timed.length === 0 && <p className="field-help">{t(words.noTimed)}</p>}
          {!readOnly && timed.length > 0 && (
            <Button small icon="plus" onClick={addTimer}>
              {t(msg("policy-workflow.stateEditor.addTimer"))}
            </Button>
          )}
        </Field>
        <p className="muted">
          <bdi>{t(pattern("policy-workflow.stateEditor.code"), { code })}</bdi>
        </p>
        <div className="form-actions">
          {!readOnly && (
            <Button type="submit" kind="primary">
              {t(msg("policy-workflow.stateEditor.set"))}
            </Button>
          )}
          <Button onClick={onClose}>{t(msg("policy-workflow.stateEditor.cancel"))}</Button>
        </div>
      </form>
    </Dialog>
  );
}
