/** The code of a new row follows its name while that is typed, until a person writes a code of their own. */

import { useEffect, useRef, useState } from "react";
import { codeBeside } from "../../../engine/setup/propose-code.js";
import type { Bilingual } from "../../../engine/text/text.js";
import type { ListAnswer, ResourceView } from "../../../platform/admin/resource-view.js";
import { read, withQuery } from "../../../platform/ui/kit.js";
import type { FormValues } from "./form-state.js";

/** What is beyond this the server still refuses where it is taken. */
const maxPages = 10;
const perPage = 100;

/** Codes that there are, page by page. */
async function readCodes(resource: string, programme: string | null): Promise<string[]> {
  const codes: string[] = [];
  for (let page = 1; page <= maxPages; page++) {
    const query = { page, perPage, sortBy: "code", "filters.programme": programme };
    const { records, meta } = await read<ListAnswer>(withQuery(`resources/${resource}/actions/list`, query));
    codes.push(...records.map(({ values }) => String(values.code)));
    if (codes.length >= meta.total || records.length === 0) break;
  }
  return codes;
}

interface Asked {
  readonly view: ResourceView;
  readonly isNew: boolean;
  readonly programme: string | null;
  /** Codes that open change-sets give. */
  readonly coming: readonly string[];
  readonly values: FormValues;
  readonly onChange: (values: FormValues) => void;
}

/** Takes what is typed into a column, with the code that goes with it. */
export function useProposedCode(asked: Asked): (column: string, value: unknown) => void {
  const { view, isNew, programme, coming } = asked;
  const has = (name: string, type: string) =>
    view.columns.some((one) => one.name === name && one.type === type && one.edit);
  const isProposed = isNew && has("code", "text") && has("name", "bilingual");
  const [taken, setTaken] = useState<readonly string[]>([]);
  const put = (column: string, value: unknown, codes: readonly string[]) => {
    const { values, onChange } = asked;
    const next = { ...values, [column]: value };
    if (!isProposed || column !== "name") return onChange(next);
    const typed = { code: String(values.code ?? ""), before: values.name as Bilingual, name: value as Bilingual };
    const code = codeBeside(typed, [...codes, ...coming], "row");
    if (code !== values.code || value !== values.name) onChange({ ...next, code });
  };
  const now = useRef({ asked, put });
  now.current = { asked, put };
  useEffect(() => {
    if (!isProposed) return;
    let current = true;
    readCodes(view.id, programme)
      .then((codes) => {
        if (!current) return;
        setTaken(codes);
        // What was typed meanwhile gets its code by what there is.
        now.current.put("name", now.current.asked.values.name, codes);
      })
      .catch(() => undefined);
    return () => {
      current = false;
    };
  }, [isProposed, view.id, programme]);
  return (column, value) => put(column, value, taken);
}
