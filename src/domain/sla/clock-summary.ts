/** How a clock stands at a moment, for whoever looks at it. */
import type { WorkingCalendar } from "../calendar/working-calendar.js";
import type { ClockSummary } from "../case-search.js";
import type { Clock } from "./clock.js";
import { consumedSeconds, timeLeft } from "./clocks.js";

function stateOf(clock: Clock, at: Date): ClockSummary["state"] {
  if (clock.cancelledAt !== null) return "cancelled";
  if (clock.metAt !== null) return clock.dueAt === null || clock.metAt <= clock.dueAt ? "met" : "metLate";
  if (clock.pausedAt !== null) return "paused";
  return clock.dueAt !== null && clock.dueAt < at ? "late" : "running";
}

/** A paused clock's time left is frozen; an ended one's is what was left when it ended. */
export function clockSummary(clock: Clock, calendar: WorkingCalendar, at: Date): ClockSummary {
  const secondsLeft = timeLeft(clock, calendar, at);
  const consumed = consumedSeconds(clock, calendar, at);
  // What is used up and what is left make the whole, also of a budget in days and when it is late.
  const whole = consumed + secondsLeft;
  return {
    state: stateOf(clock, at),
    dueAt: clock.dueAt,
    secondsLeft,
    wall: clock.budget?.unit === "calendarHours",
    share: whole > 0 ? consumed / whole : null,
  };
}
