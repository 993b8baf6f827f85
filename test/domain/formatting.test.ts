import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { civilDate, startOfDay } from "../../src/engine/calendar/civil-days.js";
import type { GrammaticalCase } from "../../src/engine/formatting/counted-nouns.js";
import { type DayLength, elapsedDay, formatDuration, formatHours } from "../../src/engine/formatting/durations.js";
import { formatAlternatives } from "../../src/engine/formatting/lists.js";
import {
  formatDate,
  formatMoment,
  formatPeriod,
  formatRecentMoment,
  formatShortDate,
  formatTermMoment,
  formatWeekdayDate,
  formatWholeMoment,
} from "../../src/engine/formatting/moments.js";
import { formatNumber, formatPercent } from "../../src/engine/formatting/numbers.js";
import { readCatalogues } from "../../src/platform/messages/read-catalogues.js";

const amman = "Asia/Amman";

describe("numbers and lists", () => {
  it("writes numbers with digits 0–9 and at most one decimal", () => {
    for (const language of ["ar", "en"] as const) {
      expect(formatNumber(12_345, language)).toBe("12,345");
      expect(formatNumber(-4.25, language)).toBe("-4.3");
    }
  });

  it.each([
    [0.713, "71.3%"],
    [0.84349, "84.3%"],
    [0.75, "75%"],
    [1, "100%"],
    [0, "0%"],
  ])("writes the share %d one way, without marks of direction", (share, text) => {
    for (const language of ["ar", "en"] as const) expect(formatPercent(share, language)).toBe(text);
  });

  it("says alternatives", () => {
    expect(formatAlternatives(["a", "b", "c"], "en")).toBe("a, b or c");
    expect(formatAlternatives(["أ", "ب"], "ar")).toBe("أ أو ب");
  });
});

describe("dates and moments", () => {
  it("says moments in the programme's zone, with the month names of the Levant and digits 0–9", () => {
    const at = new Date("2026-11-22T21:30:00Z");
    expect(formatMoment(at, "en", amman)).toBe("Monday 23 November 2026, 00:30");
    expect(formatMoment(at, "ar", amman)).toBe("الاثنين 23 تشرين الثاني 2026، 00:30");
    expect(formatWholeMoment(at, "en", amman)).toBe("Monday 23 November 2026, 00:30:00 (GMT+3)");
    expect(formatWholeMoment(at, "ar", amman)).toBe("الاثنين 23 تشرين الثاني 2026، 00:30:00 (غرينتش+3)");
    expect(civilDate(at, amman)).toBe("2026-11-23");
    expect(civilDate(at, "America/New_York")).toBe("2026-11-22");
  });

  it("says dates alone, with their weekday and short", () => {
    expect(formatDate("2026-11-05", "en")).toBe("5 November 2026");
    expect(formatDate("2026-11-05", "ar")).toBe("5 تشرين الثاني 2026");
    expect(formatWeekdayDate("2026-11-05", "en")).toBe("Thursday 5 November 2026");
    expect(formatWeekdayDate("2026-11-05", "ar")).toBe("الخميس 5 تشرين الثاني 2026");
    expect(formatShortDate("2026-11-05", "ar")).toBe("5/11");
    expect(formatShortDate("2026-11-05", "en")).toBe("5 Nov");
  });

  it("says periods by their first and last day", () => {
    expect(formatPeriod("2026-11-15", "2026-11-22", "en")).toBe("15 – 21 November 2026");
    expect(formatPeriod("2026-11-29", "2026-12-06", "en")).toBe("29 November 2026 – 5 December 2026");
    expect(formatPeriod("2026-11-15", "2026-11-16", "ar")).toBe("15 تشرين الثاني 2026");
  });

  // It is Saturday 28 November, 09:00 in Amman.
  const now = new Date("2026-11-28T06:00:00Z");
  it.each([
    ["2026-11-28T07:10:00Z", "today 10:10", "اليوم 10:10"],
    ["2026-11-27T21:00:00Z", "today 00:00", "اليوم 00:00"],
    ["2026-11-28T20:59:00Z", "today 23:59", "اليوم 23:59"],
    ["2026-11-28T21:00:00Z", "tomorrow 00:00", "غدًا 00:00"],
    ["2026-11-27T20:59:00Z", "yesterday 23:59", "أمس 23:59"],
    ["2026-11-26T20:59:00Z", "26 November, 23:59", "26 تشرين الثاني، 23:59"],
    ["2026-11-30T07:10:00Z", "30 November, 10:10", "30 تشرين الثاني، 10:10"],
    ["2026-01-12T07:10:00Z", "12 January, 10:10", "12 كانون الثاني، 10:10"],
    ["2025-10-12T07:10:00Z", "12 October 2025, 10:10", "12 تشرين الأول 2025، 10:10"],
    ["2026-12-31T21:00:00Z", "1 January 2027, 00:00", "1 كانون الثاني 2027، 00:00"],
  ])("says %s as people do, never by a weekday alone", (at, en, ar) => {
    const present = { timeZone: amman, now };
    expect(formatRecentMoment(new Date(at), { ...present, language: "en" })).toBe(en);
    expect(formatRecentMoment(new Date(at), { ...present, language: "ar" })).toBe(ar);
  });

  it("leaves the time out where it is of no use once days have passed", () => {
    const present = { language: "en", timeZone: amman, now } as const;
    expect(formatRecentMoment(new Date("2026-11-12T07:10:00Z"), present, true)).toBe("12 November");
    expect(formatRecentMoment(new Date("2026-11-27T07:10:00Z"), present, true)).toBe("yesterday 10:10");
  });
  it("says of a term that begins or ends with a day the day alone", () => {
    const en = { language: "en", timeZone: amman, now } as const;
    expect(formatTermMoment(startOfDay("2024-01-01", amman), en)).toBe("1 January 2024");
    expect(formatTermMoment(startOfDay("2024-01-01", amman), { ...en, language: "ar" })).toBe("1 كانون الثاني 2024");
    expect(formatTermMoment(startOfDay("2026-11-12", amman), en)).toBe("12 November");
    expect(formatTermMoment(new Date("2026-11-12T07:10:00Z"), en)).toBe("12 November, 10:10");
  });

  it("knows today by the zone", () => {
    const at = new Date("2026-11-28T03:00:00Z");
    const of = (timeZone: string) => formatRecentMoment(at, { language: "en", timeZone, now });
    expect(of("America/New_York")).toBe("yesterday 22:00");
    expect(of(amman)).toBe("today 06:00");
  });

  it("knows when a day begins where the clocks change", () => {
    expect(startOfDay("2026-11-01", "America/New_York").toISOString()).toBe("2026-11-01T04:00:00.000Z");
    expect(startOfDay("2026-11-02", "America/New_York").toISOString()).toBe("2026-11-02T05:00:00.000Z");
    expect(startOfDay("2026-11-02", amman).toISOString()).toBe("2026-11-01T21:00:00.000Z");
  });
});

