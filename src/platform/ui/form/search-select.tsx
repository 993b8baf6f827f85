/** Chooses one of many that are known already, by typing part of its name in either language or of its code. */
import React, { useCallback, useState } from "react";
import { msg } from "../../../engine/text/msg.js";
import { useText } from "../language/text.js";
import { Combobox } from "./combobox.js";
import { Field, type FieldProps } from "./field.js";
import { foundAmong, type Option } from "./typed-search.js";

interface SearchSelectProps extends Omit<FieldProps, "children"> {
  readonly choices: readonly Option[];
  /** Empty for nothing. */
  readonly value: string;
  readonly onChange: (value: string) => void;
}

export function SearchSelect({ choices, value, onChange, ...field }: SearchSelectProps) {
  const { t } = useText();
  const find = useCallback((typed: string) => foundAmong(choices, typed), [choices]);
  const [unchosen, setUnchosen] = useState(false);
  return (
    <Field {...field} fault={unchosen ? msg("ui.searchSelect.chooseOne") : (field.fault ?? null)}>
      <Combobox
        value={value}
        name={t(choices.find((choice) => choice.value === value)?.label)}
        find={find}
        onUnchosen={setUnchosen}
        onChange={(found) => onChange(found?.value ?? "")}
      />
    </Field>
  );
}
