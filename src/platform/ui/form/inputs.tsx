/** Inputs. Each takes a Field's label, help and fault itself, or stands inside a Field. */

import React, { type ReactNode } from "react";
import type { Language } from "../../../engine/text/text.js";
import type { Words } from "../boot.js";
import { timeZone, useText } from "../language/text.js";
import { momentFromLocal, momentToLocal } from "../language/zoned.js";
import { Field, type FieldProps, fieldId, useField } from "./field.js";

type Around = Partial<Omit<FieldProps, "children">>;

/** Puts a Field around an input that has a label of its own. */
function around(
  { label, help, fault, required, marked, name, sharedHelp }: Around,
  input: ReactNode,
): React.ReactElement {
  if (label === undefined) return <>{input}</>;
  return (
    <Field
      label={label}
      help={help}
      fault={fault}
      required={required}
      marked={marked}
      name={name}
      sharedHelp={sharedHelp}
    >
      {input}
    </Field>
  );
}

interface TextProps extends Around {
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Codes, addresses, numbers run left to right in Arabic too; free text finds its own direction. */
  readonly dir?: "ltr" | "rtl" | "auto";
  readonly lang?: Language;
  readonly type?: "text" | "search" | "email" | "tel" | "url" | "password";
  readonly placeholder?: Words;
  readonly autoComplete?: string;
  readonly maxLength?: number;
  readonly size?: number;
  readonly disabled?: boolean;
  readonly readOnly?: boolean;
  readonly label?: Words;
  /** For inputs without a visible label. */
  readonly ariaLabel?: Words;
  readonly inputMode?: "text" | "numeric" | "decimal" | "search";
}

/** By what is typed; while nothing is, the page's own: there the cursor waits, and words inside stand at their side. */
const directionOf = (value: string, dir: TextProps["dir"]) => (dir === "auto" && value === "" ? undefined : dir);

