/** The hour, weekday and civil date on the wall of a zone. */
import type { Weekday } from "../calendar/calendar-definition.js";
import { zoneOf } from "../calendar/time-zone.js";

const weekdays: readonly Weekday[] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/** `date` is `YYYY-MM-DD`. Throws RangeError for an unknown zone. */
export function wallClock(at: Date, timeZone: string): { hour: number; weekday: Weekday; date: string } {
  const wall = new Date(at.getTime() + zoneOf(timeZone).offsetAt(at.getTime()));
  return {
    hour: wall.getUTCHours(),
    weekday: weekdays[wall.getUTCDay()] ?? "sun",
    date: wall.toISOString().slice(0, 10),
  };
}
