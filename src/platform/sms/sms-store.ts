/** What is stored of text messages beside the outbox: what left a day, and what the gateway said afterwards. */
import type { Transaction } from "sequelize";
import sql, { type Sql } from "sql-template-tag";
import type { SmsCounts } from "../../engine/letters/sms-limits.js";
import { type Database, query } from "../db/query.js";

/** Of all numbers together. Sorts before a plus and letters: a count locks it first. */
const all = "*";

/**
 * Counts a message that is about to leave, once however often it is tried, and gives the counts of its day with it. A caller that finds one
 * beyond its limit rolls back.
 * @param a.day civil date in the programme's zone
 * @param a.number null: not counted against the number
 * @param a.place the country of the number
 */
export async function countMessage(
  db: Database,
  tx: Transaction,
  a: { id: number; programme: string; day: string; number: string | null; place: string; segments: number },
): Promise<SmsCounts> {
  const counted = sql`insert into sms_counts (programme, day, what, messages, segments)
    select ${a.programme}, ${a.day}::date, w, 1, ${a.segments}::integer
    from unnest(${[all, a.place, ...(a.number === null ? [] : [a.number])]}::text[]) w order by w collate "C"
    on conflict (programme, day, what) do update
      set messages = sms_counts.messages + 1, segments = sms_counts.segments + excluded.segments
    returning what, messages, segments`;
  const rows = await query<{ what: string; messages: number; segments: number }>(db, counted, tx);
  await query(db, sql`update messages set segments = ${a.segments} where id = ${a.id}`, tx);
  const of = (what: string) => rows.find((row) => row.what === what);
  return {
    all: of(all)?.messages ?? 0,
    number: a.number === null ? 0 : (of(a.number)?.messages ?? 0),
    country: of(a.place)?.messages ?? 0,
    segments: of(all)?.segments ?? 0,
  };
}

/** With what the gateway calls it; it may report before we got here. */
export async function markHandedOver(
  db: Database,
  id: number,
  a: { at: Date; gatewayId: string | null },
): Promise<void> {
  const statement = sql`update messages set state = 'sent', sent_at = ${a.at}, gateway_id = ${a.gatewayId}, next_attempt_at = null,
      claimed_until = null, last_error = null, failed_at = null
    where id = ${id} and state = 'pending'`;
  await query(db, statement);
}

/** The message that a report names, by our id or by the gateway's; null: none. */
export async function reportedMessage(db: Database, name: string): Promise<number | null> {
  const by = (which: Sql) => sql`select id from messages where way = 'sms' and ${which} limit 1`;
  const [own] = await query<{ id: number }>(db, by(sql`message_id = ${name}`));
  const [theirs] = own ? [own] : await query<{ id: number }>(db, by(sql`gateway_id = ${name}`));
  return theirs?.id ?? null;
}

/**
 * It reached the telephone. What was handed over and not yet marked so was sent too: the report is faster than we are, or we were killed.
 * False where it was known already.
 */
export async function markDelivered(db: Database, id: number, at: Date): Promise<boolean> {
  const statement = sql`update messages set delivered_at = ${at}, state = 'sent', sent_at = coalesce(sent_at, ${at}),
      next_attempt_at = null, claimed_until = null, last_error = null, failed_at = null
    where id = ${id} and way = 'sms' and delivered_at is null and attempts > 0 and state in ('pending','sent') returning id`;
  return (await query(db, statement)).length > 0;
}

/** Longer than any gateway tries to tell the same once more. */
const callbacksKnownMs = 30 * 86_400_000;

/** Whether this is the first time: of a callback, or of what is done once a day. A hash, of which nothing is read. */
export async function isFirstCallback(db: Database, tx: Transaction, signature: Buffer, now: Date): Promise<boolean> {
  const statement = sql`insert into sms_callbacks (signature, at) values (${signature}, ${now})
    on conflict (signature) do nothing returning 1 as first`;
  return (await query(db, statement, tx)).length > 0;
}

/** What is no longer asked: counts of days that are over, which hold numbers for no longer than that, and callbacks of long ago. */
export async function sweepSms(db: Database, a: { before: string; now: Date }): Promise<void> {
  await query(db, sql`delete from sms_counts where day < ${a.before}::date`);
  await query(db, sql`delete from sms_callbacks where at < ${new Date(a.now.getTime() - callbacksKnownMs)}`);
}
