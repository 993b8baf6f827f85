/**
 * Edits of the set-up inside a transaction: each checked as the shipped files are, by the set-up as that transaction sees
 * it, and recorded with what changed. Whoever calls holds the programme's lock and has asked who may.
 */

import type { Transaction } from "sequelize";
import sql, { raw } from "sql-template-tag";
import type { Actor, Change } from "../../engine/access/permissions.js";
import type { Setup } from "../../engine/setup/setup.js";
import type { RowTable, SetupTableName } from "../../engine/setup/tables/setup-registry.js";
import { msg } from "../../engine/text/msg.js";
import type { FieldFault } from "../../engine/text/problems.js";
import { appendAudit } from "../../platform/audit/audit-store.js";
import { type Database, query } from "../../platform/db/query.js";
import { removedFieldFaults } from "./asked-fields.js";
import { changedValues, isSame, newValues, type SetupEdit, tidied } from "./edited-rows.js";
import { definitionsInUse } from "./named-in-definitions.js";
import { wasEverUsed } from "./remove-or-retire.js";
import { furtherFaults, levelsBelow, newRowFaults, rowFaults, type Surroundings } from "./setup-faults.js";
import { historyOf, type SetupChange } from "./setup-history.js";
import { conflictFaults, refusals } from "./setup-refusals.js";
import { createModels } from "./tables/create-models.js";
import { attributesOf, type FileRow, type FlatRow, fileRow, flatRow, rowsOf, tableOf } from "./tables/setup-tables.js";
import { type SetupUse, usesOf } from "./uses-of-setup.js";

export interface InTable<Table> {
  readonly programme: string;
  readonly table: Table;
}
export interface OfRow<Table> extends InTable<Table> {
  readonly code: string;
}

/** A row as a form would have it; `code` null: a new one. */
export interface AskedFaults extends InTable<SetupTableName> {
  readonly code: string | null;
  readonly values: FlatRow;
  readonly before: FlatRow;
  readonly by: Actor;
}

type SetupAct = "created" | "changed" | "retired" | "restored" | "removed";

/** What an edit stands on: the set-up as the transaction sees it before. */
export interface Locked {
  readonly setup: Setup;
  readonly transaction: Transaction;
}

export async function publishedCalendars(
  db: Database,
  programme: string,
  transaction?: Transaction,
): Promise<ReadonlySet<string>> {
  const statement = sql`select name from configuration_versions
    where programme = ${programme} and kind = 'calendar' and status = 'published'`;
  return new Set((await query<{ name: string }>(db, statement, transaction)).map(({ name }) => name));
}

function unknownColumns(table: SetupTableName, values: FlatRow): FieldFault[] {
  const known = new Set(tableOf(table).columns.map(({ name }) => name));
  return Object.keys(values)
    .filter((name) => !known.has(name))
    .map((name) => ({
      field: `/${name}`,
      reason: msg("setup.setupActs.nobodyKnowsTheColumn", { name }),
    }));
}

function changesBetween(before: FlatRow, after: FlatRow): SetupChange[] {
  return Object.keys(after)
    .filter((field) => !isSame(before[field], after[field]))
    .map((field) => ({ field, from: before[field] ?? null, to: after[field] ?? null }));
}

/** A row as it would be stored. */
interface Written {
  readonly values: FlatRow;
  readonly row: FileRow;
}

/** Problems as `SetupEditor` says of the same. */
export interface SetupActs {
  faults(locked: Locked, a: AskedFaults): Promise<readonly FieldFault[]>;
  create(locked: Locked, a: InTable<RowTable> & { values: FlatRow } & Change): Promise<{ id: number; code: string }>;
  update(locked: Locked, a: OfRow<SetupTableName> & { values: FlatRow; before: FlatRow } & Change): Promise<void>;
  /** `casesMapped`: whoever calls moves its open cases in the same transaction, or lets a run do so. */
  retire(
    locked: Locked,
    a: OfRow<RowTable> & { casesMapped?: boolean | undefined } & Change,
  ): Promise<{ uses: readonly SetupUse[] }>;
  restore(locked: Locked, a: OfRow<RowTable> & Change): Promise<void>;
  remove(locked: Locked, a: OfRow<RowTable> & Change): Promise<void>;
  /** Does an edit whose row was found sound. What goes out of use is still asked for its uses, as by `retire`. */
  write(locked: Locked, a: { programme: string; edit: SetupEdit } & Change): Promise<void>;
}

