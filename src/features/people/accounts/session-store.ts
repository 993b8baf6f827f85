/** Sessions of officials: who is signed in where, and what ends them. connect-pg-simple reads and writes them. */
import type { Transaction } from "sequelize";
import { type Database, query, type Statement } from "../../../platform/db/query.js";

/** Whoever walked away from the desk: two hours without a request, as OWASP advises for work that is not banking. */
export const idleMs = 2 * 3_600_000;
/** A working day with its overtime: then everybody signs in again, whoever holds the cookie. */
export const wholeMs = 12 * 3_600_000;

/** What a session carries. Times are business time in milliseconds since 1970. */
export interface SessionData {
  /** Signed in; left out between password and second factor. */
  readonly userId?: number;
  /** Gave the right password, the second factor is still owed. */
  readonly pendingUserId?: number;
  /** Of the account when it signed in; an older one than the account's is out. */
  readonly epoch: number;
  /** Whether a second factor was shown. */
  readonly secondFactor: boolean;
  readonly startedAt: number;
  readonly address: string;
  /** What the browser calls itself, cut short. */
  readonly agent: string;
}

export interface ListedSession {
  /** Names the session towards its owner; it opens nothing. */
  readonly id: string;
  readonly startedAt: Date;
  readonly seenAt: Date;
  readonly address: string;
  readonly agent: string;
  /** Whether it is the one that asks. */
  readonly current: boolean;
}

/** $1 user, $2 the session that goes on or null. */
const endAll: Statement = {
  name: "end-sessions",
  text: `with gone as (delete from sessions where owner_id = $1 and sid is distinct from $2 returning sid),
  later as (
    insert into session_epochs as e (user_id, epoch) values ($1, 1)
    on conflict (user_id) do update set epoch = e.epoch + 1 returning epoch),
  kept as (
    update sessions set sess = jsonb_set(sess::jsonb, '{epoch}', to_jsonb((select epoch from later)))::json
    where sid = $2 and owner_id = $1)
select count(*)::integer as ended from gone`,
};

/**
 * Ends all sessions of an account at once, in every instance; how many there were. One that is being opened at this very
 * moment is out as well: it carries an older epoch.
 * @param kept id of a session of this account that goes on: the one in which its owner asks
 */
export async function endSessions(
  db: Database,
  transaction: Transaction,
  userId: number,
  kept: string | null = null,
): Promise<number> {
  const [row] = await query<{ ended: number }>(db, endAll, [userId, kept], transaction);
  return row?.ended ?? 0;
}

const idOf = "left(encode(sha256(convert_to(sid, 'UTF8')), 'hex'), 32)";

/** $1 user, $2 its session that asks, $3 now, $4 and $5 idle and whole lifetime in seconds. */
const list: Statement = {
  name: "list-sessions",
  text: `select ${idOf} as id, started_at as "startedAt", coalesce(seen_at, started_at) as "seenAt",
  coalesce(sess->>'address', '') as address, coalesce(sess->>'agent', '') as agent, sid = $2 as current
from sessions s
where user_id = $1 and epoch = coalesce((select e.epoch from session_epochs e where e.user_id = s.user_id), 0)
  and expire > now() and coalesce(seen_at, started_at) > $3::timestamptz - make_interval(secs => $4)
  and started_at > $3::timestamptz - make_interval(secs => $5)
order by sid = $2 desc, coalesce(seen_at, started_at) desc`,
};

/** Those of an account that are alive at `now`: the one that asks, then the last used. */
export function listSessions(
  db: Database,
  a: { userId: number; current: string; now: Date },
): Promise<ListedSession[]> {
  return query<ListedSession>(db, list, [a.userId, a.current, a.now, idleMs / 1000, wholeMs / 1000]);
}

const endOne: Statement = {
  name: "end-session",
  text: `delete from sessions where user_id = $1 and ${idOf} = $2 returning sid`,
};

/** Ends one session of an account, named as in its list; false when there is none of that name. */
export async function endSession(db: Database, a: { userId: number; id: string }, tx: Transaction): Promise<boolean> {
  return (await query(db, endOne, [a.userId, a.id], tx)).length > 0;
}

/** A page asks for many things at once: that a session is used is noted once in half a minute. */
export const notedEachMs = 30_000;

/** $1 id, $2 now, $3 the machine's moment of expiry. */
const touch: Statement = {
  name: "touch-session",
  text: `update sessions set seen_at = $2, expire = $3
    where sid = $1 and (seen_at is null or abs(extract(epoch from $2::timestamptz - seen_at)) > ${notedEachMs / 1000})`,
};

/** It was used; one that has ended meanwhile stays ended. */
export async function touchSession(db: Database, a: { sid: string; now: Date; expire: Date }): Promise<void> {
  await query(db, touch, [a.sid, a.now, a.expire]);
}

const alive: Statement = {
  name: "live-sessions",
  text: `select sid from sessions s where sid = any($1)
    and epoch = coalesce((select e.epoch from session_epochs e where e.user_id = s.user_id), 0)
    and coalesce(seen_at, started_at) > $2::timestamptz - make_interval(secs => $3)
    and started_at > $2::timestamptz - make_interval(secs => $4)`,
};

/** Which of these sessions have not ended at `now`. */
export async function liveSessions(db: Database, a: { ids: readonly string[]; now: Date }): Promise<Set<string>> {
  const rows = await query<{ sid: string }>(db, alive, [a.ids, a.now, idleMs / 1000, wholeMs / 1000]);
  return new Set(rows.map(({ sid }) => sid));
}

const mark: Statement = {
  name: "session-has-second-factor",
  text: `update sessions set sess = jsonb_set(sess::jsonb, '{secondFactor}', 'true')::json where sid = $1 and user_id = $2`,
};

/** A second factor was shown inside the session. */
export async function markSecondFactor(
  db: Database,
  a: { sid: string; userId: number },
  transaction: Transaction,
): Promise<void> {
  await query(db, mark, [a.sid, a.userId], transaction);
}

/** $1 business time, $2 and $3 idle and whole lifetime in seconds. */
const forget: Statement = {
  name: "forget-sessions",
  text: `with gone as (delete from sessions where expire < now()
    or coalesce(seen_at, started_at) < $1::timestamptz - make_interval(secs => $2)
    or started_at < $1::timestamptz - make_interval(secs => $3) returning sid)
select count(*)::integer as gone from gone`,
};

/** Removes sessions whose time is over; how many. */
export async function forgetSessions(db: Database, now: Date): Promise<number> {
  const [row] = await query<{ gone: number }>(db, forget, [now, idleMs / 1000, wholeMs / 1000]);
  return row?.gone ?? 0;
}
