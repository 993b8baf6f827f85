/** One step of the ladder: warning or escalation, when it is taken, who hears of it. */

import React from "react";
import { isRecord } from "../../../engine/is-record.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import { Checkbox, Field, NumberField, Select, useText } from "../../../platform/ui/kit.js";
import type { Json } from "./rule-model.js";
import { clockWords, receiversOf, receiverWords, stepOfLevel } from "./step-words.js";
import { BudgetFields, type OutcomeProps } from "./targets-editor.js";

const words = {
  otherLevel: pattern("policy-rules.stepEditor.otherLevel"),
  moment: msg("policy-rules.stepEditor.moment"),
  percent: msg("policy-rules.stepEditor.percent"),
  after: msg("policy-rules.stepEditor.after"),
  idle: msg("policy-rules.stepEditor.idle"),
};

/** Level 0 warns. */
function KindChoice({ params, onChange, faultAt, vocabulary }: OutcomeProps) {
  const { t } = useText();
  const level = params.kind === "warning" ? 0 : Number(params.level);
  const levels = vocabulary.ladder.map((step) => ({
    value: String(step.level),
    label: msg("policy-rules.stepEditor.level", { n: String(step.level), role: step.name }),
  }));
  const known = level === 0 || levels.some(({ value }) => value === String(level));
  return (
    <Select
      label={msg("policy-rules.stepEditor.kind")}
      value={String(level)}
      choices={[
        { value: "0", label: msg("policy-rules.stepEditor.warning") },
        ...levels,
        ...(known ? [] : [{ value: String(level), label: t(words.otherLevel, { n: String(level) }) }]),
      ]}
      fault={faultAt("/kind") ?? faultAt("/level")}
      onChange={(chosen) => onChange(stepOfLevel(params, Number(chosen)))}
    />
  );
}

type Way = "percent" | "after" | "idle";
const wayOf = (when: Json): Way => ("idle" in when ? "idle" : "after" in when ? "after" : "percent");
const freshTime = { amount: 24, unit: "calendarHours" };

/** Another kind of moment, with what was said before as far as it fits. */
function turned(when: Json, way: Way): Json {
  const clock = typeof when.clock === "string" ? when.clock : "resolution";
  const time = when.after ?? when.idle ?? freshTime;
  if (way === "idle") return { idle: time };
  return way === "after" ? { clock, after: time } : { clock, percent: 75 };
}

function MomentEditor({ params, onChange, faultAt, vocabulary }: OutcomeProps) {
  const { t } = useText();
  const when: Json = isRecord(params.when) ? params.when : {};
  const way = wayOf(when);
  const set = (next: Json) => onChange({ ...params, when: next });
  const fault = faultAt("/when");
  const time = when[way];
  return (
    <fieldset className="cell-target">
      <legend>{t(words.moment)}</legend>
      <div className="outcome-line">
        <Select
          ariaLabel={words.moment}
          value={way}
          choices={(["percent", "after", "idle"] as const).map((value) => ({ value, label: words[value] }))}
          onChange={(chosen) => set(turned(when, chosen as Way))}
        />
        {way !== "idle" && (
          <Select
            label={msg("policy-rules.stepEditor.clock")}
            value={String(when.clock)}
            choices={Object.entries(clockWords).map(([value, label]) => ({ value, label }))}
            onChange={(clock) => set({ ...when, clock })}
          />
        )}
        {way === "percent" ? (
          <NumberField
            label={msg("policy-rules.stepEditor.share")}
            unit="%"
            min={1}
            max={1000}
            value={typeof when.percent === "number" ? when.percent : null}
            onChange={(percent) => set({ ...when, percent })}
          />
        ) : (
          isRecord(time) && (
            <BudgetFields
              what={msg("policy-rules.stepEditor.time")}
              budget={time}
              dayHours={vocabulary.dayHours}
              onChange={(next) => set({ ...when, [way]: next })}
            />
          )
        )}
      </div>
      {fault && (
        <p className="field-fault" role="alert">
          {t(fault)}
        </p>
      )}
    </fieldset>
  );
}

function TellEditor({ params, onChange, faultAt, vocabulary }: OutcomeProps) {
  const told: readonly unknown[] = Array.isArray(params.tell) ? params.tell : [];
  const known = receiversOf(vocabulary);
  const all = [...known, ...told.map(String).filter((one) => !known.includes(one))];
  return (
    <Field group label={msg("policy-rules.stepEditor.tell")} fault={faultAt("/tell")}>
      <div className="tell-list">
        {all.map((reference) => (
          <Checkbox
            key={reference}
            label={receiverWords(reference, vocabulary)}
            checked={told.includes(reference)}
            onChange={(checked) =>
              onChange({
                ...params,
                tell: checked ? [...told, reference] : told.filter((one) => one !== reference),
              })
            }
          />
        ))}
      </div>
    </Field>
  );
}

function RaiseChoice({ params, onChange, faultAt }: OutcomeProps) {
  return (
    <Checkbox
      label={msg("policy-rules.stepEditor.raise")}
      help={msg("policy-rules.stepEditor.raiseHelp")}
      checked={params.raiseImportance === true}
      fault={faultAt("/raiseImportance")}
      onChange={(checked) => {
        const { raiseImportance: _, ...rest } = params;
        onChange(checked ? { ...rest, raiseImportance: true } : rest);
      }}
    />
  );
}

function MandatoryChoice({ params, onChange, faultAt }: OutcomeProps) {
  return (
    <Checkbox
      label={msg("policy-rules.stepEditor.mandatory")}
      help={msg("policy-rules.stepEditor.mandatoryHelp")}
      checked={params.mandatory === true}
      fault={faultAt("/mandatory")}
      onChange={(checked) => {
        const { mandatory: _, ...rest } = params;
        onChange(checked ? { ...rest, mandatory: true } : rest);
      }}
    />
  );
}

function TemplateChoice({ params, onChange, faultAt, vocabulary }: OutcomeProps) {
  const chosen = typeof params.template === "string" ? params.template : "";
  const known = vocabulary.stepLetters.map(({ code, name }) => ({ value: code, label: name }));
  const gone = chosen !== "" && !known.some(({ value }) => value === chosen);
  return (
    <Select
      label={msg("policy-rules.stepEditor.template")}
      help={known.length === 0 ? msg("policy-rules.stepEditor.noLetters") : null}
      value={chosen}
      empty={msg("policy-rules.stepEditor.usual")}
      choices={gone ? [...known, { value: chosen, label: chosen }] : known}
      fault={faultAt("/template")}
      onChange={(template) => {
        const { template: _, ...rest } = params;
        onChange(template === "" ? rest : { ...rest, template });
      }}
    />
  );
}

export function StepEditor(props: OutcomeProps) {
  return (
    <div className="stack-small">
      <KindChoice {...props} />
      <MomentEditor {...props} />
      <TellEditor {...props} />
      <TemplateChoice {...props} />
      <MandatoryChoice {...props} />
      <RaiseChoice {...props} />
    </div>
  );
}
