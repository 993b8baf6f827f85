/**
 * Which cases something happened to in a time, alike for the numbers of a home and the lists behind them. Each begins with an
 * index over moments, so that it costs what happened then and not what there is.
 */
import sql, { empty, raw, type Sql } from "sql-template-tag";
import type { Happening } from "../../../engine/lifecycle/happened.js";
import { answers } from "../../../engine/measures/kpi-counts.js";
import { applicantCases } from "../../people/case-scope.js";
import { noneOnItsWay, unheard } from "../follow/heard-since.js";
import { isOverdue } from "./desk-conditions.js";

/** Values, or columns of the statement around it. */
interface Within {
  readonly programme: string | Sql;
  /** Half-open. */
  readonly from: Date | Sql;
  readonly to: Date | Sql;
  /** Only of these entities; left out: of any. */
  readonly entities?: readonly string[];
  /** Whose targets. */
  readonly person?: number | undefined;
  /** Only for `reachedLevel`. */
  readonly level?: number | undefined;
  /** Only for `reopened`. */
  readonly reopenSeconds?: number | undefined;
  /** False leaves confidential cases out; left out: the caller narrows it to a reach. */
  readonly secret?: false;
}

/** A resolution target that was due in this time and did not fall away before: the denominator of on-time resolution. */
export function fellDue(clock: string, { from, to }: Pick<Within, "from" | "to">): Sql {
  const k = raw(clock);
  return sql`${k}.target = 'resolution' and ${k}.due_at >= ${from} and ${k}.due_at < ${to}
    and (${k}.cancelled_at is null or ${k}.cancelled_at > ${k}.due_at)`;
}

/** The same of the first reply. */
function replyFellDue(clock: string, { from, to }: Pick<Within, "from" | "to">): Sql {
  const k = raw(clock);
  return sql`${k}.target = 'firstResponse' and ${k}.due_at >= ${from} and ${k}.due_at < ${to}
    and (${k}.cancelled_at is null or ${k}.cancelled_at > ${k}.due_at)`;
}

/**
 * That a target is of this person: it was theirs when it was met in time or found late, no matter who answers in the end; until then it is of who
 * has the case.
 */
export function targetOf(clock: string, assignee: Sql, person: number | Sql): Sql {
  const k = raw(clock);
  return sql`case when ${k}.met_at is null and ${k}.breached_at is null then ${assignee} = ${person} else ${k}.held_by = ${person} end`;
}

/** Cases with such a target that was due in this time, by indexes a person, and perhaps some more of theirs. */
function casesOf(person: number, { from, to }: Pick<Within, "from" | "to">): Sql {
  return sql`select case_id from clocks where held_by = ${person} and due_at >= ${from} and due_at < ${to}
      union select id from cases where assignee = ${person} and urgency in (0, 1) and least(due_at, promise_due_at) < ${to}`;
}

/** That the answer of `c` reached no one, as `e` says, is still so. An answer that was reopened is none. */
const undelivered = sql`e.data::jsonb->>'letter' = any(${[...answers]}::text[]) and e.at >= c.resolved_at
        and c.rejected_at is null and not c.imported and ${noneOnItsWay} and ${unheard}`;

/**
 * A query for `id`s, each once. What is withdrawn or a duplicate is not counted, as `diwan kpi` does not; of what an official
 * withdrew for the applicant it is counted that it was late.
 */
