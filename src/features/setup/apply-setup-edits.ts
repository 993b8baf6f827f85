/** Several edits of the set-up in one transaction: checked as the whole that they make, then done in an order in which each can be. */

import type { Transaction } from "sequelize";
import sql from "sql-template-tag";
import type { Change } from "../../engine/access/permissions.js";
import type { Setup } from "../../engine/setup/setup.js";
import { msg } from "../../engine/text/msg.js";
import { type FieldFault, Problem } from "../../engine/text/problems.js";
import type { Bilingual } from "../../engine/text/text.js";
import { type Database, query } from "../../platform/db/query.js";
import { isEnd, isSame, rowAfter, type SetupEdit, withEdit } from "./edited-rows.js";
import { lockToRetire } from "./entity-locks.js";
import { orderOfEdits } from "./order-of-edits.js";
import { createSetupActs } from "./setup-acts.js";
import { furtherFaults, rowFaults, type Surroundings } from "./setup-faults.js";
import { refusals } from "./setup-refusals.js";
import { flatRow, rowsOf } from "./tables/setup-tables.js";

const meanwhile: Bilingual = msg("setup.applySetupEdits.meanwhile");

interface SomeEdits extends Change {
  readonly programme: string;
  readonly edits: readonly SetupEdit[];
  /** What the record says beside each: the change-set that it was published with. */
  readonly told?: Readonly<Record<string, unknown>>;
}

/** Faults of one edit, by the columns of its form. */
export interface RefusedEdit {
  readonly edit: SetupEdit;
  readonly faults: readonly FieldFault[];
}

/** What stands beside the rows once all edits are done, and what stood there before. */
export type Planned = Surroundings & { readonly before: Setup };

/** What the checks of a form say of the row as all the edits together leave it; nothing of one that goes out of use. */
export function faultsAfter(edit: SetupEdit, planned: Planned): FieldFault[] {
  const { table, code } = edit;
  if (edit.act === "retire") return [];
  // Another calendar than the one in force stands in the edit alone.
  const row = table === "programmes" ? rowAfter(planned.setup, edit) : rowsOf(planned.setup, table).get(code);
  return row == null ? [] : rowFaults(table, row, planned);
}

/** Those that cannot be done: their rows are wrong afterwards, or another than was seen before. */
export function refusedEdits(edits: readonly SetupEdit[], planned: Planned): RefusedEdit[] {
  return edits.flatMap((edit): RefusedEdit[] => {
    const { table, code } = edit;
    const row = rowsOf(planned.before, table).get(code);
    if (!rowsOf(planned.setup, table).has(code)) throw refusals.noRow(table, code, planned.before.programme.code);
    const now = row === undefined ? {} : flatRow(table, row);
    const seen = edit.act === "update" ? edit.before : {};
    const moved = Object.keys(seen).filter((name) => !isSame(seen[name], now[name]));
    const taken = edit.act === "create" && row !== undefined ? [refusals.codeTaken(code)] : [];
    const first = [...taken, ...moved.map((name) => ({ field: `/${name}`, reason: meanwhile }))];
    const faults = [...first, ...furtherFaults(first, faultsAfter(edit, planned))];
    return faults.length === 0 ? [] : [{ edit, faults }];
  });
}

/** Levels that get another rank leave theirs first: no two have one rank at any moment. */
async function parkRanks(
  db: Database,
  { programme, edits, setup }: SomeEdits & { setup: Setup },
  tx: Transaction,
): Promise<void> {
  const rankOf = (code: string) => setup.importanceLevels.get(code)?.rank;
  const moved = edits.flatMap((edit) => {
    if (edit.act !== "update" || edit.table !== "importance_levels") return [];
    const { rank = rankOf(edit.code) } = edit.values;
    return rank === rankOf(edit.code) ? [] : [edit.code];
  });
  if (moved.length === 0) return;
  const parked = sql`update importance_levels set rank = rank + 1000000
    where programme = ${programme} and code = any(${moved})`;
  await query(db, parked, tx);
}

/**
 * What is added, changed and comes back, unchecked: `edits` were found sound, and the caller holds the programme. Gives the
 * set-up as it is then.
 * @param setup as the transaction sees it before
 */
export async function writeBegins(
  db: Database,
  { setup, told, ...a }: SomeEdits & { setup: Setup },
  transaction: Transaction,
): Promise<Setup> {
  const acts = createSetupActs(db, told);
  const begins = orderOfEdits(a.edits, setup).filter((edit) => !isEnd(edit));
  await parkRanks(db, { ...a, setup }, transaction);
  let current = setup;
  for (const edit of begins) {
    await acts.write({ setup: current, transaction }, { ...a, edit });
    current = withEdit(current, edit);
  }
  return current;
}

/** What goes out of use. Gives those that something still needs: they stay, and the transaction must be undone. */
export async function writeEnds(
  db: Database,
  { setup, told, ...a }: SomeEdits & { setup: Setup },
  transaction: Transaction,
): Promise<RefusedEdit[]> {
  const { programme } = a;
  const acts = createSetupActs(db, told);
  const ends = orderOfEdits(a.edits, setup).filter(isEnd);
  const codes = ends.flatMap(({ table, code }) => (table === "entities" ? [code] : []));
  await lockToRetire(db, { programme, codes }, transaction);
  const refused: RefusedEdit[] = [];
  for (const edit of ends) {
    try {
      await acts.write({ setup, transaction }, { ...a, edit });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      refused.push({ edit, faults: error.faults.length > 0 ? error.faults : [{ field: "", reason: error.detail }] });
    }
  }
  return refused;
}

/** Problem invalid-input with the faults of all that were refused, each at its row and column, `pillars/CARE#/nameAr`. */
export function requireNoneRefused(refused: readonly RefusedEdit[]): void {
  const faults = refused.flatMap(({ edit: { table, code }, faults: own }) =>
    own.map(({ field, reason }) => ({ field: `${table}/${code}#${field}`, reason })),
  );
  if (faults.length === 0) return;
  throw new Problem(
    "invalid-input",
    msg("setup.applySetupEdits.nothingWasChangedInThe", { faultsCount: faults.length }),
    faults,
  );
}
