/** A cell of the grid being changed, in its place: how long until the first response and until the resolution. */

import React, { useEffect, useRef, useState } from "react";
import type { Budget } from "../../../engine/calendar/budget.js";
import type { SlaOutcome } from "../../../engine/rules/outcomes.js";
import type { GridCell } from "../../../engine/rules/sla-grid.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { Button, Checkbox, NumberField, Select, useText } from "../../../platform/ui/kit.js";
import { unitWords } from "./budget-words.js";
import { LongDay } from "./targets-editor.js";

interface Typed {
  readonly promised: boolean;
  readonly amount: number | null;
  readonly unit: Budget["unit"];
}

/** Minutes are enough: 2.3333333333333335 hours are 2.333. */
const typedOf = (budget: Budget | null): Typed => ({
  promised: budget !== null,
  amount: budget === null ? null : Math.round(budget.amount * 1000) / 1000,
  unit: budget?.unit ?? "workingDays",
});

function faultOf({ promised, amount, unit }: Typed): Bilingual | null {
  if (!promised) return null;
  if (amount === null || Number.isNaN(amount) || amount < 0 || amount > 10_000)
    return msg("policy-rules.cellEditor.amount");
  return unit === "workingDays" && !Number.isInteger(amount) ? msg("policy-rules.cellEditor.whole") : null;
}

/** What was not touched keeps its exact amount. */
function budgetOf(typed: Typed, before: Budget | null): Budget | null {
  if (!typed.promised || typed.amount === null) return null;
  const old = typedOf(before);
  if (before !== null && old.amount === typed.amount && old.unit === typed.unit) return before;
  return { amount: typed.amount, unit: typed.unit };
}

const units = (Object.keys(unitWords) as Budget["unit"][]).map((unit) => ({ value: unit, label: unitWords[unit] }));

function TargetEditor({
  what,
  typed,
  onChange,
  fault,
  dayHours,
}: {
  what: Bilingual;
  dayHours: number;
  typed: Typed;
  onChange: (typed: Typed) => void;
  fault: Bilingual | null;
}) {
  const { t } = useText();
  return (
    <fieldset className="cell-target">
      <legend>{t(what)}</legend>
      <Checkbox
        label={msg("policy-rules.cellEditor.promised")}
        checked={typed.promised}
        onChange={(promised) => onChange({ ...typed, promised })}
      />
      {typed.promised && (
        <div className="cell-budget">
          <NumberField
            ariaLabel={what}
            value={typed.amount}
            min={0}
            max={10_000}
            step={typed.unit === "workingDays" ? 1 : 0.001}
            onChange={(amount) => onChange({ ...typed, amount })}
          />
          <Select
            ariaLabel={t(pattern("policy-rules.cellEditor.unit"), { what: t(what) })}
            value={typed.unit}
            choices={units}
            onChange={(unit) => onChange({ ...typed, unit: unit as Budget["unit"] })}
          />
        </div>
      )}
      <LongDay budget={fault === null ? budgetOf(typed, null) : null} dayHours={dayHours} />
      {fault && (
        <p className="field-fault" role="alert">
          {t(fault)}
        </p>
      )}
    </fieldset>
  );
}

const targets = ["acknowledgement", "firstResponse", "resolution"] as const;
const targetWords = {
  acknowledgement: msg("policy-rules.cellEditor.acknowledgement"),
  firstResponse: msg("policy-rules.cellEditor.firstResponse"),
  resolution: msg("policy-rules.cellEditor.resolution"),
};

interface CellEditorProps {
  readonly cell: GridCell;
  /** What the editor begins with: as changed, else as decided. */
  readonly outcome: SlaOutcome;
  /** Hours of a working day. */
  readonly dayHours: number;
  readonly onSet: (outcome: SlaOutcome | null) => void;
  readonly onClose: () => void;
}

export function CellEditor({ cell, outcome, dayHours, onSet, onClose }: CellEditorProps) {
  const { t } = useText();
  const form = useRef<HTMLFormElement>(null);
  const [typed, setTyped] = useState({
    acknowledgement: typedOf(outcome.acknowledgement),
    firstResponse: typedOf(outcome.firstResponse),
    resolution: typedOf(outcome.resolution),
  });
  const [asked, setAsked] = useState(false);
  useEffect(() => {
    form.current?.querySelector<HTMLInputElement>(".cell-target:last-of-type input[type=number]")?.focus();
  }, []);
  return (
    <form
      ref={form}
      noValidate
      className="cell-editor"
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === "Escape") onClose();
      }}
      onSubmit={(event) => {
        event.preventDefault();
        setAsked(true);
        if (Object.values(typed).some((one) => faultOf(one) !== null)) return;
        onSet({
          acknowledgement: budgetOf(typed.acknowledgement, outcome.acknowledgement),
          firstResponse: budgetOf(typed.firstResponse, outcome.firstResponse),
          resolution: budgetOf(typed.resolution, outcome.resolution),
        });
      }}
    >
      {targets.map((target) => (
        <TargetEditor
          key={target}
          what={targetWords[target]}
          dayHours={dayHours}
          typed={typed[target]}
          onChange={(next) => setTyped({ ...typed, [target]: next })}
          fault={asked ? faultOf(typed[target]) : null}
        />
      ))}
      <div className="cell-editor-acts">
        <Button type="submit" kind="primary" small>
          {t(msg("policy-rules.cellEditor.set"))}
        </Button>
        <Button small onClick={onClose}>
          {t(msg("policy-rules.cellEditor.cancel"))}
        </Button>
        {cell.rule?.own && cell.rule.id.startsWith("sla-grid-") && (
          <Button small kind="quiet" onClick={() => onSet(null)}>
            {t(msg("policy-rules.cellEditor.remove"))}
          </Button>
        )}
      </div>
    </form>
  );
}
