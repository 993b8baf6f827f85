/** What a replay still asks of cases whose judgement is not enough: their clocks, and what happened to them. */
import { remembered } from "../domain/replay/remembered.js";
import type { BriefEvent } from "../domain/replay/silences.js";
import type { Budget } from "../domain/sla/budget.js";
import type { Clock, TargetName } from "../domain/sla/clock.js";
import { mostSmall, type TextRow } from "./replay-lines.js";

/** Asks on a connection: rows of texts. */
export type AskTexts = (text: string, values: unknown[]) => Promise<readonly TextRow[]>;

const millis = (column: string): string => `(date_part('epoch', k.${column}) * 1000)::bigint`;
const moments = ["started_at", "running_since", "paused_at", "due_at", "met_at", "breached_at", "cancelled_at"];
const clockText = `select k.case_id, k.target, k.cycle, k.calendar_version_id, k.budget::text, k.consumed_seconds, k.paused_seconds,
  ${moments.map(millis).join(", ")}
  from clocks k where k.case_id = any($1::bigint[]) and k.target = any($2::text[]) order by k.case_id, k.cycle`;

const momentOf = (text: string | null | undefined): Date | null =>
  text === null || text === undefined ? null : new Date(Number(text));
const budgetOf = remembered((text: string) => JSON.parse(text) as Budget, mostSmall);

function clockIn(row: TextRow): Clock {
  const [
    ,
    target,
    cycle,
    calendar,
    budget = null,
    consumed,
    waited,
    ...[started, running, paused, due, met, late, over]
  ] = row;
  return {
    target: target as TargetName,
    cycle: Number(cycle),
    calendarVersionId: Number(calendar),
    budget: budget === null ? null : budgetOf(budget),
    startedAt: new Date(Number(started)),
    consumedSeconds: Number(consumed),
    runningSince: momentOf(running),
    pausedAt: momentOf(paused),
    dueAt: momentOf(due),
    pausedSeconds: Number(waited),
    metAt: momentOf(met),
    breachedAt: momentOf(late),
    cancelledAt: momentOf(over),
  };
}

/** A list of the database's, as text: quicker than a parameter of many. */
export const listOf = (items: readonly (number | string)[]): string => `{${items.join(",")}}`;

/** Clocks of cases, by case. Read as texts: of a million cases there are three million. */
export async function clocksOfCases(
  ask: AskTexts,
  ids: readonly number[],
  targets: readonly TargetName[],
): Promise<Map<number, Clock[]>> {
  return byCase(await ask(clockText, [listOf(ids), listOf(targets)]), clockIn);
}

const eventText = `select e.case_id, e.type, (date_part('epoch', e.at) * 1000)::bigint, e.actor::jsonb->>'kind' = 'user',
    e.data::jsonb->>'action'
  from case_events e where e.case_id = any($1::bigint[]) order by e.case_id, e.seq`;

const eventIn = ([, type, at, official, action = null]: TextRow): BriefEvent => ({
  type: type as BriefEvent["type"],
  at: new Date(Number(at)),
  official: official === "t",
  action,
});

/** Events of cases in order, as a replay of escalations reads them. */
export async function eventsOfCases(ask: AskTexts, ids: readonly number[]): Promise<Map<number, BriefEvent[]>> {
  return byCase(await ask(eventText, [listOf(ids)]), eventIn);
}

/** @param rows in order of their case, whose number is the first text */
function byCase<Item>(rows: readonly TextRow[], itemOf: (row: TextRow) => Item): Map<number, Item[]> {
  const found = new Map<number, Item[]>();
  let [last, lastId]: [Item[], string | null] = [[], null];
  for (const row of rows) {
    const [id = null] = row;
    if (id !== lastId) {
      [last, lastId] = [[], id];
      found.set(Number(id), last);
    }
    last.push(itemOf(row));
  }
  return found;
}
