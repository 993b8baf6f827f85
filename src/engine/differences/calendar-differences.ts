/** What changed between two versions of a calendar: its dated hours and days. */

import type { CalendarDefinition, Interval, SpecialDays, WeeklyPeriod } from "../calendar/calendar-definition.js";
import { weekdays } from "../calendar/civil-date.js";
import { datesWords } from "../calendar/date-words.js";
import { weekdayNames } from "../formatting/weekday-names.js";
import { msg } from "../text/msg.js";
import type { Bilingual } from "../text/text.js";
import { listed } from "../text/text.js";
import { canonical, type Difference, differencesOf, line } from "./difference.js";

function both(what: Bilingual, before: Bilingual, after: Bilingual): Bilingual {
  return msg("differences.calendarDifferences.wasNow", { what, before, after });
}

function hoursWords(hours: readonly Interval[] | undefined): Bilingual {
  if (hours === undefined || hours.length === 0) return msg("differences.calendarDifferences.off");
  return listed(hours.map(([open, close]) => `${open}–${close}`));
}

const certainty = ({ provisional }: { readonly provisional?: boolean }): Bilingual =>
  provisional === true
    ? msg("differences.calendarDifferences.expected")
    : msg("differences.calendarDifferences.confirmed");

const common = (before: Common, after: Common): Bilingual[] => [
  ...line(before.provisional === true, after.provisional === true, () =>
    both(msg("differences.calendarDifferences.certainty"), certainty(before), certainty(after)),
  ),
  ...line(before.source, after.source, () => {
    const source = (of: Common): Bilingual =>
      of.source === undefined ? msg("differences.calendarDifferences.none") : { en: of.source, ar: of.source };
    return both(msg("differences.calendarDifferences.source"), source(before), source(after));
  }),
];
type Common = Pick<SpecialDays, "provisional" | "source">;

function dayLines(before: SpecialDays, after: SpecialDays): Bilingual[] {
  return [
    ...line(before.name, after.name, () => both(msg("differences.calendarDifferences.name"), before.name, after.name)),
    ...line([before.date, before.to], [after.date, after.to], () =>
      both(
        msg("differences.calendarDifferences.dates"),
        datesWords(before.date, before.to),
        datesWords(after.date, after.to),
      ),
    ),
    ...line(before.hours, after.hours, () =>
      both(msg("differences.calendarDifferences.hours"), hoursWords(before.hours), hoursWords(after.hours)),
    ),
    ...common(before, after),
  ];
}

/** What a day is that came or went: a day off, or worked from when to when. */
const dayWords = ({ hours, provisional }: SpecialDays): Bilingual[] => [
  hours.length === 0
    ? msg("differences.calendarDifferences.dayOff")
    : msg("differences.calendarDifferences.dayWorked", { hours: hoursWords(hours) }),
  ...(provisional === true ? [msg("differences.calendarDifferences.expected")] : []),
];

const usual: Bilingual = msg("differences.calendarDifferences.usual");

function periodLines(before: WeeklyPeriod, after: WeeklyPeriod): Bilingual[] {
  return [
    ...line(before.name, after.name, () =>
      both(msg("differences.calendarDifferences.name"), before.name ?? usual, after.name ?? usual),
    ),
    ...line([before.from, before.to], [after.from, after.to], () =>
      both(
        msg("differences.calendarDifferences.dates"),
        datesWords(before.from, before.to),
        datesWords(after.from, after.to),
      ),
    ),
    ...weekdays.flatMap((day) => {
      const [old, now] = [before.hours[day] ?? [], after.hours[day] ?? []];
      return line(old, now, () => both(weekdayNames[day], hoursWords(old), hoursWords(now)));
    }),
    ...common(before, after),
  ];
}

/** Days that keep their date or their name and year are the same days, moved or changed. */
function dayKeys(before: readonly SpecialDays[], after: readonly SpecialDays[]): (days: SpecialDays) => string {
  const dates = new Set(after.map((day) => day.date));
  const moved = new Map<string, string>();
  const known = new Set(before.map((old) => old.date));
  const nameAndYear = (day: SpecialDays) => `${day.date.slice(0, 4)} ${canonical(day.name)}`;
  // From the last to the first, so that the first of a name is taken off the end.
  const free = new Map<string, SpecialDays[]>();
  for (const old of before.filter((day) => !dates.has(day.date)).reverse()) {
    const alike = free.get(nameAndYear(old));
    if (alike === undefined) free.set(nameAndYear(old), [old]);
    else alike.push(old);
  }
  for (const day of after) {
    if (known.has(day.date)) continue;
    const from = free.get(nameAndYear(day))?.pop();
    if (from !== undefined) moved.set(day.date, from.date);
  }
  return (day) => moved.get(day.date) ?? day.date;
}

/** Periods and days that came, went or changed, and what the calendar covers. */
export function calendarDifferences(before: CalendarDefinition, after: CalendarDefinition): Difference[] {
  const whole = [
    ...line(before.name, after.name, () => both(msg("differences.calendarDifferences.name"), before.name, after.name)),
    ...line(before.covers, after.covers, () =>
      both(
        msg("differences.calendarDifferences.covers"),
        datesWords(before.covers.from, before.covers.to),
        datesWords(after.covers.from, after.covers.to),
      ),
    ),
    ...line(before.yearly ?? [], after.yearly ?? [], () =>
      msg("differences.calendarDifferences.whatComesBackEveryYear"),
    ),
    ...line(before.timeZone, after.timeZone, () =>
      both(
        msg("differences.calendarDifferences.timeZone"),
        { en: before.timeZone, ar: before.timeZone },
        { en: after.timeZone, ar: after.timeZone },
      ),
    ),
  ];
  const keyOf = dayKeys(before.days, after.days);
  const known = new Set(before.days);
  return [
    ...(whole.length === 0
      ? []
      : [{ kind: "changed" as const, what: msg("differences.calendarDifferences.what"), details: whole }]),
    ...differencesOf(
      before.periods,
      after.periods,
      (period) => (period.name === undefined ? period.from : `${period.name.en} ${period.from.slice(0, 4)}`),
      ({ name = usual, from, to }) =>
        msg("differences.calendarDifferences.hours2", { name, from: datesWords(from, to) }),
      periodLines,
    ),
    ...differencesOf(
      before.days,
      after.days,
      // A day of the earlier version is known by its own date, one of the later by the date that it was moved from.
      (day) => (known.has(day) ? day.date : keyOf(day)),
      ({ name, date, to }) => msg("differences.calendarDifferences.text", { name, date: datesWords(date, to) }),
      dayLines,
      dayWords,
    ),
  ];
}
