/** The running targets of a case by another calendar: an explicit act, with an event for each deadline that moves. */

import { recalendarClock } from "../calendar/clocks.js";
import { isSameDue } from "../calendar/same-due.js";
import type { WorkingCalendar } from "../calendar/working-calendar.js";
import { type CaseDraft, emit, withClock } from "./case-draft.js";

/**
 * Counts what still runs (or is paused) in this cycle anew by `calendar`: from its start, pauses left out. What another
 * system set, and what counts by the wall, does not depend on a calendar and stays.
 */
export function recalendar(draft: CaseDraft, calendar: WorkingCalendar, calendarVersionId: number): CaseDraft {
  let next = draft;
  for (const clock of draft.theCase.clocks) {
    const ended = clock.metAt !== null || clock.cancelledAt !== null || clock.cycle !== draft.theCase.cycle;
    const byCalendar = clock.budget !== null && clock.budget.unit !== "calendarHours";
    if (ended || !byCalendar || clock.calendarVersionId === calendarVersionId) continue;
    const moved = recalendarClock(clock, { calendar, calendarVersionId, at: draft.now });
    if (isSameDue(moved.dueAt, clock.dueAt)) {
      // Counted by this calendar from now on, and due when it was said to be.
      next = withClock(next, { ...moved, dueAt: clock.dueAt });
      continue;
    }
    next = withClock(next, moved);
    next = emit(next, "case.retimed", {
      target: clock.target,
      from: { calendarVersionId: clock.calendarVersionId, dueAt: clock.dueAt?.toISOString() ?? null },
      to: { calendarVersionId, dueAt: moved.dueAt?.toISOString() ?? null },
    });
  }
  return next;
}