function requireNone(faults: readonly FieldFault[]): void {
  if (faults.length > 0) throw refusals.invalid(faults);
}

export function rowIn(setup: Setup, table: SetupTableName, code: string): FileRow {
  const row = rowsOf(setup, table).get(code);
  if (row === undefined) throw refusals.noRow(table, code, setup.programme.code);
  return row;
}

/** @param told what the record says of each edit besides */
export function createSetupActs(db: Database, told: Readonly<Record<string, unknown>> = {}): SetupActs {
  const modelOf = (table: SetupTableName) => createModels(db)[table];

  async function around({ setup, transaction }: Locked): Promise<Surroundings> {
    const { code } = setup.programme;
    const definitions = await definitionsInUse(db, code, transaction);
    return { setup, definitions, calendars: await publishedCalendars(db, code, transaction) };
  }

  function record(a: OfRow<SetupTableName> & Change, what: SetupAct, changes: object, transaction: Transaction) {
    const { programme, table, code, by, now } = a;
    const data = { programme, table, code, ...changes, ...told };
    return appendAudit(transaction, db, { stream: "configuration", type: `setup.${what}`, actor: by, data, at: now });
  }

  const whereOf = ({ programme, table, code }: OfRow<SetupTableName>) =>
    table === "programmes" ? { code } : { programme, code };

  /** An entity that moved takes those below along: their distance from the root follows. Gives the new ones by code. */
  async function moveBelow(
    a: OfRow<SetupTableName>,
    after: FileRow,
    { setup, transaction }: Locked,
  ): Promise<Record<string, number>> {
    const moved: Record<string, number> = {};
    const rows = [...setup.entities.values()].map((row) =>
      row.code === a.code ? (after as unknown as typeof row) : row,
    );
    for (const [code, level] of levelsBelow(rows, a.code)) {
      if (setup.entities.get(code)?.level === level) continue;
      await modelOf("entities").update({ level }, { where: { programme: a.programme, code }, transaction });
      moved[code] = level;
    }
    return moved;
  }

  function newRow(setup: Setup, table: SetupTableName, given: FlatRow): Written {
    const values = newValues(setup, table, given);
    return { values, row: fileRow(table, values, { retired: false }) };
  }

  async function faultsOfNew(locked: Locked, a: InTable<SetupTableName> & { values: FlatRow }): Promise<FieldFault[]> {
    const { row } = newRow(locked.setup, a.table, a.values);
    return [...unknownColumns(a.table, a.values), ...newRowFaults(a.table, row, await around(locked))];
  }

  function changedRow(
    setup: Setup,
    { table, code, values: given }: OfRow<SetupTableName> & { values: FlatRow },
  ): Written & { readonly changes: readonly SetupChange[]; readonly moved: boolean } {
    const current = rowIn(setup, table, code);
    const { values, moved } = changedValues(setup, table, { current, values: given });
    const changes = changesBetween(flatRow(table, current), values);
    return { values, row: fileRow(table, values, current), changes, moved };
  }

  /** All that is wrong with a row as it would be changed. Problems: not-found, conflict. */
  async function faultsOfChange(
    locked: Locked,
    a: OfRow<SetupTableName> & { values: FlatRow; before: FlatRow; by: Actor },
  ): Promise<FieldFault[]> {
    const { table, code } = a;
    const { setup, transaction } = locked;
    const now = flatRow(table, rowIn(setup, table, code));
    const given = tidied(table, a.values);
    const before = tidied(table, a.before);
    const unseen = Object.keys(given).filter((name) => !(name in before) && !isSame(given[name], now[name]));
    const unknown = unknownColumns(table, given);
    const first = [
      ...unknown,
      ...(given.code !== undefined && given.code !== code ? [refusals.codeFixed] : []),
      ...furtherFaults(unknown, unseen.map(refusals.notSeen)),
    ];
    const changed = tableOf(table).columns.flatMap(({ name }) =>
      name in before && !isSame(before[name], now[name]) ? [{ field: name, from: before[name], to: now[name] }] : [],
    );
    if (changed.length > 0 && first.length === 0) {
      const history = await historyOf(db, { ...a, limit: 500 }, transaction);
      throw refusals.conflict(conflictFaults(changed, history, setup));
    }
    const { values, row, changes } = changedRow(setup, a);
    if (changes.length === 0) return first;
    const alone = a.by.kind === "user" && now.secondPerson === true && values.secondPerson !== true;
    if (alone) first.push(refusals.secondPersonStays);
    return [...first, ...furtherFaults(first, rowFaults(table, row, await around(locked)))];
  }

  async function writeNew(
    { setup, transaction }: Locked,
    a: InTable<RowTable> & { values: FlatRow } & Change,
  ): Promise<{ id: number; code: string }> {
    const { programme, table } = a;
    const { values, row } = newRow(setup, table, a.values);
    const created = await modelOf(table).create({ ...attributesOf(table, values, row), programme }, { transaction });
    await record({ ...a, code: row.code }, "created", { changes: changesBetween({}, values) }, transaction);
    return { id: created.get("id") as number, code: row.code };
  }

  async function writeChange(locked: Locked, a: OfRow<SetupTableName> & { values: FlatRow } & Change): Promise<void> {
    const { table } = a;
    const { setup, transaction } = locked;
    const { values, row, changes, moved } = changedRow(setup, a);
    if (changes.length === 0) return;
    // A code stays for ever, and the running role has no right to write it.
    const { code: _code, ...attributes } = attributesOf(table, values, row);
    await modelOf(table).update(attributes, { where: whereOf(a), transaction });
    const levels = moved ? await moveBelow(a, row, locked) : {};
    const along = Object.keys(levels).length > 0 ? { levelsBelow: levels } : {};
    await record(a, "changed", { changes, ...along }, transaction);
  }

  async function writeRestored({ transaction }: Locked, a: OfRow<RowTable> & Change): Promise<void> {
    await modelOf(a.table).update({ retiredAt: null }, { where: whereOf(a), transaction });
    await record(a, "restored", {}, transaction);
  }

  const acts: SetupActs = {
    faults: (locked, a) => (a.code === null ? faultsOfNew(locked, a) : faultsOfChange(locked, { ...a, code: a.code })),

    async create(locked, a) {
      requireNone(await faultsOfNew(locked, a));
      return writeNew(locked, a);
    },

    async update(locked, a) {
      requireNone(await faultsOfChange(locked, a));
      await writeChange(locked, a);
    },

    async retire(locked, a) {
      const { setup, transaction } = locked;
      const row = rowIn(setup, a.table, a.code);
      if (row.retired === true) return { uses: [] };
      // The lock keeps anybody from beginning to use it (foreign keys lock the row they refer to).
      await lockRow(a, transaction);
      const uses = await usesOf(db, a, transaction);
      const blocking = uses.filter((use) => use.blocks && !(a.casesMapped === true && use.kind === "openCases"));
      if (blocking.length > 0) throw refusals.stillNeeded(a.table, row, blocking);
      await modelOf(a.table).update({ retiredAt: a.now }, { where: whereOf(a), transaction });
      await record(a, "retired", {}, transaction);
      return { uses };
    },

    async restore(locked, a) {
      const row = rowIn(locked.setup, a.table, a.code);
      if (row.retired !== true) return;
      requireNone(rowFaults(a.table, { ...row, retired: false }, await around(locked)));
      await writeRestored(locked, a);
    },

    async remove(locked, a) {
      const { setup, transaction } = locked;
      const row = rowIn(setup, a.table, a.code);
      await lockRow(a, transaction);
      const uses = await usesOf(db, a, transaction);
      if (uses.some(({ kind }) => kind === "last")) throw refusals.stillNeeded(a.table, row, uses);
      if (await wasEverUsed(db, a, transaction)) throw refusals.everUsed(a.table, row, uses);
      requireNone(a.table === "application_types" ? removedFieldFaults(a.code, await around(locked)) : []);
      const values = flatRow(a.table, row);
      await modelOf(a.table).destroy({ where: whereOf(a), transaction });
      const changes = Object.entries(values).map(([field, from]) => ({ field, from, to: null }));
      await record(a, "removed", { changes }, transaction);
    },

    async write(locked, { edit, ...a }) {
      const { code } = edit;
      if (edit.act === "create") await writeNew(locked, { ...a, table: edit.table, values: { ...edit.values, code } });
      else if (edit.act === "update") await writeChange(locked, { ...a, table: edit.table, code, values: edit.values });
      else if (edit.act === "restore") await writeRestored(locked, { ...a, table: edit.table, code });
      else await acts.retire(locked, { ...a, table: edit.table, code, casesMapped: edit.casesMapped });
    },
  };
  return acts;

  async function lockRow({ programme, table, code }: OfRow<RowTable>, transaction: Transaction): Promise<void> {
    await query(
      db,
      sql`select 1 from ${raw(table)} where programme = ${programme} and code = ${code} for update`,
      transaction,
    );
  }
}
