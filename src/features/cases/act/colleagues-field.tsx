/** Colleagues who are named: chosen by typing, shown one beside the other, taken out again. */
import React, { useCallback } from "react";
import { Combobox } from "../../../platform/ui/combobox.js";
import { Field, type FieldProps, Icon, useText } from "../../../platform/ui/kit.js";
import { foundAmong, type Option } from "../../../platform/ui/typed-search.js";

const words = {
  remove: { en: "Take out {name}", ar: "إزالة {name}" },
};

interface ColleaguesFieldProps extends Omit<FieldProps, "children"> {
  readonly choices: readonly Option[];
  readonly value: readonly string[];
  readonly onChange: (value: readonly string[]) => void;
}

export function ColleaguesField({ choices, value, onChange, ...field }: ColleaguesFieldProps) {
  const { t } = useText();
  const find = useCallback(
    (typed: string) =>
      foundAmong(
        choices.filter((choice) => !value.includes(choice.value)),
        typed,
      ),
    [choices, value],
  );
  return (
    <Field {...field}>
      {value.length > 0 && (
        <ul className="chips">
          {value.map((one) => {
            const name = t(choices.find((choice) => choice.value === one)?.label ?? one);
            return (
              <li key={one} className="chip">
                <bdi>{name}</bdi>
                <button
                  type="button"
                  aria-label={t(words.remove, { name })}
                  onClick={() => onChange(value.filter((other) => other !== one))}
                >
                  <Icon name="close" size={16} />
                </button>
              </li>
            );
          })}
        </ul>
      )}
      <Combobox value="" name="" find={find} onChange={(found) => found && onChange([...value, found.value])} />
    </Field>
  );
}
