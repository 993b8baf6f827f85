/** The hour, weekday and civil date on the wall of a zone. */
import type { Weekday } from "../calendar/calendar-definition.js";
import { weekdays } from "../calendar/civil-date.js";
import { wallTime } from "../calendar/civil-days.js";

/** `date` is `YYYY-MM-DD`. Throws RangeError for an unknown zone. */
export function wallClock(at: Date, timeZone: string): { hour: number; weekday: Weekday; date: string } {
  const wall = wallTime(at, timeZone);
  return {
    hour: wall.getUTCHours(),
    weekday: weekdays[wall.getUTCDay()] as Weekday,
    date: wall.toISOString().slice(0, 10),
  };
}
