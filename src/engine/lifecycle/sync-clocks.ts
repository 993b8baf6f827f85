/** Clocks follow the kind of state a case is in: open runs them, waiting pauses the resolution, resolved and final end them. */

import type { Clock } from "../calendar/clock.js";
import { cancelClock, meetClock, pauseClock, resumeClock } from "../calendar/clocks.js";
import type { WorkingCalendar } from "../calendar/working-calendar.js";
import { hoursAfter, ratingInvitation } from "../letters/rating-invitation.js";
import type { Setup } from "../setup/setup.js";
import { asksForRating, type StateKind, type WorkflowDefinition } from "../workflow/workflow-definition.js";
import { type CaseDraft, change, currentClock, emit, withClock } from "./case-draft.js";

export type CalendarOf = (versionId: number) => WorkingCalendar;

function hasEnded(clock: Clock): boolean {
  return clock.metAt !== null || clock.cancelledAt !== null;
}

/** Meets a target of the current cycle, unless it has ended already or does not exist. */
export function meetTarget(draft: CaseDraft, target: Clock["target"], calendarOf: CalendarOf): CaseDraft {
  const clock = currentClock(draft.theCase, target);
  if (clock === undefined || hasEnded(clock)) return draft;
  const met = meetClock(clock, calendarOf(clock.calendarVersionId), draft.now);
  return emit(withClock(draft, met), "clock.met", { target, onTime: met.dueAt === null || draft.now <= met.dueAt });
}

function cancelTargets(draft: CaseDraft, calendarOf: CalendarOf): CaseDraft {
  return draft.theCase.clocks
    .filter((clock) => clock.cycle === draft.theCase.cycle && !hasEnded(clock))
    .reduce((d, clock) => {
      const cancelled = cancelClock(clock, calendarOf(clock.calendarVersionId), d.now);
      return emit(withClock(d, cancelled), "clock.cancelled", { target: clock.target });
    }, draft);
}

/** What is late already runs on: a question to the applicant stops no clock that had run out before it was asked. */
function pauseResolution(draft: CaseDraft, calendarOf: CalendarOf): CaseDraft {
  const clock = currentClock(draft.theCase, "resolution");
  if (clock === undefined || hasEnded(clock) || clock.pausedAt !== null) return draft;
  if (clock.dueAt !== null && clock.dueAt < draft.now) return draft;
  const paused = pauseClock(clock, calendarOf(clock.calendarVersionId), draft.now);
  return emit(withClock(draft, paused), "clock.paused", { target: clock.target });
}

function resumeResolution(draft: CaseDraft, calendarOf: CalendarOf): CaseDraft {
  const clock = currentClock(draft.theCase, "resolution");
  if (clock === undefined || hasEnded(clock) || clock.pausedAt === null) return draft;
  const resumed = resumeClock(clock, calendarOf(clock.calendarVersionId), draft.now);
  return emit(withClock(draft, resumed), "clock.resumed", {
    target: clock.target,
    dueAt: resumed.dueAt?.toISOString() ?? null,
  });
}

/** Working seconds from receipt until now, without the pauses of the resolution clocks of every cycle. */
function workingSecondsUntilNow(draft: CaseDraft, calendarOf: CalendarOf, currentCalendar: WorkingCalendar): number {
  const { theCase, now } = draft;
  const resolution = currentClock(theCase, "resolution");
  const calendar = resolution ? calendarOf(resolution.calendarVersionId) : currentCalendar;
  const paused = theCase.clocks
    .filter(({ target }) => target === "resolution")
    .reduce((seconds, clock) => seconds + clock.pausedSeconds, 0);
  return Math.max(0, calendar.between(theCase.application.receivedAt, now) - paused);
}

interface Syncing {
  readonly workflow: WorkflowDefinition;
  readonly setup: Pick<Setup, "programme">;
  readonly calendarOf: CalendarOf;
  /** The programme's calendar of today, for a case that has no resolution target. */
  readonly calendar: WorkingCalendar;
}

function resolve(draft: CaseDraft, { workflow, setup, calendarOf, calendar }: Syncing): CaseDraft {
  const running = resumeResolution(draft, calendarOf);
  const met = meetTarget(meetTarget(running, "firstResponse", calendarOf), "resolution", calendarOf);
  const { theCase, now } = met;
  const mayRate = asksForRating(workflow, theCase.state) && !theCase.application.imported;
  // What was passed on and not answered gives them nothing to rate.
  const invited = mayRate && theCase.rating === null && theCase.answeredBy !== null;
  const { hours } = ratingInvitation(setup.programme.settings);
  const resolved = change(met, {
    resolvedAt: now,
    firstResolvedAt: theCase.firstResolvedAt ?? now,
    firstResponseAt: theCase.firstResponseAt ?? now,
    resolutionWorkingSeconds: theCase.resolutionWorkingSeconds ?? workingSecondsUntilNow(met, calendarOf, calendar),
    ratingInvitedAt: theCase.ratingInvitedAt ?? (mayRate ? now : null),
    inviteToRateAt: invited ? hoursAfter(now, hours) : null,
    remindToRateAt: null,
  });
  return emit(resolved, "case.resolved", { state: theCase.state });
}

/**
 * Carries the clocks over from one state to the next and emits what that means (`case.resolved`, `case.closed`).
 * `cancels`: the act ends the case without an answer (withdrawn, duplicate, rejected), so that its targets fall away.
 */
export function syncClocks(
  a: Syncing & { draft: CaseDraft; from: StateKind; to: StateKind; cancels: boolean },
): CaseDraft {
  const { draft, from, to, cancels, calendarOf } = a;
  const wasAnswered = from === "resolved" || from === "final";
  switch (to) {
    case "open":
      return resumeResolution(draft, calendarOf);
    case "waiting":
      return pauseResolution(draft, calendarOf);
    case "resolved":
      return resolve(draft, a);
    case "final": {
      const ended =
        cancels || draft.actor.kind === "system" || wasAnswered ? cancelTargets(draft, calendarOf) : resolve(draft, a);
      return emit(change(ended, { closedAt: draft.now }), "case.closed", { state: draft.theCase.state });
    }
  }
}
