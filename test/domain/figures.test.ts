import { describe, expect, it } from "@jest/globals";
import { civilDate, startOfDay } from "../../src/engine/calendar/civil-days.js";
import {
  formatDuration,
  formatMoment,
  formatPeriod,
  formatRate,
  formatShortDate,
} from "../../src/engine/measures/figures.js";

describe("figures in words", () => {
  it("says moments in the programme's zone, with the month names of the Levant and digits 0–9", () => {
    const at = new Date("2026-11-22T21:30:00Z");
    expect(formatMoment(at, "en", "Asia/Amman")).toBe("Monday 23 November 2026, 00:30");
    expect(formatMoment(at, "ar", "Asia/Amman")).toBe("الاثنين، 23 تشرين الثاني 2026، 00:30");
    expect(civilDate(at, "Asia/Amman")).toBe("2026-11-23");
    expect(civilDate(at, "America/New_York")).toBe("2026-11-22");
  });

  it("says periods by their first and last day", () => {
    expect(formatPeriod("2026-11-15", "2026-11-22", "en")).toBe("15 – 21 November 2026");
    expect(formatPeriod("2026-11-29", "2026-12-06", "en")).toBe("29 November 2026 – 5 December 2026");
    expect(formatPeriod("2026-11-15", "2026-11-16", "ar")).toBe("15 تشرين الثاني 2026");
    expect(formatShortDate("2026-11-05", "ar")).toBe("5/11");
    expect(formatShortDate("2026-11-05", "en")).toBe("5 Nov");
  });

  it.each([
    [12_000, "3 h 20 min", "3 ساعات و20 دقيقة"],
    [3_600, "1 h", "ساعة"],
    [7_320, "2 h 2 min", "ساعتان ودقيقتان"],
    [20, "1 min", "دقيقة"],
    [25_200, "1 working day", "يوم عمل"],
    [53_000, "2 working days", "يوما عمل"],
    [25_200 * 5, "5 working days", "5 أيام عمل"],
    [25_200 * 11, "11 working days", "11 يوم عمل"],
    [25_200 * 103, "103 working days", "103 أيام عمل"],
  ])("says %d working seconds", (seconds, en, ar) => {
    expect(formatDuration(seconds, { seconds: 25_200, wall: false }, "en")).toBe(en);
    expect(formatDuration(seconds, { seconds: 25_200, wall: false }, "ar")).toBe(ar);
  });

  it.each([
    [86_399, "23 h 59 min", "23 ساعة و59 دقيقة"],
    [86_400, "1 day", "يوم"],
    [86_400 * 2.5, "2 days", "يومان"],
    [86_400 * 9, "9 days", "9 أيام"],
    [86_400 * 30, "30 days", "30 يومًا"],
  ])("says %d seconds on the wall, whose days are no working days", (seconds, en, ar) => {
    expect(formatDuration(seconds, { seconds: 86_400, wall: true }, "en")).toBe(en);
    expect(formatDuration(seconds, { seconds: 86_400, wall: true }, "ar")).toBe(ar);
  });

  it("knows when a day begins where the clocks change", () => {
    expect(startOfDay("2026-11-01", "America/New_York").toISOString()).toBe("2026-11-01T04:00:00.000Z");
    expect(startOfDay("2026-11-02", "America/New_York").toISOString()).toBe("2026-11-02T05:00:00.000Z");
    expect(startOfDay("2026-11-02", "Asia/Amman").toISOString()).toBe("2026-11-01T21:00:00.000Z");
  });

  it("rounds a rate to a tenth of a percent", () => {
    expect(formatRate(3982 / 4723)).toBe("84.3%");
  });
});
