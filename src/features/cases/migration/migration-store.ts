/** Runs that move open cases to another version of their workflow: asked for, how far each is, and which cases come next. */

import type { Transaction } from "sequelize";
import type { StandingCases } from "../../../engine/lifecycle/migration-views.js";
import type { Bilingual } from "../../../engine/text/text.js";
import type { StateMap } from "../../../engine/workflow/state-map.js";
import { type Database, query, type Statement } from "../../../platform/db/query.js";
import { type LoadedCase, lockAndLoad } from "../case-queries.js";

type MigrationState = "waiting" | "running" | "done" | "failed" | "cancelled";

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
}

export interface StoredMigration extends NewMigration {
  readonly state: MigrationState;
  readonly failure: Bilingual | null;
  readonly toVersion: number;
  readonly by: string | null;
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
  const known = { name: "workflow-migration-known", text: "select 1 from workflow_migrations where id = $1" };
  if ((await query(db, known, [a.id], transaction)).length > 0) return "there";
  const text = `insert into workflow_migrations (id, programme, workflow, to_version_id, map, reason, user_id, total, created_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing returning id`;
  const { id, programme, workflow, toVersionId, map, reason, userId, total } = a;
  const values = [id, programme, workflow, toVersionId, JSON.stringify(map), reason, userId, total, now];
  const stored = await query(db, { name: "insert-workflow-migration", text }, values, transaction);
  return stored.length > 0 ? "stored" : "busy";
}

const columns = `m.id, m.programme, m.workflow, m.to_version_id as "toVersionId", v.version as "toVersion", m.map, m.reason,
  m.user_id as "userId", u.name as by, m.total, m.state, m.failure, m.moved, m.stayed, m.reached,
  m.created_at as "createdAt", m.finished_at as "finishedAt"`;
const from = `from workflow_migrations m join configuration_versions v on v.id = m.to_version_id
  left join users u on u.id = m.user_id`;

/** Null when there is none. */
export async function migrationOfId(db: Database, id: string): Promise<StoredMigration | null> {
  const statement = { name: "workflow-migration", text: `select ${columns} ${from} where m.id = $1` };
  return (await query<StoredMigration>(db, statement, [id]))[0] ?? null;
}

/** Newest first. */
export function migrationsOf(
  db: Database,
  a: { programme: string; workflow: string; limit: number },
): Promise<StoredMigration[]> {
  const text = `select ${columns} ${from} where m.programme = $1 and m.workflow = $2
    order by m.created_at desc, m.id limit $3`;
  return query(db, { name: "workflow-migrations-of", text }, [a.programme, a.workflow, a.limit]);
}

/** $1 the programme, $2 the workflow, $3 the version to go to, $4 the number after which, $5 how many. */
const elsewhere = (more = "") => `from cases c join configuration_versions v on v.id = c.workflow_version_id
  where c.programme = $1 and c.urgency <= 2 and not c.imported and v.kind = 'workflow' and v.name = $2 and v.id <> $3
  and c.id > $4${more} order by c.id limit $5`;
const lockNext: Statement = { name: "lock-cases-of-workflow", text: `select c.id ${elsewhere()} for update of c` };
const next: Statement = { name: "cases-of-workflow", text: `select c.id ${elsewhere(" and not c.confidential")}` };

interface Elsewhere {
  readonly programme: string;
  readonly workflow: string;
  readonly toVersionId: number;
  readonly after: number;
  readonly limit: number;
}
const valuesOf = (a: Elsewhere) => [a.programme, a.workflow, a.toVersionId, a.after, a.limit];

/** The next open cases that follow another version, by number, locked. */
export const casesToMigrate = (db: Database, transaction: Transaction, a: Elsewhere): Promise<LoadedCase[]> =>
  lockAndLoad(db, transaction, lockNext, valuesOf(a));

/** Numbers of those that are not confidential, to look at. */
export async function numbersToMigrate(db: Database, a: Elsewhere): Promise<number[]> {
  return (await query<{ id: number }>(db, next, valuesOf(a))).map(({ id }) => id);
}

/** How many drafts of acts on these cases are about actions that are not among those given. */
export async function draftsOfOtherActions(
  db: Database,
  a: { caseIds: readonly number[]; actions: readonly string[] },
): Promise<number> {
  const text = `select count(*)::integer as n from case_drafts where case_id = any($1) and action <> all($2::text[])`;
  const [row] = await query<{ n: number }>(db, { name: "drafts-of-other-actions", text }, [a.caseIds, a.actions]);
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
  const text = `update workflow_migrations set moved = moved + $3, stayed = stayed + $4, reached = $5
    where id = $1 and claimed_by = $2 and state = 'running' and finished_at is null returning id`;
  const values = [a.id, a.by, a.moved, a.stayed, a.reached];
  return (await query(db, { name: "note-migrated", text }, values, transaction)).length > 0;
}

/** It is over; with a failure it could not go on. Nothing happens when it is another instance's by now, or was cancelled. */
export async function finishMigration(
  db: Database,
  a: { id: string; by: string; now: Date; failure: Bilingual | null },
): Promise<void> {
  const text = `update workflow_migrations set finished_at = $3, claimed_until = null, failure = $4::jsonb,
      state = case when $4::jsonb is null then 'done' else 'failed' end
    where id = $1 and claimed_by = $2 and finished_at is null`;
  const failure = a.failure === null ? null : JSON.stringify(a.failure);
  await query(db, { name: "finish-workflow-migration", text }, [a.id, a.by, a.now, failure]);
}

/** What was moved stays moved; nothing more is. False when it was over already. */
export async function cancelMigration(db: Database, transaction: Transaction, id: string, now: Date): Promise<boolean> {
  const text = `update workflow_migrations set state = 'cancelled', finished_at = $2, claimed_until = null
    where id = $1 and finished_at is null returning id`;
  return (await query(db, { name: "cancel-workflow-migration", text }, [id, now], transaction)).length > 0;
}

/** $1 the programme, $2 the workflow's name. What has ended is left out, and what was taken over from elsewhere. */
const standing: Statement = {
  name: "cases-by-workflow-state",
  text: `select v.id as "versionId", v.version, c.state, c.state_kind as kind,
      (count(*) filter (where not c.confidential))::integer as cases
    from cases c join configuration_versions v on v.id = c.workflow_version_id
    where c.programme = $1 and c.urgency <= 2 and not c.imported and v.kind = 'workflow' and v.name = $2
    group by v.id, v.version, c.state, c.state_kind order by v.version desc, c.state`,
};

export function casesByState(db: Database, a: { programme: string; name: string }): Promise<StandingCases[]> {
  return query(db, standing, [a.programme, a.name]);
}
