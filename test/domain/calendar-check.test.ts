import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { CalendarDefinition } from "../../src/engine/calendar/calendar-definition.js";
import { checkCalendar, compileCalendar } from "../../src/engine/calendar/working-calendar.js";
import { yearlyOverlaps } from "../../src/engine/calendar/yearly-overlaps.js";
import { calendarDifferences } from "../../src/engine/differences/calendar-differences.js";
import { Problem } from "../../src/engine/text/problems.js";
import { definitionFaults } from "../../src/features/policy/definition-faults.js";
import { shippedJson } from "../support/shipped-setup.js";

/** A small faultless calendar, fresh for every test, for it to spoil. */
// biome-ignore lint/suspicious/noExplicitAny: the tests put wrong things into it
function sound(): any {
  return {
    code: "office",
    name: { ar: "مكتب", en: "Office" },
    timeZone: "Asia/Amman",
    covers: { from: "2026-01-01", to: "2026-12-31" },
    periods: [
      {
        from: "2026-01-01",
        to: "2026-12-31",
        hours: {
          sun: [["08:30", "15:30"]],
          mon: [
            ["08:30", "12:00"],
            ["13:00", "15:30"],
          ],
        },
      },
      {
        from: "2026-02-18",
        to: "2026-03-19",
        name: { ar: "رمضان", en: "Ramadan" },
        hours: { sun: [["09:00", "14:30"]] },
      },
    ],
    days: [
      {
        date: "2026-05-26",
        to: "2026-05-30",
        name: { ar: "عيد", en: "Feast" },
        hours: [],
        provisional: true,
        source: "computed",
      },
    ],
  };
}

// biome-ignore lint/suspicious/noExplicitAny: the tests put wrong things into it
type Spoil = (c: any) => void;
const wrong: [what: string, place: string, spoil: Spoil][] = [
  ["an unknown zone", "/timeZone", (c) => (c.timeZone = "Asia/Aman")],
  ["no zone", "/timeZone", (c) => delete c.timeZone],
  ["a date that does not exist", "/days/0/date", (c) => (c.days[0].date = "2026-02-30")],
  ["a date written otherwise", "/covers/to", (c) => (c.covers.to = "31/12/2026")],
  ["a date outside all years", "/covers/from", (c) => (c.covers.from = "1026-01-01")],
  ["coverage that ends before it begins", "/covers/to", (c) => (c.covers.to = "2025-01-01")],
  ["no coverage", "/covers", (c) => delete c.covers],
  ["a period that ends before it begins", "/periods/1/to", (c) => (c.periods[1].to = "2026-02-01")],
  ["special days that end before they begin", "/days/0/to", (c) => (c.days[0].to = "2026-05-20")],
  ["overlapping intervals", "/periods/0/hours/mon/1/0", (c) => (c.periods[0].hours.mon[1][0] = "11:30")],
  ["intervals out of order", "/periods/0/hours/mon/1/0", (c) => c.periods[0].hours.mon.reverse()],
  ["closing before opening", "/periods/0/hours/sun/0/1", (c) => (c.periods[0].hours.sun[0][1] = "08:00")],
  ["closing at opening", "/periods/0/hours/sun/0/1", (c) => (c.periods[0].hours.sun[0][1] = "08:30")],
  ["a time without a leading zero", "/periods/0/hours/sun/0/0", (c) => (c.periods[0].hours.sun[0][0] = "8:30")],
  ["a time that does not exist", "/periods/0/hours/sun/0/1", (c) => (c.periods[0].hours.sun[0][1] = "25:00")],
  ["opening at 24:00", "/periods/0/hours/sun/0/0", (c) => (c.periods[0].hours.sun[0][0] = "24:00")],
  ["an interval of one time", "/periods/0/hours/sun/0", (c) => (c.periods[0].hours.sun[0] = ["08:30"])],
  ["hours that are no list", "/periods/0/hours/sun", (c) => (c.periods[0].hours.sun = "08:30-15:30")],
  ["an unknown weekday", "/periods/0/hours/sunday", (c) => (c.periods[0].hours.sunday = [])],
  ["a period without hours", "/periods/0/hours", (c) => delete c.periods[0].hours],
  [
    "two special days on one date",
    "/days/1/date",
    (c) => c.days.push({ date: "2026-05-28", name: { ar: "أ", en: "A" }, hours: [] }),
  ],
  ["a day that no period holds", "/periods", (c) => (c.periods[0].from = "2026-01-05")],
  [
    "periods of one length that overlap",
    "/periods/2",
    (c) => c.periods.push({ ...c.periods[1], from: "2026-02-19", to: "2026-03-20" }),
  ],
  ["no periods", "/periods", (c) => (c.periods = [])],
  ["a week without working hours at the edge", "/periods/0/hours", (c) => (c.periods[0].hours = { sun: [] })],
  ["no Arabic name", "/name/ar", (c) => delete c.name.ar],
  ["an empty English name of a day", "/days/0/name/en", (c) => (c.days[0].name.en = " ")],
  ["a name in one text", "/name", (c) => (c.name = "Office")],
  ["an unknown key", "/holidays", (c) => (c.holidays = [])],
  ["an unknown key of a day", "/days/0/dates", (c) => (c.days[0].dates = [])],
  ["no code", "/code", (c) => (c.code = "")],
  ["provisional as a word", "/days/0/provisional", (c) => (c.days[0].provisional = "yes")],
  ["a source that is no text", "/days/0/source", (c) => (c.days[0].source = 7)],
  ["days that are no list", "/days", (c) => (c.days = {})],
  ["a day that is no object", "/days/0", (c) => (c.days[0] = "2026-05-26")],
  ["a day outside the coverage", "/days/0", (c) => Object.assign(c.days[0], { date: "2027-05-26", to: "2027-05-30" })],
];

