/** Rows of the set-up as edits leave them: worked out in memory, for forms, for what is checked before it is done, and for what is written. */

import { canonicalText } from "../../engine/audit/chain.js";
import type { Setup } from "../../engine/setup/setup.js";
import { declarationOf, type RowTable, type SetupTableName } from "../../engine/setup/tables/setup-registry.js";
import { levelsBelow } from "./setup-faults.js";
import {
  defaultsOf,
  type EditedColumn,
  type FileRow,
  type FlatRow,
  fileRow,
  flatRow,
  rowsOf,
  tableOf,
} from "./tables/setup-tables.js";

/** One edit of one row, with values by the columns of its form. */
export type SetupEdit =
  | { readonly act: "create"; readonly table: RowTable; readonly code: string; readonly values: FlatRow }
  | {
      readonly act: "update";
      readonly table: SetupTableName;
      readonly code: string;
      /** The columns that change, and what stood there when the edit was written. */
      readonly values: FlatRow;
      readonly before: FlatRow;
    }
  | {
      readonly act: "retire";
      readonly table: RowTable;
      readonly code: string;
      /** Its open cases are moved by the same publication. */
      readonly casesMapped?: boolean;
    }
  | { readonly act: "restore"; readonly table: RowTable; readonly code: string };

export const isSame = (a: unknown, b: unknown): boolean => canonicalText(a ?? null) === canonicalText(b ?? null);

/** Whether it takes a row out of use: done last. */
export const isEnd = ({ act }: SetupEdit): boolean => act === "retire";

/** A code, something chosen, or one language of two. */
const isNeededText = ({ name, chosen, optional, path }: EditedColumn): boolean =>
  !optional && (chosen === true || name === "code" || ["ar", "en"].includes(path[1] ?? ""));

/**
 * Texts without blanks around them; an empty one of an optional column is no value, a missing one of another is empty. What is
 * declared to have a value of its own when it is left empty gets that, or is not said at all.
 */
export function tidied(table: SetupTableName, values: FlatRow): FlatRow {
  const columns = new Map(tableOf(table).columns.map((column) => [column.name, column]));
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]): [string, unknown][] => {
      const column = columns.get(name);
      const text = typeof value === "string" ? value.trim() : value;
      if (column?.optional) return [[name, text === "" ? null : text]];
      const ofEmpty = (text ?? "") === "" ? column?.whenEmpty : undefined;
      if (ofEmpty !== undefined) return ofEmpty === "kept" ? [] : [[name, ofEmpty.value]];
      return [[name, text ?? (column !== undefined && isNeededText(column) ? "" : text)]];
    }),
  );
}

/** What has to be filled in, before anybody did. */
function unfilled(table: SetupTableName): FlatRow {
  return Object.fromEntries(
    tableOf(table).columns.flatMap((column) => (isNeededText(column) ? [[column.name, ""]] : [])),
  );
}

/** The level of an entity follows from the one above; nobody types it. */
function withLevel(table: SetupTableName, values: FlatRow, setup: Setup): FlatRow {
  if (table !== "entities" || values.level !== undefined) return values;
  const parent = typeof values.parent === "string" ? setup.entities.get(values.parent) : undefined;
  return { ...values, level: parent === undefined ? 0 : parent.level + 1 };
}

/** A row that is added, by its columns: behind the others, with the defaults of what it does not say or leaves empty. */
export function newValues(setup: Setup, table: SetupTableName, written: FlatRow): FlatRow {
  const values = Object.fromEntries(Object.entries(written).filter(([, value]) => value !== null));
  const order = Math.max(0, ...[...rowsOf(setup, table).values()].map((row) => Number(row.order))) + 1;
  const given = { ...defaultsOf(table), sortOrder: order, ...tidied(table, values) };
  return withLevel(table, { ...unfilled(table), ...given }, setup);
}

/** A row with other values in some columns; `moved`: it stands under another one. */
export function changedValues(
  setup: Setup,
  table: SetupTableName,
  { current, values }: { current: FileRow; values: FlatRow },
): { readonly values: FlatRow; readonly moved: boolean } {
  const now = flatRow(table, current);
  const given = tidied(table, values);
  const moved = given.parent !== undefined && !isSame(given.parent, now.parent);
  const { level: _, ...rest } = now;
  return { values: withLevel(table, { ...(moved ? rest : now), ...given }, setup), moved };
}

/** The row as the edit leaves it; null: there is none to change. */
export function rowAfter(setup: Setup, edit: SetupEdit): FileRow | null {
  const { table, code } = edit;
  if (edit.act === "create")
    return fileRow(table, newValues(setup, table, { ...edit.values, code }), { retired: false });
  const current = rowsOf(setup, table).get(code);
  if (current === undefined) return null;
  if (edit.act === "update")
    return fileRow(table, changedValues(setup, table, { current, values: edit.values }).values, current);
  return { ...current, retired: edit.act === "retire" } as FileRow;
}

/** The set-up with one edit done; entities below one that moved go along. */
export function withEdit(setup: Setup, edit: SetupEdit): Setup {
  const { table, code } = edit;
  const row = rowAfter(setup, edit);
  if (row === null) return setup;
  // Another calendar is published by itself; a programme works by it from the next load on.
  if (table === "programmes") return { ...setup, programme: row as unknown as Setup["programme"] };
  const rows = new Map(rowsOf(setup, table)).set(code, row);
  const after = { ...setup, [declarationOf(table).setup]: rows } as Setup;
  return table === "entities" ? withLevelsBelow(after, code) : after;
}

function withLevelsBelow(setup: Setup, top: string): Setup {
  const levels = levelsBelow([...setup.entities.values()], top);
  if (levels.size === 0) return setup;
  const entities = new Map(
    [...setup.entities].map(([code, row]) => [code, { ...row, level: levels.get(code) ?? row.level }]),
  );
  return { ...setup, entities };
}
