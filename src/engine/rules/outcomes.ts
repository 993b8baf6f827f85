/** What each rule set may decide. */
import type { Budget } from "../calendar/budget.js";
import type { TargetName } from "../calendar/clock.js";

export interface ClassificationOutcome {
  readonly pillar?: string | null;
  readonly importance?: string | null;
  readonly confidential?: boolean;
}

/** Null: no such target. */
export type SlaOutcome = Readonly<Record<TargetName, Budget | null>>;

/**
 * Where a case goes. References, so that 106 entities need no 106 rules:
 * `entity` (as the applicant asked), `service.entity`, `sector.mainFocalPoint` (the triage queue), `entity:CODE`.
 */
export interface RoutingOutcome {
  readonly to: string;
}

/** Who is told: `entity.focalPoints`, `entity.superior(1)` …, `sector.mainFocalPoint`, `operationRoom`, `assignee`. */
export type ReceiverReference = string;

/** One step of a ladder. `level` 0 warns; 1 and up raises the case to that level. */
export interface EscalationStep {
  /** Filled in by the decision: the rule that gave it. */
  readonly ruleId: string;
  readonly kind: "warning" | "escalation";
  readonly level: number;
  readonly when: EscalationTrigger;
  readonly tell: readonly ReceiverReference[];
  /** The importance goes up to the next level in use. Targets and ladder stay as they were decided: this step is part of them. */
  readonly raiseImportance?: true;
  /** Code of a letter of the programme's own (`step-…`) that tells of it; left out: the letter of its kind. */
  readonly template?: string;
  /** Its letter comes at once to those whom it is for, however they want letters; copies follow the position's way. */
  readonly mandatory?: true;
}
export type EscalationTrigger =
  /** When this share of a clock's budget is consumed (100 is the due time). */
  | { readonly clock: TargetName; readonly percent: number }
  /** So long after the clock fell due. */
  | { readonly clock: TargetName; readonly after: Budget }
  /** So long without any action of an official (only while the case waits for the office). */
  | { readonly idle: Budget };

export interface QualityOutcome {
  readonly review: boolean;
  readonly reason: string;
}
