/** A promise that would rest on days that nobody has confirmed is told before it is made. */
import { expect, it } from "@jest/globals";
import type { CalendarDefinition } from "../../src/engine/calendar/calendar-definition.js";
import { checkCoverage } from "../../src/engine/calendar/check-coverage.js";
import type { RuleSetDefinition } from "../../src/engine/rules/rule-set.js";
import { office } from "../support/office.js";
import { shippedJson } from "../support/shipped-setup.js";

const calendar = shippedJson<CalendarDefinition>("seeds", "jordan", "calendar.json");
const sla = shippedJson<RuleSetDefinition>("rules", "jordan", "sla.json");
const setup = office({
  calendar: { versionId: 1, version: 1, definition: calendar },
  ruleSets: new Map([["sla", { versionId: 2, version: 1, definition: sla }]]),
});
const source = "a draft";
const ofCalendar = { kind: "calendar", name: calendar.code, definition: calendar, source };
const ofSla = { kind: "rules", name: "sla", definition: sla, source };

// Ramadan 2027, from 8 February on, is expected only.
const farFromIt = new Date("2026-11-26T08:00:00Z");
const closeToIt = new Date("2027-02-03T08:00:00Z");

it("is told of a calendar at the date that it covers, and of service levels as a whole", () => {
  for (const changed of [ofCalendar, ofSla]) expect(checkCoverage(changed, setup, farFromIt)).toEqual([]);
  expect(checkCoverage(ofCalendar, setup, closeToIt)).toEqual([
    expect.objectContaining({ path: "/covers/to", severity: "warning", source }),
  ]);
  const [fault] = checkCoverage(ofSla, setup, closeToIt);
  expect(fault).toMatchObject({ path: "", severity: "warning" });
  expect(fault?.reason.en).toContain("7 February 2027");
});

it("goes by what would be in force: confirmed days, or shorter targets, end it", () => {
  const confirmed = {
    ...calendar,
    days: calendar.days.map(({ provisional: _, ...day }) => day),
    periods: calendar.periods.map(({ provisional: _, ...period }) => period),
  };
  expect(checkCoverage({ ...ofCalendar, definition: confirmed }, setup, closeToIt)).toEqual([]);
  const hour = { amount: 1, unit: "workingHours" };
  const short = { ...sla, default: { acknowledgement: null, firstResponse: hour, resolution: hour }, rules: [] };
  expect(checkCoverage({ ...ofSla, definition: short }, setup, closeToIt)).toEqual([]);
});

it("says nothing of what promises nothing: other rules, workflows, calendars for later", () => {
  for (const other of [
    { ...ofSla, name: "routing" },
    { ...ofSla, kind: "workflow" },
    { ...ofCalendar, name: "next-law" },
  ])
    expect(checkCoverage(other, setup, closeToIt)).toEqual([]);
});