describe("durations", () => {
  const workingDay: DayLength = { daySeconds: 25_200, wall: false };

  it.each([
    // Due when the office opens, asked at night: no hour of the clock is meant.
    [20, "less than a minute of working time", "أقل من دقيقة عمل"],
    [60, "1 minute", "دقيقة واحدة"],
    [3_600, "1 working hour", "ساعة عمل واحدة"],
    [7_320, "2 working hours 2 minutes", "ساعتا عمل ودقيقتان"],
    [12_000, "3 working hours 20 minutes", "3 ساعات عمل و20 دقيقة"],
    [25_200, "1 working day", "يوم عمل واحد"],
    [53_000, "2 working days", "يوما عمل"],
    [25_200 * 2 + 3 * 3_600, "2 working days 3 hours", "يوما عمل و3 ساعات"],
    [25_200 * 3 + 3_600, "3 working days", "3 أيام عمل"],
    [25_200 * 5, "5 working days", "5 أيام عمل"],
    [25_200 * 11 + 3_600, "11 working days", "11 يوم عمل"],
    [25_200 * 57, "57 working days", "57 يوم عمل"],
    [25_200 * 103, "103 working days", "103 أيام عمل"],
  ])("says that %d seconds are of working time", (seconds, en, ar) => {
    expect(formatDuration(seconds, workingDay, { language: "en" })).toBe(en);
    expect(formatDuration(seconds, workingDay, { language: "ar" })).toBe(ar);
  });

  it.each([
    [86_399, "23 hours 59 minutes", "23 ساعة و59 دقيقة"],
    [86_400, "1 day", "يوم واحد"],
    [86_400 * 2.5, "2 days 12 hours", "يومان و12 ساعة"],
    [86_400 * 9, "9 days", "9 أيام"],
    [86_400 * 80, "80 days", "80 يومًا"],
    [86_400 * 100, "100 days", "100 يوم"],
  ])("says elapsed time, whose days are no working days", (seconds, en, ar) => {
    expect(formatDuration(seconds, elapsedDay, { language: "en" })).toBe(en);
    expect(formatDuration(seconds, elapsedDay, { language: "ar" })).toBe(ar);
  });

  it.each([
    [120, "متأخرة دقيقتين"],
    [25_200, "متأخرة يوم عمل واحدًا"],
    [25_200 * 2 + 2 * 3_600, "متأخرة يومي عمل وساعتين"],
    [25_200 * 9, "متأخرة 9 أيام عمل"],
  ])("puts every part into the case of the sentence", (seconds, text) => {
    expect(`متأخرة ${formatDuration(seconds, workingDay, { language: "ar", case: "accusative" })}`).toBe(text);
  });

  it("says all of it where arithmetic is shown", () => {
    const whole = { language: "en", detail: "whole" } as const;
    expect(formatDuration(86_400 * 12 + 3_661, elapsedDay, whole)).toBe("12 days 1 hour 1 minute 1 second");
    expect(formatHours(26 * 3_600 + 20 * 60, whole)).toBe("26 hours 20 minutes");
    expect(formatHours(26 * 3_600 + 20 * 60, { ...whole, language: "ar" })).toBe("26 ساعة و20 دقيقة");
  });
});

