import { describe, expect, it } from "@jest/globals";
import type { CalendarDefinition } from "../../src/engine/calendar/calendar-definition.js";
import { confirmedUntil, provisionalDays } from "../../src/engine/calendar/coverage.js";
import { checkCalendar, compileCalendar } from "../../src/engine/calendar/working-calendar.js";
import { Problem } from "../../src/engine/text/problems.js";
import { seededCalendar } from "../support/calendars.js";

const jordan = compileCalendar(seededCalendar("jordan"));
const boston = compileCalendar(seededCalendar("boston311"));
const at = (text: string): Date => new Date(text);
const due = (
  calendar: typeof jordan,
  start: string,
  amount: number,
  unit: "workingHours" | "workingDays" | "calendarHours",
) => calendar.add(at(start), { amount, unit }).due.toISOString();

/** A calendar of one period; `days` and `hours` as the test needs them. */
function calendarOf(
  timeZone: string,
  hours: CalendarDefinition["periods"][number]["hours"],
  days: CalendarDefinition["days"] = [],
) {
  return compileCalendar({
    code: "one",
    name: { ar: "واحد", en: "One" },
    timeZone,
    covers: { from: "2020-01-01", to: "2023-12-31" },
    periods: [{ from: "2020-01-01", to: "2023-12-31", hours }],
    days,
  });
}
const everyDay = (open: string, close: string) =>
  Object.fromEntries(["sun", "mon", "tue", "wed", "thu", "fri", "sat"].map((d) => [d, [[open, close]]]));

describe("seeded calendars", () => {
  it.each(["jordan", "boston311"] as const)("%s has no faults", (programme) => {
    expect(checkCalendar(seededCalendar(programme))).toEqual([]);
  });
});

describe("working days: one business day of a real city", () => {
  it.each([
    ["Sunday before an observed holiday", "2017-01-01T08:02:00-05:00", "2017-01-04T08:30:00-05:00"],
    ["inside the window, to the second", "2017-01-03T10:15:20-05:00", "2017-01-04T10:15:20-05:00"],
    ["before opening", "2017-01-04T06:00:00-05:00", "2017-01-05T08:30:00-05:00"],
    ["exactly at opening", "2017-01-04T08:30:00-05:00", "2017-01-05T08:30:00-05:00"],
    ["the last second of a day", "2017-01-04T16:59:59-05:00", "2017-01-05T16:59:59-05:00"],
    ["17:00:00 is outside", "2017-01-04T17:00:00-05:00", "2017-01-06T08:30:00-05:00"],
    ["Friday at noon", "2017-01-06T12:00:00-05:00", "2017-01-09T12:00:00-05:00"],
    ["Friday evening", "2017-01-06T20:00:00-05:00", "2017-01-10T08:30:00-05:00"],
    ["Saturday", "2017-01-07T12:00:00-05:00", "2017-01-10T08:30:00-05:00"],
    ["over Martin Luther King Day", "2017-01-13T15:00:00-05:00", "2017-01-17T15:00:00-05:00"],
    ["over the change to summer time", "2017-03-10T16:00:00-05:00", "2017-03-13T16:00:00-04:00"],
    ["over the change to winter time", "2017-11-03T16:00:00-04:00", "2017-11-06T16:00:00-05:00"],
    ["over Veterans Day, kept on Friday", "2017-11-09T09:00:00-05:00", "2017-11-13T09:00:00-05:00"],
    ["over Thanksgiving", "2017-11-22T09:00:00-05:00", "2017-11-24T09:00:00-05:00"],
    ["New Year 2018 was worked", "2017-12-29T09:00:00-05:00", "2018-01-01T09:00:00-05:00"],
  ])("%s", (_what, start, expected) => {
    expect(due(boston, start, 1, "workingDays")).toBe(at(expected).toISOString());
  });

  // Opened and due as the city published them, some cut to the minute: in 2018 its system kept no holiday before Christmas.
  it.each([
    ["Martin Luther King Day 2018 was worked", "2018-01-12T09:32:29-05:00", "2018-01-15T09:32:28-05:00"],
    ["Presidents' Day 2018 was worked", "2018-02-16T16:18:00-05:00", "2018-02-19T16:18:34-05:00"],
    ["Patriots' Day 2018 was worked", "2018-04-14T08:39:03-04:00", "2018-04-17T08:30:00-04:00"],
    ["Memorial Day 2018 was worked", "2018-05-26T10:11:00-04:00", "2018-05-29T08:30:00-04:00"],
    ["Independence Day 2018 was worked", "2018-07-02T18:06:15-04:00", "2018-07-04T08:30:00-04:00"],
    ["Labor Day 2018 was worked", "2018-09-03T09:39:26-04:00", "2018-09-04T09:39:26-04:00"],
    ["Columbus Day 2018 was worked", "2018-10-06T08:35:00-04:00", "2018-10-09T08:30:00-04:00"],
    ["Veterans Day 2018 was worked", "2018-11-09T15:28:00-05:00", "2018-11-12T15:28:51-05:00"],
    ["Thanksgiving 2018 was worked", "2018-11-22T12:49:00-05:00", "2018-11-23T12:49:54-05:00"],
    ["over Christmas 2018", "2018-12-24T08:52:56-05:00", "2018-12-26T08:52:56-05:00"],
    ["over New Year 2019", "2018-12-31T11:23:00-05:00", "2019-01-02T11:23:20-05:00"],
  ])("of the city's 2018: %s", (_what, start, expected) => {
    const found = Date.parse(due(boston, start, 1, "workingDays"));
    expect(Math.abs(found - at(expected).getTime())).toBeLessThanOrEqual(60_000);
  });
});

