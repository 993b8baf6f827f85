/**
 * Whether a promise would have been kept under another budget or calendar, given what really happened: from the clock as it
 * was left, by the same arithmetic of business time that moves deadlines of running cases.
 *
 * Pauses count as they were: a clock that was late already was not paused for the applicant, and is not here either.
 */

import type { Budget } from "../calendar/budget.js";
import type { Clock } from "../calendar/clock.js";
import { rebudgetClock } from "../calendar/clocks.js";
import type { WorkingCalendar } from "../calendar/working-calendar.js";

/** `none`: nothing was promised, or it fell away before it was due. `open`: it is not due yet. */
export type PromiseState = "none" | "open" | "kept" | "missed";

/** Of a clock, had it been due at `due` (null: it is paused), as the key figures count it. */
export function promiseState(clock: Pick<Clock, "metAt" | "cancelledAt">, due: Date | null, now: Date): PromiseState {
  if (clock.cancelledAt !== null && (due === null || clock.cancelledAt <= due)) return "none";
  if (due === null || due > now) return "open";
  return clock.metAt !== null && clock.metAt <= due ? "kept" : "missed";
}

export function isSameBudget(a: Budget | null, b: Budget | null): boolean {
  return a?.amount === b?.amount && a?.unit === b?.unit;
}

/** A budget of working time from the start of a clock, as much later as it was paused. */
function dueOfWork(clock: Clock, budget: Budget, calendar: WorkingCalendar): Date {
  const { due } = calendar.add(clock.startedAt, budget);
  return clock.pausedSeconds === 0 ? due : calendar.addSeconds(due, clock.pausedSeconds);
}

/** When it would have been due with this budget; null while it is paused. With its own budget that is the recorded moment. */
export function dueWithBudget(clock: Clock, budget: Budget, calendar: WorkingCalendar, now: Date): Date | null {
  if (isSameBudget(clock.budget, budget)) return clock.dueAt;
  if (clock.pausedAt !== null) return null;
  if (budget.unit !== "calendarHours") return dueOfWork(clock, budget, calendar);
  return rebudgetClock(clock, budget, calendar, clock.metAt ?? clock.cancelledAt ?? now).dueAt;
}

/**
 * When it would have been due by another calendar; null while it is paused. What another system promised, what counts in
 * calendar hours, and what both calendars count alike stays as it was recorded.
 */
export function dueWithCalendar(clock: Clock, own: WorkingCalendar, other: WorkingCalendar): Date | null {
  const { budget, dueAt, pausedAt } = clock;
  if (dueAt === null || pausedAt !== null || budget === null || budget.unit === "calendarHours") return dueAt;
  const [was, would] = [dueOfWork(clock, budget, own), dueOfWork(clock, budget, other)];
  return was.getTime() === would.getTime() ? dueAt : would;
}