describe("checkCalendar", () => {
  it("has nothing against a sound calendar", () => {
    expect(checkCalendar(sound())).toEqual([]);
  });

  it.each(wrong)("names the place of %s: %s", (_what, place, spoil) => {
    const calendar = sound();
    spoil(calendar);
    const faults = checkCalendar(calendar);
    expect(faults.map((f) => f.field)).toEqual([place]);
    for (const { reason } of faults) {
      expect(reason.en).toMatch(/[a-z]/);
      expect(reason.ar).toMatch(/[\u0600-\u06ff]/);
    }
    expect(() => compileCalendar(calendar)).toThrow(Problem);
  });

  it("names each gap between periods, in whatever order they are written, and none where one holds", () => {
    const hours = { sun: [["09:00", "14:30"]] };
    const gaps = (...periods: [from: string, to: string][]) =>
      checkCalendar({ ...sound(), days: [], periods: periods.map(([from, to]) => ({ from, to, hours })) }).map(
        ({ reason }) => /No period applies from (.+?)\. Add/.exec(reason.en)?.[1] ?? reason.en,
      );
    expect(gaps(["2026-01-01", "2026-12-31"])).toEqual([]);
    expect(gaps(["2026-07-01", "2026-12-31"], ["2026-01-01", "2026-06-30"])).toEqual([]);
    expect(gaps(["2026-09-01", "2026-11-30"], ["2026-02-01", "2026-06-30"], ["2026-03-01", "2026-03-31"])).toEqual([
      "1 January 2026 to 31 January 2026",
      "1 July 2026 to 31 August 2026",
      "1 December 2026 to 31 December 2026",
    ]);
  });

  it("tells an overlap at the one that is written later, with the one that it meets", () => {
    const days = [
      ["2026-05-20", "2026-05-25"],
      ["2026-05-01", "2026-05-02"],
      ["2026-05-02", "2026-05-20"],
    ].map(([date, to]) => ({ date, to, name: { ar: "عيد", en: "Feast" }, hours: [] }));
    expect(
      checkCalendar({ ...sound(), days })
        .map(({ field, reason }) => `${field}: ${reason.en}`)
        .sort(),
    ).toEqual([
      "/days/2/date: 2 May 2026 is already named by /days/1. Keep one of the two.",
      "/days/2/date: 20 May 2026 is already named by /days/0. Keep one of the two.",
    ]);
  });

  it("names every fault, not only the first", () => {
    const calendar = sound();
    calendar.timeZone = "Mars";
    calendar.name.en = "";
    calendar.days[0].hours = [["10:00", "09:00"]];
    expect(checkCalendar(calendar).map((f) => f.field)).toEqual(["/name/en", "/timeZone", "/days/0/hours/0/1"]);
  });

  it("never throws, whatever it is given", () => {
    fc.assert(fc.property(fc.anything(), (anything) => checkCalendar(anything).length > 0));
    const keys = ["code", "name", "timeZone", "covers", "periods", "days"];
    fc.assert(
      fc.property(fc.constantFrom(...keys), fc.anything(), (key, anything) => {
        const calendar = { ...sound(), [key]: anything };
        if (checkCalendar(calendar).length === 0) compileCalendar(calendar);
      }),
    );
  });
});

