/** The hours of a week, set for all of its working days at once. */
import type {
  CalendarDefinition,
  Interval,
  Weekday,
  WeeklyPeriod,
} from "../../../engine/calendar/calendar-definition.js";
import { msg } from "../../../engine/text/msg.js";
import { westernDigits } from "../../../engine/text/normalise-text.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { weekdays } from "./calendar-words.js";

const form = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

/** “9”, “930”, “9.30” and Arabic digits as the calendar writes them: 09:00, 09:30. What is no time stays as it was typed. */
export function timeTyped(typed: string): string {
  const plain = westernDigits(typed.trim());
  const [, hour, minute = "00"] = /^(\d{1,2})(?:[:.٫،,]?(\d{2}))?$/.exec(plain) ?? [];
  if (hour === undefined) return typed;
  const time = `${hour.padStart(2, "0")}:${minute}`;
  return form.test(time) || time === "24:00" ? time : typed;
}

/** The first thing wrong with the hours of a day; null where nothing is. */
export function faultOfHours(hours: readonly Interval[]): Bilingual | null {
  const isTime = (time: string, last: boolean) => form.test(time) || (last && time === "24:00");
  if (hours.some(([open, close]) => !isTime(open, false) || !isTime(close, true)))
    return msg("policy-calendar.clockTimes.faultsTime");
  return hours.some(([open, close]) => close <= open) ? msg("policy-calendar.clockTimes.faultsOrder") : null;
}

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
