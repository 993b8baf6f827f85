/**
 * Prepares a year to come: the calendar covers it, its usual hours go on, and what comes back every year stands in it,
 * expected until a person confirms it. Nothing that is there already is touched.
 */
import { inLanguage, perLanguage } from "../text/text.js";
import type { CalendarDefinition, SpecialDays, WeeklyPeriod, YearlyDays, YearlyWeeks } from "./calendar-definition.js";
import { civilDateOf, dayMs, dayNumberOf } from "./civil-date.js";

/**
 * Dates of the Hijri calendar as Umm al-Qura reckons them (Saudi Arabia's civil calendar, in ICU since 2015). A month begins
 * in Jordan when its new moon was seen, which may be a day before or after: what is reckoned is expected, never certain.
 */
interface HijriDate {
  readonly year: number;
  /** 1 is Muharram, 9 Ramadan, 12 Dhu al-Hijja. */
  readonly month: number;
  readonly day: number;
}

const reckoning = new Intl.DateTimeFormat("en-u-ca-islamic-umalqura-nu-latn", {
  timeZone: "UTC",
  year: "numeric",
  month: "numeric",
  day: "numeric",
});

/** The Hijri date of a civil day (days since 1970-01-01). ICU has the tables from 1882 to 2174 and goes on by rule outside. */
export function hijriDate(dayNumber: number): HijriDate {
  const parts = new Map(reckoning.formatToParts(dayNumber * dayMs).map(({ type, value }) => [type, Number(value)]));
  return { year: parts.get("year") as number, month: parts.get("month") as number, day: parts.get("day") as number };
}

type Yearly = YearlyDays | YearlyWeeks;

const numberOf = (date: string): number => dayNumberOf(date) as number;

/** Day numbers of the year on which it begins; of the Hijri calendar sometimes two, of the 29th of February mostly none. */
function beginnings({ calendar, month, day }: Yearly, year: number): number[] {
  if (calendar === "gregorian") {
    const found = dayNumberOf(`${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`);
    return found === null ? [] : [found];
  }
  const [first, last] = [numberOf(`${year}-01-01`), numberOf(`${year}-12-31`)];
  const found: number[] = [];
  for (let n = first; n <= last; n++) {
    const hijri = hijriDate(n);
    if (hijri.month === month && hijri.day === day) found.push(n);
  }
  return found;
}

/** The last day of the month that begins there. */
function endOfMonth(from: number, calendar: Yearly["calendar"]): number {
  const monthOf = (n: number): number =>
    calendar === "hijri" ? hijriDate(n).month : Number(civilDateOf(n).slice(5, 7));
  const month = monthOf(from);
  let n = from;
  while (monthOf(n + 1) === month) n++;
  return n;
}

const monthNames = [
  "Muharram",
  "Safar",
  "Rabi al-awwal",
  "Rabi al-thani",
  "Jumada al-ula",
  "Jumada al-akhira",
  "Rajab",
  "Shaban",
  "Ramadan",
  "Shawwal",
  "Dhu al-Qada",
  "Dhu al-Hijja",
] as const;

/** Where a date is from, for whoever confirms it. A date of the civil calendar is certain. */
function certainty({ calendar, source }: Yearly, from: number): { provisional?: true; source?: string } {
  if (calendar === "gregorian") return source === undefined ? {} : { source };
  const { day, month, year } = hijriDate(from);
  return { provisional: true, source: `${day} ${monthNames[month - 1]} ${year} as Umm al-Qura reckons it` };
}

const named = (name: Yearly["name"], year: number, withYear: boolean) =>
  withYear ? perLanguage((language) => `${inLanguage(name, language)} ${year}`) : name;

function daysOf(entry: YearlyDays, from: number): SpecialDays {
  const to = from + entry.days - 1;
  return {
    date: civilDateOf(from),
    ...(to > from && { to: civilDateOf(to) }),
    name: entry.name,
    hours: entry.hours,
    ...certainty(entry, from),
  };
}

function weeksOf(entry: YearlyWeeks, from: number, year: number): WeeklyPeriod {
  return {
    from: civilDateOf(from),
    to: civilDateOf(endOfMonth(from, entry.calendar)),
    name: named(entry.name, year, true),
    hours: entry.weeks,
    ...certainty(entry, from),
  };
}

interface Run {
  readonly from: number;
  readonly to: number;
}
const meets = (a: Run, b: Run): boolean => a.from <= b.to && b.from <= a.to;
const runOfDays = ({ date, to }: SpecialDays): Run => ({ from: numberOf(date), to: numberOf(to ?? date) });
const runOfWeeks = ({ from, to }: WeeklyPeriod): Run => ({ from: numberOf(from), to: numberOf(to) });

/** The usual week goes on to the end of the year: of the periods that reach the end of the coverage the widest. */
function carriedOn({ covers, periods }: CalendarDefinition, to: string): readonly WeeklyPeriod[] {
  const length = ({ from, to: end }: WeeklyPeriod): number => numberOf(end) - numberOf(from);
  const atEnd = periods.filter((period) => period.from <= covers.to && period.to >= covers.to);
  const widest = atEnd.sort((a, b) => length(b) - length(a))[0];
  return periods.map((period) => (period === widest && period.to < to ? { ...period, to } : period));
}

/** What the calendar's list of yearly entries adds in a year, in order of date. */
export interface PreparedYear {
  readonly definition: CalendarDefinition;
  readonly days: readonly SpecialDays[];
  readonly periods: readonly WeeklyPeriod[];
}

/** @param year 1900 to 2173. The definition is one that `checkCalendar` accepted. */
export function prepareYear(definition: CalendarDefinition, year: number): PreparedYear {
  const end = `${year}-12-31`;
  const { yearly = [], covers } = definition;
  // The usual hours are as wide as the calendar; anything narrower was put in by somebody for these very days.
  const special = definition.periods.filter((period) => period.name !== undefined).map(runOfWeeks);
  const known = definition.days.map(runOfDays);
  const free = (runs: readonly Run[], run: Run) => !runs.some((one) => meets(one, run));
  const days = yearly
    .flatMap((entry) =>
      "days" in entry
        ? beginnings(entry, year)
            .map((from) => daysOf(entry, from))
            .filter((one) => free(known, runOfDays(one)))
        : [],
    )
    .sort((a, b) => (a.date < b.date ? -1 : 1))
    // Two that fall together (a feast on a national day) are one day off.
    .filter((one, i, all) => all.findIndex((other) => meets(runOfDays(other), runOfDays(one))) === i);
  const periods = yearly
    .flatMap((entry) =>
      "weeks" in entry
        ? beginnings(entry, year)
            .map((from) => weeksOf(entry, from, year))
            .filter((one) => free(special, runOfWeeks(one)))
        : [],
    )
    .sort((a, b) => (a.from < b.from ? -1 : 1));
  const to = covers.to < end ? end : covers.to;
  const reaching = [to, ...periods.map((period) => period.to)].sort().at(-1) as string;
  return {
    definition: {
      ...definition,
      covers: { ...covers, to: reaching },
      periods: [...carriedOn(definition, reaching), ...periods],
      days: [...definition.days, ...days],
    },
    days,
    periods,
  };
}
