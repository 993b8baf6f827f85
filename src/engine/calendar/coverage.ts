/** How far a calendar can be relied on: the operation room is warned before confirmed days run out. */
import type { CalendarDefinition } from "./calendar-definition.js";
import { readDays } from "./calendar-table.js";
import { civilDateOf, dayNumberOf } from "./civil-date.js";

/** Civil dates from `from` to `to` (both inclusive, `YYYY-MM-DD`) whose hours are only expected. The definition was checked. */
export function provisionalDays(definition: CalendarDefinition, from: string, to: string): string[] {
  const readDay = readDays(definition);
  const found: string[] = [];
  for (let n = dayNumberOf(from) ?? 0, last = dayNumberOf(to) ?? -1; n <= last; n++) {
    if (readDay(n).provisional) found.push(civilDateOf(n));
  }
  return found;
}

/**
 * The last civil date up to which every day from `from` on is confirmed: the day before the first provisional one, or the
 * end of the coverage. The day before `from` when that day itself is not confirmed.
 */
export function confirmedUntil(definition: CalendarDefinition, from: string = definition.covers.from): string {
  const readDay = readDays(definition);
  let n = dayNumberOf(from) as number;
  while (!readDay(n).provisional) n++;
  return civilDateOf(n - 1);
}