/** Where a length is put into a sentence, and the case in which the place gives it. */
const places: readonly (readonly [key: string, name: string, grammaticalCase: GrammaticalCase])[] = [
  ["ui.homePieces.left", "time", "nominative"],
  ["ui.homePieces.late", "time", "nominative"],
  ["cases-news.newsList.ago", "time", "oblique"],
  ["cases-page.caseWords.left", "time", "nominative"],
  ["cases-page.caseWords.paused", "time", "nominative"],
  ["cases-page.caseWords.late", "time", "nominative"],
  ["cases-page.caseWords.pausedLate", "time", "nominative"],
  ["cases-page.caseWords.metLate", "time", "nominative"],
  ["explain.explainDeadline.areLeft", "left", "nominative"],
  ["explain.explainDeadline.itIsPausedAndHas", "left", "nominative"],
  ["explain.explainDeadline.openAndLateBy", "late", "nominative"],
  ["explain.explainDeadline.metOnLate", "late", "nominative"],
  ["differences.outcomeParts.nothingDoneFor", "time", "nominative"],
  ["differences.outcomeParts.lateBy", "time", "nominative"],
  ["workflow.consequences.ifNothingHappensForThe", "after", "nominative"],
  ["policy-rules.stepWords.after", "time", "nominative"],
  ["policy-rules.stepWords.idle", "time", "nominative"],
  ["policy-versions.versionTimeline.wasInForce", "time", "nominative"],
  ["policy-workflow.workflowTables.after", "time", "nominative"],
  ["policy-workflow.selectedCard.after", "time", "nominative"],
  ["policy-workflow.diagramPieces.timer", "time", "nominative"],
];

/** What the words before it ask for. */
function askedBy(text: string, name: string): GrammaticalCase {
  const [before = ""] = text.split(`{${name}}`);
  if (/متأخر(ة|ًا)? $/.test(before)) return "accusative";
  return /(^|[\s(])(بعد |خلال |منذ |مدة |بـ)$/.test(before) ? "oblique" : "nominative";
}

it.each(places)("%s asks in Arabic for {%s} in the %s, as its place gives it", (key, name, grammaticalCase) => {
  const text = readCatalogues("views/messages").get("ar")?.[key] ?? "";
  expect(text).toContain(`{${name}}`);
  expect(askedBy(text, name)).toBe(grammaticalCase);
});

it("is the only place where numbers, dates and lists are written for people", () => {
  const forPeople =
    /toLocale(Date|Time)?String\(|Intl\.(NumberFormat|ListFormat|PluralRules|RelativeTimeFormat|Collator)|(month|weekday): "long"/;
  const files = (readdirSync("src", { recursive: true }) as string[]).filter((name) => /\.tsx?$/.test(name));
  const found = files.filter((name) => forPeople.test(readFileSync(join("src", name), "utf8")));
  expect(
    found.map((name) => name.split("\\").join("/")).filter((name) => !name.startsWith("engine/formatting/")),
  ).toEqual([]);
});
