/**
 * A draft over recorded cases: what it would have decided, beside what the version in force decides for the same facts.
 * What followed (promises kept, escalations fired, deadlines) is reckoned from the clocks as they were left. A case is judged
 * first, which says what else of it has to be read, and then weighed.
 */

import type { Clock, TargetName } from "../calendar/clock.js";
import type { WorkingCalendar } from "../calendar/working-calendar.js";
import type { Facts } from "../rules/fact-catalogue.js";
import type { RuleSetName } from "../rules/rule-set.js";
import type { Setup } from "../setup/setup.js";
import type { BriefEvent } from "./idle-spans.js";
import type { ReplayedCase } from "./replay-tally.js";

/** What the record says of a case. */
export interface CaseLabels {
  readonly type: string;
  readonly entity: string | null;
  readonly pillar: string | null;
  readonly importance: string | null;
}

export interface RecordedDecision {
  readonly ruleSet: RuleSetName;
  readonly cycle: number;
  /** Of the rule set that decided. */
  readonly versionId: number;
  /** Those that are asked for, as they were recorded. */
  readonly facts: Facts;
}

export interface RecordedCase extends CaseLabels {
  readonly id: number;
  /** The version of a workflow that it follows. */
  readonly workflowVersionId: number;
  /** In the order in which they were made; none where a replay asks for none. */
  readonly decisions: readonly RecordedDecision[];
}

/** What is read of a case when its judgement asks for it. */
export interface CaseDetails {
  readonly clocks: readonly Clock[];
  readonly events: readonly BriefEvent[];
}

/** What two texts decide for the facts of one recorded decision. */
export interface ComparedDecision<Outcome = unknown> {
  readonly decision: RecordedDecision;
  /** By the version in force; null: nothing is in force. */
  readonly before: Outcome | null;
  /** By the draft. */
  readonly after: Outcome;
}

/** What else is read of a case; events come with clocks. In the order of how much that is. */
export const detailsNeeded = ["nothing", "clocks", "events"] as const;
export type DetailsNeeded = (typeof detailsNeeded)[number];

export interface Judged {
  /** Those of the decisions of a case that count. */
  readonly compared: readonly ComparedDecision[];
  readonly needs: DetailsNeeded;
}

/** What is read of the decisions of one rule set: no other facts have to be. */
export interface DecisionsRead {
  readonly ruleSet: RuleSetName;
  readonly facts: readonly string[];
}

export interface Replayer {
  /** Whose recorded decisions are read. */
  readonly reads: readonly DecisionsRead[];
  /** Whether a case without any of those decisions is looked at as well. */
  readonly everyCase: boolean;
  /** Targets whose clocks it looks at when a judgement needs them. */
  readonly clocks: readonly TargetName[];
  judge(theCase: RecordedCase): Judged;
  /** @param details those that it `needs` */
  weigh(theCase: RecordedCase, judged: Judged, details: CaseDetails): ReplayedCase;
}

/** What every replayer is made with. */
export interface ReplayGround {
  readonly setup: Setup;
  /** By which the draft is asked: the same, or as it would be with the change-set that the draft is in. */
  readonly wouldBe: Setup;
  /** Loaded before: calendars by which clocks of the period were started. */
  readonly calendarOf: (versionId: number) => WorkingCalendar;
  /** Actions of a version of a workflow that are no sign of life. */
  readonly quietIn: (workflowVersionId: number) => ReadonlySet<string>;
  readonly now: Date;
  /** Number of the version in force; null where there is none. */
  readonly inForceId: number | null;
}
