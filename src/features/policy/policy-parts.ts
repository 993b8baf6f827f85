/**
 * The ways to look at and edit one rule set, workflow, calendar, letter or digest, each a tab beside its text. A way is added by
 * a file that exports a `PolicyPart` and its line here; all of them show and change the same definition.
 */

import { calendarDays } from "./calendar/calendar-days.js";
import { calendarYear } from "./calendar/calendar-year.js";
import { digestPart } from "./letters/digest-part.js";
import { messagePart, smsPart } from "./letters/message-part.js";
import type { PolicyPart } from "./policy-part.js";
import { replayPart } from "./replay/replay-part.js";
import { tryPart } from "./replay/try-part.js";
import { ladderPart } from "./rules/ladder-part.js";
import { rulesPart } from "./rules/rules-part.js";
import { gridPart } from "./sla-grid/grid-part.js";
import { workflowCasesPart } from "./workflow/cases-part.js";
import { walkPart } from "./workflow/walk-part.js";
import { workflowPart } from "./workflow/workflow-part.js";

export const policyParts: readonly PolicyPart[] = [
  gridPart,
  rulesPart,
  ladderPart,
  workflowPart,
  walkPart,
  workflowCasesPart,
  messagePart,
  smsPart,
  digestPart,
  calendarYear,
  calendarDays,
  tryPart,
  replayPart,
];
