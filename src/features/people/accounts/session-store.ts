/** Sessions of officials: who is signed in where, and what ends them. connect-pg-simple reads and writes them. */
import type { Transaction } from "sequelize";
import sql from "sql-template-tag";
import { type Database, query } from "../../../platform/db/query.js";

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
  /** The account's epoch when it signed in; a session of an older one has ended. */
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
  const statement = sql`with gone as (delete from sessions where owner_id = ${userId} and sid is distinct from ${kept} returning sid),
      later as (
        insert into session_epochs as e (user_id, epoch) values (${userId}, 1)
        on conflict (user_id) do update set epoch = e.epoch + 1 returning epoch),
      kept as (
        update sessions set sess = jsonb_set(sess::jsonb, '{epoch}', to_jsonb((select epoch from later)))::json
        where sid = ${kept} and owner_id = ${userId})
    select count(*)::integer as ended from gone`;
  const [row] = await query<{ ended: number }>(db, statement, transaction);
  return row?.ended ?? 0;
}

const idOf = sql`left(encode(sha256(convert_to(sid, 'UTF8')), 'hex'), 32)`;

/** Those of an account that are alive at `now`: the one that asks, then the last used. */
export function listSessions(
  db: Database,
  a: { userId: number; current: string; now: Date },
): Promise<ListedSession[]> {
  const statement = sql`select ${idOf} as id, started_at as "startedAt", coalesce(seen_at, started_at) as "seenAt",
      coalesce(sess->>'address', '') as address, coalesce(sess->>'agent', '') as agent, sid = ${a.current} as current
    from sessions s
    where user_id = ${a.userId}
      and epoch = coalesce((select e.epoch from session_epochs e where e.user_id = s.user_id), 0)
      and expire > now() and coalesce(seen_at, started_at) > ${a.now}::timestamptz - make_interval(secs => ${idleMs / 1000})
      and started_at > ${a.now}::timestamptz - make_interval(secs => ${wholeMs / 1000})
    order by sid = ${a.current} desc, coalesce(seen_at, started_at) desc`;
  return query<ListedSession>(db, statement);
}

/** Ends one session of an account, named as in its list; false when there is none of that name. */
export async function endSession(db: Database, a: { userId: number; id: string }, tx: Transaction): Promise<boolean> {
  const statement = sql`delete from sessions where user_id = ${a.userId} and ${idOf} = ${a.id} returning sid`;
  return (await query(db, statement, tx)).length > 0;
}

/** A page asks for many things at once: that a session is used is noted once in half a minute. */
export const notedEachMs = 30_000;

/** It was used; one that has ended meanwhile stays ended. */
export async function touchSession(db: Database, a: { sid: string; now: Date; expire: Date }): Promise<void> {
  const statement = sql`update sessions set seen_at = ${a.now}, expire = ${a.expire}
    where sid = ${a.sid} and (seen_at is null or abs(extract(epoch from ${a.now}::timestamptz - seen_at)) > ${notedEachMs / 1000})`;
  await query(db, statement);
}

/** Which of these sessions have not ended at `now`. */
export async function liveSessions(db: Database, a: { ids: readonly string[]; now: Date }): Promise<Set<string>> {
  const statement = sql`select sid from sessions s where sid = any(${a.ids})
    and epoch = coalesce((select e.epoch from session_epochs e where e.user_id = s.user_id), 0)
    and coalesce(seen_at, started_at) > ${a.now}::timestamptz - make_interval(secs => ${idleMs / 1000})
    and started_at > ${a.now}::timestamptz - make_interval(secs => ${wholeMs / 1000})`;
  const rows = await query<{ sid: string }>(db, statement);
  return new Set(rows.map(({ sid }) => sid));
}

/** A second factor was shown inside the session. */
export async function markSecondFactor(
  db: Database,
  a: { sid: string; userId: number },
  transaction: Transaction,
): Promise<void> {
  const statement = sql`update sessions set sess = jsonb_set(sess::jsonb, '{secondFactor}', 'true')::json
    where sid = ${a.sid} and user_id = ${a.userId}`;
  await query(db, statement, transaction);
}

/** Removes sessions whose time is over; how many. */
export async function forgetSessions(db: Database, now: Date): Promise<number> {
  const statement = sql`with gone as (delete from sessions where expire < now()
        or coalesce(seen_at, started_at) < ${now}::timestamptz - make_interval(secs => ${idleMs / 1000})
        or started_at < ${now}::timestamptz - make_interval(secs => ${wholeMs / 1000}) returning sid)
    select count(*)::integer as gone from gone`;
  const [row] = await query<{ gone: number }>(db, statement);
  return row?.gone ?? 0;
}
