/** Long work is done by one instance at a time: whoever claims a row says now and then that it is still at it. */
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
  workflow_migrations: "finished_at is null",
  case_moves: "finished_at is null",
} as const;
export type WorkTable = keyof typeof tables;

/** The oldest piece of work that nobody is at, claimed; null when there is none. */
export async function claimWork(db: Database, table: WorkTable, { by, now, until }: Claim): Promise<string | null> {
  const text = `update ${table} set claimed_by = $1, claimed_until = $3,
      state = case when state = 'waiting' then 'running' else state end, started_at = coalesce(started_at, $2)
    where id = (select id from ${table} where ${tables[table]} and (claimed_until is null or claimed_until < $2)
      order by created_at, id limit 1 for update skip locked) returning id`;
  return (await query<{ id: string }>(db, { name: `claim-${table}`, text }, [by, now, until]))[0]?.id ?? null;
}

/** False when it is no longer this instance's work: it took too long, or somebody cancelled it. */
export async function keepClaim(db: Database, table: WorkTable, id: string, a: Omit<Claim, "now">): Promise<boolean> {
  const text = `update ${table} set claimed_until = $3 where id = $1 and claimed_by = $2 and state = 'running' returning id`;
  return (await query(db, { name: `keep-${table}`, text }, [id, a.by, a.until])).length > 0;
}

/** Another instance may go on at once. */
export async function letGo(db: Database, table: WorkTable, id: string, by: string): Promise<void> {
  const text = `update ${table} set claimed_until = null where id = $1 and claimed_by = $2`;
  await query(db, { name: `let-go-${table}`, text }, [id, by]);
}
