/**
 * What happens to a clock: started, paused, resumed, met, found late, cancelled. Pure; every function gives a new clock.
 *
 * A clock stores what it consumed and since when it runs, in whole seconds of its budget's kind of time: wall seconds for
 * calendar hours, working seconds otherwise. After a pause it is due
 * - for working and calendar hours when the rest of the budget is used up: `add(now, budget − consumed)`;
 * - for working days as much working time later as was spent paused, since such a budget has no length of its own.
 * A target that another system set (budget null) is not ours to move: it stays where it is during a pause too.
 */

import type { Budget } from "./budget.js";
import type { Clock, TargetName } from "./clock.js";
import type { WorkingCalendar } from "./working-calendar.js";

const secondsAnHour = 3600;
const after = (at: Date, seconds: number): Date => new Date(at.getTime() + seconds * 1000);
/** Whole wall seconds, additive as `WorkingCalendar.between` is. */
const wallBetween = (from: Date, to: Date): number =>
  to <= from ? 0 : Math.floor(to.getTime() / 1000) - Math.floor(from.getTime() / 1000);

/** A new clock of a cycle that runs from `at`. */
export function startClock(a: {
  target: TargetName;
  cycle: number;
  budget: Budget;
  calendar: WorkingCalendar;
  calendarVersionId: number;
  at: Date;
}): Clock {
  return {
    target: a.target,
    cycle: a.cycle,
    calendarVersionId: a.calendarVersionId,
    budget: a.budget,
    startedAt: a.at,
    consumedSeconds: 0,
    runningSince: a.at,
    pausedAt: null,
    dueAt: a.calendar.add(a.at, a.budget).due,
    pausedSeconds: 0,
    metAt: null,
    breachedAt: null,
    cancelledAt: null,
    heldBy: null,
  };
}

/** Neither paused nor ended. A clock that was found late still runs. */
export function isRunning(clock: Clock): boolean {
  return clock.runningSince !== null && !hasEnded(clock);
}

function hasEnded(clock: Clock): boolean {
  return clock.metAt !== null || clock.cancelledAt !== null;
}

/** Seconds of the clock's kind of time between two moments. */
function elapsed(clock: Clock, calendar: WorkingCalendar, from: Date, to: Date): number {
  return clock.budget?.unit === "calendarHours" ? wallBetween(from, to) : calendar.between(from, to);
}

/** Seconds consumed until `at`, in the budget's kind of time; a paused or ended clock consumes nothing more. */
export function consumedSeconds(clock: Clock, calendar: WorkingCalendar, at: Date): number {
  return clock.runningSince === null
    ? clock.consumedSeconds
    : clock.consumedSeconds + elapsed(clock, calendar, clock.runningSince, at);
}

/** Stops the clock: while paused nobody knows when it is due. Unchanged when it does not run. */
export function pauseClock(clock: Clock, calendar: WorkingCalendar, at: Date): Clock {
  if (!isRunning(clock)) return clock;
  const consumed = consumedSeconds(clock, calendar, at);
  return {
    ...clock,
    consumedSeconds: consumed,
    runningSince: null,
    pausedAt: at,
    dueAt: clock.budget === null ? clock.dueAt : null,
  };
}

/** Lets a paused clock run again; its due moment moves by the pause. Unchanged when it is not paused. */
export function resumeClock(clock: Clock, calendar: WorkingCalendar, at: Date): Clock {
  if (clock.pausedAt === null || hasEnded(clock)) return clock;
  const pausedSeconds = clock.pausedSeconds + calendar.between(clock.pausedAt, at);
  const resumed = { ...clock, runningSince: at, pausedAt: null, pausedSeconds };
  return { ...resumed, dueAt: dueAfterPause(resumed, calendar, at) };
}

/** When a clock is due that runs again since `at`. Every second of the budget counts once, late ones too. */
function dueAfterPause(clock: Clock, calendar: WorkingCalendar, at: Date): Date | null {
  const { budget } = clock;
  if (budget === null) return clock.dueAt;
  switch (budget.unit) {
    case "workingHours":
      return calendar.addSeconds(at, lengthOf(budget) - clock.consumedSeconds);
    case "calendarHours":
      return after(at, lengthOf(budget) - clock.consumedSeconds);
    case "workingDays":
      return calendar.addSeconds(calendar.add(clock.startedAt, budget).due, clock.pausedSeconds);
  }
}

/** A clock that was started in hindsight, for work that had been paused so long before `at`: the pause is not counted. */
export function pausedBefore(clock: Clock, pausedSeconds: number, calendar: WorkingCalendar, at: Date): Clock {
  const consumed = Math.max(0, elapsed(clock, calendar, clock.startedAt, at) - pausedSeconds);
  const moved = { ...clock, consumedSeconds: consumed, pausedSeconds, runningSince: at };
  return { ...moved, dueAt: dueAfterPause(moved, calendar, at) };
}

