/** A year of a calendar day by day, as it is drawn: what is worked, what is off, what has a name of its own. */
import type { Bilingual } from "../text/text.js";
import type { CalendarDefinition, Interval } from "./calendar-definition.js";
import { readDays } from "./calendar-table.js";
import { civilDateOf, dayNumberOf, timeOfDayMs, weekdayOf } from "./civil-date.js";

/** `short`: worked less than that weekday is in usual weeks (half days, a late start, Ramadan). */
export type DayState = "worked" | "short" | "off" | "named-off";

export interface YearDay {
  readonly date: string;
  readonly state: DayState;
  readonly minutes: number;
  readonly hours: readonly Interval[];
  /** Of the day's own, or of weekly hours with a name (Ramadan). */
  readonly name: Bilingual | null;
  /** Expected, or outside what the calendar covers. */
  readonly provisional: boolean;
  readonly covered: boolean;
}

const minutesOf = (hours: readonly Interval[]): number =>
  hours.reduce(
    (sum, [open, close]) => sum + ((timeOfDayMs(close, true) as number) - (timeOfDayMs(open) as number)) / 60_000,
    0,
  );

/** All days of a year, the first of January first. The definition is one that `checkCalendar` accepted. */
export function yearOfDays(definition: CalendarDefinition, year: number): YearDay[] {
  const readDay = readDays(definition);
  const [first, last] = [dayNumberOf(`${year}-01-01`) as number, dayNumberOf(`${year}-12-31`) as number];
  const read = Array.from({ length: last - first + 1 }, (_, i) => {
    const { hours, name, special, provisional, covered } = readDay(first + i);
    return { number: first + i, hours, name, special, provisional, covered, minutes: minutesOf(hours) };
  });
  const usual = new Map<string, number>();
  for (const { number, minutes, name } of read) {
    if (name !== null) continue;
    const weekday = weekdayOf(number);
    usual.set(weekday, Math.max(usual.get(weekday) ?? 0, minutes));
  }
  return read.map(({ number, hours, name, special, provisional, covered, minutes }) => {
    const whole = usual.get(weekdayOf(number)) ?? 0;
    const state = minutes > 0 ? (minutes < whole ? "short" : "worked") : special ? "named-off" : "off";
    return { date: civilDateOf(number), state, minutes, hours, name, provisional, covered };
  });
}
