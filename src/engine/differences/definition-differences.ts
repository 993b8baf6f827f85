/** One door to the differences of everything that is published. */
import type { CalendarDefinition } from "../calendar/calendar-definition.js";
import type { DigestDefinition, MessageDefinition } from "../letters/letter-definition.js";
import type { RuleSetDefinition } from "../rules/rule-set.js";
import type { Setup } from "../setup/setup.js";
import type { WorkflowDefinition } from "../workflow/workflow-definition.js";
import { calendarDifferences } from "./calendar-differences.js";
import type { Difference } from "./difference.js";
import { digestDifferences, messageDifferences } from "./letter-differences.js";
import { ruleDifferences } from "./rule-differences.js";
import { workflowDifferences } from "./workflow-differences.js";

type Kind = "rules" | "workflow" | "calendar" | "message" | "digest";

const byKind: Readonly<Record<Kind, (before: object, after: object, setup: Setup) => Difference[]>> = {
  rules: (before, after, setup) => ruleDifferences(before as RuleSetDefinition, after as RuleSetDefinition, setup),
  workflow: (before, after, setup) =>
    workflowDifferences(before as WorkflowDefinition, after as WorkflowDefinition, setup),
  calendar: (before, after) => calendarDifferences(before as CalendarDefinition, after as CalendarDefinition),
  message: (before, after) => messageDifferences(before as MessageDefinition, after as MessageDefinition),
  digest: (before, after) => digestDifferences(before as DigestDefinition, after as DigestDefinition),
};

/**
 * What a reader has to know of the way from one definition to another, in both languages; nothing when they say the same.
 * Both are sound: what the checks refuse cannot be told.
 */
export function definitionDifferences(kind: Kind, before: object, after: object, setup: Setup): Difference[] {
  return byKind[kind](before, after, setup);
}
