/** Several records of another resource: where there are few a box each by its name, else those that are chosen and a search. */

import React, { useEffect, useRef, useState } from "react";
import { msg } from "../../../engine/text/msg.js";
import { type Bilingual, inLanguage, perLanguage } from "../../../engine/text/text.js";
import type { ListAnswer } from "../../admin/resource-view.js";
import { withQuery } from "../address.js";
import { useView } from "../api.js";
import { useText } from "../language/text.js";
import { ProblemBox, Spinner } from "../pieces.js";
import { Field, type FieldProps } from "./field.js";
import { Checkbox } from "./inputs.js";
import { ReferenceSelect, recordOfCode } from "./reference-select.js";

interface ReferenceManyProps {
  readonly resource: string;
  readonly programme: string | null;
  readonly value: readonly string[];
  readonly onChange: (codes: readonly string[]) => void;
  /** Names that are known already, by code. */
  readonly names: ReadonlyMap<string, Bilingual>;
}

/** Names of codes that came from elsewhere are looked up, each once. */
function useNames({ resource, programme, value, names }: Omit<ReferenceManyProps, "onChange">) {
  const [found, setFound] = useState<ReadonlyMap<string, Bilingual>>(new Map());
  const missing = value.filter((code) => !names.has(code) && !found.has(code)).join(" ");
  useEffect(() => {
    let current = true;
    for (const code of missing.split(" ").filter((one) => one !== "")) {
      recordOfCode(resource, code, programme)
        .then((record) => {
          if (current) setFound((all) => new Map(all).set(code, record?.title ?? { en: code, ar: code }));
        })
        .catch(() => undefined);
    }
    return () => {
      current = false;
    };
  }, [resource, programme, missing]);
  return (code: string): Bilingual => names.get(code) ?? found.get(code) ?? { en: code, ar: code };
}

/** Several of very many records of another resource: those that are chosen with a box each, and one more found by typing. */
function ReferenceMany(props: ReferenceManyProps) {
  const { resource, programme, value, onChange } = props;
  const nameOf = useNames(props);
  const box = useRef<HTMLDivElement>(null);
  const [added, setAdded] = useState(0);
  // The field is made anew for the next one, and typing goes on there.
  useEffect(() => {
    if (added > 0) box.current?.querySelector<HTMLElement>("input[role=combobox]")?.focus();
  }, [added]);
  return (
    <div className="stack-small" ref={box}>
      {value.map((code) => (
        <Checkbox
          key={code}
          label={nameOf(code)}
          checked
          onChange={() => onChange(value.filter((other) => other !== code))}
        />
      ))}
      <ReferenceSelect
        key={added}
        label={msg("ui.referenceChoices.referenceManyWordsAdd")}
        required={false}
        resource={resource}
        programme={programme}
        value=""
        onChange={(code) => {
          if (code === "" || value.includes(code)) return;
          onChange([...value, code]);
          setAdded(added + 1);
        }}
      />
    </div>
  );
}

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
          label={
            retired
              ? perLanguage(
                  (language) =>
                    `${inLanguage(name, language)} (${inLanguage(msg("ui.referenceChoices.retired"), language)})`,
                )
              : name
          }
          checked={value.includes(code)}
          onChange={(checked) =>
            onChange(choices.map((one) => one.code).filter((one) => (one === code ? checked : value.includes(one))))
          }
        />
      ))}
      {view !== null && choices.length === 0 && (
        <p className="muted">{t(msg("ui.referenceChoices.thereAreNoneYet"))}</p>
      )}
    </Field>
  );
}
