/** Counters against guessing, shared by all instances: each try is counted before it is looked at. */
import { type Database, query, type Statement } from "../db/query.js";

export interface Counted {
  /** Tries in this window, with this one. */
  readonly tries: number;
  /** When the window ends. */
  readonly until: Date;
}

/** $1 keys, $2 now, $3 lengths of the windows in seconds. Sorted, so that two never wait for each other. */
const count: Statement = {
  name: "count-tries",
  text: `insert into sign_in_failures as f (key, tries, until)
select k.key, 1, $2::timestamptz + make_interval(secs => k.seconds) from unnest($1::bytea[], $3::float8[]) as k(key, seconds) order by k.key
on conflict (key) do update set
  tries = case when f.until <= $2 then 1 else f.tries + 1 end,
  until = case when f.until <= $2 then excluded.until else f.until end
returning key, tries, until`,
};

/**
 * Counts one try for each counter and says how many there are now, in their order. A counter has a name under each key of
 * SESSION_SECRET and is as full as the fullest of them: one that began with an older key goes on under a newer.
 */
export async function countTries(
  db: Database,
  a: { counters: readonly { keys: readonly Buffer[]; windowSeconds: number }[]; now: Date },
): Promise<Counted[]> {
  const keys = a.counters.flatMap((counter) => counter.keys);
  const seconds = a.counters.flatMap((counter) => counter.keys.map(() => counter.windowSeconds));
  const rows = await query<Counted & { key: Buffer }>(db, count, [keys, a.now, seconds]);
  return a.counters.map((counter) => {
    const own = rows.filter(({ key }) => counter.keys.some((one) => one.equals(key)));
    const [fullest] = own.sort((left, right) => right.tries - left.tries);
    if (fullest === undefined) throw new Error("a counter was not written");
    return { tries: fullest.tries, until: fullest.until };
  });
}

const clear: Statement = { name: "clear-tries", text: "delete from sign_in_failures where key = any($1::bytea[])" };

/** It was no guessing: the counters begin anew. */
export async function clearTries(db: Database, keys: readonly Buffer[]): Promise<void> {
  await query(db, clear, [keys]);
}

const takeBack: Statement = {
  name: "take-back-try",
  text: "update sign_in_failures set tries = tries - 1 where key = any($1::bytea[]) and tries > 0",
};

/** This one try was none, under none of its names; those of others from the same address stay counted. */
export async function takeBackTry(db: Database, keys: readonly Buffer[]): Promise<void> {
  await query(db, takeBack, [keys]);
}

const forget: Statement = {
  name: "forget-tries",
  text: "with gone as (delete from sign_in_failures where until < $1 returning key) select count(*)::integer as gone from gone",
};

/** Removes counters whose window is over; how many. */
export async function forgetTries(db: Database, now: Date): Promise<number> {
  return (await query<{ gone: number }>(db, forget, [now]))[0]?.gone ?? 0;
}
