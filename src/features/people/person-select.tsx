/** Chooses a person by name or e-mail. */
import React from "react";
import type { Bilingual } from "../../engine/text/text.js";
import { ReferenceSelect, type Words } from "../../platform/ui/kit.js";

export interface Chosen {
  readonly id: string;
  readonly name: Words;
  readonly email: string;
}

interface PersonSelectProps {
  readonly label: Words;
  readonly help?: Words;
  readonly fault: Bilingual | undefined;
  readonly required: boolean;
  readonly chosen: Chosen | null;
  readonly onChange: (person: Chosen | null) => void;
}

export function PersonSelect({ label, help, fault, required, chosen, onChange }: PersonSelectProps) {
  return (
    <ReferenceSelect
      label={label}
      help={help ?? null}
      fault={fault ?? null}
      required={required}
      resource="users"
      value={chosen?.id ?? ""}
      chosen={chosen?.name ?? null}
      onChange={(_code, record) =>
        onChange(record && { id: record.id, name: record.title, email: String(record.values.email) })
      }
    />
  );
}
