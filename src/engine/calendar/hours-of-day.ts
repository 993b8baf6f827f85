/** When a civil day begins and ends for those who work: what a date without a time of day means. */
import { shiftDate, startOfDay } from "./civil-days.js";
import type { WorkingCalendar } from "./working-calendar.js";

export interface HoursOfDay {
  /** Its first opening; on a day off, midnight. */
  readonly begins: Date;
  /** Its last closing; on a day off, its last second. */
  readonly ends: Date;
}

/** @param date `YYYY-MM-DD` in the calendar's zone, of the years that can be counted */
export function hoursOfDay(calendar: WorkingCalendar, date: string): HoursOfDay {
  const { timeZone } = calendar;
  const first = startOfDay(date, timeZone);
  const last = new Date(startOfDay(shiftDate(date, 1), timeZone).getTime() - 1000);
  const worked = calendar.walk(first, last).flatMap((stretch) => (stretch.kind === "worked" ? [stretch] : []));
  return { begins: worked[0]?.from ?? first, ends: worked.at(-1)?.to ?? last };
}
