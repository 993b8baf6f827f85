/** A year as it is drawn, and how far ahead promises reach. */
import { expect, it } from "@jest/globals";
import type { Budget } from "../../src/engine/calendar/budget.js";
import type { CalendarDefinition } from "../../src/engine/calendar/calendar-definition.js";
import { longestTargetEnds } from "../../src/engine/calendar/longest-target.js";
import { usualDayHours } from "../../src/engine/calendar/usual-week.js";
import { compileCalendar } from "../../src/engine/calendar/working-calendar.js";
import { yearOfDays } from "../../src/engine/calendar/year-of-days.js";
import type { RuleSetDefinition } from "../../src/engine/rules/rule-set.js";
import { sameHours, withSameHours, workingDaysOf } from "../../src/features/policy/calendar/week-hours.js";
import { longDayWords } from "../../src/features/policy/rules/budget-words.js";
import { shippedJson } from "../support/shipped-setup.js";

const shipped = shippedJson<CalendarDefinition>("seeds", "jordan", "calendar.json");
const sla = shippedJson<RuleSetDefinition>("rules", "jordan", "sla.json");

it("tells each day's state, name and certainty", () => {
  const year = yearOfDays(shipped, 2026);
  expect(year).toHaveLength(365);
  const on = (date: string) => year.find((day) => day.date === date);
  expect(on("2026-11-22")).toMatchObject({ state: "worked", minutes: 420, name: null, provisional: false });
  expect(on("2026-11-20")).toMatchObject({ state: "off", minutes: 0, name: null });
  expect(on("2026-12-25")).toMatchObject({ state: "named-off", name: { en: "Christmas" }, provisional: false });
  expect(on("2026-03-22")).toMatchObject({ state: "named-off", name: { en: "Eid al-Fitr" }, provisional: true });
  expect(on("2026-02-22")).toMatchObject({ state: "short", minutes: 330, name: { en: "Ramadan 2026" } });
});

it("calls a day short that has less than its weekday's usual hours, be it by an hour", () => {
  const named = { ar: "يوم قصير", en: "Short day" };
  const days = [
    { date: "2026-11-22", name: named, hours: [["08:30", "12:00"]] as const },
    { date: "2026-11-23", name: named, hours: [["09:30", "15:30"]] as const },
    { date: "2026-11-24", name: named, hours: [["09:00", "16:00"]] as const },
  ];
  const year = yearOfDays({ ...shipped, days: [...shipped.days, ...days] }, 2026);
  const on = (date: string) => year.find((day) => day.date === date);
  expect(on("2026-11-22")).toMatchObject({ state: "short", minutes: 210 });
  expect(on("2026-11-23")).toMatchObject({ state: "short", minutes: 360 });
  expect(on("2026-11-24")).toMatchObject({ state: "worked", minutes: 420 });
});

it("knows what lies outside the coverage, and leap years", () => {
  const year = yearOfDays(shipped, 2028);
  expect(year).toHaveLength(366);
  expect(year.every(({ covered, provisional }) => !covered && provisional)).toBe(true);
});

it("finds the latest due time of any target, whichever unit it has", () => {
  const calendar = compileCalendar(shipped);
  const at = new Date("2026-11-26T08:00:00Z");
  const budgets = [sla.default, ...sla.rules.map(({ event }) => event.params)].flatMap((outcome) =>
    Object.values(outcome as Record<string, { amount: number; unit: "workingDays" } | null>),
  );
  const dues = budgets.flatMap((budget) => (budget === null ? [] : [calendar.add(at, budget).due.getTime()]));
  expect(longestTargetEnds(sla, calendar, at).getTime()).toBe(Math.max(...dues));
  expect(longestTargetEnds(sla, calendar, at).getTime()).toBeGreaterThan(at.getTime() + 7 * 86_400_000);
  expect(longestTargetEnds(undefined, calendar, at)).toEqual(at);
});

it("knows the usual week: its working days, its hours, and what working time is more than a day of it", () => {
  expect(workingDaysOf(shipped)).toEqual(["sun", "mon", "tue", "wed", "thu"]);
  expect(usualDayHours(shipped)).toBe(7);
  const named = shipped.periods.map((period) => ({ ...period, name: { ar: "رمضان", en: "Ramadan" } }));
  expect(workingDaysOf({ periods: named })).toEqual(["sun", "mon", "tue", "wed", "thu"]);
  expect(workingDaysOf({ periods: [] })).toEqual([]);
  expect(usualDayHours({ periods: [] })).toBe(0);

  const hours = (amount: number) => ({ amount, unit: "workingHours" }) as const;
  const says = (budget: Budget, day = 7) => longDayWords(budget, day)?.en ?? null;
  expect(says(hours(7))).toBeNull();
  expect(says(hours(8), 0)).toBeNull();
  expect(says({ amount: 8, unit: "calendarHours" })).toBeNull();
  expect(says({ amount: 8, unit: "workingDays" })).toBeNull();
  expect(says(hours(14.5))).toBe("More than a working day of 7 hours: 2 working days and 30 minutes");
  expect(longDayWords(hours(8), 7)).toEqual({
    en: "More than a working day of 7 hours: 1 working day and 1 hour",
    ar: "أكثر من يوم عمل مدته 7 ساعات: يوم عمل واحد وساعة واحدة",
  });
  expect(longDayWords(hours(14), 7)?.ar).toBe("أكثر من يوم عمل مدته 7 ساعات: يوما عمل");
  expect(longDayWords(null, 7)).toBeNull();
});

it("sets the hours of all working days at once, and leaves the others", () => {
  const days = workingDaysOf(shipped);
  const ramadan = [["09:00", "14:30"]] as const;
  const week = withSameHours({ sat: [["10:00", "12:00"]] }, days, ramadan);
  expect(week).toEqual({ sat: [["10:00", "12:00"]], ...Object.fromEntries(days.map((day) => [day, ramadan])) });
  expect(sameHours(week, days)).toEqual(ramadan);
  expect(sameHours({ ...week, mon: [] }, days)).toBeNull();
  expect(sameHours({}, days)).toEqual([]);
});
