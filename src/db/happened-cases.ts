/**
 * Which cases something happened to in a time, alike for the numbers of a home and the lists behind them. Each begins with an
 * index over moments, so that it costs what happened then and not what there is.
 */
import type { Happening } from "../domain/happened.js";

/** Places of the values in the statement: `$1`, or a column. */
interface Within {
  readonly programme: string;
  /** Half-open. */
  readonly from: string;
  readonly to: string;
  /** Only of these entities; left out: of any. */
  readonly entities?: string;
}

/** A query for `id`s, each once. What is withdrawn or a duplicate is not counted, as `diwan kpi` does not. */
export function happenedCases(happening: Happening, { programme, from, to, entities }: Within): string {
  const ours = `c.programme = ${programme}${entities === undefined ? "" : ` and c.entity = any(${entities}::text[])`}`;
  const counted = `${ours} and c.withdrawn_at is null and c.duplicate_of is null`;
  const within = (column: string): string => `${column} >= ${from} and ${column} < ${to}`;
  const table: Readonly<Record<Happening, string>> = {
    received: `select c.id from cases c where ${counted} and ${within("c.received_at")}`,
    resolved: `select c.id from cases c where ${counted} and ${within("c.first_resolved_at")}
      union select c.id from cases c where ${counted} and ${within("c.resolved_at")}
      union select c.id from case_events e join cases c on c.id = e.case_id
        where e.type = 'case.resolved' and ${within("e.at")} and c.cycle > 1 and ${counted}`,
    becameLate: `select distinct c.id from clocks k join cases c on c.id = k.case_id
      where k.target = 'resolution' and ${within("k.due_at")} and (k.met_at is null or k.met_at > k.due_at)
        and (k.cancelled_at is null or k.cancelled_at > k.due_at) and ${counted}`,
    escalated: `select distinct c.id from enforcements f join cases c on c.id = f.case_id
      where f.kind = 'escalation' and ${within("f.at")} and ${ours}`,
  };
  return table[happening];
}
