/** Whether what would be promised rests on confirmed days: told when a calendar or service levels are changed. */

import type { RuleSetDefinition } from "../rules/rule-set.js";
import type { ConfigurationFault } from "../setup/configuration-fault.js";
import type { Setup } from "../setup/setup.js";
import { msg } from "../text/msg.js";
import type { CalendarDefinition } from "./calendar-definition.js";
import { civilDate } from "./civil-days.js";
import { confirmedUntil } from "./coverage.js";
import { dateWords } from "./date-words.js";
import { confirmationNeeded } from "./longest-target.js";

/** What would be published: of a kind that has nothing to do with it nothing is said. */
export interface ChangedPromise {
  readonly kind: string;
  readonly name: string;
  /** Sound by its own checks. */
  readonly definition: object;
  readonly source: string;
}

/** A warning where the longest target that starts at `now` ends behind the days that are confirmed. */
export function checkCoverage(changed: ChangedPromise, setup: Setup, now: Date): ConfigurationFault[] {
  const { kind, name, definition, source } = changed;
  const isCalendar = kind === "calendar" && name === setup.calendar.definition.code;
  if (!isCalendar && !(kind === "rules" && name === "sla")) return [];
  const calendar = isCalendar ? { ...setup.calendar, definition: definition as CalendarDefinition } : setup.calendar;
  const sla = { versionId: 0, version: 0, definition: definition as RuleSetDefinition };
  const ruleSets = isCalendar ? setup.ruleSets : new Map([...setup.ruleSets, ["sla", sla] as const]);
  const until = confirmedUntil(calendar.definition, civilDate(now, setup.programme.timeZone));
  const { promised } = confirmationNeeded({ programme: setup.programme, calendar, ruleSets }, now);
  if (until >= promised) return [];
  const reason = msg("calendar.checkCoverage.daysAreConfirmedUntilAnd", {
    until: dateWords(until),
    promised: dateWords(promised),
  });
  return [{ source, ruleId: null, path: isCalendar ? "/covers/to" : "", reason, severity: "warning" }];
}
