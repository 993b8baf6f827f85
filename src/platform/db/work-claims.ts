/** Long work is done by one instance at a time: whoever claims a row says now and then that it is still at it. */
import sql, { raw } from "sql-template-tag";
import { type Database, query } from "./query.js";

export interface Claim {
  /** Number of the instance. */
  readonly by: string;
  readonly now: Date;
  /** Until when others leave it alone, unless it is said again. */
  readonly until: Date;
}

/** Tables of long work, and when a row of theirs is still to be worked on. */
const tables = {
  bulk_runs: "told_at is null",
  exports: "finished_at is null",
  replay_runs: "finished_at is null",
  workflow_migrations: "finished_at is null and state <> 'asked'",
  case_moves: "finished_at is null",
} as const;
export type WorkTable = keyof typeof tables;

/** The oldest piece of work that nobody is at, claimed; null when there is none. */
export async function claimWork(db: Database, table: WorkTable, { by, now, until }: Claim): Promise<string | null> {
  const statement = sql`update ${raw(table)} set claimed_by = ${by}, claimed_until = ${until},
      state = case when state = 'waiting' then 'running' else state end, started_at = coalesce(started_at, ${now})
    where id = (select id from ${raw(table)} where ${raw(tables[table])} and (claimed_until is null or claimed_until < ${now})
      order by created_at, id limit 1 for update skip locked) returning id`;
  return (await query<{ id: string }>(db, statement))[0]?.id ?? null;
}

/** False when it is no longer this instance's work: it took too long, or somebody cancelled it. */
export async function keepClaim(db: Database, table: WorkTable, id: string, a: Omit<Claim, "now">): Promise<boolean> {
  const statement = sql`update ${raw(table)} set claimed_until = ${a.until}
    where id = ${id} and claimed_by = ${a.by} and state = 'running' returning id`;
  return (await query(db, statement)).length > 0;
}

/** Another instance may go on at once. */
export async function letGo(db: Database, table: WorkTable, id: string, by: string): Promise<void> {
  await query(db, sql`update ${raw(table)} set claimed_until = null where id = ${id} and claimed_by = ${by}`);
}