describe("working hours", () => {
  it("ends at the closing, not at the next opening", () => {
    expect(due(jordan, "2026-11-25T10:30:00+03:00", 5, "workingHours")).toBe(
      at("2026-11-25T15:30:00+03:00").toISOString(),
    );
  });
  it("goes over the weekend: Thursday 14:30 and 7 hours", () => {
    expect(due(jordan, "2026-11-26T14:30:00+03:00", 7, "workingHours")).toBe(
      at("2026-11-29T14:30:00+03:00").toISOString(),
    );
  });
  it("keeps milliseconds", () => {
    expect(due(jordan, "2026-11-25T10:00:00.123+03:00", 1, "workingHours")).toBe("2026-11-25T08:00:00.123Z");
  });
  it("counts the short days of Ramadan and its provisional feast", () => {
    // 18 March 10:00–14:30 and 19 March 09:00–14:30 make 10 h; 20–23 is the feast; 4 h more on the 24th from 08:30.
    const found = jordan.add(at("2026-03-18T10:00:00+03:00"), { amount: 14, unit: "workingHours" });
    expect(found).toEqual({ due: at("2026-03-24T12:30:00+03:00"), provisional: true });
  });
  it("is not provisional where every day is confirmed", () => {
    expect(jordan.add(at("2026-11-25T10:00:00+03:00"), { amount: 70, unit: "workingHours" }).provisional).toBe(false);
  });
  it("follows a weather day that starts late and ends late", () => {
    expect(jordan.between(at("2025-02-23T08:00:00+03:00"), at("2025-02-23T23:00:00+03:00"))).toBe(6 * 3600);
    expect(jordan.isWorkingTime(at("2025-02-23T09:00:00+03:00"))).toBe(false);
  });
});

describe("working days on days of other lengths", () => {
  it("draws back to the closing of a shorter day", () => {
    expect(due(jordan, "2026-02-17T15:10:00+03:00", 1, "workingDays")).toBe(
      at("2026-02-18T14:30:00+03:00").toISOString(),
    );
  });
  it("waits for the opening of a day that starts later", () => {
    expect(due(jordan, "2025-02-20T08:45:00+03:00", 1, "workingDays")).toBe(
      at("2025-02-23T10:00:00+03:00").toISOString(),
    );
  });
  it("draws back to the end of the morning when the time falls into a midday break", () => {
    const split = calendarOf("UTC", {
      mon: [["08:00", "16:00"]],
      tue: [
        ["08:00", "12:00"],
        ["14:00", "18:00"],
      ],
    });
    expect(due(split, "2022-05-02T13:00:00Z", 1, "workingDays")).toBe("2022-05-03T12:00:00.000Z");
    expect(split.between(at("2022-05-03T00:00:00Z"), at("2022-05-04T00:00:00Z"))).toBe(8 * 3600);
    expect(split.isWorkingTime(at("2022-05-03T12:00:00Z"))).toBe(false);
    expect(split.nextOpening(at("2022-05-03T12:00:00Z"))).toEqual(at("2022-05-03T14:00:00Z"));
  });
  it("zero days from outside working time is the next opening", () => {
    expect(due(jordan, "2026-11-27T12:00:00+03:00", 0, "workingDays")).toBe(
      at("2026-11-29T08:30:00+03:00").toISOString(),
    );
  });
});

