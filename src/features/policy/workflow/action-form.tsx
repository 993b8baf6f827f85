/** The fields of an action as whoever takes it sees them: to look at while they are edited, and to fill in on a trial. */

import React from "react";
import { msg } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { type Choice, NumberField, Select, TextArea, TextField, useText } from "../../../platform/ui/kit.js";
import type { ActionView, FieldView } from "./workflow-model.js";

const words = {
  preview: msg("policy-workflow.actionForm.preview"),
  choose: msg("policy-workflow.actionForm.choose"),
};

/** Longer texts get several lines. */
const shortText = 250;

interface ActionFieldProps {
  readonly field: Pick<FieldView, "code" | "name" | "type" | "required" | "maxLength">;
  /** Null: nothing is chosen from. */
  readonly choices: readonly Choice[] | null;
  readonly value: string;
  readonly fault?: Bilingual | null;
  readonly disabled?: boolean;
  readonly onChange: (value: string) => void;
}

export function ActionField({ field, choices, value, fault = null, disabled = false, onChange }: ActionFieldProps) {
  const label = field.name;
  const common = { label, required: field.required, fault, disabled };
  if (choices !== null) {
    return <Select {...common} empty={words.choose} value={value} choices={choices} onChange={onChange} />;
  }
  if (field.type === "text" && (field.maxLength === null || field.maxLength > shortText)) {
    return <TextArea {...common} rows={3} value={value} onChange={onChange} />;
  }
  if (field.type === "rating") {
    return (
      <NumberField
        {...common}
        min={1}
        max={5}
        value={value === "" ? null : Number(value)}
        onChange={(next) => onChange(next === null ? "" : String(next))}
      />
    );
  }
  return <TextField {...common} value={value} onChange={onChange} />;
}

const listed: ReadonlySet<string> = new Set(["entity", "pillar", "importance", "closingReason", "colleague", "choice"]);

/** Nothing can be typed in it: it only shows what was asked for. */
export function FormPreview({ action }: { action: ActionView }) {
  const { t } = useText();
  return (
    <section className="flow-preview" aria-label={t(words.preview)}>
      <h3>{t(words.preview)}</h3>
      {action.fields.length === 0 && <p className="muted">{t(msg("policy-workflow.actionForm.none"))}</p>}
      {action.fields.map((field) => (
        <ActionField
          key={field.code}
          field={field}
          disabled
          choices={
            listed.has(field.type)
              ? (field.choices ?? []).map(({ code, name }) => ({ value: code, label: name }))
              : null
          }
          value=""
          onChange={() => undefined}
        />
      ))}
    </section>
  );
}
