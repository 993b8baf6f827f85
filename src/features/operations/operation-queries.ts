/** Small reads for those who run the office: seals, what came in by which channel, and how the machinery stands. */
import sql, { type Sql } from "sql-template-tag";
import { type Database, query } from "../../platform/db/query.js";
import { applicantCases } from "../people/case-scope.js";

export interface NewestSeal {
  readonly number: number;
  readonly sealedAt: Date;
  readonly mac: string;
  readonly events: number;
}

export async function newestSeal(db: Database): Promise<NewestSeal | null> {
  const statement = sql`select number, sealed_at as "sealedAt", mac, events::integer as events from seals
    order by number desc limit 1`;
  return (await query<NewestSeal>(db, statement))[0] ?? null;
}

/** What was received in a time, by channel and type, as `diwan kpi` counts it: without confidential cases. */
export function receivedByChannel(
  db: Database,
  a: { programme: string; from: Date; to: Date },
): Promise<{ channel: string; type: string; received: number }[]> {
  const statement = sql`select channel, type, count(*)::integer as received from cases c
    where ${applicantCases} and programme = ${a.programme} and received_at >= ${a.from} and received_at <= ${a.to} and withdrawn_at is null
      and duplicate_of is null
      and not confidential
    group by channel, type`;
  return query(db, statement);
}

export interface QueueDepth {
  readonly waiting: number;
  readonly active: number;
  /** Failed for good in the last day, by the machine's clock: the queue knows no other. */
  readonly failed: number;
}

export async function queueDepth(db: Database): Promise<QueueDepth> {
  const statement = sql`select (count(*) filter (where state in ('created', 'retry')))::integer as waiting,
      (count(*) filter (where state = 'active'))::integer as active,
      (count(*) filter (where state = 'failed' and completed_on > now() - interval '1 day'))::integer as failed
    from pgboss.job where state in ('created', 'retry', 'active', 'failed')`;
  const [row] = await query<QueueDepth>(db, statement);
  return row ?? { waiting: 0, active: 0, failed: 0 };
}

/**
 * The case whose enforcement has been due the longest; null when nothing is due at `now`.
 * @param a.except programmes that are not looked at: their sweep holds
 */
export async function oldestDue(
  db: Database,
  a: { now: Date; except: readonly string[] },
): Promise<{ at: Date; due: number } | null> {
  const statement = sql`select min(next_due_at) as at, (count(*) filter (where not confidential))::integer as due from
    (select next_due_at, confidential from cases
      where next_due_at <= ${a.now} and programme <> all(${a.except}::text[]) order by next_due_at limit 1000) x`;
  const [row] = await query<{ at: Date | null; due: number }>(db, statement);
  return row?.at ? { at: row.at, due: row.due } : null;
}

/** A message `m` about no confidential case. */
const openMessage = sql`not exists (select 1 from cases c where c.id = coalesce(m.case_id, m.receiver_case) and c.confidential)`;

export interface OutboxState {
  /** Emails that have been due for longer than `since`, of any case. */
  readonly overdue: number;
  /** Those about confidential cases not counted. */
  readonly pending: number;
  readonly failedEmails: number;
  readonly failedTexts: number;
  /** Whether any failed, of a confidential case too. */
  readonly anyFailed: boolean;
}

export async function outboxState(
  db: Database,
  { programmes, since }: { programmes: readonly string[]; since: Date },
): Promise<OutboxState> {
  // As many as the list of messages shows to those who work at the machine: those about a confidential case are in no number.
  const count = (condition: Sql): Sql =>
    sql`(select count(*)::integer from messages m where ${condition} and m.programme = any(${programmes}::text[]) and ${openMessage})`;
  const statement = sql`select ${count(sql`m.state = 'pending' and m.next_attempt_at is not null`)} as pending,
    ${count(sql`m.state = 'failed' and m.way = 'email'`)} as "failedEmails",
    ${count(sql`m.state = 'failed' and m.way = 'sms'`)} as "failedTexts",
    (select count(*)::integer from messages
      where state = 'pending' and way = 'email' and next_attempt_at <= ${since} and programme = any(${programmes}::text[])) as overdue,
    exists (select 1 from messages m where m.state = 'failed' and m.programme = any(${programmes}::text[])) as "anyFailed"`;
  const [row] = await query<OutboxState>(db, statement);
  return row ?? { overdue: 0, pending: 0, failedEmails: 0, failedTexts: 0, anyFailed: false };
}

interface NotedReason {
  readonly noted: string | null;
  readonly n: number;
}

const notedReasons = (db: Database, programmes: readonly string[], condition: Sql): Promise<NotedReason[]> =>
  query(
    db,
    sql`select m.last_error as noted, count(*)::integer as n from messages m
      where ${condition} and m.programme = any(${programmes}::text[]) and ${openMessage} group by m.last_error`,
  );

/** What is noted of messages that failed, with how many; those about confidential cases not counted. */
export const failedReasons = (db: Database, programmes: readonly string[]): Promise<NotedReason[]> =>
  notedReasons(db, programmes, sql`m.state = 'failed'`);

