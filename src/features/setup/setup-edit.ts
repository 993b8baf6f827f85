/** Edits of the set-up as plain data: what leads from one set-up to another, and the way it is done in one transaction. */

import type { Transaction } from "sequelize";
import type { Change } from "../../engine/access/permissions.js";
import type { Setup } from "../../engine/setup/setup.js";
import {
  type RowTable,
  rowTables,
  type SetupTableName,
  setupTableNames,
} from "../../engine/setup/tables/setup-registry.js";
import { type FieldFault, Problem } from "../../engine/text/problems.js";
import type { Database } from "../../platform/db/query.js";
import { loadSetup } from "./active-setup.js";
import { createSetupActs, isSame } from "./setup-acts.js";
import { type FlatRow, flatRow, rowsOf } from "./tables/setup-tables.js";

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
  | { readonly act: "restore" | "remove"; readonly table: RowTable; readonly code: string };

/** What leads from one set-up to another. */
export interface SetupChanges {
  /** In an order in which they can be done: what others refer to comes first, what is retired goes last. */
  readonly edits: readonly SetupEdit[];
  /** Rows that only the first has: nothing is done about them. */
  readonly onlyBefore: readonly { readonly table: RowTable; readonly code: string; readonly retired: boolean }[];
}

/** The level of an entity follows from the one above. */
const derived: ReadonlySet<string> = new Set(["level"]);

function flatRows(setup: Setup, table: SetupTableName): ReadonlyMap<string, FlatRow & { readonly retired: boolean }> {
  const rows = [...rowsOf(setup, table).values()];
  // An entity stands behind the one above it.
  if (table === "entities") rows.sort((a, b) => Number(a.level) - Number(b.level));
  return new Map(rows.map((row) => [row.code, { ...flatRow(table, row), retired: row.retired === true }]));
}

const pick = (row: FlatRow, names: readonly string[]): FlatRow =>
  Object.fromEntries(names.map((name) => [name, row[name] ?? null]));

/** The edits that make of `before` what `after` says. Both are sound. */
export function setupChanges(before: Setup, after: Setup): SetupChanges {
  const edits: SetupEdit[] = [];
  const retirings: SetupEdit[] = [];
  const onlyBefore: { table: RowTable; code: string; retired: boolean }[] = [];
  for (const table of setupTableNames) {
    const [old, now] = [flatRows(before, table), flatRows(after, table)];
    for (const [code, { retired, ...row }] of now) {
      const known = old.get(code);
      if (known === undefined) {
        if (table === "programmes") continue;
        edits.push({ act: "create", table, code, values: row });
        if (retired) retirings.unshift({ act: "retire", table, code });
        continue;
      }
      if (known.retired && !retired && table !== "programmes") edits.push({ act: "restore", table, code });
      const changed = Object.keys({ ...known, ...row }).filter(
        (name) => name !== "retired" && !derived.has(name) && !isSame(known[name], row[name]),
      );
      if (changed.length > 0)
        edits.push({ act: "update", table, code, values: pick(row, changed), before: pick(known, changed) });
      if (!known.retired && retired && table !== "programmes") retirings.unshift({ act: "retire", table, code });
    }
    if (table === "programmes") continue;
    for (const [code, { retired }] of old) if (!now.has(code)) onlyBefore.push({ table, code, retired });
  }
  return { edits: [...edits, ...retirings], onlyBefore };
}

/** Retiring what only the first has, in the order in which that can be done: what refers to others goes first. */
export function retirementsOf(onlyBefore: SetupChanges["onlyBefore"]): readonly SetupEdit[] {
  return onlyBefore
    .filter(({ retired }) => !retired)
    .sort((a, b) => rowTables.indexOf(b.table) - rowTables.indexOf(a.table))
    .map(({ table, code }) => ({ act: "retire", table, code }));
}

interface SomeEdits extends Change {
  readonly programme: string;
  readonly edits: readonly SetupEdit[];
  /** What the record says beside each: the change-set that it was published with. */
  readonly told?: Readonly<Record<string, unknown>>;
}

/** An edit that was refused. */
interface RefusedEdit {
  readonly edit: SetupEdit;
  readonly problem: Problem;
}

/**
 * Does the edits, one after the other, in a transaction whose caller holds the programme's lock and has asked who may. Gives
 * those that are refused as things stand: they have changed nothing, and the others are done.
 */
export async function trySetupEdits(db: Database, a: SomeEdits, transaction: Transaction): Promise<RefusedEdit[]> {
  const acts = createSetupActs(db, a.told);
  const { programme, by, now } = a;
  const refused: RefusedEdit[] = [];
  for (const edit of a.edits) {
    const locked = { setup: await loadSetup(db, programme, transaction), transaction };
    const { table, code } = edit;
    try {
      if (edit.act === "create")
        await acts.create(locked, { programme, table: edit.table, values: { ...edit.values, code }, by, now });
      else if (edit.act === "update")
        await acts.update(locked, { programme, table, code, values: edit.values, before: edit.before, by, now });
      else if (edit.act === "retire")
        await acts.retire(locked, { programme, table: edit.table, code, casesMapped: edit.casesMapped, by, now });
      else await acts[edit.act](locked, { programme, table: edit.table, code, by, now });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      refused.push({ edit, problem: error });
    }
  }
  return refused;
}

/**
 * As `trySetupEdits`, all of them or none. Problem `invalid-input` with the faults of all edits, each at its row and
 * column, `pillars/CARE#/nameAr`: then the transaction must be undone.
 */
export async function applySetupEdits(db: Database, a: SomeEdits, transaction: Transaction): Promise<void> {
  const refused = await trySetupEdits(db, a, transaction);
  if (refused.length === 0) return;
  const faults = refused.flatMap(({ edit: { table, code }, problem }): FieldFault[] => {
    const found = problem.faults.length > 0 ? problem.faults : [{ field: "", reason: problem.detail }];
    return found.map(({ field, reason }) => ({ field: `${table}/${code}#${field}`, reason }));
  });
  throw new Problem(
    "invalid-input",
    {
      en: `Nothing was changed: ${faults.length === 1 ? "one thing is" : `${faults.length} things are`} in the way.`,
      ar: `لم يتغير شيء: عدد ما يمنع ذلك ${faults.length}.`,
    },
    faults,
  );
}
