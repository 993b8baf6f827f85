/** A cycle begins with promises: the SLA rules give it targets, the escalation rules a ladder. */

import type { Clock, TargetName } from "../calendar/clock.js";
import { meetClock, pausedBefore, startClock } from "../calendar/clocks.js";
import type { Facts } from "../rules/fact-catalogue.js";
import type { Policy } from "../setup/policy.js";
import { type CaseDraft, change, emit, withClock } from "./case-draft.js";
import { decideCase } from "./decide-case.js";

/** What happened before a second matter was split off, to the application that both come from. */
interface BeforeSplit {
  readonly pausedSeconds: number;
  readonly respondedAt: Date | null;
}

const targets: readonly TargetName[] = ["acknowledgement", "firstResponse", "resolution"];

/**
 * Starts the clocks of the draft's current cycle at `startedAt` and pins its ladder. The acknowledgement is sent by the
 * system at once, so its target is met as it starts.
 */
export async function beginCycle(
  draft: CaseDraft,
  policy: Policy,
  facts: Facts,
  startedAt: Date,
  a: { readonly split?: BeforeSplit | undefined; readonly chosenDueAt?: Date | null } = {},
): Promise<CaseDraft> {
  const { chosenDueAt = null } = a;
  const sla = await decideCase(draft, policy, "sla", facts);
  let next = sla.draft;
  for (const target of targets) {
    const budget = sla.outcome[target];
    if (target === "resolution" && chosenDueAt !== null) next = untilChosen(next, policy, chosenDueAt, startedAt);
    else if (budget !== null && budget !== undefined)
      next = startTarget(next, policy, target, budget, startedAt, a.split);
  }
  const escalation = await decideCase(next, policy, "escalation", facts);
  return change(escalation.draft, { escalationSteps: escalation.outcome });
}

/** A final answer until a moment that a person chose: a clock without a budget, which nothing moves. */
function untilChosen(draft: CaseDraft, { calendar, setup }: Policy, dueAt: Date, at: Date): CaseDraft {
  const { cycle } = draft.theCase;
  const budget = { amount: 0, unit: "calendarHours" } as const;
  const calendarVersionId = setup.calendar.versionId;
  const started = startClock({ target: "resolution", cycle, budget, calendar, calendarVersionId, at });
  const data = { target: "resolution", cycle, budget: null, dueAt: dueAt.toISOString(), chosen: true };
  return emit(withClock(draft, { ...started, budget: null, dueAt }), "clock.started", data);
}

/** Starts one target of the draft's current cycle by the published calendar. */
export function startTarget(
  draft: CaseDraft,
  policy: Policy,
  target: TargetName,
  budget: NonNullable<Clock["budget"]>,
  at: Date,
  before?: BeforeSplit,
): CaseDraft {
  const { calendar, setup } = policy;
  const calendarVersionId = setup.calendar.versionId;
  const started = startClock({ target, cycle: draft.theCase.cycle, budget, calendar, calendarVersionId, at });
  const paused = target === "resolution" ? (before?.pausedSeconds ?? 0) : 0;
  const clock = paused === 0 ? started : pausedBefore(started, paused, calendar, draft.now);
  const promised = { target, cycle: clock.cycle, budget, dueAt: clock.dueAt?.toISOString() ?? null };
  const data = paused === 0 ? promised : { ...promised, pausedBefore: paused };
  if (target === "firstResponse" && before?.respondedAt) {
    const met = meetClock(clock, calendar, before.respondedAt);
    const told = emit(emit(withClock(draft, met), "clock.started", data), "clock.met", {
      ...data,
      onTime: clock.dueAt === null || before.respondedAt <= clock.dueAt,
    });
    return change(told, { firstResponseAt: before.respondedAt });
  }
  if (target !== "acknowledgement") return emit(withClock(draft, clock), "clock.started", data);
  return emit(withClock(draft, meetClock(clock, calendar, at)), "clock.met", { ...data, onTime: true });
}
