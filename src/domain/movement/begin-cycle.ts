/** A cycle begins with promises: the SLA rules give it targets, the escalation rules a ladder. */
import type { Policy } from "../policy.js";
import type { Facts } from "../rules/fact-catalogue.js";
import type { Clock, TargetName } from "../sla/clock.js";
import { meetClock, startClock } from "../sla/clocks.js";
import { type CaseDraft, change, emit, withClock } from "./case-draft.js";
import { decideCase } from "./decide-case.js";

const targets: readonly TargetName[] = ["acknowledgement", "firstResponse", "resolution"];

/**
 * Starts the clocks of the draft's current cycle at `startedAt` and pins its ladder. The acknowledgement is sent by the
 * system at once, so its target is met as it starts.
 */
export async function beginCycle(draft: CaseDraft, policy: Policy, facts: Facts, startedAt: Date): Promise<CaseDraft> {
  const sla = await decideCase(draft, policy, "sla", facts);
  let next = sla.draft;
  for (const target of targets) {
    const budget = sla.outcome[target];
    if (budget === null || budget === undefined) continue;
    next = startTarget(next, policy, target, budget, startedAt);
  }
  const escalation = await decideCase(next, policy, "escalation", facts);
  return change(escalation.draft, { escalationSteps: escalation.outcome });
}

/** Starts one target of the draft's current cycle by the published calendar. */
export function startTarget(
  draft: CaseDraft,
  policy: Policy,
  target: TargetName,
  budget: NonNullable<Clock["budget"]>,
  at: Date,
): CaseDraft {
  const { calendar, setup } = policy;
  const calendarVersionId = setup.calendar.versionId;
  const clock = startClock({ target, cycle: draft.theCase.cycle, budget, calendar, calendarVersionId, at });
  const data = { target, cycle: clock.cycle, budget, dueAt: clock.dueAt?.toISOString() ?? null };
  if (target !== "acknowledgement") return emit(withClock(draft, clock), "clock.started", data);
  return emit(withClock(draft, meetClock(clock, calendar, at)), "clock.met", { ...data, onTime: true });
}
