/** Several records of another resource: where there are few a box each by its name, else those that are chosen and a search. */
import React from "react";
import type { Bilingual } from "../../engine/text/text.js";
import type { ListAnswer } from "../admin/resource-view.js";
import { withQuery } from "./address.js";
import { useView } from "./api.js";
import { Field, type FieldProps } from "./field.js";
import { Checkbox } from "./inputs.js";
import { ProblemBox, Spinner } from "./pieces.js";
import { ReferenceMany } from "./reference-many.js";
import { useText } from "./text.js";

const words = { retired: { en: "out of use", ar: "موقوف" } };
/** As many as are looked through at a glance. */
const few = 30;

interface ReferenceChoicesProps extends Omit<FieldProps, "children"> {
  readonly resource: string;
  readonly programme: string | null;
  /** Codes. */
  readonly value: readonly string[];
  readonly onChange: (codes: readonly string[]) => void;
}

export function ReferenceChoices({
  resource,
  programme,
  value,
  onChange,
  required: _,
  ...around
}: ReferenceChoicesProps) {
  const { t } = useText();
  const { view, problem } = useView<ListAnswer>(
    withQuery(`resources/${resource}/actions/list`, { perPage: few, "filters.programme": programme }),
    { worded: true },
  );
  const records = (view?.records ?? []).map(({ title, values }) => ({
    code: String(values.code),
    name: title,
    retired: Boolean(values.retiredAt),
  }));
  // What is chosen already stays in sight, also what went out of use or is not there any more.
  const offered = records.filter(({ code, retired }) => !retired || value.includes(code));
  const unknown = view === null ? [] : value.filter((code) => records.every((one) => one.code !== code));
  const choices: { code: string; name: Bilingual; retired: boolean }[] = [
    ...offered,
    ...unknown.map((code) => ({ code, name: { en: code, ar: code }, retired: false })),
  ];
  const many = (view?.meta.total ?? 0) > few;
  const names = new Map(records.map(({ code, name }) => [code, name]));
  return (
    <Field group {...around}>
      <ProblemBox problem={problem} />
      {view === null && problem === null && <Spinner />}
      {view !== null && many && (
        <ReferenceMany resource={resource} programme={programme} value={value} onChange={onChange} names={names} />
      )}
      {(many ? [] : choices).map(({ code, name, retired }) => (
        <Checkbox
          key={code}
          label={retired ? { en: `${name.en} (${words.retired.en})`, ar: `${name.ar} (${words.retired.ar})` } : name}
          checked={value.includes(code)}
          onChange={(checked) =>
            onChange(choices.map((one) => one.code).filter((one) => (one === code ? checked : value.includes(one))))
          }
        />
      ))}
      {view !== null && choices.length === 0 && (
        <p className="muted">{t({ en: "There are none yet.", ar: "لا يوجد شيء بعد." })}</p>
      )}
    </Field>
  );
}
