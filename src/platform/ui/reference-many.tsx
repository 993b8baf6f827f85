/** Several of very many records of another resource: those that are chosen with a box each, and one more found by typing. */
import React, { useEffect, useRef, useState } from "react";
import type { Bilingual } from "../../engine/text/text.js";
import { Checkbox } from "./inputs.js";
import { ReferenceSelect, recordOfCode } from "./reference-select.js";

const words = { add: { en: "Add by typing part of the name", ar: "إضافة بكتابة جزء من الاسم" } };

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

export function ReferenceMany(props: ReferenceManyProps) {
  const { resource, programme, value, onChange } = props;
  const nameOf = useNames(props);
  const box = useRef<HTMLDivElement>(null);
  const [added, setAdded] = useState(0);
  // The field is made anew for the next one, and whoever types goes on there.
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
        label={words.add}
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
