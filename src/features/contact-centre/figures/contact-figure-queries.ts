/** Counts of the contact centre's own tables, by their indexes of time. */

import sql, { empty, type Sql } from "sql-template-tag";
import type { CallBackEnd } from "../../../engine/contact-centre/call-backs.js";
import { type ContactCounts, noContacts } from "../../../engine/measures/contact-kpi.js";
import { type Database, parameter, query } from "../../../platform/db/query.js";

export interface ContactAsked {
  readonly programme: string;
  readonly timeZone: string;
  readonly from: Date;
  readonly to: Date;
  /** What is promised for later is not decided yet. */
  readonly now: Date;
  /** Beginnings of shifts, in order. */
  readonly shifts: readonly string[];
  /** Counts this agent alone; null: all. */
  readonly agent: number | null;
}

/** One of: everything (both null), a shift, an agent. */
export interface ContactGroup {
  readonly agent: number | null;
  readonly agentName: string | null;
  readonly shift: string | null;
  readonly counts: ContactCounts;
}

/** `level` says what the row is of: 3 of all, 1 of an agent, 2 of a shift. */
type Part = {
  readonly agent: number | null;
  readonly shift: string | null;
  readonly level: number;
} & Partial<ContactCounts>;

/** Rows of a column of moments with the shift in which each lies. */
function shiftOf({ shifts, timeZone }: ContactAsked, at: Sql): Sql {
  const all = parameter([...shifts]);
  return sql`coalesce((select max(s) from unnest(${all}::text[]) s
    where s <= to_char(${at} at time zone ${timeZone}, 'HH24:MI')), (${all}::text[])[array_length(${all}::text[], 1)])`;
}

/** Counts by agent, by shift and of all together. */
const grouped = (
  counts: Sql,
  from: Sql,
): Sql => sql`select agent, shift, grouping(agent, shift) as level, ${counts} from (${from}) r
  group by grouping sets ((), (agent), (shift))`;

const calls = (a: ContactAsked): Sql =>
  grouped(
    sql`count(*)::integer as calls, round(percentile_cont(0.5) within group (order by seconds))::integer as "medianSeconds",
      round(percentile_cont(0.9) within group (order by seconds))::integer as "p90Seconds"`,
    sql`select agent, ${shiftOf(a, sql`begun_at`)} as shift, coalesce(seconds, extract(epoch from ended_at - begun_at)) as seconds
      from calls where programme = ${a.programme} and begun_at >= ${a.from} and begun_at < ${a.to} and ended_at is not null
        ${a.agent === null ? empty : sql`and agent = ${a.agent}`}`,
  );

/** When it is decided whether a call was in time: at its first try where that was, else when what was promised fell due. */
const decidedAt = sql`least(b.promised_at, b.first_tried_at)`;

/** An agent answers for what was still in time when they took it, to the call that they made then; the office for all. */
const promised = (a: ContactAsked): Sql =>
  grouped(
    sql`count(*)::integer as due, (count(*) filter (where in_time))::integer as "inTime"`,
    sql`select case when t.begun_at <= b.promised_at then t.agent end as agent, ${shiftOf(a, decidedAt)} as shift, coalesce(b.first_tried_at <= b.promised_at, false) as in_time
      from call_backs b left join call_back_tries t on t.call_back_id = b.id and t.number = 1
      where b.programme = ${a.programme} and ${decidedAt} >= ${a.from} and ${decidedAt} < ${a.to} and ${decidedAt} <= ${a.now}
        and b.outcome is distinct from ${"cancelled" satisfies CallBackEnd} ${a.agent === null ? empty : sql`and t.agent = ${a.agent} and t.begun_at <= b.promised_at`}`,
  );

const ended = (a: ContactAsked): Sql =>
  grouped(
    sql`(count(*) filter (where reason <> 'survey'))::integer as ended,
      (count(*) filter (where reason <> 'survey' and outcome = 'reached'))::integer as reached,
      (count(*) filter (where reason = 'survey'))::integer as "surveysEnded",
      (count(*) filter (where reason = 'survey' and outcome = 'reached'))::integer as answered,
      (count(*) filter (where reason = 'survey' and outcome = 'refused'))::integer as refused`,
    sql`select done_by as agent, ${shiftOf(a, sql`done_at`)} as shift, reason, outcome
      from call_backs where programme = ${a.programme} and done_at >= ${a.from} and done_at < ${a.to}
        and outcome <> 'cancelled' ${a.agent === null ? empty : sql`and done_by = ${a.agent}`}`,
  );

