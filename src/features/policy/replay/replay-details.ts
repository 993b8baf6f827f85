/** What a replay still asks of cases whose judgement is not enough: their clocks, and what happened to them. */

import type { Budget } from "../../../engine/calendar/budget.js";
import type { Clock, TargetName } from "../../../engine/calendar/clock.js";
import type { BriefEvent } from "../../../engine/replay/idle-spans.js";
import { remembered } from "../../../engine/replay/remembered.js";
import type { Statement } from "../../../platform/db/query.js";
import { copied, mostSmall } from "./replay-cases.js";
import type { TextRow } from "./replay-lines.js";

/** Asks on a connection: rows of texts. A statement without a name is planned for its own values each time. */
export type AskTexts = (
  statement: Partial<Statement> & Pick<Statement, "text">,
  values: unknown[],
) => Promise<readonly TextRow[]>;

/** Between fields, and between lines. */
const [mark, lineMark] = ["\x1f", "\x1e"];
const millis = (column: string): string => `coalesce((date_part('epoch', k.${column}) * 1000)::bigint::text, '')`;
const moments = ["started_at", "running_since", "paused_at", "due_at", "met_at", "breached_at", "cancelled_at"];
const clockFields = [
  ...["k.case_id", "k.target", "k.cycle", "k.calendar_version_id", "coalesce(k.budget::text, '')"],
  ...["k.consumed_seconds", "k.paused_seconds", ...moments.map(millis)],
];
/** One text, put together one by one: rows of many columns take several times as long to be read. */
const ofClocks = {
  name: "clocks-of-replayed",
  text: `select string_agg(${clockFields.join(" || E'\\x1f' || ")}, E'\\x1e' order by k.case_id, k.cycle)
  from clocks k where k.case_id = any($1::bigint[]) and k.target = any($2::text[])`,
};

const momentOf = (text: string | undefined): Date | null =>
  text === undefined || text === "" ? null : new Date(Number(text));
const budgetOf = remembered((text: string) => JSON.parse(text) as Budget, mostSmall, { own: copied });

function clockIn(fields: readonly string[]): Clock {
  const [, target, cycle, calendar, budget = "", consumed, waited, ...at] = fields;
  const [started, running, paused, due, met, late, over] = at;
  return {
    target: target as TargetName,
    cycle: Number(cycle),
    calendarVersionId: Number(calendar),
    budget: budget === "" ? null : budgetOf(budget),
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

/** Clocks of cases, by case. Of a million cases there are three million. */
export async function clocksOfCases(
  ask: AskTexts,
  ids: readonly number[],
  targets: readonly TargetName[],
): Promise<Map<number, Clock[]>> {
  const text = (await ask(ofClocks, [listOf(ids), listOf(targets)]))[0]?.[0] ?? null;
  return byCase(text === null ? [] : text.split(lineMark).map((line) => line.split(mark)), clockIn);
}

const ofEvents = {
  name: "events-of-replayed",
  text: `select e.case_id, e.type, (date_part('epoch', e.at) * 1000)::bigint, e.actor::jsonb->>'kind' = 'user',
    e.data::jsonb->>'action'
  from case_events e where e.case_id = any($1::bigint[]) order by e.case_id, e.seq`,
};

const eventIn = ([, type, at, official, action = null]: TextRow): BriefEvent => ({
  type: type as BriefEvent["type"],
  at: new Date(Number(at)),
  official: official === "t",
  action,
});

/** Events of cases in order, as a replay of escalations reads them. */
export async function eventsOfCases(ask: AskTexts, ids: readonly number[]): Promise<Map<number, BriefEvent[]>> {
  return byCase(await ask(ofEvents, [listOf(ids)]), eventIn);
}

const ofWorkflows = {
  name: "workflows-of-replayed",
  text: "select c.id, c.workflow_version_id from cases c where c.id = any($1::bigint[])",
};

/** The version of a workflow that each case follows. */
export async function workflowsOfCases(ask: AskTexts, ids: readonly number[]): Promise<Map<number, number>> {
  return new Map((await ask(ofWorkflows, [listOf(ids)])).map(([id, version]) => [Number(id), Number(version)]));
}

/** @param rows in order of their case, whose number is the first text */
function byCase<Row extends TextRow, Item>(rows: readonly Row[], itemOf: (row: Row) => Item): Map<number, Item[]> {
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
