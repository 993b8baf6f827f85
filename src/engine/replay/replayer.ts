/**
 * A draft over recorded cases: what it would have decided, beside what the version in force decides for the same facts.
 * What followed (promises kept, steps gone out, deadlines) is reckoned from the clocks as they were left, and only where it
 * can differ: a case is judged first, and weighed when what is still needed of it has been read.
 */

import type { Budget } from "../calendar/budget.js";
import type { Clock, TargetName } from "../calendar/clock.js";
import type { WorkingCalendar } from "../calendar/working-calendar.js";
import type { Facts } from "../rules/fact-catalogue.js";
import type { Setup } from "../setup/setup.js";
import type { BriefEvent } from "./idle-spans.js";
import type { ReplayedCase, ReplayTarget } from "./replay-tally.js";
import type { Kept } from "./would-be-kept.js";

/** A target as the record tells it at a glance. */
export interface RecordedPromise {
  readonly budget: Budget | null;
  readonly kept: Kept;
}

/** What the record says of a case. */
export interface CaseLabels {
  readonly type: string;
  readonly entity: string | null;
  readonly pillar: string | null;
  readonly importance: string | null;
}

/** What it says of a decision, beside its facts. Whoever reads cases hands out equal ones as one object. */
export interface Recorded extends CaseLabels {
  readonly cycle: number;
  readonly versionId: number;
  /** Of its cycle; null where there is no such clock, or they are not asked for. */
  readonly promised: Readonly<Record<ReplayTarget, RecordedPromise | null>>;
}

export interface RecordedDecision {
  readonly recorded: Recorded;
  readonly facts: Facts;
}

export interface RecordedCase {
  readonly id: number;
  readonly labels: CaseLabels;
  /** In the order in which they were made; none where a replay asks for none. */
  readonly decisions: readonly RecordedDecision[];
}

/** What is read of a case when its judgement asks for it. */
export interface CaseDetails {
  readonly clocks: readonly Clock[];
  readonly events: readonly BriefEvent[];
  /** That it follows; comes with events. */
  readonly workflowVersionId: number | null;
}

/** What two texts decide for the same facts. */
export interface Outcomes<Outcome = unknown> {
  /** By the version in force; null: nothing is in force. */
  readonly before: Outcome | null;
  /** By the draft. */
  readonly after: Outcome;
}

/** One decision again. */
export interface Again<Outcome = unknown> {
  readonly decision: RecordedDecision;
  readonly outcomes: Outcomes<Outcome>;
}

/** Of a case; equal ones may be one object. */
export interface Judged {
  /** Those of its decisions that count. */
  readonly agains: readonly Again[];
  readonly needs: "nothing" | "clocks" | "events";
}

export interface Replayer {
  /** Names of the facts that it asks for. */
  readonly facts: readonly string[];
  /** Of facts that are numbers: those that tell numbers apart, by `number-regions`. A number may stand for its likes. */
  readonly cuts: ReadonlyMap<string, readonly number[]>;
  /** Whether recorded decisions are read, and whether their promises are. */
  readonly decisions: boolean;
  readonly promises: boolean;
  /** Targets whose clocks it looks at when a judgement needs them. */
  readonly clocks: readonly TargetName[];
  judge(theCase: RecordedCase): Judged;
  /** @param details those that it `needs`; events come with clocks. Equal results may be one object. */
  weigh(theCase: RecordedCase, judged: Judged, details: CaseDetails): ReplayedCase;
}

/** What every replayer is made with. */
export interface ReplayGround {
  readonly setup: Setup;
  /** By which the draft is asked: the same, or as it would be with the change-set that the draft is in. */
  readonly wouldBe: Setup;
  /** Loaded before: calendars by which clocks of the period were started. */
  readonly calendarOf: (versionId: number) => WorkingCalendar;
  /** Actions of a version of a workflow that are no sign of life; of none: none. */
  readonly quietIn: (workflowVersionId: number | null) => ReadonlySet<string>;
  readonly now: Date;
  /** Number of the version in force; null where there is none. */
  readonly inForceId: number | null;
}

export const noDetails: CaseDetails = { clocks: [], events: [], workflowVersionId: null };

/** A case of which nothing has been counted yet. */
export function untouched({ type, entity, pillar, importance }: CaseLabels): ReplayedCase {
  return {
    type,
    entity,
    pillar,
    importance,
    decisions: 0,
    changedDecisions: 0,
    otherVersions: 0,
    unmeasured: 0,
    changes: [],
    kept: [],
    load: [],
  };
}
