/** When a digest is due, and of which days it tells then. */

import type { Weekday } from "../calendar/calendar-definition.js";
import { dayMs, weekdays } from "../calendar/civil-date.js";
import { civilDate, shiftDate } from "../calendar/civil-days.js";
import { zoneOf } from "../calendar/time-zone.js";
import { type FigurePeriod, periodBefore, periodWith } from "../measures/figure-period.js";
import type { SetupRow } from "../setup/setup.js";

export type DigestTiming = Pick<SetupRow<"digests">, "period" | "weekday" | "monthDay" | "hour">;

/** By what its moments are found. */
interface Days {
  readonly timeZone: string;
  /** Whether anybody works on a civil date. */
  readonly isWorkingDay: (date: string) => boolean;
}

export interface DueDigest {
  readonly at: Date;
  /** The days that it tells of: the last whole week or month, the day before. */
  readonly of: FigurePeriod;
}

/** No run of days off is longer. A calendar that says nothing of a time has none at all: then a digest keeps its day. */
const mostDaysOff = 14;
/** The longest time between two moments of a digest, with the days by which one is moved. */
const mostDaysBetween = 31 + mostDaysOff;

/** A month that has no such day has its last one. */
function isNamed({ period, weekday, monthDay }: DigestTiming, date: string): boolean {
  if (period === "day") return true;
  const day = new Date(`${date}T00:00:00Z`);
  if (period === "week") return weekdays[day.getUTCDay()] === (weekday as Weekday);
  const lastDay = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate();
  return day.getUTCDate() === Math.min(monthDay, lastDay);
}

/** The next working day; of a digest of every day none, where it falls on a day off. */
function movedTo({ period }: DigestTiming, date: string, { isWorkingDay }: Days): string | null {
  if (isWorkingDay(date)) return date;
  if (period === "day") return null;
  const later = Array.from({ length: mostDaysOff }, (_, i) => shiftDate(date, i + 1));
  return later.find(isWorkingDay) ?? date;
}

function toldOn({ period }: DigestTiming, date: string): FigurePeriod {
  if (period === "day") return { unit: "days", from: shiftDate(date, -1), to: date };
  return periodBefore(periodWith(period, date));
}

function dueOn(timing: DigestTiming, named: string, days: Days): DueDigest | null {
  const date = isNamed(timing, named) ? movedTo(timing, named, days) : null;
  if (date === null) return null;
  const wall = Date.parse(`${date}T00:00:00Z`) + (timing.hour / 24) * dayMs;
  return { at: new Date(zoneOf(days.timeZone).instantOf(wall)), of: toldOn(timing, named) };
}

/** The last moment until `now` at which it was due; null: there was none within the longest time between two. */
export function lastDue(timing: DigestTiming, now: Date, days: Days): DueDigest | null {
  const today = civilDate(now, days.timeZone);
  for (let back = 0; back <= mostDaysBetween; back++) {
    const due = dueOn(timing, shiftDate(today, -back), days);
    if (due !== null && due.at <= now) return due;
  }
  return null;
}

/** The newest days that a digest could tell of at `now`, whenever it is sent: the last whole week or month, the day before. */
export const lastWholePeriod = (timing: DigestTiming, now: Date, { timeZone }: Pick<Days, "timeZone">): DueDigest => ({
  at: now,
  of: toldOn(timing, civilDate(now, timeZone)),
});

/** The next moment after `now` at which it is due; null: none that the calendar tells. */
export function nextDue(timing: DigestTiming, now: Date, days: Days): DueDigest | null {
  const today = civilDate(now, days.timeZone);
  for (let ahead = -mostDaysOff; ahead <= mostDaysBetween; ahead++) {
    const due = dueOn(timing, shiftDate(today, ahead), days);
    if (due !== null && due.at > now) return due;
  }
  return null;
}

/** What a letter's key says of its period: a day by itself, else the first of the days that it tells of. */
export const periodKey = ({ period }: DigestTiming, { of }: DueDigest): string => (period === "day" ? of.to : of.from);

/** An answer to what is critical takes no longer, in working days. */
const daysForCritical = 2;
/** And to all else no more than this many days, however far the next letter is. */
const daysForAll = 7;

/**
 * By when a letter asks: for what is critical the second working day from now, for all else the last working day before the next letter, which
 * follows it up; where none is left, the day of that letter. Civil days; null: there is no next one.
 */
export function askedUntil(
  timing: DigestTiming,
  now: Date,
  days: Days,
): { readonly critical: string; readonly other: string } | null {
  const next = nextDue(timing, now, days);
  if (next === null) return null;
  const today = civilDate(now, days.timeZone);
  // Who is asked once a month has a week as well: until then nothing would be expected of anyone.
  const [letter = ""] = [civilDate(next.at, days.timeZone), shiftDate(today, daysForAll)].sort();
  const earlier = Array.from({ length: mostDaysBetween }, (_, i) => shiftDate(letter, -i - 1));
  const other = earlier.find((day) => day >= today && days.isWorkingDay(day)) ?? letter;
  const ahead = Array.from({ length: 31 }, (_, i) => shiftDate(today, i + 1)).filter(days.isWorkingDay);
  const [critical = other] = [ahead[daysForCritical - 1] ?? other, other].sort();
  return { critical, other };
}
