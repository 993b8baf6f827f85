/**
 * Which cases something happened to in a time, alike for the numbers of a home and the lists behind them. Each begins with an
 * index over moments, so that it costs what happened then and not what there is.
 */
import type { Happening } from "../../../engine/lifecycle/happened.js";

/** Places of the values in the statement: `$1`, or a column. */
interface Within {
  readonly programme: string;
  /** Half-open. */
  readonly from: string;
  readonly to: string;
  /** Only of these entities; left out: of any. */
  readonly entities?: string;
  /** Whose: what `fellDue` asks for. */
  readonly person?: string;
  /** False leaves confidential cases out; left out: the caller narrows it to a reach. */
  readonly secret?: false;
}

/** A resolution target that was due in this time and did not fall away before: the denominator of on-time resolution. */
export const fellDue = (clock: string, { from, to }: Pick<Within, "from" | "to">): string =>
  `${clock}.target = 'resolution' and ${clock}.due_at >= ${from} and ${clock}.due_at < ${to}
    and (${clock}.cancelled_at is null or ${clock}.cancelled_at > ${clock}.due_at)`;

/**
 * Cases that somebody has in hand, or answered last, with a resolution target that may lie in this time: by indexes a person.
 * What was never reopened has one such target, whose due time stands in the case.
 */
function casesOf(person: string, { from, to }: Pick<Within, "from" | "to">): string {
  const due = `c.due_at >= ${from} and c.due_at < ${to}`;
  return `select c.id from cases c where c.assignee = ${person} and c.urgency in (0, 1, 2, 3) and ${due}
      union select c.id from cases c where c.answered_by = ${person} and ${due}
      union select c.id from cases c where c.assignee = ${person} and c.cycle > 1
      union select c.id from cases c where c.answered_by = ${person} and c.cycle > 1`;
}

/**
 * A query for `id`s, each once. What is withdrawn or a duplicate is not counted, as `diwan kpi` does not; of what an official
 * withdrew for the applicant it is counted that it was late.
 */
export function happenedCases(happening: Happening, asked: Within): string {
  const { programme, from, to, entities, person, secret } = asked;
  const theirs = entities === undefined ? "" : ` and c.entity = any(${entities}::text[])`;
  const ours = `c.programme = ${programme}${theirs}${secret === false ? " and not c.confidential" : ""}`;
  const counted = `${ours} and c.withdrawn_at is null and c.duplicate_of is null`;
  /** Of `k`, a clock: whoever withdrew for the applicant withdrew no delay. */
  const promised = `${ours} and c.duplicate_of is null
        and (c.withdrawn_at is null or (c.withdrawn_by is not null and k.due_at < c.withdrawn_at))`;
  const within = (column: string): string => `${column} >= ${from} and ${column} < ${to}`;
  const table: Readonly<Record<Happening, string>> = {
    received: `select c.id from cases c where ${counted} and ${within("c.received_at")}`,
    resolved: `select c.id from cases c where ${counted} and ${within("c.first_resolved_at")}
      union select c.id from cases c where ${counted} and ${within("c.resolved_at")}
      union select c.id from case_events e join cases c on c.id = e.case_id
        where e.type = 'case.resolved' and ${within("e.at")} and c.cycle > 1 and ${counted}`,
    becameLate: `select distinct c.id from clocks k join cases c on c.id = k.case_id
      where ${fellDue("k", { from, to })} and (k.met_at is null or k.met_at > k.due_at) and ${promised}`,
    fellDue: `select distinct c.id from clocks k join cases c on c.id = k.case_id
      where ${person === undefined ? "" : `c.id in (${casesOf(person, { from, to })}) and `}${fellDue("k", { from, to })} and ${promised}`,
    escalated: `select distinct c.id from enforcements f join cases c on c.id = f.case_id
      where f.kind = 'escalation' and ${within("f.at")} and ${ours}`,
  };
  return table[happening];
}