function TextInput({ value, onChange, dir = "auto", type = "text", placeholder, ariaLabel, ...rest }: TextProps) {
  const { t } = useText();
  const ids = useField();
  const { lang, autoComplete = "off", maxLength, size, disabled, readOnly, inputMode } = rest;
  return (
    <input
      {...ids}
      className="input"
      type={type}
      dir={directionOf(value, dir)}
      value={value}
      {...{ lang, autoComplete, maxLength, size, disabled, readOnly, inputMode }}
      placeholder={placeholder === undefined ? undefined : t(placeholder)}
      aria-label={ariaLabel === undefined ? undefined : t(ariaLabel)}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
export const TextField = (props: TextProps) => around(props, <TextInput {...props} />);

interface TextAreaProps extends Omit<TextProps, "type" | "size" | "inputMode"> {
  readonly rows?: number;
}
function TextAreaInput({ value, onChange, dir = "auto", rows = 4, placeholder, ariaLabel, ...rest }: TextAreaProps) {
  const { t } = useText();
  const ids = useField();
  const { lang, maxLength, disabled, readOnly } = rest;
  return (
    <textarea
      {...ids}
      className="input"
      dir={directionOf(value, dir)}
      rows={rows}
      value={value}
      {...{ lang, maxLength, disabled, readOnly }}
      placeholder={placeholder === undefined ? undefined : t(placeholder)}
      aria-label={ariaLabel === undefined ? undefined : t(ariaLabel)}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
export const TextArea = (props: TextAreaProps) => around(props, <TextAreaInput {...props} />);

export interface Choice {
  readonly value: string;
  readonly label: Words;
  readonly disabled?: boolean;
}
interface SelectProps extends Around {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly choices: readonly Choice[];
  /** The words of "nothing chosen"; without them there is no such choice. */
  readonly empty?: Words;
  readonly disabled?: boolean;
  readonly ariaLabel?: Words;
}
function SelectInput({ value, onChange, choices, empty, disabled, ariaLabel }: SelectProps) {
  const { t } = useText();
  const ids = useField();
  return (
    <select
      {...ids}
      className="input select"
      value={value}
      disabled={disabled}
      aria-label={ariaLabel === undefined ? undefined : t(ariaLabel)}
      onChange={(event) => onChange(event.target.value)}
    >
      {empty !== undefined && <option value="">{t(empty)}</option>}
      {choices.map((choice) => (
        <option key={choice.value} value={choice.value} disabled={choice.disabled}>
          {t(choice.label)}
        </option>
      ))}
    </select>
  );
}
export const Select = (props: SelectProps) => around(props, <SelectInput {...props} />);

interface CheckboxProps {
  readonly label: Words;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly help?: Words | null;
  readonly fault?: Words | null;
  readonly disabled?: boolean;
  /** The label is read out only: a box in a row of a table. */
  readonly hideLabel?: boolean;
  /** Part of its id, so that an error summary can point here. */
  readonly name?: string;
}
export function Checkbox({ label, checked, onChange, help, fault, disabled, hideLabel, name }: CheckboxProps) {
  const { t } = useText();
  const { id: own, ...ids } = useField();
  const id = name === undefined ? own : fieldId(name);
  return (
    <div className="check">
      <input
        {...ids}
        type="checkbox"
        id={id}
        checked={checked}
        disabled={disabled}
        aria-describedby={help ? `${id}-help` : ids["aria-describedby"]}
        onChange={(event) => onChange(event.target.checked)}
      />
      <label htmlFor={id}>
        <span className={hideLabel ? "unseen" : undefined}>{t(label)}</span>
      </label>
      {help && (
        <p className="field-help" id={`${id}-help`}>
          {t(help)}
        </p>
      )}
      {fault && <p className="field-fault">{t(fault)}</p>}
    </div>
  );
}

interface NumberProps extends Around {
  /** Null while nothing (or nothing that is a number) is typed. */
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  readonly unit?: Words;
  readonly disabled?: boolean;
  readonly ariaLabel?: Words;
}
function NumberInput({ value, onChange, min, max, step, unit, disabled, ariaLabel }: NumberProps) {
  const { t } = useText();
  const ids = useField();
  return (
    <span className="number">
      <input
        {...ids}
        className="input input-number"
        type="number"
        dir="ltr"
        value={value ?? ""}
        {...{ min, max, step, disabled }}
        aria-label={ariaLabel === undefined ? undefined : t(ariaLabel)}
        onChange={(event) => onChange(event.target.value === "" ? null : event.target.valueAsNumber)}
      />
      {unit && <span className="unit">{t(unit)}</span>}
    </span>
  );
}
export const NumberField = (props: NumberProps) => around(props, <NumberInput {...props} />);

interface DateProps extends Around {
  /** `2026-11-22`, or empty. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly min?: string;
  readonly max?: string;
  readonly disabled?: boolean;
  readonly ariaLabel?: Words;
}
function DateInput({ value, onChange, min, max, disabled, ariaLabel }: DateProps) {
  const { t } = useText();
  return (
    <input
      {...useField()}
      className="input input-date"
      type="date"
      dir="ltr"
      value={value}
      {...{ min, max, disabled }}
      aria-label={ariaLabel === undefined ? undefined : t(ariaLabel)}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
export const DateField = (props: DateProps) => around(props, <DateInput {...props} />);

interface MomentProps extends Around {
  /** ISO with zone, or null. */
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
  readonly disabled?: boolean;
}
function MomentInput({ value, onChange, disabled }: MomentProps) {
  return (
    <input
      {...useField()}
      className="input input-date"
      type="datetime-local"
      dir="ltr"
      disabled={disabled}
      value={value === null ? "" : momentToLocal(value, timeZone())}
      onChange={(event) => onChange(momentFromLocal(event.target.value, timeZone()))}
    />
  );
}
/** A moment on the programme's wall clock, wherever the reader sits. */
export const MomentField = (props: MomentProps) => around(props, <MomentInput {...props} />);
