/**
 * What a case still owes to the clock, and when. One list of moments serves both questions: when the sweep has to look at
 * the case next, and what it finds due then; so the two can never disagree and nothing is enforced twice or forgotten.
 */

import type { Budget } from "../calendar/budget.js";
import type { Clock, TargetName } from "../calendar/clock.js";
import { isRunning, momentAtPercent } from "../calendar/clocks.js";
import type { WorkingCalendar } from "../calendar/working-calendar.js";
import type { EscalationStep } from "../rules/outcomes.js";
import { asksForRating, type WorkflowDefinition, type WorkflowTimer } from "../workflow/workflow-definition.js";
import type { Case } from "./case.js";

export type DueThing =
  | {
      readonly kind: "breach";
      readonly target: TargetName;
      readonly dueAt: Date;
    }
  | {
      readonly kind: "step";
      readonly step: EscalationStep;
      readonly dueAt: Date;
    }
  /** The applicant is asked to rate the answer, for the first or the second time. */
  | {
      readonly kind: "invitation";
      readonly reminder: boolean;
      readonly dueAt: Date;
    }
  | {
      readonly kind: "timer";
      readonly timer: WorkflowTimer;
      readonly dueAt: Date;
    };

export interface Watched {
  readonly theCase: Case;
  readonly workflow: WorkflowDefinition;
  readonly calendarOf: (versionId: number) => WorkingCalendar;
}

const hourMs = 3_600_000;

/** The calendar that the case was promised by: that of its newest clock. Null where nothing was ever promised. */
function calendarOfCase({ theCase, calendarOf }: Watched): WorkingCalendar | null {
  const newest = theCase.clocks.reduce<Clock | null>(
    (found, clock) => (found === null || clock.cycle >= found.cycle ? clock : found),
    null,
  );
  return newest === null ? null : calendarOf(newest.calendarVersionId);
}

/** A case without any clock has no calendar: its working time is taken as time on the wall, a working day as 24 hours. */
export function momentAfter(start: Date, budget: Budget, calendar: WorkingCalendar | null): Date {
  if (calendar !== null && budget.unit !== "calendarHours") return calendar.add(start, budget).due;
  const hours = budget.unit === "workingDays" ? budget.amount * 24 : budget.amount;
  return new Date(start.getTime() + Math.round(hours * hourMs));
}

/** The key under which a breach is recorded as enforced, as if it were a rule of its own. */
export function breachRuleId(target: TargetName): string {
  return `clock:${target}`;
}

function isEnforced(theCase: Case, ruleId: string, level: number): boolean {
  return theCase.enforced.some(
    (done) => done.cycle === theCase.cycle && done.ruleId === ruleId && done.level === level,
  );
}

function latest(moments: readonly (Date | null)[]): Date {
  return new Date(Math.max(...moments.map((moment) => moment?.getTime() ?? Number.NEGATIVE_INFINITY)));
}

/**
 * Since when the office is silent: its last sign of life, its turn beginning (a new entity, the applicant's reply, a reopening).
 * A comment that the applicant adds moves no state and so excuses nobody.
 */
function silentSince({ application, lastOfficialActionAt, assignedAt, turnSince }: Case): Date {
  return latest([application.receivedAt, lastOfficialActionAt, assignedAt, turnSince]);
}

function stepMoment(watched: Watched, step: EscalationStep, calendar: WorkingCalendar | null): Date | null {
  const { theCase, workflow, calendarOf } = watched;
  const { when } = step;
  if ("idle" in when) {
    return workflow.states[theCase.state]?.kind === "open"
      ? momentAfter(silentSince(theCase), when.idle, calendar)
      : null;
  }
  const clock = theCase.clocks.find((c) => c.cycle === theCase.cycle && c.target === when.clock);
  if (clock === undefined || !isRunning(clock) || clock.dueAt === null) return null;
  const own = calendarOf(clock.calendarVersionId);
  return "percent" in when ? momentAtPercent(clock, own, when.percent) : momentAfter(clock.dueAt, when.after, own);
}

/** At the same moment a breach comes before what it leads to, lower levels before higher, and a timer last. */
const orderOfKind = { breach: 0, step: 1, invitation: 2, timer: 3 } as const;

