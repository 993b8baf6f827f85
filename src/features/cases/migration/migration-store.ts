/** Runs that move open cases to another version of their workflow: asked for, how far each is, and which cases come next. */

import type { Transaction } from "sequelize";
import sql, { empty, type Sql } from "sql-template-tag";
import type { StandingCases } from "../../../engine/lifecycle/views/migration-views.js";
import type { Bilingual } from "../../../engine/text/text.js";
import type { StateMap } from "../../../engine/workflow/state-map.js";
import { type Database, query } from "../../../platform/db/query.js";
import { type LoadedCase, lockAndLoad } from "../case-queries.js";

type MigrationState = "asked" | "waiting" | "running" | "done" | "failed" | "cancelled";

export interface NewMigration {
  readonly id: string;
  readonly programme: string;
  readonly workflow: string;
  readonly toVersionId: number;
  readonly map: StateMap;
  readonly reason: string;
  /** Null: whoever works at the machine itself. */
  readonly userId: number | null;
  /** How many cases follow another version. */
  readonly total: number;
  readonly state: MigrationState;
}

export interface StoredMigration extends NewMigration {
  readonly failure: Bilingual | null;
  readonly toVersion: number;
  readonly by: string | null;
  readonly confirmedBy: string | null;
  readonly moved: number;
  /** Cases that have no place in the new version, and stay with their own. */
  readonly stayed: number;
  readonly reached: number;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

/** `there`: the same was sent before; `busy`: another one of this workflow is not over. */
export async function insertMigration(
  db: Database,
  transaction: Transaction,
  a: NewMigration,
  now: Date,
): Promise<"stored" | "there" | "busy"> {
  const known = sql`select 1 from workflow_migrations where id = ${a.id}`;
  if ((await query(db, known, transaction)).length > 0) return "there";
  const statement = sql`insert into workflow_migrations
      (id, programme, workflow, to_version_id, map, reason, user_id, total, state, created_at)
    values (${a.id}, ${a.programme}, ${a.workflow}, ${a.toVersionId}, ${JSON.stringify(a.map)}, ${a.reason}, ${a.userId},
      ${a.total}, ${a.state}, ${now})
    on conflict do nothing returning id`;
  const stored = await query(db, statement, transaction);
  return stored.length > 0 ? "stored" : "busy";
}

const columns = sql`m.id, m.programme, m.workflow, m.to_version_id as "toVersionId", v.version as "toVersion", m.map, m.reason,
  m.user_id as "userId", u.name as by, s.name as "confirmedBy", m.total, m.state, m.failure, m.moved, m.stayed, m.reached,
  m.created_at as "createdAt", m.finished_at as "finishedAt"`;
const from = sql`from workflow_migrations m join configuration_versions v on v.id = m.to_version_id
  left join users u on u.id = m.user_id left join users s on s.id = m.confirmed_by`;

/** Null when there is none. */
export async function migrationOfId(db: Database, id: string): Promise<StoredMigration | null> {
  return (await query<StoredMigration>(db, sql`select ${columns} ${from} where m.id = ${id}`))[0] ?? null;
}

/** Newest first. */
export function migrationsOf(
  db: Database,
  a: { programme: string; workflow: string; limit: number },
): Promise<StoredMigration[]> {
  const statement = sql`select ${columns} ${from} where m.programme = ${a.programme} and m.workflow = ${a.workflow}
    order by m.created_at desc, m.id limit ${a.limit}`;
  return query(db, statement);
}

interface Elsewhere {
  readonly programme: string;
  readonly workflow: string;
  readonly toVersionId: number;
  readonly after: number;
  readonly limit: number;
}
/** Numbers of open cases that follow another version, in order; `more` is a condition on `c`. */
const elsewhere = (a: Elsewhere, more: Sql = empty): Sql => sql`select c.id
  from cases c join configuration_versions v on v.id = c.workflow_version_id
  where c.programme = ${a.programme} and c.urgency <= 2 and not c.imported and v.kind = 'workflow'
    and v.name = ${a.workflow} and v.id <> ${a.toVersionId} and c.id > ${a.after} ${more} order by c.id limit ${a.limit}`;

/** The next open cases that follow another version, by number, locked. */
export const casesToMigrate = (db: Database, transaction: Transaction, a: Elsewhere): Promise<LoadedCase[]> =>
  lockAndLoad(db, transaction, sql`${elsewhere(a)} for update of c`);

/** Numbers of those that are not confidential, to look at. */
export async function numbersToMigrate(db: Database, a: Elsewhere): Promise<number[]> {
  const statement = elsewhere(a, sql`and not c.confidential`);
  return (await query<{ id: number }>(db, statement)).map(({ id }) => id);
}

/** How many drafts of acts on these cases are about actions that are not among those given. */
export async function draftsOfOtherActions(
  db: Database,
  a: { caseIds: readonly number[]; actions: readonly string[] },
): Promise<number> {
  const statement = sql`select count(*)::integer as n from case_drafts
    where case_id = any(${a.caseIds}) and action <> all(${a.actions}::text[])`;
  const [row] = await query<{ n: number }>(db, statement);
  return row?.n ?? 0;
}

/**
 * In the transaction that moved them: moved once, or not at all. False when the run was cancelled or is another instance's
 * by now; nothing must be stored then.
 */
export async function noteMigrated(
  db: Database,
  transaction: Transaction,
  a: { id: string; by: string; moved: number; stayed: number; reached: number },
): Promise<boolean> {
  const statement = sql`update workflow_migrations
    set moved = moved + ${a.moved}, stayed = stayed + ${a.stayed}, reached = ${a.reached}
    where id = ${a.id} and claimed_by = ${a.by} and state = 'running' and finished_at is null returning id`;
  return (await query(db, statement, transaction)).length > 0;
}

/** It is over; with a failure it could not go on. Nothing happens when it is another instance's by now, or was cancelled. */
export async function finishMigration(
  db: Database,
  a: { id: string; by: string; now: Date; failure: Bilingual | null },
): Promise<void> {
  const failure = a.failure === null ? null : JSON.stringify(a.failure);
  const statement = sql`update workflow_migrations
    set finished_at = ${a.now}, claimed_until = null, failure = ${failure}::jsonb,
      state = case when ${failure}::jsonb is null then 'done' else 'failed' end
    where id = ${a.id} and claimed_by = ${a.by} and finished_at is null`;
  await query(db, statement);
}

/** It may begin. False when it was begun or cancelled already. */
export async function confirmMigration(
  db: Database,
  transaction: Transaction,
  a: { id: string; by: number },
): Promise<boolean> {
  const statement = sql`update workflow_migrations set state = 'waiting', confirmed_by = ${a.by}
    where id = ${a.id} and state = 'asked' and finished_at is null returning id`;
  return (await query(db, statement, transaction)).length > 0;
}

/** What was moved stays moved; nothing more is. False when it was over already. */
export async function cancelMigration(db: Database, transaction: Transaction, id: string, now: Date): Promise<boolean> {
  const statement = sql`update workflow_migrations set state = 'cancelled', finished_at = ${now}, claimed_until = null
    where id = ${id} and finished_at is null returning id`;
  return (await query(db, statement, transaction)).length > 0;
}

export function casesByState(db: Database, a: { programme: string; name: string }): Promise<StandingCases[]> {
  // What has ended is left out, and what was taken over from elsewhere.
  const statement = sql`select v.id as "versionId", v.version, c.state, c.state_kind as kind,
      (count(*) filter (where not c.confidential))::integer as cases
    from cases c join configuration_versions v on v.id = c.workflow_version_id
    where c.programme = ${a.programme} and c.urgency <= 2 and not c.imported and v.kind = 'workflow'
      and v.name = ${a.name}
    group by v.id, v.version, c.state, c.state_kind order by v.version desc, c.state`;
  return query(db, statement);
}
