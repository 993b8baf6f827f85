/** Extra fields that an application type asks for: each with its code, names, kind and what it demands. */

import React, { useState } from "react";
import { type CodeForm, codeBeside } from "../../../engine/setup/propose-code.js";
import type { ExtraField } from "../../../engine/setup/setup.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";
import {
  Button,
  Checkbox,
  Field,
  Icon,
  NumberField,
  Select,
  TextField,
  TextPair,
  useText,
} from "../../../platform/ui/kit.js";

const words = {
  up: msg("setup.fieldsEditor.up"),
  code: msg("setup.fieldsEditor.code"),
  ar: msg("setup.fieldsEditor.ar"),
  en: msg("setup.fieldsEditor.en"),
  required: msg("setup.fieldsEditor.required"),
  min: msg("setup.fieldsEditor.min"),
  max: msg("setup.fieldsEditor.max"),
};

const types: readonly { value: ExtraField["type"]; label: Bilingual }[] = [
  { value: "text", label: msg("setup.fieldsEditor.text") },
  { value: "number", label: msg("setup.fieldsEditor.number") },
  { value: "boolean", label: msg("setup.fieldsEditor.yesOrNo") },
  { value: "date", label: msg("setup.fieldsEditor.date") },
  { value: "choice", label: msg("setup.fieldsEditor.oneOfSeveralChoices") },
  { value: "entity", label: msg("setup.fieldsEditor.aGovernmentEntity") },
  {
    value: "location",
    label: msg("setup.fieldsEditor.aPlaceGovernorateAddressPoint"),
  },
  { value: "file", label: msg("setup.fieldsEditor.aFile") },
];

interface FieldsEditorProps {
  readonly label: Bilingual;
  readonly help?: Bilingual | null;
  readonly name: string;
  readonly value: readonly ExtraField[];
  readonly onChange: (value: readonly ExtraField[]) => void;
  readonly faults: readonly { readonly field: string; readonly reason: Bilingual }[];
}

const fresh: ExtraField = { code: "", name: { ar: "", en: "" }, type: "text", required: false };

/** What a kind does not know is dropped with it: a number has no choices. */
function ofType(field: ExtraField, type: ExtraField["type"]): ExtraField {
  const { code, name, required } = field;
  return { code, name, required, type, ...(type === "choice" ? { choices: field.choices ?? [] } : {}) };
}

/** Leaves a bound out where nothing is typed. */
function withBound(field: ExtraField, bound: "min" | "max" | "maxLength", value: number | null): ExtraField {
  const { [bound]: _old, ...rest } = field;
  return value === null ? rest : { ...rest, [bound]: value };
}

export function FieldsEditor({ label, help, name, value, onChange, faults }: FieldsEditorProps) {
  const { t } = useText();
  // What was there keeps its code when its name is corrected: answers and rules know it by that.
  const [saved] = useState(value);
  const change = (at: number, field: ExtraField) => onChange(value.map((one, i) => (i === at ? field : one)));
  const own = faults.find(({ field }) => field === "")?.reason ?? null;
  return (
    <Field group label={label} help={help ?? null} name={name} fault={own}>
      {value.length === 0 && <p className="muted">{t(msg("setup.fieldsEditor.none"))}</p>}
      <ol className="cards">
        {value.map((field, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a field has no other name while its code is typed
          <li key={at} className="card">
            <div className="card-head">
              <h2>{t(pattern("setup.fieldsEditor.nth"), { n: at + 1 })}</h2>
              <span className="card-acts">
                {at > 0 && (
                  <Button kind="quiet" small icon="up" label={words.up} onClick={() => onChange(moved(value, at))} />
                )}
                <Button
                  kind="quiet"
                  small
                  icon="trash"
                  label={msg("setup.fieldsEditor.remove")}
                  onClick={() => onChange(value.filter((_, i) => i !== at))}
                />
              </span>
            </div>
            <Faults faults={faults.filter((fault) => fault.field.startsWith(`/${at}`))} />
            <OneField
              field={field}
              taken={[...saved, ...value.filter((_, i) => i !== at)].map(({ code }) => code)}
              saved={saved.find(({ code }) => code === field.code) ?? null}
              name={`${name}-${at}`}
              onChange={(next) => change(at, next)}
            />
          </li>
        ))}
      </ol>
      <Button icon="plus" onClick={() => onChange([...value, fresh])}>
        {t(msg("setup.fieldsEditor.add"))}
      </Button>
    </Field>
  );
}

