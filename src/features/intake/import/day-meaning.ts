/**
 * What a day without a time of day means in a history: received when its work began, due and closed when its work ended.
 *
 * A day cannot say what came first on it. So it gives way to a time that is known: closed on the day of a late receipt means
 * at once, received on the day of an early closing likewise; and of today only what is over counts.
 */
import { civilDate } from "../../../engine/calendar/civil-days.js";
import { type HoursOfDay, hoursOfDay } from "../../../engine/calendar/hours-of-day.js";
import type { WorkingCalendar } from "../../../engine/calendar/working-calendar.js";
import type { WrittenTime } from "./read-time.js";

export type DayMeaning = (row: {
  readonly received: WrittenTime | null;
  readonly due: WrittenTime | null;
  readonly closed: WrittenTime | null;
}) => { readonly receivedAt: Date | null; readonly dueAt: Date | null; readonly closedAt: Date | null };

const earlier = (a: Date, b: Date): Date => (a < b ? a : b);
const later = (a: Date, b: Date): Date => (a < b ? b : a);

/** @param now what has happened by then has happened: only a target may lie after it */
export function dayMeaning(calendar: WorkingCalendar, now: Date): DayMeaning {
  const { timeZone } = calendar;
  const today = civilDate(now, timeZone);
  const known = new Map<string, HoursOfDay>();
  const hoursOf = (day: string): HoursOfDay => {
    const hours = known.get(day) ?? hoursOfDay(calendar, day);
    known.set(day, hours);
    return hours;
  };
  /** A day that has begun is no future, though its work may not have ended yet. */
  const byNow = (at: Date, day: string): Date => (day === today ? earlier(at, now) : at);
  const onDay = (at: Date | null, day: string): at is Date => at !== null && civilDate(at, timeZone) === day;

  const receivedOn = (day: string, closedAt: Date | null): Date => {
    const begins = byNow(hoursOf(day).begins, day);
    return onDay(closedAt, day) ? earlier(begins, closedAt) : begins;
  };
  const closedOn = (day: string, receivedAt: Date | null): Date => {
    const ends = byNow(hoursOf(day).ends, day);
    return onDay(receivedAt, day) ? later(ends, receivedAt) : ends;
  };
  return ({ received, due, closed }) => {
    const receivedAt = received?.day ? receivedOn(received.day, closed?.at ?? null) : (received?.at ?? null);
    return {
      receivedAt,
      dueAt: due?.day ? hoursOf(due.day).ends : (due?.at ?? null),
      closedAt: closed?.day ? closedOn(closed.day, received?.at ?? null) : (closed?.at ?? null),
    };
  };
}