describe("lines of what comes back every year", () => {
  const named = (name: string, more: object) => ({
    calendar: "gregorian",
    name: { ar: name, en: name },
    hours: [],
    ...more,
  });
  const weeks = (name: string, more: object) => ({
    calendar: "hijri",
    name: { ar: name, en: name },
    weeks: {},
    day: 1,
    ...more,
  });
  const places = (yearly: object[]) => yearlyOverlaps({ yearly }).map(({ field, reason }) => [field, reason.en]);

  it.each<[string, object[], string[]]>([
    [
      "one day twice",
      [named("A", { month: 5, day: 1, days: 1 }), named("B", { month: 5, day: 1, days: 1 })],
      ["/yearly/1/day"],
    ],
    [
      "across a month",
      [named("A", { month: 4, day: 29, days: 4 }), named("B", { month: 5, day: 2, days: 1 })],
      ["/yearly/1/day"],
    ],
    [
      "across a year",
      [named("A", { month: 1, day: 1, days: 1 }), named("B", { month: 12, day: 31, days: 2 })],
      ["/yearly/1/day"],
    ],
    ["hours of one month", [weeks("A", { month: 9 }), weeks("B", { month: 9, day: 10 })], ["/yearly/1/month"]],
    [
      "days beside each other",
      [named("A", { month: 4, day: 29, days: 2 }), named("B", { month: 5, day: 1, days: 1 })],
      [],
    ],
    [
      "of two calendars",
      [named("A", { month: 9, day: 1, days: 1 }), named("B", { calendar: "hijri", month: 9, day: 1, days: 1 })],
      [],
    ],
    [
      "a feast within shorter hours",
      [weeks("A", { month: 9 }), named("B", { calendar: "hijri", month: 9, day: 27, days: 1 })],
      [],
    ],
    ["what is no line", [{ month: "x" }, {}], []],
  ])("%s", (_what, yearly, at) => {
    const found = places(yearly);
    expect(found.map(([field]) => field)).toEqual(at);
    for (const [, said] of found) expect(said).toMatch(/“B”.*“A”.*Change the dates of one of them, or delete it/);
  });

  it("of the shipped calendar are apart; some that are not are a warning, for such a calendar may be in force", () => {
    const shipped = shippedJson<{ yearly: object[] }>("seeds", "jordan", "calendar.json");
    expect(yearlyOverlaps(shipped)).toEqual([]);
    const twice = { ...shipped, yearly: [...shipped.yearly, ...shipped.yearly.slice(0, 1)] };
    expect(definitionFaults("calendar", twice, null, "c").map(({ path, severity }) => [path, severity])).toEqual([
      [`/yearly/${shipped.yearly.length}/day`, "warning"],
    ]);
  });
});

describe("a day that is entered as exceptional", () => {
  type Day = { date: string; to?: string; hours: [string, string][]; provisional?: boolean };
  const shipped = shippedJson<CalendarDefinition>("seeds", "jordan", "calendar.json");
  const named = { ar: "يوم", en: "A day" };
  const withDays = (...days: Day[]): CalendarDefinition => ({
    ...shipped,
    days: days.map((day) => ({ name: named, ...day })),
  });
  const usual: [string, string][] = [["08:30", "15:30"]];
  // 13 January 2027 is a Wednesday, 15 and 16 are the weekly days off, 10 February is in Ramadan.
  it.each<[string, Day, boolean]>([
    ["worked as any Wednesday", { date: "2027-01-13", hours: usual }, true],
    ["several of them", { date: "2027-01-12", to: "2027-01-13", hours: usual }, true],
    ["of which one is off by the week", { date: "2027-01-14", to: "2027-01-15", hours: usual }, false],
    ["a holiday", { date: "2027-01-13", hours: [] }, false],
    ["a holiday on a weekly day off", { date: "2027-01-15", hours: [] }, false],
    ["a late beginning", { date: "2027-01-13", hours: [["10:00", "15:30"]] }, false],
    ["usual hours within shorter ones", { date: "2027-02-10", hours: usual }, false],
  ])("%s", (_what, day, isFound) => {
    const found = definitionFaults("calendar", withDays(day), null, "c");
    expect(found.map(({ path, severity }) => [path, severity])).toEqual(isFound ? [["/days/0/hours", "warning"]] : []);
    for (const { reason } of found) expect(reason.en).toMatch(/“A day”.*changes nothing/);
  });

  it("is told by what it is: a holiday, or its hours", () => {
    const told = (before: CalendarDefinition, after: CalendarDefinition) =>
      calendarDifferences(before, after).map(({ kind, details }) => [kind, details.map(({ en }) => en).join("; ")]);
    const [off, worked] = [
      { date: "2027-01-13", hours: [] },
      { date: "2027-01-13", hours: usual },
    ];
    expect(told(withDays(), withDays(off))).toEqual([["added", "holiday"]]);
    expect(told(withDays(), withDays(worked))).toEqual([["added", "working hours 08:30–15:30"]]);
    expect(told(withDays({ ...off, provisional: true }), withDays())).toEqual([["removed", "holiday; expected"]]);
    expect(told(withDays(off), withDays(worked))).toEqual([["changed", "Hours: was off, now 08:30–15:30"]]);
  });
});
