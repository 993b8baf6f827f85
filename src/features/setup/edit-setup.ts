/**
 * Edits of the set-up: checked as the shipped files are, refused where somebody else was faster, recorded with what
 * changed. The revision moves with each, so that the very next application is decided by it.
 */

import { type Actor, type Change, can } from "../../engine/access/permissions.js";
import { affectsDecisions, type EditedRow } from "../../engine/setup/affects-decisions.js";
import type { Setup } from "../../engine/setup/setup.js";
import type { RowTable, SetupTableName } from "../../engine/setup/tables/setup-registry.js";
import type { FieldFault } from "../../engine/text/problems.js";
import type { Bilingual } from "../../engine/text/text.js";
import type { Database } from "../../platform/db/query.js";
import { inTransaction } from "../../platform/db/transaction.js";
import { loadSetup } from "./active-setup.js";
import { tidied } from "./edited-rows.js";
import { showAddress } from "./office-addresses.js";
import { wasEverUsed } from "./remove-or-retire.js";
import { type AskedFaults, createSetupActs, type InTable, type Locked, type OfRow, rowIn } from "./setup-acts.js";
import { historyOf, type SetupChange, type SetupEvent } from "./setup-history.js";
import { refusals } from "./setup-refusals.js";
import { recordIdOf } from "./tables/setup-queries.js";
import { type FlatRow, flatRow, referred, rowsOf } from "./tables/setup-tables.js";
import { type SetupUse, usesOf } from "./uses-of-setup.js";
import { lockVersions } from "./version-queries.js";

// What the codes in a history of changes are called, so that nobody reads codes there.

function nameOf(setup: Setup, field: string, code: string): Bilingual | undefined {
  if (field === "workflow") return setup.workflows.get(code)?.definition.name;
  const table = referred[field];
  if (table === undefined) return undefined;
  return rowsOf(setup, table as SetupTableName).get(code)?.name as Bilingual | undefined;
}

/** Names of rows that the values of these changes refer to, as `field.CODE`; of what is not there any more there is none. */
function namesInHistory(changes: readonly SetupChange[], setup: Setup): Readonly<Record<string, Bilingual>> {
  const named = changes.flatMap(({ field, from, to }) =>
    [from, to]
      .flat()
      .filter((code) => typeof code === "string")
      .flatMap((code): [string, Bilingual][] => {
        const name = nameOf(setup, field, code);
        return name === undefined ? [] : [[`${field}.${code}`, name]];
      }),
  );
  return Object.fromEntries(named);
}

interface Asked {
  readonly actor: Actor;
}

/** Rows are given a value a column, as a form has them: `nameAr`, `sortOrder`, of a programme also its settings. */
export interface SetupEditor {
  /**
   * All that is wrong with a row as `create` or `update` would refuse it, for a form that cannot be stored anyway. Problems:
   * forbidden, not-found, conflict.
   */
  faults(a: AskedFaults): Promise<readonly FieldFault[]>;
  /** Problems: forbidden, not-found (no such programme), invalid-input with a fault a column (`/nameAr`). */
  create(a: InTable<RowTable> & { values: FlatRow } & Change): Promise<{ id: number; code: string }>;
  /**
   * Writes `values` over the row, provided that it still is as `before` says (all columns that are written). A code never
   * changes. Problems: forbidden, not-found, invalid-input, conflict with a fault for each column that somebody changed.
   */
  update(a: OfRow<SetupTableName> & { values: FlatRow; before: FlatRow } & Change): Promise<void>;
  /** It may no longer be chosen; gives what uses it still. Problems: forbidden, not-found, not-now with what is in the way. */
  retire(a: OfRow<RowTable> & Change): Promise<{ uses: readonly SetupUse[] }>;
  /** Problems: forbidden, not-found, invalid-input where what it stands on is retired. */
  restore(a: OfRow<RowTable> & Change): Promise<void>;
  /** Deletes what nothing ever used. Problems: forbidden, not-found, not-now. */
  remove(a: OfRow<RowTable> & Change): Promise<void>;
  /** What uses a row, and whether it may be removed for good. Problems: forbidden, not-found. */
  uses(a: OfRow<RowTable> & Asked): Promise<{
    uses: readonly SetupUse[];
    removable: boolean;
    /** Who took an entity over that is out of use; left out where its cases went nowhere, or by hand. */
    successor?: { readonly name: Bilingual; readonly link: string | null };
  }>;
  /** The newest first. Problem forbidden. */
  /** With the names of what its values refer to, as `field.CODE`. */
  history(
    a: OfRow<SetupTableName> & Asked,
  ): Promise<readonly (SetupEvent & { readonly names: Readonly<Record<string, Bilingual>> })[]>;
  /** One row as a form has it, `retired` beside it. Problems: forbidden, not-found. */
  row(a: OfRow<SetupTableName> & Asked): Promise<FlatRow>;
}

