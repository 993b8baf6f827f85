/** What differs between two set-ups, as edits that lead from one to the other. */

import type { Setup } from "../../engine/setup/setup.js";
import { type RowTable, type SetupTableName, setupTableNames } from "../../engine/setup/tables/setup-registry.js";
import { isSame, type SetupEdit } from "./edited-rows.js";
import { orderOfEdits } from "./order-of-edits.js";
import { type FlatRow, flatRow, rowsOf } from "./tables/setup-tables.js";

/** What leads from one set-up to another. */
export interface SetupChanges {
  /** In an order in which they can be done. */
  readonly edits: readonly SetupEdit[];
  /** Rows that only the first has: nothing is done about them. */
  readonly onlyBefore: readonly { readonly table: RowTable; readonly code: string; readonly retired: boolean }[];
}

/** The level of an entity follows from the one above. */
const derived: ReadonlySet<string> = new Set(["level"]);

function flatRows(setup: Setup, table: SetupTableName): ReadonlyMap<string, FlatRow & { readonly retired: boolean }> {
  const rows = [...rowsOf(setup, table)];
  return new Map(rows.map(([code, row]) => [code, { ...flatRow(table, row), retired: row.retired === true }]));
}

const pick = (row: FlatRow, names: readonly string[]): FlatRow =>
  Object.fromEntries(names.map((name) => [name, row[name] ?? null]));

/** The edits that make of `before` what `after` says. Both are sound. */
export function setupChanges(before: Setup, after: Setup): SetupChanges {
  const edits: SetupEdit[] = [];
  const onlyBefore: { table: RowTable; code: string; retired: boolean }[] = [];
  for (const table of setupTableNames) {
    const [old, now] = [flatRows(before, table), flatRows(after, table)];
    for (const [code, { retired, ...row }] of now) {
      const known = old.get(code);
      if (known === undefined) {
        if (table === "programmes") continue;
        edits.push({ act: "create", table, code, values: row });
        if (retired) edits.push({ act: "retire", table, code });
        continue;
      }
      if (known.retired && !retired && table !== "programmes") edits.push({ act: "restore", table, code });
      const changed = Object.keys({ ...known, ...row }).filter(
        (name) => name !== "retired" && !derived.has(name) && !isSame(known[name], row[name]),
      );
      if (changed.length > 0)
        edits.push({ act: "update", table, code, values: pick(row, changed), before: pick(known, changed) });
      if (!known.retired && retired && table !== "programmes") edits.push({ act: "retire", table, code });
    }
    if (table === "programmes") continue;
    for (const [code, { retired }] of old) if (!now.has(code)) onlyBefore.push({ table, code, retired });
  }
  return { edits: orderOfEdits(edits, before), onlyBefore };
}

/** Retiring what only the first has, in any order. */
export function retirementsOf(onlyBefore: SetupChanges["onlyBefore"]): readonly SetupEdit[] {
  return onlyBefore.filter(({ retired }) => !retired).map(({ table, code }) => ({ act: "retire", table, code }));
}
