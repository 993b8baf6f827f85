/** A year to come: feasts as the Hijri calendar reckons them, expected until somebody confirms them, over nothing that is there. */
import { describe, expect, it } from "@jest/globals";
import type { CalendarDefinition } from "../../src/engine/calendar/calendar-definition.js";
import { dayNumberOf } from "../../src/engine/calendar/civil-date.js";
import { hijriDate, prepareYear } from "../../src/engine/calendar/prepare-year.js";
import { checkCalendar } from "../../src/engine/calendar/working-calendar.js";
import { shippedJson } from "../support/shipped-setup.js";

const shipped = shippedJson<CalendarDefinition>("seeds", "jordan", "calendar.json");
const hijri = (date: string) => Object.values(hijriDate(dayNumberOf(date) as number)).join("-");

it("reckons Hijri dates as Umm al-Qura does", () => {
  // 1 Ramadan 1446 was 1 March 2025, 1 Muharram 1447 was 26 June 2025, 10 Dhu al-Hijja 1446 was 6 June 2025.
  expect(["2025-03-01", "2025-06-26", "2025-06-06", "2024-04-09"].map(hijri)).toEqual([
    "1446-9-1",
    "1447-1-1",
    "1446-12-10",
    "1445-9-30",
  ]);
});

/** The shipped calendar as it was before somebody prepared 2027. */
const until2026: CalendarDefinition = {
  ...shipped,
  covers: { ...shipped.covers, to: "2026-12-31" },
  periods: shipped.periods
    .filter(({ from }) => from < "2027")
    .map((period) => (period.to === "2027-12-31" ? { ...period, to: "2026-12-31" } : period)),
  days: shipped.days.filter(({ date }) => date < "2027"),
};

describe("preparing a year", () => {
  it("gives the days that people worked out by hand for 2027", () => {
    const { definition, days } = prepareYear(until2026, 2027);
    const of2027 = shipped.days.filter(({ date }) => date >= "2027");
    const plain = ({ date, to, name, provisional }: (typeof days)[number]) => ({ date, to, name, provisional });
    expect(days.map(plain)).toEqual(of2027.map(plain));
    expect(definition.periods.map(({ from, to }) => [from, to])).toEqual(
      shipped.periods.map(({ from, to }) => [from, to]),
    );
    expect(definition.covers).toEqual(shipped.covers);
    expect(checkCalendar(definition)).toEqual([]);
  });

  it("says of each reckoned day that it is expected, and by what; days fixed by law are certain", () => {
    for (const { provisional, source, name } of prepareYear(shipped, 2029).days) {
      const fixed = ["New Year", "Labour Day", "Independence Day", "Christmas"].includes(name.en);
      expect([name.en, provisional === true]).toEqual([name.en, !fixed]);
      expect(source).toMatch(fixed ? /fixed by law/ : /\d+ [A-Z].+ 14\d\d as Umm al-Qura reckons it/);
    }
  });

  it("touches nothing that is there, and adds nothing twice", () => {
    const once = prepareYear(shipped, 2028).definition;
    expect(once.days.slice(0, shipped.days.length)).toEqual(shipped.days);
    const again = prepareYear(once, 2028);
    expect([again.days, again.periods]).toEqual([[], []]);
    expect(again.definition).toEqual(once);
    const moved = {
      ...shipped,
      days: [...shipped.days, { date: "2028-05-02", name: { ar: "عيد العمال", en: "Labour Day" }, hours: [] }],
    };
    expect(prepareYear(moved, 2028).days.map(({ date }) => date)).toContain("2028-05-01");
  });

  it("gives a feast twice in a civil year that has two, and makes sound calendars for a century", () => {
    // The Hijri year is eleven days shorter: 2030 has two beginnings of Ramadan.
    expect(prepareYear(shipped, 2030).periods.map(({ from }) => from.slice(0, 7))).toEqual(["2030-01", "2030-12"]);
    let definition: CalendarDefinition = shipped;
    for (let year = 2028; year < 2090; year++) {
      definition = prepareYear(definition, year).definition;
      expect([year, checkCalendar(definition)]).toEqual([year, []]);
    }
  });

  it("leaves a calendar without yearly entries as it is, but for what it covers", () => {
    const { yearly: _, ...without } = shipped;
    const { definition, days } = prepareYear(without, 2028);
    expect(days).toEqual([]);
    expect(definition.covers.to).toBe("2028-12-31");
    expect(checkCalendar(definition)).toEqual([]);
  });
});

it("refuses yearly entries that say nothing sound, each at its place", () => {
  const entry = { calendar: "lunar", month: 13, day: 0, days: 99, name: { ar: "", en: "x" }, hours: "none" };
  const faults = checkCalendar({ ...shipped, yearly: [entry, 7, { ...entry, weeks: {}, extra: 1 }] });
  expect(faults.map(({ field }) => field)).toEqual(
    expect.arrayContaining([
      "/yearly/0/calendar",
      "/yearly/0/month",
      "/yearly/0/day",
      "/yearly/0/days",
      "/yearly/0/name/ar",
      "/yearly/0/hours",
      "/yearly/1",
      "/yearly/2/extra",
    ]),
  );
});
