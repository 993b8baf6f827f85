/** One step of the ladder: warning or escalation, when it is taken, who hears of it. */

import React from "react";
import type { Bilingual } from "../../../engine/text/text.js";
import { Checkbox, Field, NumberField, Select, useText } from "../../../platform/ui/kit.js";
import { isRecord } from "./condition-query.js";
import type { Json } from "./rule-model.js";
import { stepOfLevel } from "./step-level.js";
import { clockWords, receiversOf, receiverWords } from "./step-words.js";
import { BudgetFields, type OutcomeProps } from "./targets-editor.js";

const words = {
  kind: { en: "What it is", ar: "نوع الخطوة" },
  warning: { en: "A warning: the case stays where it is", ar: "إشعار: تبقى المعاملة في مستواها" },
  level: { en: "Escalation to level {n}: {role}", ar: "تصعيد إلى المستوى {n}: {role}" },
  otherLevel: { en: "Escalation to level {n}", ar: "تصعيد إلى المستوى {n}" },
  moment: { en: "Moment", ar: "اللحظة" },
  percent: { en: "At a share of the time", ar: "عند نسبة من المدة" },
  after: { en: "Some time after it was due", ar: "بعد مدة من حلول الموعد" },
  idle: { en: "After a time without any action", ar: "بعد مدة دون أي إجراء" },
  clock: { en: "Of which target", ar: "من أي موعد" },
  share: { en: "Share (100 is when it is due)", ar: "النسبة (100 هي لحظة حلول الموعد)" },
  time: { en: "Time", ar: "المدة" },
  raise: { en: "The importance goes up by one level", ar: "يرتفع مستوى الأهمية درجة" },
  raiseHelp: {
    en: "What was promised stays: targets are not decided anew.",
    ar: "تبقى المواعيد كما هي، ولا تُقرَّر من جديد.",
  },
  tell: { en: "Who hears of it", ar: "من يُبلَّغ" },
  template: { en: "By which letter", ar: "بأي رسالة" },
  usual: { en: "The usual letter", ar: "الرسالة المعتادة" },
  noLetters: {
    en: "Letters of one's own for steps are written under Rules and workflows, Letters.",
    ar: "تُكتب الرسائل الخاصة بالخطوات في صفحة القواعد ومسارات العمل، قسم نصوص الرسائل.",
  },
} as const satisfies Record<string, Bilingual>;

/** Level 0 warns. */
function KindChoice({ params, onChange, faultAt, vocabulary }: OutcomeProps) {
  const { t } = useText();
  const level = params.kind === "warning" ? 0 : Number(params.level);
  const levels = vocabulary.ladder.map((step) => ({
    value: String(step.level),
    label: {
      en: words.level.en.replace("{n}", String(step.level)).replace("{role}", step.name.en),
      ar: words.level.ar.replace("{n}", String(step.level)).replace("{role}", step.name.ar),
    },
  }));
  const known = level === 0 || levels.some(({ value }) => value === String(level));
  return (
    <Select
      label={words.kind}
      value={String(level)}
      choices={[
        { value: "0", label: words.warning },
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
            label={words.clock}
            value={String(when.clock)}
            choices={Object.entries(clockWords).map(([value, label]) => ({ value, label }))}
            onChange={(clock) => set({ ...when, clock })}
          />
        )}
        {way === "percent" ? (
          <NumberField
            label={words.share}
            unit="%"
            min={1}
            max={1000}
            value={typeof when.percent === "number" ? when.percent : null}
            onChange={(percent) => set({ ...when, percent })}
          />
        ) : (
          isRecord(time) && (
            <BudgetFields
              what={words.time}
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
    <Field group label={words.tell} fault={faultAt("/tell")}>
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
      label={words.raise}
      help={words.raiseHelp}
      checked={params.raiseImportance === true}
      fault={faultAt("/raiseImportance")}
      onChange={(checked) => {
        const { raiseImportance: _, ...rest } = params;
        onChange(checked ? { ...rest, raiseImportance: true } : rest);
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
      label={words.template}
      help={known.length === 0 ? words.noLetters : null}
      value={chosen}
      empty={words.usual}
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
      <RaiseChoice {...props} />
    </div>
  );
}
