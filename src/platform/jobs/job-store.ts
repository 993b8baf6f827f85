/** The jobs' table: cron expression, zone, last and next run. The operation room edits it; every instance reads it. */

import type { Transaction } from "sequelize";
import type { JobName } from "../../engine/jobs/job-definitions.js";
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

const columns = `name, cron, time_zone as "timeZone", enabled, last_slot as "lastSlot", last_started_at as "lastStartedAt",
  last_finished_at as "lastFinishedAt", last_error as "lastError", last_duration_ms as "lastDurationMs",
  last_result as "lastResult"`;

/** All jobs by name. */
export function storedJobs(db: Database): Promise<StoredJob[]> {
  return query<StoredJob>(db, { name: "jobs", text: `select ${columns} from jobs order by name` }, []);
}

/** The job's row, locked until the transaction ends; null when there is none. */
export async function lockJob(db: Database, transaction: Transaction, name: string): Promise<StoredJob | null> {
  const statement = { name: "lock-job", text: `select ${columns} from jobs where name = $1 for update` };
  return (await query<StoredJob>(db, statement, [name], transaction))[0] ?? null;
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
  const statement = {
    name: "change-schedule",
    text: `update jobs set cron = $2, time_zone = $3, enabled = $4, last_slot = $5 where name = $1 returning ${columns}`,
  };
  const [row] = await query<StoredJob>(db, statement, [a.name, a.cron, a.timeZone, a.enabled, a.passed], transaction);
  if (row === undefined) throw new Error(`job ${a.name} is gone`);
  return row;
}

/** Whether the job lies in the queue or runs. */
export async function isJobWaiting(db: Database, transaction: Transaction, name: string): Promise<boolean> {
  const text = "select 1 from pgboss.job where name = $1 and state in ('created', 'retry', 'active') limit 1";
  return (await query(db, { name: "job-waiting", text }, [name], transaction)).length > 0;
}

/** Adds jobs that are not there yet, in the zone of the first programme; what was edited stays. */
export async function addMissingJobs(
  db: Database,
  jobs: readonly { name: string; defaultCron: string }[],
): Promise<void> {
  await query(
    db,
    {
      name: "add-jobs",
      text: `insert into jobs (name, cron, time_zone)
        select r.name, r."defaultCron", coalesce((select time_zone from programmes where retired_at is null order by sort_order, id limit 1), 'UTC')
        from jsonb_to_recordset($1::jsonb) as r(name text, "defaultCron" text) on conflict (name) do nothing`,
    },
    [JSON.stringify(jobs)],
  );
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
  const rows = await query(
    db,
    {
      name: "claim-slot",
      text: `update jobs set last_slot = $2 where name = $1 and (last_slot is null or last_slot < $2 or last_slot > $3)
        returning name`,
    },
    [name, slot, latest],
    transaction,
  );
  return rows.length > 0;
}

export async function markJobStarted(db: Database, name: string, at: Date): Promise<void> {
  await query(
    db,
    { name: "job-started", text: "update jobs set last_started_at = $2, last_duration_ms = null where name = $1" },
    [name, at],
  );
}

export async function markJobFinished(
  db: Database,
  name: string,
  at: Date,
  a: { error: string | null; result: unknown; durationMs: number },
): Promise<void> {
  const text =
    "update jobs set last_finished_at = $2, last_error = $3, last_result = $4::jsonb, last_duration_ms = $5 where name = $1";
  await query(db, { name: "job-finished", text }, [
    name,
    at,
    a.error,
    JSON.stringify(a.result ?? null),
    Math.round(a.durationMs),
  ]);
}

/** Notes that everything until `at` was rung already: a simulation did it in its own time. */
export async function writeOffSlots(db: Database, at: Date): Promise<void> {
  await query(db, { name: "write-off-slots", text: "update jobs set last_slot = $1" }, [at]);
}
