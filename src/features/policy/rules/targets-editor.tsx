/** How long may pass until the receipt, the first response and the answer. */

import React from "react";
import type { Budget } from "../../../engine/calendar/budget.js";
import type { PolicyVocabulary } from "../../../engine/explain/policy-vocabulary.js";
import { isRecord } from "../../../engine/is-record.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { Checkbox, Icon, NumberField, Select, useText } from "../../../platform/ui/kit.js";
import { longDayWords, unitWords } from "./budget-words.js";
import type { Json } from "./rule-model.js";
import { clockWords } from "./step-words.js";

export interface OutcomeProps {
  readonly params: Json;
  readonly onChange: (params: Json) => void;
  /** What is wrong at a place below the outcome: `/to`. */
  readonly faultAt: (at: string) => Bilingual | null;
  readonly vocabulary: PolicyVocabulary;
}

const budgetUnits = (Object.keys(unitWords) as Budget["unit"][]).map((unit) => ({
  value: unit,
  label: unitWords[unit],
}));

/** Said below working hours that no single day holds; nothing of all else. */
export function LongDay({ budget, dayHours }: { budget: Budget | null; dayHours: number }) {
  const { t } = useText();
  const note = longDayWords(budget, dayHours);
  if (note === null) return null;
  return (
    <p className="long-day">
      <Icon name="info" size={16} />
      <span>{t(note)}</span>
    </p>
  );
}

/** An amount of time with its unit. */
export function BudgetFields({
  what,
  budget,
  dayHours,
  onChange,
}: {
  what: Bilingual;
  budget: Json;
  dayHours: number;
  onChange: (budget: Json) => void;
}) {
  const { t } = useText();
  // Minutes are enough to look at; what is not touched keeps its exact amount.
  const amount = typeof budget.amount === "number" ? Math.round(budget.amount * 1000) / 1000 : null;
  return (
    <>
      <div className="cell-budget">
        <NumberField
          ariaLabel={what}
          value={amount}
          min={0}
          max={10_000}
          step={budget.unit === "workingDays" ? 1 : 0.001}
          onChange={(next) => next !== amount && onChange({ ...budget, amount: next })}
        />
        <Select
          ariaLabel={t(pattern("policy-rules.targetsEditor.unit"), { what: t(what) })}
          value={String(budget.unit)}
          choices={budgetUnits}
          onChange={(unit) => onChange({ ...budget, unit })}
        />
      </div>
      <LongDay budget={budget as unknown as Budget} dayHours={dayHours} />
    </>
  );
}

export function TargetsEditor({ params, onChange, faultAt, vocabulary }: OutcomeProps) {
  const { t } = useText();
  return (
    <div className="outcome-line">
      {(["acknowledgement", "firstResponse", "resolution"] as const).map((target) => {
        const what = clockWords[target] as Bilingual;
        const budget = params[target];
        const fault = faultAt(`/${target}`);
        return (
          <fieldset key={target} className="cell-target">
            <legend>{t(what)}</legend>
            <Checkbox
              label={msg("policy-rules.targetsEditor.promised")}
              checked={budget !== null}
              onChange={(promised) =>
                onChange({ ...params, [target]: promised ? { amount: 1, unit: "workingDays" } : null })
              }
            />
            {isRecord(budget) && (
              <BudgetFields
                what={what}
                budget={budget}
                dayHours={vocabulary.dayHours}
                onChange={(next) => onChange({ ...params, [target]: next })}
              />
            )}
            {fault && (
              <p className="field-fault" role="alert">
                {t(fault)}
              </p>
            )}
          </fieldset>
        );
      })}
    </div>
  );
}
