/** The input of a column, by its type, with the faults of its places. */

import React from "react";
import { collatorOf } from "../../../engine/formatting/intl-formats.js";
import type { StoredLanguage } from "../../../engine/text/languages.js";
import { msg } from "../../../engine/text/msg.js";
import { type Bilingual, inLanguage, type Language } from "../../../engine/text/text.js";
import type { Choice } from "../../../platform/admin/resource-definition.js";
import type { ColumnView } from "../../../platform/admin/resource-view.js";
import { ReferenceChoices } from "../../../platform/ui/form/reference-choices.js";
import type { Option } from "../../../platform/ui/form/typed-search.js";
import {
  Checkbox,
  DateField,
  Field,
  faultAt,
  fieldId,
  JsonEditor,
  languagesFirst,
  MomentField,
  NumberField,
  type ProblemBody,
  ReferenceSelect,
  Select,
  TextArea,
  TextField,
  TextPair,
  useText,
} from "../../../platform/ui/kit.js";
import { FieldsEditor } from "./fields-editor.js";

function Help({ text }: { text: Bilingual }) {
  const { t } = useText();
  return <>{t(text)}</>;
}

const placeOf = (column: ColumnView, language: StoredLanguage): string =>
  `${column.name}${language === "ar" ? "Ar" : "En"}`;

/** What a form and its summary of faults call the places of a column, as they stand for the reader: `nameAr`, `nameEn`. */
export function placesOf(column: ColumnView, own: Language): { name: string; label: Bilingual }[] {
  if (column.type !== "bilingual") return [{ name: column.name, label: column.label }];
  return languagesFirst(own).map((language) => ({
    name: placeOf(column, language),
    label: labelIn(column.label, language),
  }));
}

const labelIn = (label: Bilingual, language: StoredLanguage): Bilingual =>
  language === "ar" ? msg("setup.columnInput.arabic", { label }) : msg("setup.columnInput.english", { label });

export interface ColumnInputProps {
  readonly column: ColumnView;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  readonly problem: ProblemBody | null;
  /** Name of what a reference names at the start. */
  readonly chosen?: Bilingual | undefined;
  /** Programme of the record: references are of the same. */
  readonly programme: string | null;
  /** Of a reference: what open change-sets add to what it names. */
  readonly also?: readonly Option[];
}

type Common = {
  label: Bilingual;
  help: Bilingual | undefined;
  fault: Bilingual | undefined;
  required: boolean;
  name: string;
};
type Drawn = (props: ColumnInputProps, common: Common) => React.ReactElement;

