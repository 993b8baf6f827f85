/** Counters against guessing, shared by all instances. */
import type { Transaction } from "sequelize";
import sql from "sql-template-tag";
import { type Database, query } from "../db/query.js";

export interface Counted {
  /** Tries in this window, with this one. */
  readonly tries: number;
  /** When the window ends. */
  readonly until: Date;
}

/**
 * Counts one try for each counter and says how many there are now, in their order. A counter has a name under each key of
 * SESSION_SECRET and is as full as the fullest of them: one that began with an older key goes on under a newer.
 */
export async function countTries(
  db: Database,
  a: { counters: readonly { keys: readonly Buffer[]; windowSeconds: number }[]; now: Date },
  transaction?: Transaction,
): Promise<Counted[]> {
  const keys = a.counters.flatMap((counter) => counter.keys);
  const seconds = a.counters.flatMap((counter) => counter.keys.map(() => counter.windowSeconds));
  // Sorted, so that two never wait for each other.
  const statement = sql`insert into sign_in_failures as f (key, tries, until)
    select k.key, 1, ${a.now}::timestamptz + make_interval(secs => k.seconds)
      from unnest(${keys}::bytea[], ${seconds}::float8[]) as k(key, seconds) order by k.key
    on conflict (key) do update set
      tries = case when f.until <= ${a.now} then 1 else f.tries + 1 end,
      until = case when f.until <= ${a.now} then excluded.until else f.until end
    returning key, tries, until`;
  const rows = await query<Counted & { key: Buffer }>(db, statement, transaction);
  return a.counters.map((counter) => {
    const own = rows.filter(({ key }) => counter.keys.some((one) => one.equals(key)));
    const [fullest] = own.sort((left, right) => right.tries - left.tries);
    if (fullest === undefined) throw new Error("a counter was not written");
    return { tries: fullest.tries, until: fullest.until };
  });
}

/** Until when one of these counters is full, the longest; null: none is. Counts nothing. */
export async function fullTries(
  db: Database,
  a: { counters: readonly { keys: readonly Buffer[]; tries: number }[]; now: Date },
): Promise<Date | null> {
  const keys = a.counters.flatMap((counter) => counter.keys);
  const most = a.counters.flatMap((counter) => counter.keys.map(() => counter.tries));
  const statement = sql`select max(f.until) as until from unnest(${keys}::bytea[], ${most}::integer[]) as k(key, most)
    join sign_in_failures f on f.key = k.key where f.until > ${a.now} and f.tries >= k.most`;
  return (await query<{ until: Date | null }>(db, statement))[0]?.until ?? null;
}

/** It was no guessing: the counters begin anew. */
export async function clearTries(db: Database, keys: readonly Buffer[]): Promise<void> {
  await query(db, sql`delete from sign_in_failures where key = any(${keys}::bytea[])`);
}

/** This one try was none, under none of its names; those of others from the same address stay counted. */
export async function takeBackTry(db: Database, keys: readonly Buffer[]): Promise<void> {
  const statement = sql`update sign_in_failures set tries = tries - 1 where key = any(${keys}::bytea[]) and tries > 0`;
  await query(db, statement);
}

/** Removes counters whose window is over; how many. */
export async function forgetTries(db: Database, now: Date): Promise<number> {
  const statement = sql`with gone as (delete from sign_in_failures where until < ${now} returning key)
    select count(*)::integer as gone from gone`;
  return (await query<{ gone: number }>(db, statement))[0]?.gone ?? 0;
}