function lengthOf(budget: Budget): number {
  return Math.round(budget.amount * secondsAnHour);
}

/**
 * The clock with another budget, decided at `at`. What it consumed and how long it was paused count on; a paused clock
 * stays paused. A change between calendar hours and working time counts from the start anew, pauses left out.
 */
export function rebudgetClock(clock: Clock, budget: Budget, calendar: WorkingCalendar, at: Date): Clock {
  const until = clock.pausedAt ?? at;
  const whole =
    budget.unit === "calendarHours" ? wallBetween(clock.startedAt, until) : calendar.between(clock.startedAt, until);
  const sameTime = (clock.budget?.unit === "calendarHours") === (budget.unit === "calendarHours");
  const consumed = sameTime ? consumedSeconds(clock, calendar, at) : Math.max(0, whole - clock.pausedSeconds);
  const rebudgeted = { ...clock, budget, consumedSeconds: consumed, runningSince: clock.pausedAt === null ? at : null };
  return { ...rebudgeted, dueAt: clock.pausedAt === null ? dueAfterPause(rebudgeted, calendar, at) : null };
}

/**
 * The clock by another calendar, decided at `at`: what it consumed is counted anew from its start, the time it was paused
 * left out as it was measured then. Only for budgets of working time.
 */
export function recalendarClock(
  clock: Clock,
  a: { calendar: WorkingCalendar; calendarVersionId: number; at: Date },
): Clock {
  const { calendar, calendarVersionId, at } = a;
  const paused = clock.pausedAt !== null;
  const consumed = Math.max(0, calendar.between(clock.startedAt, clock.pausedAt ?? at) - clock.pausedSeconds);
  const moved = { ...clock, calendarVersionId, consumedSeconds: consumed, runningSince: paused ? null : at };
  return { ...moved, dueAt: paused ? null : dueAfterPause(moved, calendar, at) };
}

/** Ends the clock as met. A paused one is resumed first, so that its due moment stays on record. Unchanged when it had ended. */
export function meetClock(clock: Clock, calendar: WorkingCalendar, at: Date): Clock {
  if (hasEnded(clock)) return clock;
  const running = resumeClock(clock, calendar, at);
  return { ...running, consumedSeconds: consumedSeconds(running, calendar, at), runningSince: null, metAt: at };
}

/** Records when it was found late; the first time stays. A cancelled clock is never late. */
export function breachClock(clock: Clock, at: Date): Clock {
  return clock.breachedAt !== null || clock.cancelledAt !== null ? clock : { ...clock, breachedAt: at };
}

/** Ends the clock without it being met. Unchanged when it had ended. */
export function cancelClock(clock: Clock, calendar: WorkingCalendar, at: Date): Clock {
  if (hasEnded(clock)) return clock;
  const running = resumeClock(clock, calendar, at);
  return { ...running, consumedSeconds: consumedSeconds(running, calendar, at), runningSince: null, cancelledAt: at };
}

/** The due moment, or the one it would have if a paused clock ran again at `at`. */
function dueIfRunning(clock: Clock, calendar: WorkingCalendar, at: Date): Date | null {
  return clock.pausedAt === null ? clock.dueAt : resumeClock(clock, calendar, at).dueAt;
}

/**
 * Seconds left at `at`, negative when late: working seconds, or wall seconds for calendar hours. Frozen while paused; an
 * ended clock keeps what was left when it ended.
 */
export function timeLeft(clock: Clock, calendar: WorkingCalendar, at: Date): number {
  const moment = clock.metAt ?? clock.cancelledAt ?? clock.pausedAt ?? at;
  const due = dueIfRunning(clock, calendar, moment);
  if (due === null) return 0;
  return due >= moment ? elapsed(clock, calendar, moment, due) : -elapsed(clock, calendar, due, moment);
}

/**
 * When so many percent of the budget are consumed; over 100 lies beyond the due moment. Null while paused or ended.
 * Working days and imported targets have no length of their own: their whole is the working time from start to due, pauses left out.
 */
export function momentAtPercent(clock: Clock, calendar: WorkingCalendar, percent: number): Date | null {
  const { budget, runningSince, dueAt } = clock;
  if (runningSince === null || dueAt === null || hasEnded(clock)) return null;
  // The due moment itself, not the closing that precedes an opening on which it may lie.
  if (percent === 100) return dueAt;
  if (budget?.unit === "calendarHours")
    return after(runningSince, Math.round((lengthOf(budget) * percent) / 100) - clock.consumedSeconds);
  const whole =
    budget?.unit === "workingHours" ? lengthOf(budget) : calendar.between(clock.startedAt, dueAt) - clock.pausedSeconds;
  return calendar.addSeconds(runningSince, Math.round((whole * percent) / 100) - clock.consumedSeconds);
}
