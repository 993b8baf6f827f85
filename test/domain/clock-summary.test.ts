/** How a clock is told: what a day is by it, and that late is never "left". */
import { describe, expect, it } from "@jest/globals";
import type { Budget } from "../../src/engine/calendar/budget.js";
import { clockSummary } from "../../src/engine/calendar/clock-summary.js";
import { meetClock, pauseClock, startClock } from "../../src/engine/calendar/clocks.js";
import { ordinaryDay } from "../../src/engine/calendar/ordinary-day.js";
import { compileCalendar, type WorkingCalendar } from "../../src/engine/calendar/working-calendar.js";

const week = (open: string, close: string) => {
  const hours = [[open, close]] as const;
  return { sun: hours, mon: hours, tue: hours, wed: hours, thu: [[open, "12:00"]] as const };
};
/** Eight hours, half a day on Thursdays; five from 8 February on for a month; three weeks off in June. */
const calendar = compileCalendar({
  code: "c",
  name: { ar: "ت", en: "c" },
  timeZone: "Asia/Amman",
  covers: { from: "2026-01-01", to: "2026-12-31" },
  periods: [
    { from: "2026-01-01", to: "2026-12-31", hours: week("08:00", "16:00") },
    { from: "2026-02-08", to: "2026-03-09", hours: week("09:00", "14:00") },
  ],
  days: [{ date: "2026-06-01", to: "2026-06-21", name: { ar: "ع", en: "off" }, hours: [] }],
});
const at = (text: string): Date => new Date(`${text}:00+03:00`);
const hour = 3600;

describe("an ordinary day", () => {
  it.each([
    ["2026-01-29T10:00", 8, "a half day"],
    ["2026-01-30T10:00", 8, "a day off"],
    ["2026-02-10T10:00", 8, "short hours since Sunday"],
    ["2026-03-01T10:00", 5, "a month of short hours"],
    ["2026-06-21T10:00", 8, "three weeks off"],
  ])("at %s has %d hours: %s", (moment, hours) => {
    expect(ordinaryDay(calendar, at(moment))).toBe(hours * hour);
  });
  it("is a day on the wall where nobody works at all", () => {
    expect(
      ordinaryDay({ timeZone: "Asia/Amman", between: () => 0 } as unknown as WorkingCalendar, at("2026-01-29T10:00")),
    ).toBe(24 * hour);
  });
});

describe("a clock", () => {
  const clock = (budget: Budget, moment: string) =>
    startClock({ target: "resolution", cycle: 1, budget, calendar, calendarVersionId: 1, at: at(moment) });
  const eightHours = { amount: 8, unit: "workingHours" } as const;

  it("has days of its calendar, or of the wall", () => {
    const working = clockSummary(clock(eightHours, "2026-01-25T08:00"), calendar, at("2026-01-27T16:00"));
    expect(working).toMatchObject({ state: "late", secondsLeft: -16 * hour, wall: false, daySeconds: 8 * hour });
    const wall = clock({ amount: 24, unit: "calendarHours" }, "2026-01-25T08:00");
    expect(clockSummary(wall, calendar, at("2026-01-28T08:00"))).toMatchObject({
      state: "late",
      secondsLeft: -48 * hour,
      wall: true,
      daySeconds: 24 * hour,
    });
  });

  it("that stands keeps the days of the time when it stopped", () => {
    const running = clock(eightHours, "2026-01-25T08:00");
    const later = at("2026-03-01T10:00");
    for (const stopped of [
      pauseClock(running, calendar, at("2026-01-25T09:00")),
      meetClock(running, calendar, at("2026-01-28T09:00")),
    ]) {
      expect(clockSummary(stopped, calendar, later).daySeconds).toBe(8 * hour);
    }
    expect(clockSummary(running, calendar, later).daySeconds).toBe(5 * hour);
  });

  it("is late by a second at least, also in the night after its due time", () => {
    const running = clock(eightHours, "2026-01-25T08:00");
    const night = at("2026-01-25T20:00");
    expect(clockSummary(running, calendar, night)).toMatchObject({ state: "late", secondsLeft: -1, share: 1 });
    expect(clockSummary(meetClock(running, calendar, night), calendar, night)).toMatchObject({
      state: "metLate",
      secondsLeft: -1,
    });
  });
});