export function createSetupEditor(db: Database): SetupEditor {
  const acts = createSetupActs(db);

  /**
   * One editor of a programme at a time, and nobody publishes meanwhile: what is checked is what is written upon. Problem not-now
   * with a fault at `/changeSet`: it changes a decision, and the programme wants a second person for that.
   */
  async function editing<T>(
    a: InTable<SetupTableName> & Change,
    edit: Omit<EditedRow, "table">,
    work: (locked: Locked) => Promise<T>,
  ): Promise<T> {
    if (!can(a.by, "setup.edit", { programme: a.programme })) throw refusals.mayNotEdit(a.programme);
    return inTransaction(db, async (transaction) => {
      const settings = a.programme.includes("\0") ? null : await lockVersions(db, a.programme, transaction);
      if (settings === null) throw refusals.noProgramme(a.programme);
      const alone = a.by.kind === "user" && settings.secondPerson === true;
      if (alone && affectsDecisions({ ...edit, table: a.table })) throw refusals.needsChangeSet();
      return work({ setup: await loadSetup(db, a.programme, transaction), transaction });
    });
  }

  function requireReader(actor: Actor, programme: string): void {
    if (!can(actor, "configuration.read", { programme })) throw refusals.mayNotRead(programme);
  }

  return {
    async faults(a) {
      if (!can(a.by, "setup.edit", { programme: a.programme })) throw refusals.mayNotEdit(a.programme);
      return inTransaction(db, async (transaction) =>
        acts.faults({ setup: await loadSetup(db, a.programme, transaction), transaction }, a),
      );
    },
    create: (a) => editing(a, { act: "create" }, (locked) => acts.create(locked, a)),
    update: (a) =>
      editing(a, { act: "update", values: tidied(a.table, a.values), before: a.before }, (locked) =>
        acts.update(locked, a),
      ),
    retire: (a) => editing(a, { act: "retire" }, (locked) => acts.retire(locked, a)),
    restore: (a) => editing(a, { act: "restore" }, (locked) => acts.restore(locked, a)),
    remove: (a) => editing(a, { act: "remove" }, (locked) => acts.remove(locked, a)),

    async uses({ actor, ...a }) {
      requireReader(actor, a.programme);
      const setup = await loadSetup(db, a.programme);
      rowIn(setup, a.table, a.code);
      const follows = a.table === "entities" ? setup.entities.get(setup.successors?.get(a.code) ?? "") : undefined;
      return inTransaction(db, async (transaction) => {
        const uses = await usesOf(db, a, transaction);
        const removable = !uses.some(({ kind }) => kind === "last") && !(await wasEverUsed(db, a, transaction));
        if (follows === undefined) return { uses, removable };
        const { code, name } = follows;
        const id = await recordIdOf(db, { programme: a.programme, table: "entities", code });
        const link = id === null ? null : showAddress("entities", String(id));
        return { uses, removable, successor: { name, link } };
      });
    },

    async history({ actor, ...a }) {
      requireReader(actor, a.programme);
      const events = await historyOf(db, a);
      const setup = await loadSetup(db, a.programme);
      return events.map((event) => ({ ...event, names: namesInHistory(event.changes, setup) }));
    },

    async row({ actor, programme, table, code }) {
      requireReader(actor, programme);
      const row = rowIn(await loadSetup(db, programme), table, code);
      return { ...flatRow(table, row), retired: row.retired };
    },
  };
}