export function happenedCases(happening: Happening, asked: Within): Sql {
  const { programme, from, to, entities, person, secret, level = 1, reopenSeconds = 0 } = asked;
  const theirs = entities === undefined ? empty : sql`and c.entity = any(${entities}::text[])`;
  const ours = sql`c.programme = ${programme} and ${applicantCases} ${theirs} ${secret === false ? sql`and not c.confidential` : empty}`;
  const counted = sql`${ours} and c.withdrawn_at is null and c.duplicate_of is null`;
  /** For a clock `k`: an official who withdrew the case for the applicant did not withdraw its delay. */
  const promised = sql`${ours} and c.duplicate_of is null
        and (c.withdrawn_at is null or (c.withdrawn_by is not null and k.due_at < c.withdrawn_at))`;
  const within = (column: Sql): Sql => sql`${column} >= ${from} and ${column} < ${to}`;
  const theirTargets =
    person === undefined
      ? empty
      : sql`c.id in (${casesOf(person, { from, to })}) and ${targetOf("k", sql`c.assignee`, person)} and`;
  /** An imported case has no event of its rating; those that were said by telephone are counted apart. */
  const ratings = (
    ofEvent: Sql,
    ofCase: Sql,
  ): Sql => sql`select c.id from case_events e join cases c on c.id = e.case_id
        where e.type = 'case.rated' and ${within(sql`e.at`)} and c.rated_at is not null ${ofEvent} and ${counted}
        and not (e.data::jsonb ? 'forApplicant')
      union select c.id from cases c where c.imported and ${within(sql`c.rated_at`)} ${ofCase} and ${counted}
        and not exists (select 1 from case_events e where e.case_id = c.id and e.type = 'case.rated')`;
  const table: Readonly<Record<Happening, Sql>> = {
    received: sql`select c.id from cases c where ${counted} and ${within(sql`c.received_at`)}`,
    resolved: sql`select c.id from cases c where ${counted} and ${within(sql`c.first_resolved_at`)}
      union select c.id from cases c where ${counted} and ${within(sql`c.resolved_at`)}
      union select c.id from case_events e join cases c on c.id = e.case_id
        where e.type = 'case.resolved' and ${within(sql`e.at`)} and c.cycle > 1 and ${counted}`,
    becameLate: sql`select distinct c.id from clocks k join cases c on c.id = k.case_id
      where ${theirTargets} ${fellDue("k", { from, to })} and (k.met_at is null or k.met_at > k.due_at) and ${promised}`,
    fellDue: sql`select distinct c.id from clocks k join cases c on c.id = k.case_id
      where ${theirTargets} ${fellDue("k", { from, to })} and ${promised}`,
    escalated: sql`select distinct c.id from enforcements f join cases c on c.id = f.case_id
      where f.kind = 'escalation' and ${within(sql`f.at`)} and ${ours}`,
    closed: sql`select c.id from cases c where ${counted} and ${within(sql`c.closed_at`)}
      union select c.id from case_events e join cases c on c.id = e.case_id
        where e.type = 'case.closed' and ${within(sql`e.at`)} and c.cycle > 1 and ${counted}`,
    firstResolved: sql`select c.id from cases c where ${counted} and ${within(sql`c.first_resolved_at`)}`,
    reopened: sql`select c.id from cases c where ${counted} and ${within(sql`c.first_resolved_at`)}
      and c.first_reopened_at < c.first_resolved_at + make_interval(secs => ${reopenSeconds})`,
    appealed: sql`select c.id from cases c where ${counted} and ${within(sql`c.first_resolved_at`)}
      and exists (select 1 from case_events e where e.case_id = c.id and e.type = 'case.appealed')`,
    transferred: sql`select c.id from cases c where ${counted} and ${within(sql`c.received_at`)} and c.transfer_count > 0`,
    repliesDue: sql`select distinct c.id from clocks k join cases c on c.id = k.case_id
      where ${theirTargets} ${replyFellDue("k", { from, to })} and ${promised}`,
    repliesLate: sql`select distinct c.id from clocks k join cases c on c.id = k.case_id
      where ${theirTargets} ${replyFellDue("k", { from, to })} and (k.met_at is null or k.met_at > k.due_at) and ${promised}`,
    rated: ratings(empty, empty),
    ratedLow: ratings(sql`and (e.data::jsonb->>'rating')::integer < 4`, sql`and c.rating < 4`),
    reachedLevel: sql`select f.case_id as id from enforcements f join cases c on c.id = f.case_id
      where f.kind = 'escalation' and f.level >= ${level} and ${within(sql`f.at`)} and ${counted}
      and not exists (select 1 from enforcements b where b.case_id = f.case_id and b.kind = 'escalation' and b.level >= ${level}
        and b.at < ${from})`,
    // As the index of such events has it.
    answerUndelivered: sql`select distinct c.id from case_events e join cases c on c.id = e.case_id
      where e.type = 'applicant.not-reached' and e.data like '%"next":null%' and ${within(sql`e.at`)} and ${counted} and ${undelivered}`,
    lateSince: sql`select c.id from cases c where ${counted} and c.urgency in (0, 1) and ${within(sql`c.due_at`)}
      and ${isOverdue(to)}`,
  };
  return table[happening];
}
