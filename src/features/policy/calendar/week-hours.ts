/** The hours of a week, set for all of its working days at once. */
import type {
  CalendarDefinition,
  Interval,
  Weekday,
  WeeklyPeriod,
} from "../../../engine/calendar/calendar-definition.js";

import { weekdays } from "./calendar-words.js";

type Week = WeeklyPeriod["hours"];

/** Those that the usual week works: the hours without a name that begin last; any others where none are usual. */
export function workingDaysOf({ periods }: Pick<CalendarDefinition, "periods">): readonly Weekday[] {
  const usual = periods.filter(({ name }) => name === undefined);
  const [latest] = [...(usual.length > 0 ? usual : periods)].sort((a, b) => (a.from < b.from ? 1 : -1));
  return weekdays.flatMap(({ day }) => ((latest?.hours[day] ?? []).length > 0 ? [day] : []));
}

/** What all these days have; null where they differ. */
export function sameHours(week: Week, days: readonly Weekday[]): readonly Interval[] | null {
  const [first, ...others] = days.map((day) => week[day] ?? []);
  if (first === undefined) return null;
  return others.every((hours) => JSON.stringify(hours) === JSON.stringify(first)) ? first : null;
}

export const withSameHours = (week: Week, days: readonly Weekday[], hours: readonly Interval[]): Week => ({
  ...week,
  ...Object.fromEntries(days.map((day) => [day, hours])),
});
