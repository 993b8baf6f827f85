/** The tables of the set-up as they are edited: what each column is called in a form, in the files and in the database. */

import type { Setup } from "../../../engine/setup/setup.js";
import type { SetupColumn } from "../../../engine/setup/tables/define-setup-table.js";
import {
  declarationOf,
  inSentence,
  ownColumns,
  type SetupTableName,
  setupTableNames,
  storedNames,
  valueWhenAbsent,
} from "../../../engine/setup/tables/setup-registry.js";
import type { Bilingual } from "../../../engine/text/text.js";

export interface EditedColumn {
  /** In a form, in the audit and in faults; also the attribute of the model. */
  readonly name: string;
  /** Where it stands in a row of the files. */
  readonly path: readonly string[];
  /** An empty text is no value. */
  readonly optional?: true;
  /** Chosen from others: an empty one was not chosen. */
  readonly chosen?: true;
  /** What a row that there is gets where it is left empty; left out: it may not be. */
  readonly whenEmpty?: { readonly value: unknown } | "kept";
}

interface EditedTable {
  /** One row of it, in a sentence. */
  readonly one: Bilingual;
  readonly columns: readonly EditedColumn[];
}

/** A row in the shape of the files. */
export type FileRow = { readonly code: string } & Readonly<Record<string, unknown>>;
/** A row as a form has it: a value a column. */
export type FlatRow = Readonly<Record<string, unknown>>;

const label: readonly EditedColumn[] = [
  { name: "code", path: ["code"] },
  { name: "nameAr", path: ["name", "ar"] },
  { name: "nameEn", path: ["name", "en"] },
  { name: "sortOrder", path: ["order"], whenEmpty: "kept" },
];

function whenEmpty(column: SetupColumn): Pick<EditedColumn, "whenEmpty"> {
  if (column.keptWhenEmpty) return { whenEmpty: "kept" };
  // What has no empty form of its own in a form: a list may be empty, and a box is on or off.
  const mayBeEmpty = !column.required && "fallback" in column && !["flag", "choices"].includes(column.kind);
  const value = mayBeEmpty ? valueWhenAbsent(column) : undefined;
  return value === undefined ? {} : { whenEmpty: { value } };
}

function editedColumns(name: string, column: SetupColumn): EditedColumn[] {
  const nullable = "nullable" in column && column.nullable === true && column.kind !== "file";
  const isChosen = ["choice", "reference", "published"].includes(column.kind);
  const more = {
    ...(nullable && { optional: true as const }),
    ...(isChosen && column.required && valueWhenAbsent(column) === undefined && { chosen: true as const }),
    ...whenEmpty(column),
  };
  const path = column.storedIn === undefined ? [name] : [column.storedIn, name];
  if (column.kind !== "bilingual") return [{ name, path, ...more }];
  const [inArabic = "", inEnglish = ""] = storedNames(name, column);
  return [
    { name: inArabic, path: [...path, "ar"], ...more },
    { name: inEnglish, path: [...path, "en"], ...more },
  ];
}

const editedTables = new Map<string, EditedTable>(
  setupTableNames.map((table) => [
    table,
    {
      one: inSentence(declarationOf(table).one),
      columns: [...label, ...ownColumns(table).flatMap(([name, column]) => editedColumns(name, column))],
    },
  ]),
);

export const tableOf = (name: SetupTableName): EditedTable => editedTables.get(name) as EditedTable;

/** The programme with what holds where its settings say nothing. */
function programmeRow({ programme, calendar }: Setup): FileRow {
  const settings = ownColumns("programmes").flatMap(([name, column]) => {
    const value = valueWhenAbsent(column);
    if (column.storedIn === undefined || value === undefined) return [];
    return [[name, column.kind === "bilingual" ? { ar: value, en: value } : value]];
  });
  return {
    ...programme,
    settings: { ...Object.fromEntries(settings), ...programme.settings },
    calendar: calendar.definition.code,
  };
}

/** The rows of a table as the files have them, by code. */
export function rowsOf(setup: Setup, table: SetupTableName): ReadonlyMap<string, FileRow> {
  if (table === "programmes") return new Map([[setup.programme.code, programmeRow(setup)]]);
  return setup[declarationOf(table).setup as keyof Setup] as unknown as ReadonlyMap<string, FileRow>;
}

/** Columns whose new row need not say them, and what they are then. */
export const defaultsOf = (table: SetupTableName): FlatRow =>
  Object.fromEntries(
    ownColumns(table).flatMap(([name, column]) => {
      const value = valueWhenAbsent(column);
      return value === undefined ? [] : storedNames(name, column).map((stored) => [stored, value]);
    }),
  );

export function valueAt(row: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], row);
}

/** A row of the files as a form has it; what the row does not say is left out. */
export function flatRow(name: SetupTableName, row: FileRow): FlatRow {
  const values = tableOf(name).columns.map((column) => [column.name, valueAt(row, column.path)] as const);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}

/** A form's row as the files have it, over what `base` has beside it. */
export function fileRow(name: SetupTableName, flat: FlatRow, base: Readonly<Record<string, unknown>> = {}): FileRow {
  const row = structuredClone(base) as Record<string, unknown>;
  for (const { name: column, path } of tableOf(name).columns) {
    if (flat[column] === undefined) continue;
    const inner = path.slice(0, -1).reduce((object, key) => {
      object[key] = { ...(object[key] as object | undefined) };
      return object[key] as Record<string, unknown>;
    }, row);
    inner[path.at(-1) as string] = flat[column];
  }
  return row as FileRow;
}

/** The pointer of a fault inside a row of the files, as a form names it: `/name/ar` is `/nameAr`. */
export function formPointer(name: SetupTableName, pointer: string): string {
  for (const { name: column, path } of tableOf(name).columns) {
    const at = `/${path.join("/")}`;
    if (pointer === at || pointer.startsWith(`${at}/`)) return `/${column}${pointer.slice(at.length)}`;
  }
  return pointer;
}

/** What the database's row is given: settings stand together in one column there. */
export function attributesOf(name: SetupTableName, flat: FlatRow, row: FileRow): Record<string, unknown> {
  if (name !== "programmes") return { ...flat };
  const own = tableOf(name).columns.filter(({ path }) => path[0] !== "settings");
  return { ...Object.fromEntries(own.map(({ name: column }) => [column, flat[column]])), settings: row.settings };
}

/** Columns whose codes, one or a list, are rows of the set-up, with their table. */
export const referred: Readonly<Record<string, SetupTableName>> = Object.fromEntries(
  setupTableNames.flatMap((table) =>
    ownColumns(table).flatMap(([name, column]) => ("to" in column ? [[name, column.to as SetupTableName]] : [])),
  ),
);
