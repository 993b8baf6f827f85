/**
 * A person corrected pillar or importance: the targets of the cycle are decided anew. What was consumed and paused
 * counts on, and each deadline that moves is an event, so that the record says who moved it and from when to when.
 */

import type { Budget } from "../calendar/budget.js";
import type { Clock } from "../calendar/clock.js";
import { cancelClock, rebudgetClock } from "../calendar/clocks.js";
import type { Facts } from "../rules/fact-catalogue.js";
import type { Policy } from "../setup/policy.js";
import { startTarget } from "./begin-cycle.js";
import { type CaseDraft, change, currentClock, emit, withClock } from "./case-draft.js";
import { decideCase } from "./decide-case.js";
import type { CalendarOf } from "./sync-clocks.js";

function recalculateTarget(draft: CaseDraft, clock: Clock, budget: Budget | null, calendarOf: CalendarOf): CaseDraft {
  const calendar = calendarOf(clock.calendarVersionId);
  const { target } = clock;
  if (budget === null)
    return emit(withClock(draft, cancelClock(clock, calendar, draft.now)), "clock.cancelled", { target });
  const moved = rebudgetClock(clock, budget, calendar, draft.now);
  return emit(withClock(draft, moved), "case.retimed", {
    target,
    from: { budget: clock.budget, dueAt: clock.dueAt?.toISOString() ?? null },
    to: { budget, dueAt: moved.dueAt?.toISOString() ?? null },
  });
}

function sameBudget(a: Budget | null, b: Budget | null): boolean {
  return a?.amount === b?.amount && a?.unit === b?.unit;
}

/** Decides targets and ladder of the current cycle again by the policy of today; ended clocks stay as they are. */
export async function recalculateTargets(
  draft: CaseDraft,
  policy: Policy,
  calendarOf: CalendarOf,
  facts: Facts,
): Promise<CaseDraft> {
  const sla = await decideCase(draft, policy, "sla", facts);
  let next = sla.draft;
  for (const target of ["firstResponse", "resolution"] as const) {
    const clock = currentClock(next.theCase, target);
    const budget = sla.outcome[target] ?? null;
    if (clock === undefined) {
      // Nothing was promised before; the promise holds from now on.
      if (budget !== null) next = startTarget(next, policy, target, budget, draft.now);
      continue;
    }
    const ended = clock.metAt !== null || clock.cancelledAt !== null;
    if (!ended && !sameBudget(clock.budget, budget)) next = recalculateTarget(next, clock, budget, calendarOf);
  }
  const escalation = await decideCase(next, policy, "escalation", facts);
  return change(escalation.draft, { escalationSteps: escalation.outcome });
}
