/** How far ahead promises reach: the calendar has to be confirmed that far, or deadlines stand on days that may still move. */

import type { SlaOutcome } from "../rules/outcomes.js";
import type { RuleSetDefinition } from "../rules/rule-set.js";
import type { Setup } from "../setup/setup.js";
import type { Budget } from "./budget.js";
import { civilDate, shiftDate } from "./civil-days.js";
import { compileCalendar, type WorkingCalendar } from "./working-calendar.js";

function budgetsOf(set: RuleSetDefinition): Budget[] {
  const outcomes = [set.default, ...set.rules.map(({ event }) => event.params)] as unknown as SlaOutcome[];
  return outcomes.flatMap((outcome) => Object.values(outcome).filter((budget) => budget !== null));
}

/**
 * When the longest target falls due that could be started at `at`; `at` itself where nothing is promised.
 * @param sla the service level rules; undefined where there are none
 */
export function longestTargetEnds(sla: RuleSetDefinition | undefined, calendar: WorkingCalendar, at: Date): Date {
  const due = (sla === undefined ? [] : budgetsOf(sla)).map((budget) => calendar.add(at, budget).due.getTime());
  return new Date(Math.max(at.getTime(), ...due));
}

/** Calendar days before promises reach unconfirmed ones, in which a person can still look a circular up. */
const noticeDays = 30;

/** The civil dates up to which a calendar has to be confirmed: for what is promised today, and with time to see to it. */
export function confirmationNeeded(
  setup: Pick<Setup, "calendar" | "ruleSets" | "programme">,
  now: Date,
): { readonly promised: string; readonly noticed: string } {
  const calendar = compileCalendar(setup.calendar.definition);
  const ends = longestTargetEnds(setup.ruleSets.get("sla")?.definition, calendar, now);
  const promised = civilDate(ends, setup.programme.timeZone);
  return { promised, noticed: shiftDate(promised, noticeDays) };
}
