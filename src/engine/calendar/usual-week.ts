/** The week that a calendar has when nothing is said of the dates. */
import type { CalendarDefinition, Interval } from "./calendar-definition.js";
import { timeOfDayMs } from "./civil-date.js";

const lengthOf = ([open, close]: Interval): number =>
  ((timeOfDayMs(close, true) ?? 0) - (timeOfDayMs(open) ?? 0)) / 3_600_000;

/** Hours of its longest day, by the hours without a name that begin last (any others where none are usual); 0 where none is worked. */
export function usualDayHours({ periods }: Pick<CalendarDefinition, "periods">): number {
  const usual = periods.filter(({ name }) => name === undefined);
  const [latest] = [...(usual.length > 0 ? usual : periods)].sort((a, b) => (a.from < b.from ? 1 : -1));
  const days = Object.values(latest?.hours ?? {});
  return Math.max(0, ...days.map((day) => day.reduce((sum, interval) => sum + lengthOf(interval), 0)));
}
