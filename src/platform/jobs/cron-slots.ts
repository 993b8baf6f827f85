/** Moments of a cron expression, in the zone that it is written for. */
import cronParser from "cron-parser";

/** The last moment not after `now`. Throws when the expression or the zone is wrong. */
export function slotBefore(cron: string, timeZone: string, now: Date): Date {
  // `prev` looks strictly before: one millisecond later, so that the moment itself counts.
  const iterator = cronParser.parseExpression(cron, { tz: timeZone, currentDate: new Date(now.getTime() + 1) });
  return iterator.prev().toDate();
}

/** The next `n` moments after `now`. Throws as `slotBefore`, and for an expression whose moment never comes. */
export function slotsAfter(cron: string, timeZone: string, now: Date, n: number): Date[] {
  const iterator = cronParser.parseExpression(cron, { tz: timeZone, currentDate: now });
  return Array.from({ length: n }, () => iterator.next().toDate());
}
