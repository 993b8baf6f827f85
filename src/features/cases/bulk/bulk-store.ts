/** Runs of one act on many cases: what is asked for, how far each is, and what became of every case. */
import type { Transaction } from "sequelize";
import type { HeldLetter } from "../../../engine/lifecycle/gather-messages.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { type Database, query } from "../../../platform/db/query.js";

export type BulkState = "waiting" | "running" | "done" | "cancelled";

export interface NewBulkRun {
  readonly id: string;
  readonly userId: number;
  readonly action: string;
  readonly actionName: Bilingual;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly references: readonly string[];
}

export interface StoredBulkRun extends Omit<NewBulkRun, "references"> {
  readonly state: BulkState;
  readonly total: number;
  readonly done: number;
  readonly refused: number;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

/**
 * Stores it with its cases. `there`: the same was sent before; `busy`: this person has another one that is not over.
 * The number is the asker's: one that somebody else's run has is `taken`.
 */
export async function insertBulkRun(
  db: Database,
  transaction: Transaction,
  run: NewBulkRun,
  now: Date,
): Promise<"stored" | "there" | "busy" | "taken"> {
  const known = { name: "bulk-run-owner", text: "select user_id from bulk_runs where id = $1" };
  const [owner] = await query<{ user_id: number }>(db, known, [run.id], transaction);
  if (owner !== undefined) return owner.user_id === run.userId ? "there" : "taken";
  const text = `insert into bulk_runs (id, user_id, action, action_name, fields, total, created_at)
    values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing returning id`;
  const { id, userId, action, actionName, fields, references } = run;
  const values = [id, userId, action, JSON.stringify(actionName), JSON.stringify(fields), references.length, now];
  const stored = await query(db, { name: "insert-bulk-run", text }, values, transaction);
  if (stored.length === 0) return "busy";
  const items = `insert into bulk_items (run_id, position, reference)
    select $1, r.position, r.reference from unnest($2::text[]) with ordinality as r(reference, position)`;
  await query(db, { name: "insert-bulk-items", text: items }, [id, references], transaction);
  return "stored";
}

const columns = `r.id, r.user_id as "userId", r.action, r.action_name as "actionName", r.fields, r.state, r.total,
  r.created_at as "createdAt", r.finished_at as "finishedAt",
  (select count(*)::integer from bulk_items i where i.run_id = r.id and i.state = 'done') as done,
  (select count(*)::integer from bulk_items i where i.run_id = r.id and i.state = 'refused') as refused`;

/** Newest first. */
export function bulkRunsOf(db: Database, userId: number, limit: number): Promise<StoredBulkRun[]> {
  const text = `select ${columns} from bulk_runs r where r.user_id = $1 order by r.created_at desc, r.id limit $2`;
  return query(db, { name: "bulk-runs-of", text }, [userId, limit]);
}

/** Null when there is none. */
export async function bulkRun(db: Database, id: string): Promise<StoredBulkRun | null> {
  const text = `select ${columns} from bulk_runs r where r.id = $1`;
  return (await query<StoredBulkRun>(db, { name: "bulk-run", text }, [id]))[0] ?? null;
}

/** What was refused, in order. */
export function refusedItems(db: Database, runId: string): Promise<{ reference: string; reason: Bilingual }[]> {
  const text = "select reference, reason from bulk_items where run_id = $1 and state = 'refused' order by position";
  return query(db, { name: "refused-bulk-items", text }, [runId]);
}

/** The next cases that nothing has been done to yet. */
export async function waitingItems(db: Database, runId: string, limit: number): Promise<string[]> {
  const text = "select reference from bulk_items where run_id = $1 and state = 'waiting' order by position limit $2";
  const rows = await query<{ reference: string }>(db, { name: "waiting-bulk-items", text }, [runId, limit]);
  return rows.map(({ reference }) => reference);
}

interface Item {
  readonly runId: string;
  readonly reference: string;
  /** The instance that is at the run. */
  readonly by: string;
  readonly now: Date;
}

const settle = (state: "done" | "refused", column: "told" | "reason") => ({
  name: `settle-bulk-item-${state}`,
  text: `update bulk_items i set state = '${state}', ${column} = $4, at = $5 from bulk_runs r
    where i.run_id = $1 and i.reference = $2 and i.state = 'waiting'
      and r.id = i.run_id and r.state = 'running' and r.claimed_by = $3 returning i.reference`,
});
const settleDone = settle("done", "told");
const settleRefused = settle("refused", "reason");

/**
 * In the transaction of the act itself: done once, or not at all. False when the run was cancelled, is another instance's
 * by now, or had this case already; the act must not be stored then.
 */
export async function markDone(
  db: Database,
  transaction: Transaction,
  item: Item & { held: readonly HeldLetter[] },
): Promise<boolean> {
  const { runId, reference, by, now, held } = item;
  const values = [runId, reference, by, JSON.stringify(held), now];
  return (await query(db, settleDone, values, transaction)).length > 0;
}

export async function markRefused(db: Database, item: Item & { reason: Bilingual }): Promise<void> {
  const { runId, reference, by, now, reason } = item;
  await query(db, settleRefused, [runId, reference, by, JSON.stringify(reason), now]);
}

/** What was done and is still to be told, in order. */
export function heldLetters(
  db: Database,
  transaction: Transaction,
  runId: string,
): Promise<{ reference: string; held: HeldLetter[] }[]> {
  const text = `select reference, told as held from bulk_items where run_id = $1 and state = 'done' and told <> '[]'
    order by position`;
  return query(db, { name: "held-bulk-letters", text }, [runId], transaction);
}

/** It is over, and who had to be told is. False when it is another instance's by now. */
export async function finishBulkRun(
  db: Database,
  transaction: Transaction,
  a: { id: string; by: string; now: Date },
): Promise<boolean> {
  const text = `update bulk_runs set told_at = $3, claimed_until = null, finished_at = coalesce(finished_at, $3),
      state = case when state = 'running' then 'done' else state end
    where id = $1 and claimed_by = $2 and told_at is null returning id`;
  return (await query(db, { name: "finish-bulk-run", text }, [a.id, a.by, a.now], transaction)).length > 0;
}

/** From now on nothing more is done by it. False when it was over already, or is not this person's. */
export async function cancelBulkRun(db: Database, a: { id: string; userId: number; now: Date }): Promise<boolean> {
  const text = `update bulk_runs set state = 'cancelled', finished_at = $3 where id = $1 and user_id = $2
    and finished_at is null returning id`;
  return (await query(db, { name: "cancel-bulk-run", text }, [a.id, a.userId, a.now])).length > 0;
}

/** Forgets runs that ended before. What they did is in the record of each case. */
export async function forgetBulkRuns(db: Database, before: Date): Promise<number> {
  const text = "delete from bulk_runs where told_at < $1 returning id";
  return (await query(db, { name: "forget-bulk-runs", text }, [before])).length;
}