function moved<T>(list: readonly T[], at: number): T[] {
  const next = [...list];
  const [one] = next.splice(at, 1);
  if (one !== undefined) next.splice(at - 1, 0, one);
  return next;
}

function Faults({ faults }: Pick<FieldsEditorProps, "faults">) {
  const { t } = useText();
  return (
    <>
      {faults.map(({ field, reason }) => (
        <p key={field + reason.en} className="field-fault">
          <Icon name="alert" size={16} />
          <span>{t(reason)}</span>
        </p>
      ))}
    </>
  );
}

/** A new name, and with it the code as long as that is only proposed. */
function renamed<T extends Coded>(one: T, name: Bilingual, taken: readonly string[] | null, form: CodeForm): T {
  if (taken === null) return { ...one, name };
  const code = codeBeside({ code: one.code, before: one.name, name }, taken, form);
  return { ...one, name, code };
}
type Coded = { readonly code: string; readonly name: Bilingual };

interface OneProps {
  readonly field: ExtraField;
  /** Codes of the other fields, also of those that were there before. */
  readonly taken: readonly string[];
  /** The field as it was; null: it is a new one. */
  readonly saved: ExtraField | null;
  readonly name: string;
  readonly onChange: (field: ExtraField) => void;
}

function OneField({ field, taken, saved, name, onChange }: OneProps) {
  const set = (part: Partial<ExtraField>) => onChange({ ...field, ...part });
  return (
    <div className="stack-small">
      <div className="pair">
        <TextPair
          labels={words}
          value={field.name}
          onChange={(text, language) =>
            onChange(renamed(field, { ...field.name, [language]: text }, saved === null ? taken : null, "field"))
          }
        />
      </div>
      <div className="pair">
        <TextField
          label={words.code}
          help={saved === null ? msg("setup.fieldsEditor.codeHelp") : null}
          name={`${name}-code`}
          dir="ltr"
          value={field.code}
          onChange={(code) => set({ code })}
        />
        <Select
          label={msg("setup.fieldsEditor.type")}
          value={field.type}
          choices={types}
          onChange={(type) => onChange(ofType(field, type as ExtraField["type"]))}
        />
      </div>
      <Checkbox label={words.required} checked={field.required} onChange={(required) => set({ required })} />
      {field.type === "text" && (
        <NumberField
          label={msg("setup.fieldsEditor.maxLength")}
          min={1}
          value={field.maxLength ?? null}
          onChange={(value) => onChange(withBound(field, "maxLength", value))}
        />
      )}
      {field.type === "number" && (
        <div className="pair">
          {(["min", "max"] as const).map((bound) => (
            <NumberField
              key={bound}
              label={words[bound]}
              value={field[bound] ?? null}
              onChange={(value) => onChange(withBound(field, bound, value))}
            />
          ))}
        </div>
      )}
      {field.type === "choice" && <Choices field={field} saved={saved} onChange={onChange} />}
    </div>
  );
}

function Choices({ field, saved, onChange }: Omit<OneProps, "name" | "taken">) {
  const { t } = useText();
  const choices = field.choices ?? [];
  const set = (next: NonNullable<ExtraField["choices"]>) => onChange({ ...field, choices: next });
  const kept = (saved?.choices ?? []).map(({ code }) => code);
  return (
    <Field group label={msg("setup.fieldsEditor.choices")}>
      <ul className="choice-rows">
        {choices.map((choice, at) => {
          const change = (part: Partial<typeof choice>) =>
            set(choices.map((one, i) => (i === at ? { ...one, ...part } : one)));
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a choice has no other name while its code is typed
            <li key={at} className="choice-row">
              <TextField
                ariaLabel={words.code}
                placeholder={words.code}
                dir="ltr"
                value={choice.code}
                onChange={(code) => change({ code })}
              />
              <TextPair
                bare
                labels={words}
                value={choice.name}
                onChange={(text, language) => {
                  const others = choices.filter((_, i) => i !== at).map(({ code }) => code);
                  const taken = kept.includes(choice.code) ? null : [...kept, ...others];
                  change(renamed(choice, { ...choice.name, [language]: text }, taken, "row"));
                }}
              />
              <Button
                kind="quiet"
                icon="close"
                label={msg("setup.fieldsEditor.removeChoice")}
                onClick={() => set(choices.filter((_, i) => i !== at))}
              />
            </li>
          );
        })}
      </ul>
      <Button small icon="plus" onClick={() => set([...choices, { code: "", name: { ar: "", en: "" } }])}>
        {t(msg("setup.fieldsEditor.addChoice"))}
      </Button>
    </Field>
  );
}
