/** What is explained of a case, and what comes out. */
import type { WorkingCalendar } from "../calendar/working-calendar.js";
import type { Case } from "../lifecycle/case.js";
import type { CaseEvent } from "../lifecycle/case-event.js";
import type { Setup } from "../setup/setup.js";
import type { Language } from "../text/text.js";
import type { WorkflowDefinition } from "../workflow/workflow-definition.js";
import type { ExplainedDecision } from "./explain-decision.js";

export interface ExplainInput {
  readonly theCase: Case;
  /** As they were stored, in order. */
  readonly decisions: readonly ExplainedDecision[];
  readonly events: readonly CaseEvent[];
  readonly setup: Setup;
  readonly workflow: WorkflowDefinition;
  readonly calendarOf: (versionId: number) => WorkingCalendar;
  readonly language: Language;
  readonly now: Date;
  /** Rules with their identifiers: for people who may open them. */
  readonly ruleCodes: boolean;
}

export interface ExplainedSection {
  readonly title: string;
  readonly lines: readonly string[];
  /** Instructions of the register that the lines name, in the words in which they do. */
  readonly cited?: readonly { readonly words: string; readonly programme: string; readonly code: string }[];
}
