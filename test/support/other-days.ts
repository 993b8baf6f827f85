/** Three late cases whose days have three lengths: of the shipped calendar, of one published later, and of the wall. */

import type { Composed } from "../../src/app/compose.js";
import type { CalendarDefinition } from "../../src/engine/calendar/calendar-definition.js";
import type { RuleSetDefinition } from "../../src/engine/rules/rule-set.js";
import { programme, sundayNine, type WorkingOffice } from "./working-office.js";

/** Thursday, 10:00 in Amman, in the third week. */
export const thursdayTen = new Date("2026-12-10T07:00:00Z");
const sundayTen = new Date(sundayNine.getTime() + 3_600_000);

/** How many days late each is on that Thursday, worked out by hand. */
export const daysLate = {
  // Promised ten working days, due on 6 December at 9:00. Sunday 6.5 h, three days of 7 h, 1.5 h: 29 h, four days of 7 h (three of 8).
  "By seven hours": 4,
  // Promised 16 hours, due on Tuesday 24 November at 10:00. Twelve days of 8 h (13 of 7).
  "By eight hours": 12,
  // Promised 24 hours on the wall, due on Monday 23 November at 10:00. 17 days of 24 h.
  "By the wall": 17,
} as const;

export async function receiveOtherDays(office: WorkingOffice, services: Composed): Promise<void> {
  await office.receive({ subject: "By seven hours" });
  const { calendar, ruleSets } = await services.setup.of(programme);
  const by = office.official("operation_room");
  const hours = [["08:00", "16:00"]] as const;
  const { from, to } = calendar.definition.covers;
  const eight: CalendarDefinition = {
    ...calendar.definition,
    periods: [{ from, to, hours: { sun: hours, mon: hours, tue: hours, wed: hours, thu: hours } }],
  };
  const sla = ruleSets.get("sla")?.definition as RuleSetDefinition;
  const promised: Record<string, object> = {
    "sla-normal": { amount: 16, unit: "workingHours" },
    "sla-critical": { amount: 24, unit: "calendarHours" },
  };
  const rules = sla.rules.map((rule) => {
    const resolution = promised[rule.id] ?? rule.event.params.resolution;
    return { ...rule, event: { ...rule.event, params: { ...rule.event.params, resolution } } };
  });
  const publish = { programme, reason: "other days", by, now: sundayNine };
  const { code } = calendar.definition;
  await services.configuration.publish({ ...publish, kind: "calendar", name: code, definition: eight });
  const warningsReason = "An answer on the wall may be due before a first reply in working hours.";
  const changed = { kind: "rules", name: "sla", definition: { ...sla, rules }, warningsReason } as const;
  await services.configuration.publish({ ...publish, ...changed });
  await office.receive({ subject: "By eight hours" }, sundayTen);
  await office.receive({ subject: "By the wall", importance: "critical" }, sundayTen);
}
