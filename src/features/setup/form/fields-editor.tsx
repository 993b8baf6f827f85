/** Extra fields that an application type asks for: each with its code, names, kind and what it demands. */
import React from "react";
import type { ExtraField } from "../../../engine/setup/setup.js";
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
  add: { en: "Add a field", ar: "إضافة حقل" },
  addChoice: { en: "Add a choice", ar: "إضافة خيار" },
  remove: { en: "Remove this field", ar: "حذف هذا الحقل" },
  removeChoice: { en: "Remove this choice", ar: "حذف هذا الخيار" },
  up: { en: "Move up", ar: "نقل إلى أعلى" },
  nth: { en: "Field {n}", ar: "الحقل {n}" },
  code: { en: "Code", ar: "الرمز" },
  ar: { en: "Name, Arabic", ar: "الاسم بالعربية" },
  en: { en: "Name, English", ar: "الاسم بالإنجليزية" },
  type: { en: "Kind of answer", ar: "نوع الإجابة" },
  required: { en: "Must be answered", ar: "إجابته إلزامية" },
  maxLength: { en: "Longest text (letters)", ar: "أقصى طول للنص (حرف)" },
  min: { en: "Smallest number", ar: "أصغر رقم" },
  max: { en: "Largest number", ar: "أكبر رقم" },
  choices: { en: "Choices", ar: "الخيارات" },
  none: { en: "It asks for nothing more.", ar: "لا يطلب شيئًا إضافيًا." },
};

const types: readonly { value: ExtraField["type"]; label: Bilingual }[] = [
  { value: "text", label: { en: "Text", ar: "نص" } },
  { value: "number", label: { en: "Number", ar: "رقم" } },
  { value: "boolean", label: { en: "Yes or no", ar: "نعم أو لا" } },
  { value: "date", label: { en: "Date", ar: "تاريخ" } },
  { value: "choice", label: { en: "One of several choices", ar: "اختيار من قائمة" } },
  { value: "entity", label: { en: "A government entity", ar: "جهة حكومية" } },
  {
    value: "location",
    label: { en: "A place: governorate, address, point on the map", ar: "موقع: محافظة وعنوان ونقطة على الخريطة" },
  },
  { value: "file", label: { en: "A file", ar: "ملف" } },
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
  const { t, number } = useText();
  const change = (at: number, field: ExtraField) => onChange(value.map((one, i) => (i === at ? field : one)));
  const own = faults.find(({ field }) => field === "")?.reason ?? null;
  return (
    <Field group label={label} help={help ?? null} name={name} fault={own}>
      {value.length === 0 && <p className="muted">{t(words.none)}</p>}
      <ol className="cards">
        {value.map((field, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a field has no other name while its code is typed
          <li key={at} className="card">
            <div className="card-head">
              <h2>{t(words.nth, { n: number(at + 1) })}</h2>
              <span className="card-acts">
                {at > 0 && (
                  <Button kind="quiet" small icon="up" label={words.up} onClick={() => onChange(moved(value, at))} />
                )}
                <Button
                  kind="quiet"
                  small
                  icon="trash"
                  label={words.remove}
                  onClick={() => onChange(value.filter((_, i) => i !== at))}
                />
              </span>
            </div>
            <Faults faults={faults.filter((fault) => fault.field.startsWith(`/${at}`))} />
            <OneField field={field} name={`${name}-${at}`} onChange={(next) => change(at, next)} />
          </li>
        ))}
      </ol>
      <Button icon="plus" onClick={() => onChange([...value, fresh])}>
        {t(words.add)}
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

interface OneProps {
  readonly field: ExtraField;
  readonly name: string;
  readonly onChange: (field: ExtraField) => void;
}

function OneField({ field, name, onChange }: OneProps) {
  const set = (part: Partial<ExtraField>) => onChange({ ...field, ...part });
  return (
    <div className="stack-small">
      <div className="pair">
        <TextField
          label={words.code}
          name={`${name}-code`}
          dir="ltr"
          value={field.code}
          onChange={(code) => set({ code })}
        />
        <Select
          label={words.type}
          value={field.type}
          choices={types}
          onChange={(type) => onChange(ofType(field, type as ExtraField["type"]))}
        />
      </div>
      <div className="pair">
        <TextPair
          labels={words}
          value={field.name}
          onChange={(text, language) => set({ name: { ...field.name, [language]: text } })}
        />
      </div>
      <Checkbox label={words.required} checked={field.required} onChange={(required) => set({ required })} />
      {field.type === "text" && (
        <NumberField
          label={words.maxLength}
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
      {field.type === "choice" && <Choices field={field} onChange={onChange} />}
    </div>
  );
}

function Choices({ field, onChange }: Omit<OneProps, "name">) {
  const { t } = useText();
  const choices = field.choices ?? [];
  const set = (next: NonNullable<ExtraField["choices"]>) => onChange({ ...field, choices: next });
  return (
    <Field group label={words.choices}>
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
                onChange={(text, language) => change({ name: { ...choice.name, [language]: text } })}
              />
              <Button
                kind="quiet"
                icon="close"
                label={words.removeChoice}
                onClick={() => set(choices.filter((_, i) => i !== at))}
              />
            </li>
          );
        })}
      </ul>
      <Button small icon="plus" onClick={() => set([...choices, { code: "", name: { ar: "", en: "" } }])}>
        {t(words.addChoice)}
      </Button>
    </Field>
  );
}