describe("zones", () => {
  it("knows Amman before October 2022 (winter +02, summer +03) and after (+03)", () => {
    const amman = calendarOf("Asia/Amman", everyDay("08:30", "15:30"));
    expect(amman.nextOpening(at("2021-01-10T00:00:00Z")).toISOString()).toBe("2021-01-10T06:30:00.000Z");
    expect(amman.nextOpening(at("2021-07-11T00:00:00Z")).toISOString()).toBe("2021-07-11T05:30:00.000Z");
    expect(amman.nextOpening(at("2023-01-10T00:00:00Z")).toISOString()).toBe("2023-01-10T05:30:00.000Z");
  });
  it("an office that never closes works 23 hours on the day that leaves one out and 25 on the one that repeats it", () => {
    const always = calendarOf("America/New_York", everyDay("00:00", "24:00"));
    expect(always.between(at("2021-03-14T00:00:00-05:00"), at("2021-03-15T00:00:00-04:00"))).toBe(23 * 3600);
    expect(always.between(at("2021-11-07T00:00:00-04:00"), at("2021-11-08T00:00:00-05:00"))).toBe(25 * 3600);
    expect(due(always, "2021-03-13T12:00:00-05:00", 24, "workingHours")).toBe("2021-03-14T17:00:00.000Z");
  });
  it("an opening in the hour that is left out is the moment after it; a stretch wholly in it was never worked", () => {
    const night = calendarOf("America/New_York", everyDay("02:30", "06:00"));
    expect(night.nextOpening(at("2021-03-14T00:00:00-05:00")).toISOString()).toBe("2021-03-14T07:00:00.000Z");
    const lost = calendarOf("America/New_York", everyDay("02:10", "02:50"));
    expect(lost.between(at("2021-03-14T00:00:00-05:00"), at("2021-03-15T00:00:00-04:00"))).toBe(0);
  });
  it("an opening that comes twice counts from the first", () => {
    const night = calendarOf("America/New_York", everyDay("01:30", "06:00"));
    expect(night.between(at("2021-11-07T00:00:00-04:00"), at("2021-11-08T00:00:00-05:00"))).toBe(5.5 * 3600);
  });
  it("a day whose midnight does not exist (Amman, 26 March 2021) begins an hour later", () => {
    const always = calendarOf("Asia/Amman", everyDay("00:00", "24:00"));
    expect(always.between(at("2021-03-25T22:00:00Z"), at("2021-03-26T21:00:00Z"))).toBe(23 * 3600);
    expect(always.walk(at("2021-03-25T22:00:00Z"), at("2021-03-26T21:00:00Z")).map((s) => s.date)).toEqual([
      "2021-03-26",
    ]);
  });
});

describe("beyond the coverage", () => {
  it("carries the week on, without its feasts, and says provisional", () => {
    expect(jordan.add(at("2029-01-01T08:30:00+03:00"), { amount: 7, unit: "workingHours" })).toEqual({
      due: at("2029-01-01T15:30:00+03:00"),
      provisional: true,
    });
  });
  it("carries on the usual week even when the coverage ends within Ramadan", () => {
    const seeded = seededCalendar("jordan");
    const cut = compileCalendar({
      ...seeded,
      covers: { from: "2024-01-01", to: "2026-03-10" },
      periods: seeded.periods.filter((p) => p.from < "2026-03-10"),
      days: seeded.days.filter((d) => d.date < "2026-03-10"),
    });
    expect(cut.between(at("2026-03-09T00:00:00+03:00"), at("2026-03-10T00:00:00+03:00"))).toBe(5.5 * 3600);
    expect(cut.between(at("2026-03-11T00:00:00+03:00"), at("2026-03-12T00:00:00+03:00"))).toBe(7 * 3600);
  });
  it("answers for every date from 1990 to 2060", () => {
    for (let year = 1990; year <= 2060; year++) {
      for (const month of [0, 5, 11]) {
        const start = new Date(Date.UTC(year, month, 28, 9));
        for (const calendar of [jordan, boston]) {
          const { due: found, provisional } = calendar.add(start, { amount: 105, unit: "workingHours" });
          expect(calendar.between(start, found)).toBe(105 * 3600);
          expect(calendar.add(start, { amount: 15, unit: "workingDays" }).due > start).toBe(true);
          if (year < 2016 || year > 2028) expect(provisional).toBe(true);
        }
      }
    }
  });
  it("the first and the last years join the near ones without a seam", () => {
    const whole = jordan.between(at("1990-01-01T00:00:00Z"), at("2060-01-01T00:00:00Z"));
    const parts = ["1990", "2010", "2024", "2027", "2040", "2060"].map((y) => at(`${y}-01-01T00:00:00Z`));
    expect(parts.slice(1).reduce((sum, to, i) => sum + jordan.between(parts[i] as Date, to), 0)).toBe(whole);
  });
  it("refuses by name what cannot be counted", () => {
    for (const ask of [
      () => jordan.between(at("0202-01-01T00:00:00Z"), at("2026-01-01T00:00:00Z")),
      () => jordan.add(at("2098-01-01T00:00:00Z"), { amount: 9e6, unit: "workingHours" }),
      () => jordan.add(at("2026-01-01T00:00:00Z"), { amount: Number.NaN, unit: "calendarHours" }),
      () => jordan.nextOpening(new Date(Number.NaN)),
    ]) {
      expect(ask).toThrow(Problem);
    }
  });
});

