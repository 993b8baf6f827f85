/** Runs of one act on many cases: what is asked for, how far each is, and what became of every case. */

import type { Transaction } from "sequelize";
import sql, { raw, type Sql } from "sql-template-tag";
import type { HeldLetter } from "../../../engine/lifecycle/gather-messages.js";
import { forwardEvents } from "../../../engine/lifecycle/take-back.js";
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
  const [owner] = await query<{ user_id: number }>(
    db,
    sql`select user_id from bulk_runs where id = ${run.id}`,
    transaction,
  );
  if (owner !== undefined) return owner.user_id === run.userId ? "there" : "taken";
  const { id, userId, action, actionName, fields, references } = run;
  const inserted = sql`insert into bulk_runs (id, user_id, action, action_name, fields, total, created_at)
    values (${id}, ${userId}, ${action}, ${JSON.stringify(actionName)}, ${JSON.stringify(fields)}, ${references.length}, ${now})
    on conflict do nothing returning id`;
  const stored = await query(db, inserted, transaction);
  if (stored.length === 0) return "busy";
  const items = sql`insert into bulk_items (run_id, position, reference)
    select ${id}, r.position, r.reference from unnest(${references}::text[]) with ordinality as r(reference, position)`;
  await query(db, items, transaction);
  return "stored";
}

const columns = sql`r.id, r.user_id as "userId", r.action, r.action_name as "actionName", r.fields, r.state, r.total,
  r.created_at as "createdAt", r.finished_at as "finishedAt",
  (select count(*)::integer from bulk_items i where i.run_id = r.id and i.state = 'done') as done,
  (select count(*)::integer from bulk_items i where i.run_id = r.id and i.state = 'refused') as refused`;

/** Newest first. */
export function bulkRunsOf(db: Database, userId: number, limit: number): Promise<StoredBulkRun[]> {
  const statement = sql`select ${columns} from bulk_runs r where r.user_id = ${userId}
    order by r.created_at desc, r.id limit ${limit}`;
  return query(db, statement);
}

/** Null when there is none. */
export async function bulkRun(db: Database, id: string): Promise<StoredBulkRun | null> {
  const statement = sql`select ${columns} from bulk_runs r where r.id = ${id}`;
  return (await query<StoredBulkRun>(db, statement))[0] ?? null;
}

/** What was refused, in order. */
export function refusedItems(db: Database, runId: string): Promise<{ reference: string; reason: Bilingual }[]> {
  const statement = sql`select reference, reason from bulk_items where run_id = ${runId} and state = 'refused'
    order by position`;
  return query(db, statement);
}

/** The next cases that nothing has been done to yet. */
export async function waitingItems(db: Database, runId: string, limit: number): Promise<string[]> {
  const statement = sql`select reference from bulk_items where run_id = ${runId} and state = 'waiting'
    order by position limit ${limit}`;
  const rows = await query<{ reference: string }>(db, statement);
  return rows.map(({ reference }) => reference);
}

interface Item {
  readonly runId: string;
  readonly reference: string;
  /** The instance that is at the run. */
  readonly by: string;
  readonly now: Date;
}

/** `column` holds what became of it, as JSON. */
const settle = (state: "done" | "refused", column: "told" | "reason", item: Item & { value: unknown }): Sql =>
  sql`update bulk_items i set state = ${state}, ${raw(column)} = ${JSON.stringify(item.value)}, at = ${item.now}
    from bulk_runs r
    where i.run_id = ${item.runId} and i.reference = ${item.reference} and i.state = 'waiting'
      and r.id = i.run_id and r.state = 'running' and r.claimed_by = ${item.by} returning i.reference`;

/**
 * In the transaction of the act itself: done once, or not at all. False when the run was cancelled, is another instance's
 * by now, or had this case already; the act must not be stored then.
 */
export async function markDone(
  db: Database,
  transaction: Transaction,
  item: Item & { held: readonly HeldLetter[] },
): Promise<boolean> {
  return (await query(db, settle("done", "told", { ...item, value: item.held }), transaction)).length > 0;
}

export async function markRefused(db: Database, item: Item & { reason: Bilingual }): Promise<void> {
  await query(db, settle("refused", "reason", { ...item, value: item.reason }));
}

/** What was done and is still to be told, in order. */
export function heldLetters(
  db: Database,
  transaction: Transaction,
  runId: string,
): Promise<{ reference: string; held: HeldLetter[] }[]> {
  const statement = sql`select reference, told as held from bulk_items
    where run_id = ${runId} and state = 'done' and told <> '[]'
    order by position`;
  return query(db, statement, transaction);
}

/** A case that a run forwarded, and that was not taken back since. */
export interface BulkForward {
  readonly run: string;
  readonly programme: string;
  readonly reference: string;
  /** The number of the event of the forward. */
  readonly seq: number;
  readonly at: Date;
}

/** What runs of this person that are over forwarded since a moment, in order. @param a.run of this run alone */
export function bulkForwards(db: Database, a: { userId: number; since: Date; run?: string }): Promise<BulkForward[]> {
  const statement = sql`select r.id as run, c.programme, i.reference, e.seq, e.at from bulk_runs r
      join bulk_items i on i.run_id = r.id and i.state = 'done' and i.at >= ${a.since}
      join cases c on c.reference = i.reference
      join case_events e on e.case_id = c.id and e.at = i.at and e.type = any(${[...forwardEvents]}::text[])
        and e.at >= ${a.since} and (e.actor::jsonb->>'userId')::integer = r.user_id and e.data::jsonb ? 'was'
    where r.user_id = ${a.userId} and r.told_at is not null and r.finished_at >= ${a.since} and (${a.run ?? null}::uuid is null or r.id = ${a.run ?? null}::uuid)
      and not exists (select 1 from case_events b where b.case_id = e.case_id and b.seq > e.seq and b.type = 'case.taken-back'
        and (b.data::jsonb->>'of')::integer = e.seq)
    order by r.id, i.position`;
  return query<BulkForward>(db, statement);
}

/** It is over, and who had to be told is. False when it is another instance's by now. */
export async function finishBulkRun(
  db: Database,
  transaction: Transaction,
  a: { id: string; by: string; now: Date },
): Promise<boolean> {
  const statement = sql`update bulk_runs
    set told_at = ${a.now}, claimed_until = null, finished_at = coalesce(finished_at, ${a.now}),
      state = case when state = 'running' then 'done' else state end
    where id = ${a.id} and claimed_by = ${a.by} and told_at is null returning id`;
  return (await query(db, statement, transaction)).length > 0;
}

/** From now on nothing more is done by it. False when it was over already, or is not this person's. */
export async function cancelBulkRun(db: Database, a: { id: string; userId: number; now: Date }): Promise<boolean> {
  const statement = sql`update bulk_runs set state = 'cancelled', finished_at = ${a.now}
    where id = ${a.id} and user_id = ${a.userId}
    and finished_at is null returning id`;
  return (await query(db, statement)).length > 0;
}

/** Forgets runs that ended before. What they did is in the record of each case. */
export async function forgetBulkRuns(db: Database, before: Date): Promise<number> {
  const statement = sql`delete from bulk_runs where told_at < ${before} returning id`;
  return (await query(db, statement)).length;
}
