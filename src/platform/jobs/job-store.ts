/** The jobs' table: cron expression, zone, last and next run. The operation room edits it; every instance reads it. */

import type { Transaction } from "sequelize";
import sql from "sql-template-tag";
import { isJobName, type JobName } from "../../engine/jobs/job-definitions.js";
import { type Database, query } from "../db/query.js";

export interface StoredJob {
  readonly name: JobName;
  readonly cron: string;
  readonly timeZone: string;
  readonly enabled: boolean;
  readonly lastSlot: Date | null;
  readonly lastStartedAt: Date | null;
  readonly lastFinishedAt: Date | null;
  readonly lastError: string | null;
  /** How long the last run took; null while it runs. */
  readonly lastDurationMs: number | null;
  readonly lastResult: unknown;
}

const columns = sql`name, cron, time_zone as "timeZone", enabled, last_slot as "lastSlot", last_started_at as "lastStartedAt",
  last_finished_at as "lastFinishedAt", last_error as "lastError", last_duration_ms as "lastDurationMs",
  last_result as "lastResult"`;

/** All jobs of this version by name: a row of one that is gone stays where it is, and nobody rings it. */
export async function storedJobs(db: Database): Promise<StoredJob[]> {
  const jobs = await query<StoredJob>(db, sql`select ${columns} from jobs order by name`);
  return jobs.filter(({ name }) => isJobName(name));
}

/** The job's row, locked until the transaction ends; null when there is none. */
export async function lockJob(db: Database, transaction: Transaction, name: string): Promise<StoredJob | null> {
  const statement = sql`select ${columns} from jobs where name = ${name} for update`;
  return (await query<StoredJob>(db, statement, transaction))[0] ?? null;
}

/**
 * Another schedule for a job that is locked.
 * @param a.passed the last moment of the new schedule that has passed: noted as rung, so that nothing is caught up
 */
export async function changeSchedule(
  db: Database,
  transaction: Transaction,
  a: { name: string; cron: string; timeZone: string; enabled: boolean; passed: Date },
): Promise<StoredJob> {
  const statement = sql`update jobs
    set cron = ${a.cron}, time_zone = ${a.timeZone}, enabled = ${a.enabled}, last_slot = ${a.passed}
    where name = ${a.name} returning ${columns}`;
  const [row] = await query<StoredJob>(db, statement, transaction);
  if (row === undefined) throw new Error(`job ${a.name} is gone`);
  return row;
}

/** Whether the job lies in the queue or runs. */
export async function isJobWaiting(db: Database, transaction: Transaction, name: string): Promise<boolean> {
  const statement = sql`select 1 from pgboss.job
    where name = ${name} and state in ('created', 'retry', 'active') limit 1`;
  return (await query(db, statement, transaction)).length > 0;
}

/** Adds jobs that are not there yet, in the zone of the first programme; what was edited stays. */
export async function addMissingJobs(
  db: Database,
  jobs: readonly { name: string; defaultCron: string }[],
): Promise<void> {
  const statement = sql`insert into jobs (name, cron, time_zone)
    select r.name, r."defaultCron", coalesce((select time_zone from programmes where retired_at is null order by sort_order, id limit 1), 'UTC')
    from jsonb_to_recordset(${JSON.stringify(jobs)}::jsonb) as r(name text, "defaultCron" text)
      on conflict (name) do nothing`;
  await query(db, statement);
}

/**
 * Notes that the slot is rung now: false when another instance, or an earlier ring, was first.
 * @param latest a moment noted later than this cannot have been rung: the slot takes its place
 */
export async function claimSlot(
  db: Database,
  transaction: Transaction,
  name: string,
  { slot, latest }: { slot: Date; latest: Date },
): Promise<boolean> {
  const statement = sql`update jobs set last_slot = ${slot}
    where name = ${name} and (last_slot is null or last_slot < ${slot} or last_slot > ${latest})
    returning name`;
  const rows = await query(db, statement, transaction);
  return rows.length > 0;
}

export async function markJobStarted(db: Database, name: string, at: Date): Promise<void> {
  await query(db, sql`update jobs set last_started_at = ${at}, last_duration_ms = null where name = ${name}`);
}

export async function markJobFinished(
  db: Database,
  name: string,
  at: Date,
  a: { error: string | null; result: unknown; durationMs: number },
): Promise<void> {
  const statement = sql`update jobs
    set last_finished_at = ${at}, last_error = ${a.error}, last_result = ${JSON.stringify(a.result ?? null)}::jsonb,
      last_duration_ms = ${Math.round(a.durationMs)}
    where name = ${name}`;
  await query(db, statement);
}

/** Notes that everything until `at` was rung already: a simulation did it in its own time. */
export async function writeOffSlots(db: Database, at: Date): Promise<void> {
  await query(db, sql`update jobs set last_slot = ${at}`);
}
