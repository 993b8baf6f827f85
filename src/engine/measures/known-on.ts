/** A period that was, as it is known now and as it was known on a day since: later acts change what is known. */

import { dayNumberOf } from "../calendar/civil-date.js";
import { shiftDate, startOfDay } from "../calendar/civil-days.js";

export type KnownFault = "unreadable" | "future" | "tooEarly";

/**
 * The moment at which a day ended, as the figures were known then.
 * @param day civil date in the zone, before today: today's is now
 * @param from first day of the period: nothing of it was known before
 */
export function knownMoment(
  day: string,
  a: { readonly from: string; readonly today: string; readonly timeZone: string },
): Date | KnownFault {
  if (dayNumberOf(day) === null) return "unreadable";
  if (day >= a.today) return "future";
  if (day < a.from) return "tooEarly";
  return startOfDay(shiftDate(day, 1), a.timeZone);
}
