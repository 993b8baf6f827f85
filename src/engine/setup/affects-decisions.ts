/**
 * Which edits of the set-up change what is decided: who answers, who hears of delays, what rules can find. Where a programme
 * wants a second person for policy, these take one as well; a name, an address or a text does not.
 */

import { ownTable } from "../text/inherited-names.js";
import type { SetupTable } from "./tables/define-setup-table.js";
import { setupRegistry, storedNames } from "./tables/setup-registry.js";

/** An edit of one row, with values by the columns of its form. */
export interface EditedRow {
  readonly act: "create" | "update" | "retire" | "restore" | "remove" | "merge";
  readonly table: string;
  readonly values?: Readonly<Record<string, unknown>>;
  /** What stood in these columns. */
  readonly before?: Readonly<Record<string, unknown>>;
}

/** Read by people, in every table. */
const words = ["code", "nameAr", "nameEn", "sortOrder"];

const declared: Readonly<Record<string, SetupTable>> = ownTable({ ...setupRegistry });

/** Columns of a table that are declared to decide nothing. */
const readOnlyByPeople = (table: SetupTable | undefined): string[] =>
  Object.entries(table?.columns ?? {}).flatMap(([name, column]) => (column.decides ? [] : storedNames(name, column)));

type Field = Readonly<Record<string, unknown>>;

/** The extra fields of a type without what they are called. */
function withoutNames(fields: unknown): unknown {
  if (!Array.isArray(fields)) return fields;
  return fields.map((field: Field) => {
    const { name: _, choices, ...kept } = field;
    if (!Array.isArray(choices)) return kept;
    return { ...kept, choices: choices.map(({ name: __, ...choice }: Field) => choice) };
  });
}

const comparable = (column: string, value: unknown): string =>
  JSON.stringify((column === "fields" ? withoutNames(value) : value) ?? null);

/** The columns of an edit that change a decision. */
function decidingColumns({ table, values = {}, before = {} }: EditedRow): string[] {
  const harmless = new Set([...words, ...readOnlyByPeople(declared[table])]);
  return Object.keys(values).filter(
    (column) => !harmless.has(column) && comparable(column, values[column]) !== comparable(column, before[column]),
  );
}

/** Whether an edit changes what is decided. */
export function affectsDecisions(edit: EditedRow): boolean {
  if (declared[edit.table]?.decides === false) return false;
  return edit.act !== "update" || decidingColumns(edit).length > 0;
}
