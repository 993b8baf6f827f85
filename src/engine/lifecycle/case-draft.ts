/** A case while an act is being worked out: what it has become so far and what has happened, nothing of it stored yet. */

import type { Actor } from "../access/permissions.js";
import type { Clock } from "../calendar/clock.js";
import type { Case } from "./case.js";
import type { CaseEventType, NewCaseEvent } from "./case-event.js";
import type { DecisionRecord, EnforcementRecord } from "./case-outcome.js";

export interface CaseDraft {
  readonly theCase: Case;
  readonly events: readonly NewCaseEvent[];
  readonly decisions: readonly DecisionRecord[];
  readonly enforcements: readonly EnforcementRecord[];
  readonly actor: Actor;
  readonly now: Date;
}

export function draftOf(theCase: Case, actor: Actor, now: Date): CaseDraft {
  return { theCase, events: [], decisions: [], enforcements: [], actor, now };
}

/** The draft with one more event. */
export function emit(draft: CaseDraft, type: CaseEventType, data: Record<string, unknown> = {}): CaseDraft {
  return { ...draft, events: [...draft.events, { type, at: draft.now, actor: draft.actor, data }] };
}

/** The draft with some columns of the case changed. */
export function change(draft: CaseDraft, columns: Partial<Case>): CaseDraft {
  return { ...draft, theCase: { ...draft.theCase, ...columns } };
}

const isDecided = (clock: Clock | undefined): boolean =>
  clock !== undefined && (clock.metAt !== null || clock.breachedAt !== null);

/**
 * Whose it is that a target was kept or not: of the person who had taken the case when that was decided. What is late stays with them, also
 * when a colleague takes the case over. An answer in time to a case that no one had taken is of the person who wrote it.
 */
function holderWhenDue({ theCase, actor }: CaseDraft, before: Clock | undefined, after: Clock): number | null {
  if (!isDecided(after) || isDecided(before)) return after.heldBy;
  if (after.metAt === null || theCase.assignee !== null) return theCase.assignee;
  return theCase.answerWrittenAt !== null ? theCase.answeredBy : actor.kind === "user" ? actor.userId : null;
}

/** The draft with one clock of the current cycle replaced (or added). */
export function withClock(draft: CaseDraft, clock: Clock): CaseDraft {
  const { theCase } = draft;
  const same = (c: Clock): boolean => c.cycle === clock.cycle && c.target === clock.target;
  const heldBy = holderWhenDue(draft, theCase.clocks.find(same), clock);
  return change(draft, { clocks: [...theCase.clocks.filter((c) => !same(c)), { ...clock, heldBy }] });
}

/** The clock of the current cycle, if that target exists. */
export function currentClock(theCase: Case, target: Clock["target"]): Clock | undefined {
  return theCase.clocks.find((c) => c.cycle === theCase.cycle && c.target === target);
}
