/** A year as it is drawn, and how far ahead promises reach. */
import { expect, it } from "@jest/globals";
import type { CalendarDefinition } from "../../src/domain/calendar/calendar-definition.js";
import { compileCalendar } from "../../src/domain/calendar/working-calendar.js";
import { yearOfDays } from "../../src/domain/calendar/year-of-days.js";
import type { RuleSetDefinition } from "../../src/domain/rules/rule-set.js";
import { longestTargetEnds } from "../../src/domain/sla/longest-target.js";
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
  expect(on("2026-02-22")).toMatchObject({ state: "worked", minutes: 330, name: { en: "Ramadan 2026" } });
});

it("calls a day short that has less than three quarters of its weekday's hours", () => {
  const half = { date: "2026-11-22", name: { ar: "نصف دوام", en: "Half day" }, hours: [["08:30", "12:00"]] as const };
  const [day] = yearOfDays({ ...shipped, days: [...shipped.days, half] }, 2026).filter(
    ({ date }) => date === half.date,
  );
  expect(day).toMatchObject({ state: "short", minutes: 210 });
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
