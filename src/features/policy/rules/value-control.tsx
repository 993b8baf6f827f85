/** A value of a fact, chosen or typed as its kind wants it: one of the set-up's, a number, yes or no, several of them. */

import React, { useCallback, useState } from "react";
import type { VocabularyFact } from "../../../engine/explain/policy-vocabulary.js";
import { filled, msg, pattern } from "../../../engine/text/msg.js";
import { type Bilingual, inLanguage, perLanguage } from "../../../engine/text/text.js";
import {
  Button,
  Combobox,
  DateField,
  foundAmong,
  Icon,
  NumberField,
  type Option,
  Select,
  TextField,
  useText,
} from "../../../platform/ui/kit.js";
import { valueWords } from "./condition-words.js";
import { dateOfNumber, numberOfDate } from "./date-fact.js";

const words = {
  add: msg("policy-rules.valueControl.add"),
  retired: pattern("policy-rules.valueControl.retired"),
  gone: pattern("policy-rules.valueControl.gone"),
  unknown: msg("policy-rules.valueControl.unknown"),
};

/** Beyond these one types to choose. */
const maxInList = 12;
const unknownCode = "\u0000";

interface ValueProps {
  readonly fact: VocabularyFact | undefined;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  readonly label: Bilingual;
  /** "Not known" is a value as well: in examples. */
  readonly mayBeUnknown?: boolean;
}

/** What may be chosen; a value that is set to something else stays in sight, with a word of what is wrong with it. */
function optionsOf(fact: VocabularyFact | undefined, kept: readonly unknown[]): Option[] {
  const values = fact?.values ?? [];
  const odd = kept.filter(
    (value) => typeof value === "string" && value !== "" && !values.some((v) => v.code === value),
  );
  return [
    ...values
      .filter(({ retired, code }) => !retired || kept.includes(code))
      .map(({ code, name, retired }) => ({ value: code, label: retired ? filled(words.retired, { name }) : name })),
    ...odd.map((value) => ({ value: String(value), label: filled(words.gone, { name: valueWords(fact, value) }) })),
  ];
}

function ClosedValue({ fact, value, onChange, label, mayBeUnknown }: ValueProps) {
  const { t } = useText();
  const options = optionsOf(fact, [value]);
  const find = useCallback((typed: string) => foundAmong(optionsOf(fact, [value]), typed), [fact, value]);
  const unknown = mayBeUnknown ? [{ value: unknownCode, label: words.unknown }] : [];
  const code = value === null ? unknownCode : String(value ?? "");
  if (options.length <= maxInList) {
    return (
      <Select
        ariaLabel={label}
        value={code}
        empty={code === "" ? msg("policy-rules.valueControl.choose") : undefined}
        choices={[...options, ...unknown].map((one) => ({ value: one.value, label: one.label }))}
        onChange={(chosen) => onChange(chosen === unknownCode ? null : chosen)}
      />
    );
  }
  return (
    <Combobox
      ariaLabel={label}
      value={value === null ? "" : code}
      name={value === null ? t(words.unknown) : t(options.find((one) => one.value === code)?.label)}
      find={find}
      onChange={(found) => onChange(found?.value ?? (mayBeUnknown ? null : ""))}
    />
  );
}

const booleans = [
  { value: "true", label: valueWords(undefined, true) },
  { value: "false", label: valueWords(undefined, false) },
];

/** A date as its field shows it; null: the number is no date and is shown as it is. */
const dateToShow = (value: unknown): string | null =>
  value === "" || value === null || value === undefined ? "" : dateOfNumber(value);

/** One value. */
export function SingleValue(props: ValueProps) {
  const { fact, value, onChange, label, mayBeUnknown } = props;
  if (fact?.values) return <ClosedValue {...props} />;
  if (fact?.type === "boolean") {
    const unknown = mayBeUnknown ? [{ value: unknownCode, label: words.unknown }] : [];
    return (
      <Select
        ariaLabel={label}
        value={value === null ? unknownCode : String(value)}
        choices={[...booleans, ...unknown]}
        onChange={(chosen) => onChange(chosen === unknownCode ? null : chosen === "true")}
      />
    );
  }
  const date = fact?.isDate ? dateToShow(value) : null;
  if (date !== null)
    return (
      <DateField
        ariaLabel={label}
        value={date}
        onChange={(chosen) => onChange(numberOfDate(chosen) ?? (mayBeUnknown ? null : ""))}
      />
    );
  if (fact?.type === "number")
    return (
      <NumberField
        ariaLabel={label}
        value={typeof value === "number" ? value : null}
        onChange={(number) => onChange(number ?? (mayBeUnknown ? null : ""))}
      />
    );
  return <TextField ariaLabel={label} value={typeof value === "string" ? value : ""} onChange={onChange} />;
}

function OpenAdder({
  fact,
  onAdd,
  label,
}: {
  fact: VocabularyFact | undefined;
  onAdd: (value: unknown) => void;
  label: Bilingual;
}) {
  const { t } = useText();
  const [typed, setTyped] = useState("");
  const add = () => {
    const value = typed.trim();
    const date = fact?.isDate ? numberOfDate(value) : null;
    if (value === "" || (fact?.isDate && date === null)) return;
    onAdd(date ?? (fact?.type === "number" ? Number(value) : value));
    setTyped("");
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Enter in the field is its button
    <span
      className="value-adder"
      onKeyDown={(event) => {
        if (event.key !== "Enter") return;
        event.preventDefault();
        add();
      }}
    >
      {fact?.isDate ? (
        <DateField ariaLabel={label} value={typed} onChange={setTyped} />
      ) : (
        <TextField
          ariaLabel={label}
          value={typed}
          inputMode={fact?.type === "number" ? "decimal" : "text"}
          onChange={setTyped}
        />
      )}
      <Button small icon="plus" onClick={add}>
        {t(msg("policy-rules.valueControl.addAct"))}
      </Button>
    </span>
  );
}

/** Several values; each can be taken out. */
export function ValueList({ fact, value, onChange, label }: ValueProps) {
  const { t } = useText();
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  const all = optionsOf(fact, list);
  const nameOf = (one: unknown) => all.find((option) => option.value === one)?.label ?? valueWords(fact, one);
  const add = (one: unknown) => {
    if (!list.includes(one)) onChange([...list, one]);
  };
  const find = useCallback(
    (typed: string) =>
      foundAmong(
        optionsOf(fact, []).filter((option) => !list.includes(option.value)),
        typed,
      ),
    [fact, list],
  );
  return (
    <span className="value-list">
      {list.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: by hand a value may stand there twice
        <span className="value-chip" key={`${at}-${JSON.stringify(one)}`}>
          <bdi>{t(nameOf(one))}</bdi>
          <button
            type="button"
            aria-label={t(pattern("policy-rules.valueControl.remove"), { value: t(nameOf(one)) })}
            onClick={() => onChange(list.filter((_, i) => i !== at))}
          >
            <Icon name="close" size={14} />
          </button>
        </span>
      ))}
      {fact?.values ? (
        <Combobox
          ariaLabel={perLanguage((language) => `${inLanguage(label, language)}: ${inLanguage(words.add, language)}`)}
          placeholder={words.add}
          value=""
          name=""
          find={find}
          onChange={(found) => found && add(found.value)}
        />
      ) : (
        <OpenAdder fact={fact} onAdd={add} label={label} />
      )}
    </span>
  );
}
