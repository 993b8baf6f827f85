/** How much time of a clock is left, or by how much it is late, as people say it. */

import type { Clock } from "../calendar/clock.js";
import { ordinaryDay, wholeDay } from "../calendar/ordinary-day.js";
import type { WorkingCalendar } from "../calendar/working-calendar.js";
import { msg } from "../text/msg.js";
import type { Words } from "./words.js";

/** Time as it is promised and as desks show it: in working days and hours, to the minute where it is less than a day. */
export function timeInWords(
  seconds: number,
  { clock, calendar, now, words }: { clock: Clock; calendar: WorkingCalendar; now: Date; words: Words },
): string {
  const wall = clock.budget?.unit === "calendarHours";
  const day = wall ? wholeDay : ordinaryDay(calendar, clock.metAt ?? clock.cancelledAt ?? clock.pausedAt ?? now);
  const days = Math.floor(seconds / day);
  const unit = days > 0 ? 3600 : seconds >= 60 ? 60 : 1;
  const rest = Math.floor((seconds % day) / unit) * unit;
  const whole = days > 0 ? [words.counted(days, wall ? "day" : "workingDay")] : [];
  return [...whole, ...(rest > 0 || days === 0 ? [words.length(rest)] : [])].join(
    words.say(msg("explain.timeInWords.and")),
  );
}