/** The same of those that lapsed after `since`. */
export const lapsedReasons = (
  db: Database,
  { programmes, since }: { programmes: readonly string[]; since: Date },
): Promise<NotedReason[]> => notedReasons(db, programmes, sql`m.lapsed_at > ${since}`);

export interface HeldState {
  /** Held by a limit, those about confidential cases not counted. */
  readonly held: number;
  /** Since when the oldest one is held, of whatever case; null: none is. */
  readonly heldSince: Date | null;
  /** Whether one did not go on when it should have. */
  readonly stuck: boolean;
}

/** What a limit holds. */
export async function heldState(db: Database, a: { programmes: readonly string[]; late: Date }): Promise<HeldState> {
  const held = sql`from messages m where m.state = ${"held"} and m.programme = any(${a.programmes}::text[])`;
  const statement = sql`select (select count(*)::integer ${held} and ${openMessage}) as held,
      (select min(coalesce(m.held_at, m.created_at)) ${held}) as "heldSince",
      exists (select 1 ${held} and m.next_attempt_at <= ${a.late}) as stuck`;
  const [row] = await query<HeldState>(db, statement);
  if (row === undefined) throw new Error("no state of what is held");
  return row;
}

export interface TextsState {
  /** When the last one was handed over, after `since`; null: none. */
  readonly lastLeft: Date | null;
  /** Since when the gateway takes none: its first failure after the last one that was handed over; null: it takes some. */
  readonly failingSince: Date | null;
  /** Whether some wait to be tried again. */
  readonly anyRetried: boolean;
  /** How many; those about confidential cases not counted. */
  readonly retried: number;
  /** What was noted of its last try, never what the gateway wrote. */
  readonly lastError: string | null;
  /** Since when the oldest one waits that should have been tried by now; null: none. */
  readonly waitingSince: Date | null;
  /** How many left by the time that they should be reported by, where the gateway reported none of all; else 0. */
  readonly unreported: number;
  /** People who answered one and were told where to write. */
  readonly answered: number;
}

/** How text messages fare; of whatever case, where none is counted. */
export async function textsState(
  db: Database,
  a: { programmes: readonly string[]; late: Date; since: Date; reportedBy: Date },
): Promise<TextsState> {
  const waits = sql`from messages where way = ${"sms"} and state = ${"pending"} and programme = any(${a.programmes}::text[])`;
  const left = sql`from messages where way = ${"sms"} and receiver_case is not null and sent_at > ${a.since}
    and programme = any(${a.programmes}::text[])`;
  const tried = sql`${waits} and failing_since is not null`;
  // One number that it does not take says nothing of the gateway while others are handed over.
  const refused = sql`${tried} and last_error like ${"gateway:%"} and failing_since > coalesce((select at from left_last), ${a.since})`;
  const statement = sql`with left_last as (select max(sent_at) as at from messages
      where way = ${"sms"} and sent_at is not null and receiver_case is not null and sent_at > ${a.since}
        and programme = any(${a.programmes}::text[]))
    select (select at from left_last) as "lastLeft",
    (select min(failing_since) ${refused}) as "failingSince",
    (select last_error ${refused} order by next_attempt_at desc limit 1) as "lastError",
    exists (select 1 ${tried}) as "anyRetried",
    (select count(*)::integer ${tried} and not exists (
      select 1 from cases c where c.id = coalesce(messages.case_id, messages.receiver_case) and c.confidential)) as retried,
    (select min(created_at) ${waits} and next_attempt_at <= ${a.late}) as "waitingSince",
    (select case when bool_or(delivered_at is not null or failed_at is not null) then 0 else count(*) end::integer ${left}
      and sent_at <= ${a.reportedBy}) as unreported,
    (select count(*)::integer ${left} and template = ${"sms-reply"}) as answered`;
  const [row] = await query<TextsState>(db, statement);
  if (row === undefined) throw new Error("no state of text messages");
  return row;
}

/** Faults of rules after `since` that the operation room was told of, each once whoever was told; of cases it may name. */
export async function ruleFaults(
  db: Database,
  a: { programmes: readonly string[]; since: Date; limit: number },
): Promise<{ ruleSet: string; ruleId: string | null; cases: number }[]> {
  // A fault is listed whatever case it met; counted are those that are not confidential.

  const statement = sql`select coalesce(m.data->>'set', '') as "ruleSet", m.data->>'ruleId' as "ruleId",
      (count(distinct m.case_id) filter (where not coalesce(c.confidential, false)))::integer as cases
    from messages m left join cases c on c.id = m.case_id
    where m.template = 'operation-room-alert' and m.programme = any(${a.programmes}::text[])
      and m.created_at > ${a.since}
      and m.data->>'kind' = 'rule-faulted' group by 1, 2 order by cases desc, 1, 2 limit ${a.limit}`;
  return query(db, statement);
}

/** The server's version, and how much the database holds. */
export async function databaseFacts(db: Database): Promise<{ version: string; bytes: number; connections: number }> {
  const statement = sql`select current_setting('server_version') as version, pg_database_size(current_database())::float8 as bytes,
    (select count(*)::integer from pg_stat_activity where datname = current_database()) as connections`;
  const [row] = await query<{ version: string; bytes: number; connections: number }>(db, statement);
  return row ?? { version: "", bytes: 0, connections: 0 };
}