function inOrder(a: DueThing, b: DueThing): number {
  const level = a.kind === "step" && b.kind === "step" ? a.step.level - b.step.level : 0;
  return a.dueAt.getTime() - b.dueAt.getTime() || orderOfKind[a.kind] - orderOfKind[b.kind] || level;
}

/** When the applicant is next asked for a rating, while they can give one; never when the workflow has ended that. */
function invitations({ theCase, workflow }: Watched, ends: readonly Date[]): DueThing[] {
  const { inviteToRateAt, remindToRateAt, rating, state } = theCase;
  const dueAt = inviteToRateAt ?? remindToRateAt;
  if (dueAt === null || rating !== null || !asksForRating(workflow, state)) return [];
  if (ends.some((end) => end <= dueAt)) return [];
  return [{ kind: "invitation", reminder: inviteToRateAt === null, dueAt }];
}

/** Everything that will fall due if nothing happens to the case, in order. An imported case owes nothing. */
export function pendingThings(watched: Watched): DueThing[] {
  const { theCase, workflow } = watched;
  if (theCase.application.imported) return [];
  const calendar = calendarOfCase(watched);
  const things: DueThing[] = [];
  for (const clock of theCase.clocks) {
    if (clock.cycle !== theCase.cycle || clock.dueAt === null || clock.breachedAt !== null || !isRunning(clock))
      continue;
    if (!isEnforced(theCase, breachRuleId(clock.target), 0))
      things.push({ kind: "breach", target: clock.target, dueAt: clock.dueAt });
  }
  for (const step of theCase.escalationSteps) {
    if (isEnforced(theCase, step.ruleId, step.level)) continue;
    const dueAt = stepMoment(watched, step, calendar);
    if (dueAt !== null) things.push({ kind: "step", step, dueAt });
  }
  const timers = workflow.timers
    .filter(({ state }) => state === theCase.state)
    .map((timer) => ({ kind: "timer", timer, dueAt: momentAfter(theCase.stateSince, timer.after, calendar) }) as const);
  const ends = timers.map(({ dueAt }) => dueAt);
  things.push(...invitations(watched, ends), ...timers);
  return once(things.sort(inOrder));
}

/** A rule enforces a level once a cycle, however many of its steps name that level: the earliest counts. */
function once(things: readonly DueThing[]): DueThing[] {
  const seen = new Set<string>();
  return things.filter((thing) => {
    if (thing.kind !== "step") return true;
    const key = `${thing.step.level}/${thing.step.ruleId}`;
    return seen.has(key) ? false : seen.add(key) !== undefined;
  });
}

/** What the workflow itself will do if nothing happens to the case, and when; null where it waits for ever. */
export function nextTimer(watched: Watched): { readonly timer: WorkflowTimer; readonly dueAt: Date } | null {
  return pendingThings(watched).find((thing) => thing.kind === "timer") ?? null;
}

/** When the sweep has to look at the case next; null: never, unless something happens to it. */
export function nextMoment(watched: Watched): Date | null {
  return pendingThings(watched)[0]?.dueAt ?? null;
}

/** When the case is raised to the level above if nothing happens to it; null where no rule says so. It may have passed: the sweep comes each minute. */
export function nextEscalation(watched: Watched): Date | null {
  return (
    pendingThings(watched).find((thing) => thing.kind === "step" && thing.step.kind === "escalation")?.dueAt ?? null
  );
}

/** When the workflow itself ends the case if nobody moves it out of its state; null where it never does. */
export function endsByItself(watched: Watched): Date | null {
  const { states, actions } = watched.workflow;
  const isEnd = (state: string | null): boolean => state !== null && states[state]?.kind === "final";
  const ends = pendingThings(watched).find((thing) => {
    const to = thing.kind === "timer" ? actions[thing.timer.action]?.to : null;
    return typeof to === "string" && isEnd(to);
  });
  return ends?.dueAt ?? null;
}

/**
 * What is due at `now` and not yet enforced, in the order in which it fell due; however late the sweep comes. Only that no one is invited
 * to rate who no longer can.
 */
export function whatIsDue(a: Watched & { readonly now: Date }): DueThing[] {
  const due = pendingThings(a).filter((thing) => thing.dueAt <= a.now);
  return due.some(({ kind }) => kind === "timer") ? due.filter(({ kind }) => kind !== "invitation") : due;
}
