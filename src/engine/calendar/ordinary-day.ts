/** How long a day is by a calendar: what turns working seconds into days for whoever reads them. */

import { type DayLength, elapsedDay } from "../formatting/durations.js";
import { civilDate, shiftDate, startOfDay } from "./civil-days.js";
import type { Clock } from "./clock.js";
import type { WorkingCalendar } from "./working-calendar.js";

/** Working seconds of a civil date. */
export function workedOn(calendar: WorkingCalendar, date: string): number {
  const { timeZone } = calendar;
  return calendar.between(startOfDay(date, timeZone), startOfDay(shiftDate(date, 1), timeZone));
}

// A calendar never changes, and every line of every list asks for the same few days.
const known = new WeakMap<WorkingCalendar, Map<string, number>>();
const maxDays = 1000;

/**
 * Working seconds of an ordinary day around a moment: the longest of the last two weeks (half days and weather make others
 * shorter), of the next two where nobody worked in those.
 */
export function ordinaryDay(calendar: WorkingCalendar, at: Date): number {
  const today = civilDate(at, calendar.timeZone);
  const days = known.get(calendar) ?? new Map<string, number>();
  known.set(calendar, days);
  const before = days.get(today);
  if (before !== undefined) return before;
  const longest = (first: number): number =>
    Math.max(...Array.from({ length: 14 }, (_, i) => workedOn(calendar, shiftDate(today, first + i))));
  const found = longest(-13) || longest(1) || elapsedDay.daySeconds;
  if (days.size >= maxDays) days.clear();
  days.set(today, found);
  return found;
}

/** What the days of a clock's time are, as they were when it ended or paused. */
export const dayOfClock = (clock: Clock, calendar: WorkingCalendar, at: Date): DayLength =>
  clock.budget?.unit === "calendarHours"
    ? elapsedDay
    : { daySeconds: ordinaryDay(calendar, clock.metAt ?? clock.cancelledAt ?? clock.pausedAt ?? at), wall: false };
