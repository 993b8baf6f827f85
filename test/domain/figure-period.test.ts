/** Periods of figures: read, written, compared with the one before and with last year. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { startOfDay } from "../../src/engine/calendar/civil-days.js";
import {
  elapsedOf,
  type FigurePeriod,
  firstDays,
  followingPeriod,
  lineSteps,
  longerPeriod,
  periodAfter,
  periodBefore,
  periodLastYear,
  periodWith,
  readPeriod,
  trendPeriods,
  trendUnitOf,
  usualPeriod,
  writtenPeriod,
} from "../../src/engine/measures/figure-period.js";

const today = "2026-11-29";
const read = (text: string): FigurePeriod => {
  const period = readPeriod(text, today);
  if (typeof period === "string") throw new Error(`${text}: ${period}`);
  return period;
};

describe("what figures open on", () => {
  it.each([
    ["2026-12-02", "2026-09-01", "month", "2026-11-01", "2026-12-01"],
    ["2026-12-02", "2026-11-30", "month", "2026-11-01", "2026-12-01"],
    // Nothing is there to see before the programme began.
    ["2026-12-02", "2026-12-01", "month", "2026-12-01", "2027-01-01"],
    ["2026-12-02", null, "month", "2026-12-01", "2027-01-01"],
  ])("on %s of a programme that began on %s", (today, began, unit, from, to) => {
    expect(usualPeriod(today, began)).toEqual({ unit, from, to });
  });

  it("is a whole week, month or thirty days, none of them with today in it", () => {
    const last = (text: string) => readPeriod(text, "2026-12-02");
    expect(last("last-week")).toEqual({ unit: "week", from: "2026-11-22", to: "2026-11-29" });
    expect(last("last-month")).toEqual({ unit: "month", from: "2026-11-01", to: "2026-12-01" });
    expect(last("last-30-days")).toEqual({ unit: "days", from: "2026-11-02", to: "2026-12-02" });
  });
});

describe("the steps of a line", () => {
  const period = (text: string) => readPeriod(text, "2026-12-02") as FigurePeriod;
  const steps = (text: string, began: string | null) =>
    lineSteps(period(text), { today: "2026-12-02", began }).map(({ unit, from }) => `${unit} ${from}`);

  it("are twelve, whole, and the last ends no later than the period", () => {
    expect(steps("last-week", "2020-01-01")).toHaveLength(12);
    expect(steps("last-week", "2020-01-01").at(-1)).toBe("week 2026-11-22");
    expect(steps("2026-12", "2020-01-01").at(-1)).toBe("month 2026-11-01");
    expect(steps("last-month", "2020-01-01")).toHaveLength(12);
  });

  it("are months only where six of them have been", () => {
    expect(steps("last-month", "2026-06-01").at(0)).toBe("month 2026-06-01");
    expect(steps("last-month", "2026-06-02").at(-1)).toBe("week 2026-11-22");
    expect(steps("last-30-days", "2020-01-01").at(-1)).toBe("week 2026-11-22");
    expect(steps("last-month", null)).toEqual([]);
  });
});

describe("a period in the address", () => {
  it.each([
    ["2026-11", "month", "2026-11-01", "2026-12-01"],
    ["2026-Q4", "quarter", "2026-10-01", "2027-01-01"],
    ["2025", "year", "2025-01-01", "2026-01-01"],
    ["2026-11-15..2026-11-21", "week", "2026-11-15", "2026-11-22"],
    ["2026-11-16..2026-11-22", "days", "2026-11-16", "2026-11-23"],
    ["2026-11-29..2026-11-29", "days", "2026-11-29", "2026-11-30"],
    ["2024-02-29..2024-02-29", "days", "2024-02-29", "2024-03-01"],
  ])("%s is a %s", (text, unit, from, to) => {
    expect(read(text)).toEqual({ unit, from, to });
    expect(writtenPeriod(read(text))).toBe(text);
  });

  it("knows whole months and quarters by their days", () => {
    expect(read("2026-02-01..2026-02-28")).toEqual(read("2026-02"));
    expect(read("2026-04-01..2026-06-30")).toEqual(read("2026-Q2"));
    // Three months that are no quarter of a year.
    expect(read("2026-02-01..2026-04-30").unit).toBe("days");
  });

  it.each([
    ["", "unreadable"],
    ["2026-13", "unreadable"],
    ["2026-02-30..2026-03-01", "unreadable"],
    ["November", "unreadable"],
    ["0000", "unreadable"],
    ["2026-11-20..2026-11-10", "backwards"],
    ["2026-12", "future"],
    ["2026-11-30..2026-12-02", "future"],
    ["2000-01-01..2026-01-01", "tooLong"],
  ])("%s is refused: %s", (text, fault) => {
    expect(readPeriod(text, today)).toBe(fault);
  });
});

describe("a period that moves on with time", () => {
  it.each([
    ["last-week", "2026-11-22..2026-11-28", "2026-11-15..2026-11-21"],
    ["last-month", "2026-11", "2026-10"],
    ["last-quarter", "2026-Q4", "2026-Q3"],
    ["last-year", "2026", "2025"],
  ] as const)("%s follows %s", (last, now, before) => {
    expect(followingPeriod(now)).toBe(last);
    expect(writtenPeriod(readPeriod(last, "2026-11-25") as FigurePeriod)).toBe(before);
  });
  it("is none of other days, of nothing, and of one that moves already", () => {
    expect(["2026-11-01..2026-11-03", "", "last-month", "last-day"].map(followingPeriod)).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect(readPeriod("last-day", "2026-11-25")).toBe("unreadable");
  });
  it("is the next longer one where more is wanted", () => {
    const longer = (text: string) => {
      const found = longerPeriod(readPeriod(text, "2026-11-25") as FigurePeriod);
      return found && writtenPeriod(found);
    };
    expect(["2026-11-22..2026-11-28", "2026-11", "2026-Q3", "2026"].map(longer)).toEqual([
      "2026-11",
      "2026-Q4",
      "2026",
      null,
    ]);
  });
});

describe("the one before and the same of last year", () => {
  it.each([
    ["2026-03", "2026-02", "2025-03"],
    ["2026-Q1", "2025-Q4", "2025-Q1"],
    ["2026", "2025", "2025"],
    ["2026-11-15..2026-11-21", "2026-11-08..2026-11-14", "2025-11-16..2025-11-22"],
    ["2026-11-10..2026-11-12", "2026-11-07..2026-11-09", "2025-11-10..2025-11-12"],
    ["2024-02-29..2024-02-29", "2024-02-28..2024-02-28", "2023-02-28..2023-02-28"],
  ])("of %s are %s and %s", (text, before, lastYear) => {
    expect(writtenPeriod(periodBefore(read(text)))).toBe(before);
    expect(writtenPeriod(periodLastYear(read(text)))).toBe(lastYear);
  });

  it("goes back and forth to the same", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("week" as const, "month" as const, "quarter" as const, "year" as const),
        fc.integer({ min: 4000, max: 20_000 }),
        (unit, day) => {
          const date = new Date(day * 86_400_000).toISOString().slice(0, 10);
          const period = periodWith(unit, date);
          expect(period.from <= date && date < period.to).toBe(true);
          expect(periodAfter(periodBefore(period))).toEqual(period);
          expect(periodBefore(period).to).toBe(period.from);
          expect(readPeriod(writtenPeriod(period), "2099-01-01")).toEqual(period);
        },
      ),
    );
  });

  it("compares as many days as have been", () => {
    const month = read("2026-11");
    const { range, days, running } = elapsedOf(month, today);
    expect({ range, days, running }).toEqual({
      range: { from: "2026-11-01", to: "2026-11-30" },
      days: 29,
      running: true,
    });
    expect(firstDays(periodBefore(month), days)).toEqual({ from: "2026-10-01", to: "2026-10-30" });
    // February has no 29th: all of it.
    expect(firstDays(read("2026-02"), 29)).toEqual({ from: "2026-02-01", to: "2026-03-01" });
    expect(elapsedOf(read("2026-10"), today)).toMatchObject({ days: 31, running: false });
  });

  it("moves with no change of the zone's clocks", () => {
    // Jordan's clocks went forward on 25 February 2022, and back no more.
    const { from, to } = read("2022-02");
    const hours = (+startOfDay(to, "Asia/Amman") - +startOfDay(from, "Asia/Amman")) / 3_600_000;
    expect([from, to, hours]).toEqual(["2022-02-01", "2022-03-01", 28 * 24 - 1]);
    expect(periodBefore(read("2022-03"))).toMatchObject({ from, to });
  });
});

describe("the trend", () => {
  it("is of weeks for what is shorter than a month, else of months", () => {
    const units = ["2026-11-15..2026-11-21", "2026-11", "2025", "2026-10-01..2026-10-20"].map((text) =>
      trendUnitOf(read(text)),
    );
    expect(units).toEqual(["week", "month", "month", "week"]);
  });

  it("ends with the period, or with today where it goes on", () => {
    const of = (text: string) => trendPeriods(read(text), "month", today).map(writtenPeriod);
    expect(of("2026-11")).toHaveLength(12);
    expect([of("2026-11")[0], of("2026-11").at(-1)]).toEqual(["2025-12", "2026-11"]);
    expect(of("2025").at(-1)).toBe("2025-12");
    expect(of("2026").at(-1)).toBe("2026-11");
    expect(trendPeriods(read("2026"), "week", today).map(writtenPeriod).at(-1)).toBe("2026-11-29..2026-12-05");
  });
});
