/**
 * Which steps of a ladder would have fired in one cycle of a case: a pure question of the steps, the clocks as they were left,
 * and how long the office was silent. The live sweep asks the same of a running case (`lifecycle/due-moments.ts`).
 */

import type { Clock } from "../calendar/clock.js";
import { momentAtPercent, resumeClock } from "../calendar/clocks.js";
import type { WorkingCalendar } from "../calendar/working-calendar.js";
import { momentAfter } from "../lifecycle/due-moments.js";
import type { EscalationStep } from "../rules/outcomes.js";
import type { IdleSpan } from "./idle-spans.js";

export interface CycleLife {
  /** Of this cycle. */
  readonly clocks: readonly Clock[];
  readonly idleSpans: readonly IdleSpan[];
  readonly calendarOf: (versionId: number) => WorkingCalendar;
  readonly now: Date;
}

export interface FiredEscalation {
  readonly at: Date;
  readonly tell: readonly string[];
}

const after = (at: Date, { when }: EscalationStep, calendar: WorkingCalendar | null): Date =>
  "idle" in when ? momentAfter(at, when.idle, calendar) : "after" in when ? momentAfter(at, when.after, calendar) : at;

function idleMoment(step: EscalationStep, { idleSpans, clocks, calendarOf, now }: CycleLife): Date | null {
  const [first] = clocks;
  const calendar = first === undefined ? null : calendarOf(first.calendarVersionId);
  for (const { from, to } of idleSpans) {
    const moment = after(from, step, calendar);
    if (moment <= (to ?? now)) return moment;
  }
  return null;
}

/** The clock as if it still ran, from the moment at which it stopped: what it consumed until then is known. */
function runningAgain(clock: Clock, calendar: WorkingCalendar): { clock: Clock; until: Date | null } {
  const until = clock.metAt ?? clock.cancelledAt ?? clock.pausedAt;
  if (until === null) return { clock, until };
  const resumed = clock.pausedAt === null ? clock : resumeClock(clock, calendar, until);
  return { clock: { ...resumed, metAt: null, cancelledAt: null, pausedAt: null, runningSince: until }, until };
}

function clockMoment(step: EscalationStep, life: CycleLife): Date | null {
  const { when } = step;
  if ("idle" in when) return null;
  const recorded = life.clocks.find(({ target }) => target === when.clock);
  if (recorded === undefined) return null;
  const calendar = life.calendarOf(recorded.calendarVersionId);
  const { clock, until } = runningAgain(recorded, calendar);
  if (clock.dueAt === null) return null;
  const moment =
    "percent" in when ? momentAtPercent(clock, calendar, when.percent) : after(clock.dueAt, step, calendar);
  return moment !== null && moment <= (until ?? life.now) ? moment : null;
}

/** By level, each with its first moment and whom it tells: a level fires once a cycle. */
export function firedEscalations(steps: readonly EscalationStep[], life: CycleLife): Map<number, FiredEscalation> {
  const fired = new Map<number, FiredEscalation>();
  for (const step of steps) {
    const at = "idle" in step.when ? idleMoment(step, life) : clockMoment(step, life);
    const before = fired.get(step.level);
    if (at !== null && (before === undefined || at < before.at)) fired.set(step.level, { at, tell: step.tell });
  }
  return fired;
}
