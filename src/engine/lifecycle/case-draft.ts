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

/** The draft with one clock of the current cycle replaced (or added). */
export function withClock(draft: CaseDraft, clock: Clock): CaseDraft {
  const others = draft.theCase.clocks.filter((c) => c.cycle !== clock.cycle || c.target !== clock.target);
  return change(draft, { clocks: [...others, clock] });
}

/** The clock of the current cycle, if that target exists. */
export function currentClock(theCase: Case, target: Clock["target"]): Clock | undefined {
  return theCase.clocks.find((c) => c.cycle === theCase.cycle && c.target === target);
}
