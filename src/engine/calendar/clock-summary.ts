/** How a clock stands at a moment, for whoever looks at it. */

import type { ClockSummary } from "../search/case-search.js";
import type { Clock } from "./clock.js";
import { consumedSeconds, timeLeft } from "./clocks.js";
import { dayOfClock } from "./ordinary-day.js";
import type { WorkingCalendar } from "./working-calendar.js";

function stateOf(clock: Clock, at: Date): ClockSummary["state"] {
  if (clock.cancelledAt !== null) return "cancelled";
  if (clock.metAt !== null) return clock.dueAt === null || clock.metAt <= clock.dueAt ? "met" : "metLate";
  if (clock.pausedAt !== null) return "paused";
  return clock.dueAt !== null && clock.dueAt < at ? "late" : "running";
}

/**
 * A paused clock's time left is frozen; an ended one's is what was left when it ended. The length of a day is of that
 * moment too, by the calendar that the clock was started with: lists, homes, pages and letters count the same days by it.
 */
export function clockSummary(clock: Clock, calendar: WorkingCalendar, at: Date): ClockSummary {
  const secondsLeft = timeLeft(clock, calendar, at);
  const consumed = consumedSeconds(clock, calendar, at);
  // What is used up and what is left make the whole, also of a budget in days and when it is late.
  const whole = consumed + secondsLeft;
  const state = stateOf(clock, at);
  return {
    state,
    dueAt: clock.dueAt,
    // What fell due in the night is late although no working time has passed: by a second at least.
    secondsLeft: state === "late" || state === "metLate" ? Math.min(-1, secondsLeft) : secondsLeft,
    ...dayOfClock(clock, calendar, at),
    share: whole > 0 ? consumed / whole : null,
  };
}
