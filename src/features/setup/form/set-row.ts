/** A row of the set-up as an open change-set has it: the form opens that edit again, and what is sent stands instead of it. */
import { useMemo } from "react";
import type { SetsOfForms } from "../../../engine/setup/sets-of-forms.js";
import type { Bilingual } from "../../../engine/text/text.js";
import type { ColumnView, RecordView } from "../../../platform/admin/resource-view.js";
import { type ProblemBody, type Query, read, useView, withQuery } from "../../../platform/ui/kit.js";
import { type FormValues, flatValues, isSameValue } from "./form-state.js";

type Opened = NonNullable<SetsOfForms["opened"]>;
type Edit = Opened["listed"][number]["edit"];

/** Which row of which set the address asks for. */
interface Asked {
  readonly programme: string;
  readonly set: number;
  readonly table: string;
  /** Code of a row that the set adds; null: it is the record's. */
  readonly row: string | null;
}

/** What of it travels with what is typed. */
export interface SetRow extends Asked {
  readonly title: string;
  readonly code: string;
  /** What the set says of the row; null: nothing any more. */
  readonly seen: Edit | null;
}

export function askedRow(resource: string, { changeSet, programme, row }: Query): Asked | null {
  if (changeSet === undefined || programme === undefined || !/^\d{1,9}$/.test(changeSet)) return null;
  return { programme, set: Number(changeSet), table: resource.replaceAll("-", "_"), row: row ?? null };
}

const address = ({ programme, set }: Asked): string => withQuery("pages/change-set", { programme, id: set });

function rowIn(asked: Asked, opened: Opened, record: RecordView | null): SetRow {
  const code = asked.row ?? String(record?.values.code ?? "");
  const rows = opened.listed.filter(({ table }) => table === asked.table);
  // A colleague may have given it another code since the address was made.
  const found = rows.find((one) => one.code === code) ?? rows.find(({ formerly }) => formerly.includes(code));
  return { ...asked, title: opened.title, code: found?.code ?? code, seen: found?.edit ?? null };
}

/** @param record the row as it is in force; null: the set adds it */
export function useSetRow(
  asked: Asked | null,
  record: RecordView | null,
): { row: SetRow | null; problem: ProblemBody | null } {
  const { view, problem } = useView<SetsOfForms>(asked === null ? null : address(asked));
  const opened = view?.opened ?? null;
  const row = useMemo(
    () => (asked === null || opened === null ? null : rowIn(asked, opened, record)),
    [asked, opened, record],
  );
  return { row, problem };
}

/** As the set has it by now. */
export async function setRowNow(asked: Asked, record: RecordView | null): Promise<SetRow> {
  const { opened } = await read<SetsOfForms>(address(asked));
  return rowIn(asked, opened as Opened, record);
}

/** The record with what the set says of it. */
export function recordInSet(columns: readonly ColumnView[], record: RecordView | null, row: SetRow): RecordView {
  const { seen, code, programme } = row;
  const said: FormValues = seen !== null && "values" in seen ? { ...seen.values } : {};
  const saidOf = ({ name, type }: ColumnView): unknown => {
    const was = record?.values[name] ?? null;
    if (type !== "bilingual") return name in said ? said[name] : was;
    const { ar = "", en = "" } = (was ?? {}) as Partial<Bilingual>;
    return { ar: said[`${name}Ar`] ?? ar, en: said[`${name}En`] ?? en };
  };
  const values: FormValues = { ...Object.fromEntries(columns.map((column) => [column.name, saidOf(column)])), code };
  const same = Object.entries(record?.names ?? {}).filter(
    ([name]) => !(name in values) || isSameValue(values[name], record?.values[name]),
  );
  const { ar, en } = (values.name ?? {}) as Partial<Bilingual>;
  return {
    id: record?.id ?? "",
    title: record?.title ?? { ar: ar || code, en: en || code },
    programme,
    values: { ...record?.values, ...values },
    names: Object.fromEntries(same),
    actions: [],
  };
}

/** The edit that is sent; `before` as it was in force, null of a row that the set adds: its code may be another by now. */
export function editOfRow(
  columns: readonly ColumnView[],
  { table, code }: SetRow,
  { values, before }: { readonly values: FormValues; readonly before: FormValues | null },
): object {
  const written = flatValues(columns, values);
  if (before === null) return { act: "create", table, code: String(written.code ?? ""), values: written };
  return { act: "update", table, code, values: written, before: flatValues(columns, before) };
}