const drawn: Readonly<Record<ColumnView["type"], Drawn>> = {
  text: ({ column, value, onChange }, common) => (
    <TextField {...common} value={String(value ?? "")} onChange={onChange} dir={column.ltr ? "ltr" : "auto"} />
  ),
  longText: ({ value, onChange }, common) => (
    <TextArea {...common} value={String(value ?? "")} onChange={onChange} rows={5} />
  ),
  number: ({ value, onChange }, common) => (
    <NumberField {...common} value={value as number | null} onChange={onChange} step={1} />
  ),
  boolean: ({ value, onChange }, { label, help, fault, name }) => (
    <div className="field">
      <Checkbox
        label={label}
        help={help ?? null}
        fault={fault ?? null}
        name={name}
        checked={value === true}
        onChange={onChange}
      />
    </div>
  ),
  date: ({ value, onChange }, common) => <DateField {...common} value={String(value ?? "")} onChange={onChange} />,
  moment: ({ value, onChange }, common) => (
    <MomentField {...common} value={value as string | null} onChange={onChange} />
  ),
  choice: ({ column, value, onChange }, common) => (
    <Select
      {...common}
      value={String(value ?? "")}
      onChange={onChange}
      choices={column.choices ?? []}
      {...(column.required && value
        ? {}
        : { empty: column.required ? msg("setup.columnInput.choose") : msg("setup.columnInput.none") })}
    />
  ),
  reference: ({ column, value, onChange, chosen, programme, also }, common) => (
    <ReferenceSelect
      {...common}
      {...(also && { also })}
      resource={column.reference ?? ""}
      value={String(value ?? "")}
      chosen={chosen ?? null}
      programme={programme}
      onChange={onChange}
    />
  ),
  bilingual: ({ column, value, onChange, problem }, { help, required }) => {
    const both = (value ?? { ar: "", en: "" }) as Bilingual;
    const helpId = `${fieldId(column.name)}-help`;
    return (
      <div className="pair">
        <TextPair
          name={column.name}
          labels={{ ar: labelIn(column.label, "ar"), en: labelIn(column.label, "en") }}
          {...(help ? { sharedHelp: helpId } : {})}
          required={required}
          faultOf={(language) => faultAt(problem, `/${placeOf(column, language)}`)}
          value={both}
          onChange={(text, language) => onChange({ ...both, [language]: text })}
          {...(column.long ? { rows: 9 } : {})}
        />
        {help && (
          <p className="field-help pair-help" id={helpId}>
            <Help text={help} />
          </p>
        )}
      </div>
    );
  },
  json: ({ column, value, onChange, problem }, { label, help, name }) => (
    <JsonEditor
      label={label}
      {...(help ? { help } : {})}
      name={name}
      value={String(value ?? "")}
      onChange={onChange}
      faults={faultsBelow(problem, column.name)}
    />
  ),
  words: ({ column, value, onChange, programme }, common) =>
    column.reference ? (
      <ReferenceChoices
        {...common}
        resource={column.reference}
        programme={programme}
        value={value as readonly string[]}
        onChange={onChange}
      />
    ) : column.choices ? (
      <Choices {...common} choices={column.choices} value={value as readonly string[]} onChange={onChange} />
    ) : (
      <TextArea
        {...common}
        help={common.help ?? msg("setup.columnInput.perLine")}
        rows={10}
        value={(value as string[]).join("\n")}
        onChange={(text) => onChange(text.split("\n"))}
      />
    ),
  fields: ({ column, value, onChange, problem }, { label, help, name }) => (
    <FieldsEditor
      label={label}
      help={help ?? null}
      name={name}
      value={value as never[]}
      onChange={onChange}
      faults={faultsBelow(problem, column.name)}
    />
  ),
};

/** Several of a few: a box each. They are sent in the order of the choices, whoever ticks them. */
function Choices({
  choices,
  value,
  onChange,
  required: _,
  ...around
}: Common & {
  choices: NonNullable<ColumnView["choices"]>;
  value: readonly string[];
  onChange: (value: readonly string[]) => void;
}) {
  return (
    <Field group {...around}>
      {choices.map((choice) => (
        <Checkbox
          key={choice.value}
          label={choice.label}
          checked={value.includes(choice.value)}
          onChange={(checked) =>
            onChange(
              choices.map((one) => one.value).filter((one) => (one === choice.value ? checked : value.includes(one))),
            )
          }
        />
      ))}
    </Field>
  );
}

/** Faults inside one value, with pointers into it. */
function faultsBelow(problem: ProblemBody | null, name: string): { field: string; reason: Bilingual }[] {
  const start = `/${name}`;
  return (problem?.faults ?? [])
    .filter(({ field }) => field === start || field.startsWith(`${start}/`))
    .map(({ field, reason }) => ({ field: field.slice(start.length), reason }));
}

/** Its choices in the order of their names, where the column says so. */
function sortedBy(language: Language, column: ColumnView): ColumnView {
  if (!column.byName || column.choices === undefined) return column;
  const { compare } = collatorOf(language, {});
  const order = (a: Choice, b: Choice) => compare(inLanguage(a.label, language), inLanguage(b.label, language));
  return { ...column, choices: [...column.choices].sort(order) };
}

export function ColumnInput(props: ColumnInputProps) {
  const { language } = useText();
  const { column, problem } = props;
  const common: Common = {
    label: column.label,
    help: column.help,
    fault: faultAt(problem, `/${column.name}`),
    required: column.required === true || column.type === "boolean",
    name: column.name,
  };
  return drawn[column.type]({ ...props, column: sortedBy(language, column) }, common);
}
