/**
 * A draft over recorded cases: what it would have decided, beside what the version in force decides for the same facts.
 * What followed (promises kept, steps gone out, deadlines) is reckoned from the clocks as they were left, and only where it
 * can differ: a case is judged first, and weighed when what is still needed of it has been read.
 */
import type { WorkingCalendar } from "../calendar/working-calendar.js";
import type { Facts } from "../rules/fact-catalogue.js";
import type { Setup } from "../setup.js";
import type { Budget } from "../sla/budget.js";
import type { Clock } from "../sla/clock.js";
import type { ReplayedCase, ReplayTarget } from "./replay-tally.js";
import type { BriefEvent } from "./silences.js";
import type { Kept } from "./would-be-kept.js";

/** A target as the record tells it at a glance. */
export interface RecordedPromise {
  readonly budget: Budget | null;
  readonly kept: Kept;
}

export interface RecordedDecision {
  readonly cycle: number;
  readonly versionId: number;
  readonly facts: Facts;
  /** Of its cycle; null where there is no such clock, or they are not asked for. */
  readonly promised: Readonly<Record<ReplayTarget, RecordedPromise | null>>;
}

export interface RecordedCase {
  readonly id: number;
  readonly type: string;
  readonly entity: string | null;
  readonly pillar: string | null;
  readonly importance: string | null;
  /** In the order in which they were made; none where a replay asks for none. */
  readonly decisions: readonly RecordedDecision[];
}

/** What is read of a case when its judgement asks for it. */
export interface CaseDetails {
  readonly clocks: readonly Clock[];
  readonly events: readonly BriefEvent[];
}

export interface Judged {
  readonly theCase: RecordedCase;
  readonly needs: "nothing" | "clocks" | "events";
  /** @param details those that `needs` names; events come with clocks */
  weigh(details: CaseDetails): ReplayedCase;
}

export interface Replayer {
  /** Names of the facts that it asks for. */
  readonly facts: readonly string[];
  /** Whether recorded decisions are read, and whether their promises are. */
  readonly decisions: boolean;
  readonly promises: boolean;
  judge(theCase: RecordedCase): Judged;
}

/** What every replayer is made with. */
export interface ReplayGround {
  readonly setup: Setup;
  /** Loaded before: calendars by which clocks of the period were started. */
  readonly calendarOf: (versionId: number) => WorkingCalendar;
  readonly now: Date;
  /** Number of the version in force; null where there is none. */
  readonly inForceId: number | null;
}

export const noDetails: CaseDetails = { clocks: [], events: [] };

/** A case of which nothing has been counted yet. */
export function untouched(theCase: RecordedCase, inForceId: number | null): ReplayedCase {
  const { type, entity, pillar, importance, decisions } = theCase;
  return {
    type,
    entity,
    pillar,
    importance,
    decisions: decisions.length,
    changedDecisions: 0,
    otherVersions: decisions.reduce((n, { versionId }) => n + (versionId === inForceId ? 0 : 1), 0),
    unmeasured: 0,
    changes: [],
    kept: [],
    load: [],
  };
}
