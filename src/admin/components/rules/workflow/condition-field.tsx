/** A condition of a guard or a branch, as JSON: what cannot be read is kept as it was typed and told. */
import React, { useState } from "react";
import type { PolicyVocabulary } from "../../../../domain/explain/policy-vocabulary.js";
import { TextArea, type Words } from "../../kit/kit.js";

const words = {
  help: {
    en: 'As in rules: {"fact": "cycle", "operator": "lessThan", "value": 4}',
    ar: 'كما في القواعد: {"fact": "cycle", "operator": "lessThan", "value": 4}',
  },
  broken: { en: "This is no JSON.", ar: "هذا ليس JSON." },
};

interface ConditionFieldProps {
  readonly label: Words;
  readonly condition: unknown;
  readonly vocabulary: PolicyVocabulary;
  readonly fault?: Words | null;
  readonly disabled?: boolean;
  readonly onChange: (condition: unknown) => void;
}

export function ConditionField({ label, condition, fault, disabled, onChange }: ConditionFieldProps) {
  const [text, setText] = useState(() => JSON.stringify(condition ?? {}, null, 2));
  const [broken, setBroken] = useState(false);
  return (
    <TextArea
      label={label}
      help={words.help}
      fault={broken ? words.broken : (fault ?? null)}
      dir="ltr"
      rows={4}
      value={text}
      disabled={disabled === true}
      onChange={(next) => {
        setText(next);
        try {
          onChange(JSON.parse(next));
          setBroken(false);
        } catch {
          setBroken(true);
        }
      }}
    />
  );
}
