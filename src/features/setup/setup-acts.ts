/**
 * Edits of the set-up inside a transaction: each checked as the shipped files are, by the set-up as that transaction sees
 * it, and recorded with what changed. Whoever calls holds the programme's lock and has asked who may.
 */

import type { Transaction } from "sequelize";
import sql, { raw } from "sql-template-tag";
import type { Actor, Change } from "../../engine/access/permissions.js";
import { canonicalText } from "../../engine/audit/chain.js";
import type { Setup } from "../../engine/setup/setup.js";
import type { RowTable, SetupTableName } from "../../engine/setup/tables/setup-registry.js";
import type { FieldFault } from "../../engine/text/problems.js";
import { appendAudit } from "../../platform/audit/audit-store.js";
import { type Database, query } from "../../platform/db/query.js";
import { removedFieldFaults } from "./asked-fields.js";
import { definitionsInUse } from "./named-in-definitions.js";
import { wasEverUsed } from "./remove-or-retire.js";
import { besides, levelsBelow, newRowFaults, rowFaults, type Surroundings } from "./setup-faults.js";
import { historyOf, type SetupChange } from "./setup-history.js";
import { conflictFaults, refusals } from "./setup-refusals.js";
import { createModels } from "./tables/create-models.js";
import {
  attributesOf,
  defaultsOf,
  type EditedColumn,
  type FileRow,
  type FlatRow,
  fileRow,
  flatRow,
  rowsOf,
  tableOf,
} from "./tables/setup-tables.js";
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

export const isSame = (a: unknown, b: unknown): boolean => canonicalText(a ?? null) === canonicalText(b ?? null);

/** A code, something chosen, or one language of two. */
const isNeededText = ({ name, chosen, optional, path }: EditedColumn): boolean =>
  !optional && (chosen === true || name === "code" || ["ar", "en"].includes(path[1] ?? ""));

/** Texts without blanks around them; an empty one of an optional column is no value, a missing one of another is empty. */
function tidied(table: SetupTableName, values: FlatRow): FlatRow {
  const columns = new Map(tableOf(table).columns.map((column) => [column.name, column]));
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const column = columns.get(name);
      const text = typeof value === "string" ? value.trim() : value;
      if (column?.optional) return [name, text === "" ? null : text];
      return [name, text ?? (column !== undefined && isNeededText(column) ? "" : text)];
    }),
  );
}

