/** What one act did to one case, decided and not yet stored: it is saved wholly in one transaction or not at all. */

import type { Clock } from "../calendar/clock.js";
import type { MessageIntent } from "../letters/message-intent.js";
import type { RuleSetName } from "../rules/rule-set.js";
import type { StateKind } from "../workflow/workflow-definition.js";
import type { Case } from "./case.js";
import type { NewCaseEvent } from "./case-event.js";
import type { CaseNews } from "./case-news.js";

/** What a rule set said, with the version that said it and the facts it was told. */
export interface DecisionRecord {
  readonly cycle: number;
  readonly ruleSet: RuleSetName;
  readonly versionId: number;
  readonly at: Date;
  readonly ruleIds: readonly string[];
  readonly outcome: unknown;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly faults: readonly { readonly ruleId: string | null; readonly message: string }[];
}

export interface EnforcementRecord {
  readonly cycle: number;
  readonly ruleId: string;
  readonly level: number;
  readonly kind: "breach" | "warning" | "escalation";
  /** When it was due; the sweep may come later. */
  readonly dueAt: Date;
  readonly at: Date;
}

export interface CaseOutcome {
  readonly after: Case;
  readonly stateKind: StateKind;
  /** The clocks that are new or changed. */
  readonly clocks: readonly Clock[];
  readonly events: readonly NewCaseEvent[];
  readonly decisions: readonly DecisionRecord[];
  readonly enforcements: readonly EnforcementRecord[];
  readonly intents: readonly MessageIntent[];
  readonly news: readonly CaseNews[];
  readonly nextDueAt: Date | null;
}
