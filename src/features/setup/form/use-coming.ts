/** What open change-sets add: a form offers it where it may be named, for an edit that goes into the same set. */

import { useMemo } from "react";
import type { SetsOfForms } from "../../../engine/setup/sets-of-forms.js";
import { pattern } from "../../../engine/text/msg.js";
import type { ColumnView } from "../../../platform/admin/resource-view.js";
import type { Option } from "../../../platform/ui/form/typed-search.js";
import { useText, useView, withQuery } from "../../../platform/ui/kit.js";
import type { FormValues } from "./form-state.js";

interface Coming {
  /** What the column may name besides what there is. */
  readonly of: (column: ColumnView) => readonly Option[];
  /** Codes that they give to rows of a resource. */
  readonly codes: (resource: string) => readonly string[];
  /** The change-set that adds something which these values name; null: they name nothing of that kind. */
  readonly setNamed: (columns: readonly ColumnView[], values: FormValues) => number | null;
}

const tableOf = ({ type, reference }: ColumnView): string | null =>
  type === "reference" && reference ? reference.replaceAll("-", "_") : null;

/** @param programme null: nothing of this form goes into a change-set */
export function useComing(programme: string | null): Coming {
  const { t } = useText();
  const { view } = useView<SetsOfForms>(programme === null ? null : withQuery("pages/change-set", { programme }));
  const rows = view?.coming;
  return useMemo(() => {
    const offered = new Map<string, Option[]>();
    for (const { table, code, name, changeSet } of rows ?? []) {
      const option = {
        value: code,
        label: name,
        code: t(pattern("setup.useComing.waits"), { code, name: changeSet.title }),
      };
      offered.set(table, [...(offered.get(table) ?? []), option]);
    }
    const none: readonly Option[] = [];
    return {
      of: (column) => offered.get(tableOf(column) ?? "") ?? none,
      codes: (resource) => (offered.get(resource.replaceAll("-", "_")) ?? none).map(({ value }) => value),
      setNamed: (columns, values) =>
        (rows ?? []).find(({ table, code }) =>
          columns.some((column) => tableOf(column) === table && values[column.name] === code),
        )?.changeSet.id ?? null,
    };
  }, [rows, t]);
}
