/** What decides a case now (the published versions) and what decided it before (the pinned ones), ready to be asked. */
import type { WorkingCalendar } from "../calendar/working-calendar.js";
import type { RuleSetRunner } from "../rules/compile-rule-set.js";
import type { RuleSetName } from "../rules/rule-set.js";
import type { WorkflowDefinition } from "../workflow/workflow-definition.js";
import type { Setup } from "./setup.js";

export interface Policy {
  readonly setup: Setup;
  /** The published calendar, compiled. */
  readonly calendar: WorkingCalendar;
  /** The published rule set, compiled; null where the programme has none of that name. */
  runner(set: RuleSetName): RuleSetRunner | null;
}

/** Versions are immutable, so these never change once they are loaded. Unknown version: Error. */
export interface PinnedVersions {
  calendarOf(versionId: number): WorkingCalendar;
  workflowOf(versionId: number): WorkflowDefinition;
}