/** What was counted, of everything first, then of shifts in their order and of agents by name; what has nothing is left out. */
export async function contactGroups(db: Database, a: ContactAsked): Promise<ContactGroup[]> {
  const parts = (await Promise.all([calls(a), promised(a), ended(a)].map((one) => query<Part>(db, one)))).flat();
  const groups = new Map<string, ContactGroup>();
  for (const { agent, shift, level, ...counts } of parts) {
    // Nobody has tried it yet: it is due, and no agent's.
    if (level === 1 && agent === null) continue;
    const key = `${level}/${agent ?? shift ?? ""}`;
    const known = groups.get(key)?.counts ?? noContacts;
    groups.set(key, { agent, agentName: null, shift, counts: { ...known, ...counts } });
  }
  const ids = [...groups.values()].flatMap(({ agent }) => agent ?? []);
  const people = await query<{ id: number; name: string }>(
    db,
    sql`select id, name from users where id = any(${ids}::integer[])`,
  );
  const names = new Map(people.map(({ id, name }) => [id, name]));
  return [...groups.values()].map((group) => ({
    ...group,
    agentName: group.agent === null ? null : (names.get(group.agent) ?? `#${group.agent}`),
  }));
}

/** Calls that began in each of some stretches of time and are over, in their order. */
export async function callsWithin(
  db: Database,
  a: { programme: string; agent: number | null; from: readonly Date[]; to: readonly Date[] },
): Promise<number[]> {
  const { programme, agent, from, to } = a;
  const statement = sql`select (select count(*)::integer from calls k where k.programme = ${programme} and k.begun_at >= w.start
      and k.begun_at < w.finish and k.ended_at is not null ${agent === null ? empty : sql`and k.agent = ${agent}`}) as calls
    from unnest(${parameter([...from])}::timestamptz[], ${parameter([...to])}::timestamptz[]) with ordinality as w(start, finish, n)
    order by w.n`;
  return (await query<{ calls: number }>(db, statement)).map(({ calls }) => calls);
}

/** An agent who did something for callers a short while ago. */
export interface AgentAtWork {
  readonly name: string;
  /** That began today and are over. */
  readonly calls: number;
  readonly lastAt: Date;
  /** Has a call open or in hand, or is typing one. */
  readonly inCall: boolean;
}

/** Who works now: who began, ended or took a call since `recent`, or typed in one. */
export function agentsAtWork(
  db: Database,
  a: { programme: string; dayStart: Date; recent: Date; typing: Date; now: Date },
): Promise<AgentAtWork[]> {
  const { programme, dayStart, recent, typing, now } = a;
  const statement = sql`select u.name, w.calls, w.last_at as "lastAt", w.in_call as "inCall" from (
      select agent, sum(calls)::integer as calls, max(at) as last_at, bool_or(in_call) as in_call from (
        select agent, (ended_at is not null)::integer as calls, coalesce(ended_at, begun_at) as at,
          ended_at is null and begun_at >= ${recent} as in_call
        from calls where programme = ${programme} and begun_at >= ${dayStart}
        union all select claimed_by, 0, claimed_at, true from call_backs
          where programme = ${programme} and claimed_by is not null and claimed_until > ${now}
        union all select agent, 0, updated_at, updated_at >= ${typing} from call_drafts
          where programme = ${programme} and version > 0 and taken_by is null and updated_at >= ${recent}
      ) x group by agent
    ) w join users u on u.id = w.agent where w.last_at >= ${recent} order by w.in_call desc, w.last_at desc, u.name`;
  return query<AgentAtWork>(db, statement);
}

/** What was answered by telephone in the period, and how many were asked. */
export async function surveyRatings(
  db: Database,
  a: Pick<ContactAsked, "programme" | "from" | "to">,
): Promise<{ ratings: number; good: number; asked: number }> {
  const statement = sql`select
      (select count(*)::integer from survey_answers s where s.programme = ${a.programme} and s.at >= ${a.from} and s.at < ${a.to}) as ratings,
      (select count(*)::integer from survey_answers s where s.programme = ${a.programme} and s.at >= ${a.from} and s.at < ${a.to}
        and s.rating >= 4) as good,
      (select count(*)::integer from call_backs b where b.programme = ${a.programme} and b.done_at >= ${a.from} and b.done_at < ${a.to}
        and b.reason = 'survey' and b.outcome <> 'cancelled') as asked`;
  const [row] = await query<{ ratings: number; good: number; asked: number }>(db, statement);
  return row ?? { ratings: 0, good: 0, asked: 0 };
}
