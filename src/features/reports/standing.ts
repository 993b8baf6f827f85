/**
 * How many cases were open and overdue at past moments, in one statement: of all that lasted then, as it is known now. What is withdrawn or
 * a duplicate by now is in none of them, and each case counts where it is now.
 */
import sql, { empty, raw } from "sql-template-tag";
import { boundedQuery } from "../../platform/db/bounded-query.js";
import { type Database, query } from "../../platform/db/query.js";
import { applicantCases } from "../people/case-scope.js";

export interface Standing {
  readonly open: number;
  /** The final answer was late, and none waited for its review. One that was sent back since is not known to have been there. */
  readonly overdue: number;
}

export interface StandingAsked {
  readonly programme: string;
  /** Null for all. */
  readonly entities: readonly string[] | null;
  /** What this person has in hand now or answered last; left out: anybody's. */
  readonly person?: number | null;
  readonly confidential: boolean;
  readonly moments: readonly Date[];
}

/**
 * @param most milliseconds after which it is given up, with `TookTooLong`; left out: it takes as long as it takes
 * @returns one a moment, in their order
 */
export async function standingAt(db: Database, a: StandingAsked, most?: number): Promise<readonly Standing[]> {
  if (a.moments.length === 0) return [];
  const times = a.moments.map((moment) => moment.getTime());
  const [first, last] = [new Date(Math.min(...times)), new Date(Math.max(...times))];
  const ofThese = sql`c.programme = ${a.programme}
    ${a.entities === null ? empty : sql`and c.entity = any(${a.entities}::text[])`}`;
  const ended = (column: string) =>
    sql`union select c.id from cases c where ${ofThese} and c.${raw(column)} > ${first}`;
  const subject = sql`${applicantCases} and c.withdrawn_at is null and c.duplicate_of is null
    ${a.confidential ? empty : sql`and not c.confidential`}
    ${a.person ? sql`and (c.assignee = ${a.person}::integer or c.answered_by = ${a.person}::integer)` : empty}`;
  // What was open then is open still or has ended since: found by index, whatever the number of cases. A case is open from its receipt on;
  // of a later cycle its target says since when and until when.
  const statement = sql`with candidate as materialized (
      select c.id from cases c where ${ofThese} and c.urgency in (0, 1)
      ${ended("first_resolved_at")} ${ended("resolved_at")} ${ended("closed_at")}),
    subject as materialized (
      select c.id, c.received_at, c.cycle, c.answer_written_at, least(c.first_resolved_at, c.closed_at, (select least(k.met_at, k.cancelled_at, n.started_at) from clocks k
          left join clocks n on n.case_id = k.case_id and n.cycle = 2 and n.target = k.target
          where c.cycle > 1 and k.case_id = c.id and k.cycle = 1 and k.target = 'resolution')) as ended
      from candidate d join cases c on c.id = d.id
      where ${subject} and c.received_at <= ${last}),
    stretch as materialized (
      select received_at as since, ended as until, null::timestamptz as due, null::timestamptz as written, true as open from subject where coalesce(ended > ${first}, true)
      union all
      select k.started_at, least(k.met_at, k.cancelled_at), k.due_at, case when k.cycle = s.cycle then s.answer_written_at end, k.cycle > 1
      from subject s join clocks k on k.case_id = s.id
      where k.target = 'resolution' and k.started_at <= ${last} and coalesce(least(k.met_at, k.cancelled_at) > ${first}, true))
    select (count(*) filter (where s.open))::integer as open, (count(*) filter (where s.due < m.at and coalesce(s.written > m.at, true)))::integer as overdue
    from unnest(${a.moments}::timestamptz[]) with ordinality as m(at, place)
    left join stretch s on s.since <= m.at and coalesce(s.until > m.at, true)
    group by m.place order by m.place`;
  return most === undefined ? query<Standing>(db, statement) : boundedQuery<Standing>(db, statement, most);
}