describe("calendar hours", () => {
  it("pass at night, over feasts and over a change of the clock", () => {
    const found = boston.add(at("2017-03-11T12:00:00-05:00"), { amount: 48, unit: "calendarHours" });
    expect(found).toEqual({ due: at("2017-03-13T13:00:00-04:00"), provisional: false });
  });
});

describe("walk", () => {
  it("tells the way over Ramadan and the feast, and its seconds add up", () => {
    const from = at("2026-03-18T10:00:00+03:00");
    const to = at("2026-03-24T12:30:00+03:00");
    const way = jordan.walk(from, to);
    expect(
      way.map((s) =>
        s.kind === "worked"
          ? [s.date, s.seconds / 3600, s.name?.en ?? null]
          : [s.date, s.lastDate, s.days, s.name.en, s.provisional],
      ),
    ).toEqual([
      ["2026-03-18", 4.5, "Ramadan 2026"],
      ["2026-03-19", 5.5, "Ramadan 2026"],
      ["2026-03-20", "2026-03-23", 4, "Eid al-Fitr", true],
      ["2026-03-24", 4, null],
    ]);
    expect(way.reduce((sum, s) => sum + (s.kind === "worked" ? s.seconds : 0), 0)).toBe(jordan.between(from, to));
  });
  it("names the weekend and is empty backwards", () => {
    expect(
      jordan.walk(at("2026-11-26T15:00:00+03:00"), at("2026-11-29T09:00:00+03:00")).map((s) => [s.kind, s.date]),
    ).toEqual([
      ["worked", "2026-11-26"],
      ["off", "2026-11-27"],
      ["worked", "2026-11-29"],
    ]);
    expect(jordan.walk(at("2026-11-29T09:00:00+03:00"), at("2026-11-26T15:00:00+03:00"))).toEqual([]);
  });
});

describe("coverage", () => {
  const seeded = seededCalendar("jordan");
  it("is confirmed until the day before the next provisional one", () => {
    expect(confirmedUntil(seeded, "2026-11-25")).toBe("2027-02-07");
    expect(confirmedUntil(seeded)).toBe("2024-06-14");
    expect(confirmedUntil(seeded, "2027-08-15")).toBe("2027-12-31");
    expect(confirmedUntil(seeded, "2027-08-14")).toBe("2027-08-13");
  });
  it("lists provisional days", () => {
    expect(provisionalDays(seeded, "2026-06-01", "2026-12-31")).toEqual(["2026-06-16", "2026-08-25"]);
    expect(provisionalDays(seeded, "2027-12-30", "2028-01-01")).toEqual(["2028-01-01"]);
  });
});

describe("compiling", () => {
  it("refuses a faulty calendar with its faults", () => {
    try {
      compileCalendar({ ...seededCalendar("jordan"), timeZone: "Asia/Nowhere" });
      throw new Error("was accepted");
    } catch (refusal) {
      expect(refusal).toBeInstanceOf(Problem);
      expect((refusal as Problem).code).toBe("invalid-configuration");
      expect((refusal as Problem).faults.map((f) => f.field)).toEqual(["/timeZone"]);
    }
  });
});
