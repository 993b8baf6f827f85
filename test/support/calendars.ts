/** Calendars for tests: the seeded ones, and any that fast-check invents. */
import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import type { CalendarDefinition, Interval, Weekday } from "../../src/engine/calendar/calendar-definition.js";
import { civilDateOf, dayNumberOf, weekdays } from "../../src/engine/calendar/civil-date.js";

/** The seeded calendar of a programme. Read from the project's root, where jest and npm run. */
export function seededCalendar(programme: "jordan" | "boston311"): CalendarDefinition {
  return JSON.parse(readFileSync(`seeds/${programme}/calendar.json`, "utf8")) as CalendarDefinition;
}

export function boston311File(): string | null {
  const path = "../shared/data/boston311_2017.csv";
  return existsSync(path) ? path : null;
}

const clock = (quarter: number): string =>
  `${String(Math.floor(quarter / 4)).padStart(2, "0")}:${String((quarter % 4) * 15).padStart(2, "0")}`;

/** None, one or two intervals between 06:00 and 21:00: clear of the hours in which zones leave out or repeat an hour. */
const dayHours: fc.Arbitrary<Interval[]> = fc
  .uniqueArray(fc.integer({ min: 24, max: 84 }), { minLength: 4, maxLength: 4 })
  .chain((times) => {
    const [a, b, c, d] = [...times].sort((x, y) => x - y) as [number, number, number, number];
    return fc.constantFrom<Interval[]>(
      [],
      [[clock(a), clock(d)]],
      [
        [clock(a), clock(b)],
        [clock(c), clock(d)],
      ],
    );
  });

const week: fc.Arbitrary<Partial<Record<Weekday, Interval[]>>> = fc.record(
  Object.fromEntries(weekdays.map((weekday) => [weekday, dayHours])) as Record<Weekday, fc.Arbitrary<Interval[]>>,
);

const from = dayNumberOf("2020-01-01") as number;
const to = dayNumberOf("2024-12-31") as number;

/** A faultless calendar 2020–2024 with a narrower period and special days. */
export const anyCalendar: fc.Arbitrary<CalendarDefinition> = fc
  .record({
    timeZone: fc.constantFrom("Asia/Amman", "America/New_York", "UTC", "Australia/Lord_Howe"),
    usual: week.map((w) => ({ ...w, tue: [["09:00", "15:00"]] as const })),
    narrow: week,
    begins: fc.integer({ min: from + 1, max: to - 60 }),
    lasts: fc.integer({ min: 1, max: 50 }),
    days: fc.uniqueArray(fc.record({ day: fc.integer({ min: from, max: to }), hours: dayHours }), {
      selector: (d) => d.day,
      maxLength: 40,
    }),
  })
  .map(({ timeZone, usual, narrow, begins, lasts, days }) => ({
    code: "any",
    name: { ar: "تقويم", en: "Calendar" },
    timeZone,
    covers: { from: civilDateOf(from), to: civilDateOf(to) },
    periods: [
      { from: civilDateOf(from), to: civilDateOf(to), hours: usual },
      { from: civilDateOf(begins), to: civilDateOf(begins + lasts), hours: narrow },
    ],
    days: days.map(({ day, hours }) => ({ date: civilDateOf(day), name: { ar: "يوم", en: "Day" }, hours })),
  }));

/** Whole seconds inside, before and beyond what `anyCalendar` covers. */
export const anyMoment: fc.Arbitrary<Date> = fc
  .integer({ min: Date.UTC(2019, 6, 1) / 1000, max: Date.UTC(2026, 0, 1) / 1000 })
  .map((seconds) => new Date(seconds * 1000));
