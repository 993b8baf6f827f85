/** What happened to cases lately: the numbers of the homes that tell of a time, and the lists behind them. */
import { civilDate, startOfDay } from "./calendar/civil-days.js";
import { weekBefore } from "./reports/digest-view.js";

/** What can have happened to a case. */
export type Happening = "received" | "resolved" | "becameLate" | "escalated";

export const happenedFilters = [
  "receivedToday",
  "answeredToday",
  "answeredThisWeek",
  "becameLateToday",
  "escalatedLastDay",
] as const;
export type HappenedFilter = (typeof happenedFilters)[number];

/** Half-open: from `from` on, before `to`. */
export interface HappenedWindow {
  readonly happening: Happening;
  readonly from: Date;
  readonly to: Date;
}

const dayMs = 86_400_000;
/** Moments are whole milliseconds; what happens now has happened. */
export const untilNow = (now: Date): Date => new Date(now.getTime() + 1);

/** When that is, for whoever asks now in this zone. */
export function happenedWindow(filter: HappenedFilter, timeZone: string, now: Date): HappenedWindow {
  const today = civilDate(now, timeZone);
  const since = (happening: Happening, from: Date): HappenedWindow => ({ happening, from, to: untilNow(now) });
  const sinceMidnight = (happening: Happening) => since(happening, startOfDay(today, timeZone));
  const table: Readonly<Record<HappenedFilter, () => HappenedWindow>> = {
    receivedToday: () => sinceMidnight("received"),
    answeredToday: () => sinceMidnight("resolved"),
    answeredThisWeek: () => since("resolved", startOfDay(weekBefore(today).to, timeZone)),
    becameLateToday: () => sinceMidnight("becameLate"),
    escalatedLastDay: () => since("escalated", new Date(now.getTime() - dayMs + 1)),
  };
  return table[filter]();
}
