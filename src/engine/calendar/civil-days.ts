/** Civil dates (`YYYY-MM-DD`) of a zone: which one a moment falls on, when one begins. */

import type { Weekday } from "./calendar-definition.js";
import { dayMs, weekdays } from "./civil-date.js";
import { zoneOf } from "./time-zone.js";

/** What the wall shows, as a `Date` to be read with its UTC getters. Throws RangeError for an unknown zone. */
export function wallTime(at: Date, timeZone: string): Date {
  return new Date(at.getTime() + zoneOf(timeZone).offsetAt(at.getTime()));
}

/** The civil date `YYYY-MM-DD` of a moment in a zone. */
export function civilDate(at: Date, timeZone: string): string {
  return wallTime(at, timeZone).toISOString().slice(0, 10);
}

/** `days` later (or earlier, when negative) than a civil date. */
export function shiftDate(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

/** The moment at which a civil date begins in a zone. */
export function startOfDay(date: string, timeZone: string): Date {
  return new Date(zoneOf(timeZone).instantOf(Date.parse(`${date}T00:00:00Z`)));
}

/** The hour, weekday and civil date on the wall of a zone. `date` is `YYYY-MM-DD`. Throws RangeError for an unknown zone. */
export function wallClock(at: Date, timeZone: string): { hour: number; weekday: Weekday; date: string } {
  const wall = wallTime(at, timeZone);
  return {
    hour: wall.getUTCHours(),
    weekday: weekdays[wall.getUTCDay()] as Weekday,
    date: wall.toISOString().slice(0, 10),
  };
}
