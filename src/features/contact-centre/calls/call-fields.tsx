/** The extra fields of a type, as an agent fills them in for a caller. */
import React from "react";
import type { ExtraField } from "../../../engine/setup/setup.js";
import { msg } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { DateField, SearchSelect, Select, TextArea, TextField } from "../../../platform/ui/kit.js";
import type { CallProgramme } from "./caller.page.js";
import type { Typed } from "./use-call.js";

/** From so many letters on a text gets several lines. */
const longText = 200;
const usualMost = 1000;

interface CallFieldProps {
  readonly field: ExtraField;
  readonly programme: CallProgramme;
  readonly typed: Typed;
  readonly onType: (more: Typed) => void;
  readonly fault: Bilingual | null;
}

export function CallField({ field, programme, typed, onType, fault }: CallFieldProps) {
  const name = `field.${field.code}`;
  const value = typed[name] ?? "";
  const onChange = (text: string) => onType({ [name]: text });
  const around = { label: field.name, name: field.code, required: field.required, fault };
  const input = { ...around, value, onChange };
  if (field.type === "choice") {
    const choices = (field.choices ?? []).map(({ code, name: label }) => ({ value: code, label }));
    return <SearchSelect {...input} choices={choices} />;
  }
  if (field.type === "entity") return <SearchSelect {...input} choices={programme.entities} />;
  if (field.type === "boolean") {
    const choices = [
      { value: "yes", label: msg("contact-centre.callFields.yes") },
      { value: "no", label: msg("contact-centre.callFields.no") },
    ];
    return <Select {...input} choices={choices} empty={msg("contact-centre.callFields.unknown")} />;
  }
  if (field.type === "date") return <DateField {...input} />;
  if (field.type === "number") return <TextField {...input} inputMode="decimal" dir="ltr" />;
  if (field.type === "location") {
    const [governorate, place] = [`${name}.governorate`, `${name}.place`];
    return (
      <>
        <SearchSelect
          {...around}
          choices={programme.governorates}
          value={typed[governorate] ?? ""}
          onChange={(text) => onType({ [governorate]: text })}
          help={msg("contact-centre.callFields.governorate")}
        />
        <TextField
          label={msg("contact-centre.callFields.place")}
          value={typed[place] ?? ""}
          onChange={(text) => onType({ [place]: text })}
          required={false}
        />
      </>
    );
  }
  return (field.maxLength ?? usualMost) > longText ? <TextArea {...input} rows={2} /> : <TextField {...input} />;
}
