/** What happened to one row of the set-up, from the audit: who changed what from what to what, and when. */

import type { Transaction } from "sequelize";
import sql from "sql-template-tag";
import type { Actor } from "../../engine/access/permissions.js";
import { systemName } from "../../engine/audit/system-names.js";
import type { SetupTableName } from "../../engine/setup/tables/setup-registry.js";
import type { Bilingual } from "../../engine/text/text.js";
import { type Database, query } from "../../platform/db/query.js";

/** One column of one change. */
export interface SetupChange {
  readonly field: string;
  readonly from: unknown;
  readonly to: unknown;
}

export interface SetupEvent {
  readonly at: Date;
  /** `setup.created`, `setup.changed`, `setup.retired`, `setup.restored`, `setup.removed`. */
  readonly type: string;
  /** Name of the person, or of what the system did it for. */
  readonly who: string;
  /** What that part of the system is called; null for people and for what has no name yet. */
  readonly part: Bilingual | null;
  readonly changes: readonly SetupChange[];
  /** The change-set that it was published with, and why; null: it was done by itself. */
  readonly changeSet: { readonly id: number; readonly title: string; readonly reason: string } | null;
}

interface Row {
  readonly at: Date;
  readonly type: string;
  readonly actor: string;
  readonly data: string;
}

interface SaidOf {
  readonly changes?: SetupChange[];
  readonly changeSet?: number;
  readonly changeSetTitle?: string;
  readonly reason?: string;
}

function whoOf(actor: Actor): string {
  if (actor.kind === "user") return actor.name;
  return actor.kind === "system" ? actor.job : actor.kind;
}

/** The events of a row, the newest first, at most `limit`. */
export async function historyOf(
  db: Database,
  a: { readonly programme: string; readonly table: SetupTableName; readonly code: string; readonly limit?: number },
  transaction?: Transaction,
): Promise<SetupEvent[]> {
  const statement = sql`select at, type, actor, data from audit_events
    where stream = 'configuration' and type like 'setup.%' and data::json ->> 'programme' = ${a.programme}
      and data::json ->> 'table' = ${a.table} and data::json ->> 'code' = ${a.code}
    order by seq desc limit ${a.limit ?? 200}`;
  const rows = await query<Row>(db, statement, transaction);
  return rows.map(({ at, type, actor, data }) => {
    const by = JSON.parse(actor) as Actor;
    const who = whoOf(by);
    const said = JSON.parse(data) as SaidOf;
    const { changes = [], changeSet: id, changeSetTitle: title = "", reason = "" } = said;
    const changeSet = id === undefined ? null : { id, title, reason };
    return { at, type, who, part: by.kind === "user" ? null : systemName(who), changes, changeSet };
  });
}