function unknownColumns(table: SetupTableName, values: FlatRow): FieldFault[] {
  const known = new Set(tableOf(table).columns.map(({ name }) => name));
  return Object.keys(values)
    .filter((name) => !known.has(name))
    .map((name) => ({
      field: `/${name}`,
      reason: { en: `Nobody knows the column ${name}.`, ar: `العمود ${name} غير معروف.` },
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
  readonly faults: readonly FieldFault[];
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
    const statement = sql`select name from configuration_versions
      where programme = ${setup.programme.code} and kind = 'calendar' and status = 'published'`;
    const named = await query<{ name: string }>(db, statement, transaction);
    return {
      setup,
      definitions: await definitionsInUse(db, setup.programme.code, transaction),
      calendars: new Set(named.map(({ name }) => name)),
    };
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

  /** The level of an entity is said by its parent; nobody types it. */
  function withLevel(table: SetupTableName, values: FlatRow, setup: Setup): FlatRow {
    if (table !== "entities" || values.level !== undefined) return values;
    const parent = typeof values.parent === "string" ? setup.entities.get(values.parent) : undefined;
    return { ...values, level: parent === undefined ? 0 : parent.level + 1 };
  }

  function nextOrder(table: SetupTableName, setup: Setup): number {
    return Math.max(0, ...[...rowsOf(setup, table).values()].map(({ order }) => Number(order))) + 1;
  }

  /** A row as it would be added, with all that is wrong with it. */
  async function newRow(locked: Locked, a: InTable<SetupTableName> & { values: FlatRow }): Promise<Written> {
    const { table } = a;
    const { setup } = locked;
    const given = { ...defaultsOf(table), sortOrder: nextOrder(table, setup), ...tidied(table, a.values) };
    const values = withLevel(table, { ...unfilled(table), ...given }, setup);
    const row = fileRow(table, values, { retired: false });
    const unknown = unknownColumns(table, a.values);
    return { values, row, faults: [...unknown, ...newRowFaults(table, row, await around(locked))] };
  }

  /** A row as it would be changed, with all that is wrong with it. Problems: not-found, conflict. */
  async function changedRow(
    locked: Locked,
    a: OfRow<SetupTableName> & { values: FlatRow; before: FlatRow; by: Actor },
  ): Promise<Written & { readonly changes: readonly SetupChange[]; readonly moved: boolean }> {
    const { table, code } = a;
    const { setup, transaction } = locked;
    const current = rowIn(setup, table, code);
    const now = flatRow(table, current);
    const given = tidied(table, a.values);
    const before = tidied(table, a.before);
    const unseen = Object.keys(given).filter((name) => !(name in before) && !isSame(given[name], now[name]));
    const unknown = unknownColumns(table, given);
    const first = [
      ...unknown,
      ...(given.code !== undefined && given.code !== code ? [refusals.codeFixed] : []),
      ...besides(unknown, unseen.map(refusals.notSeen)),
    ];
    const changed = tableOf(table).columns.flatMap(({ name }) =>
      name in before && !isSame(before[name], now[name]) ? [{ field: name, from: before[name], to: now[name] }] : [],
    );
    if (changed.length > 0 && first.length === 0) {
      const history = await historyOf(db, { ...a, limit: 500 }, transaction);
      throw refusals.conflict(conflictFaults(changed, history, setup));
    }
    const moved = given.parent !== undefined && !isSame(given.parent, now.parent);
    const { level: _, ...kept } = now;
    const values = withLevel(table, moved ? { ...kept, ...given } : { ...now, ...given }, setup);
    const row = fileRow(table, values, current);
    const changes = changesBetween(now, values);
    if (changes.length === 0) return { values, row, faults: first, changes, moved };
    const alone = a.by.kind === "user" && now.secondPerson === true && values.secondPerson !== true;
    if (alone) first.push(refusals.secondPersonStays);
    return {
      values,
      row,
      faults: [...first, ...besides(first, rowFaults(table, row, await around(locked)))],
      changes,
      moved,
    };
  }

  return {
    async faults(locked, a) {
      if (a.code === null) return (await newRow(locked, a)).faults;
      return (await changedRow(locked, { ...a, code: a.code })).faults;
    },

    async create(locked, a) {
      const { programme, table } = a;
      const { transaction } = locked;
      const { values, row, faults } = await newRow(locked, a);
      if (faults.length > 0) throw refusals.invalid(faults);
      const created = await modelOf(table).create({ ...attributesOf(table, values, row), programme }, { transaction });
      await record({ ...a, code: row.code }, "created", { changes: changesBetween({}, values) }, transaction);
      return { id: created.get("id") as number, code: row.code };
    },

    async update(locked, a) {
      const { table } = a;
      const { transaction } = locked;
      const { values, row, faults, changes, moved } = await changedRow(locked, a);
      if (faults.length > 0) throw refusals.invalid(faults);
      if (changes.length === 0) return;
      // A code stays for ever, and the running role has no right to write it.
      const { code: _code, ...attributes } = attributesOf(table, values, row);
      await modelOf(table).update(attributes, { where: whereOf(a), transaction });
      const levels = moved ? await moveBelow(a, row, locked) : {};
      const along = Object.keys(levels).length > 0 ? { levelsBelow: levels } : {};
      await record(a, "changed", { changes, ...along }, transaction);
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
      const faults = rowFaults(a.table, { ...row, retired: false }, await around(locked));
      if (faults.length > 0) throw refusals.invalid(faults);
      await modelOf(a.table).update({ retiredAt: null }, { where: whereOf(a), transaction: locked.transaction });
      await record(a, "restored", {}, locked.transaction);
    },

    async remove(locked, a) {
      const { setup, transaction } = locked;
      const row = rowIn(setup, a.table, a.code);
      await lockRow(a, transaction);
      const uses = await usesOf(db, a, transaction);
      if (uses.some(({ kind }) => kind === "last")) throw refusals.stillNeeded(a.table, row, uses);
      if (await wasEverUsed(db, a, transaction)) throw refusals.everUsed(a.table, row, uses);
      const asked = a.table === "application_types" ? removedFieldFaults(a.code, await around(locked)) : [];
      if (asked.length > 0) throw refusals.invalid(asked);
      const values = flatRow(a.table, row);
      await modelOf(a.table).destroy({ where: whereOf(a), transaction });
      const changes = Object.entries(values).map(([field, from]) => ({ field, from, to: null }));
      await record(a, "removed", { changes }, transaction);
    },
  };

  async function lockRow({ programme, table, code }: OfRow<RowTable>, transaction: Transaction): Promise<void> {
    await query(
      db,
      sql`select 1 from ${raw(table)} where programme = ${programme} and code = ${code} for update`,
      transaction,
    );
  }
}

/** What has to be filled in, before anybody did. */
function unfilled(table: SetupTableName): FlatRow {
  return Object.fromEntries(
    tableOf(table).columns.flatMap((column) => (isNeededText(column) ? [[column.name, ""]] : [])),
  );
}
