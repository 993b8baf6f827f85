/** What happened to cases lately: the numbers of the homes that tell of a time, and the lists behind them. */
import { civilDate, shiftDate, startOfDay } from "../calendar/civil-days.js";
import { weekBefore } from "../measures/digest-view.js";

/** What can have happened to a case. */
export type Happening =
  | "received"
  | "resolved"
  | "becameLate"
  | "escalated"
  | "fellDue"
  | "closed"
  | "firstResolved"
  | "reopened"
  | "appealed"
  | "transferred"
  | "repliesDue"
  | "repliesLate"
  | "rated"
  | "ratedLow"
  | "reachedLevel"
  | "lateSince"
  | "answerUndelivered";

export const happenedFilters = [
  "receivedToday",
  "answeredToday",
  "answeredThisWeek",
  "becameLateToday",
  "escalatedLastDay",
  "myDueLastMonth",
  "dueLastMonth",
  "ratedLastMonth",
  "answerUndelivered",
] as const;
export type HappenedFilter = (typeof happenedFilters)[number];

/** Half-open: from `from` on, before `to`. */
export interface HappenedWindow {
  readonly happening: Happening;
  readonly from: Date;
  readonly to: Date;
  /** Only cases that this person answered or has in hand; left out: anybody's. */
  readonly person?: number;
  /** Of `reachedLevel`: the level of the ladder. */
  readonly level?: number;
  /** Of `reopened`: so many seconds after the answer count. */
  readonly reopenSeconds?: number;
}

const dayMs = 86_400_000;
/** Days that rates are told over, today included. */
export const rateDays = 30;
/** So long answers that reached nobody are listed, where nobody told them since; what nobody acts on would pile up for ever. */
const undeliveredDays = 90;
/** No account has this number. */
const nobody = 0;
/** Moments are whole milliseconds; what happens now has happened. */
export const untilNow = (now: Date): Date => new Date(now.getTime() + 1);

/** When that is, for whoever asks now in this zone. @param me who asks; null: no person, who has no cases of their own */
export function happenedWindow(
  filter: HappenedFilter,
  timeZone: string,
  now: Date,
  me: number | null = null,
): HappenedWindow {
  const today = civilDate(now, timeZone);
  const since = (happening: Happening, from: Date): HappenedWindow => ({ happening, from, to: untilNow(now) });
  const sinceMidnight = (happening: Happening) => since(happening, startOfDay(today, timeZone));
  const lastMonth = (happening: Happening) => since(happening, startOfDay(shiftDate(today, 1 - rateDays), timeZone));
  const table: Readonly<Record<HappenedFilter, () => HappenedWindow>> = {
    receivedToday: () => sinceMidnight("received"),
    answeredToday: () => sinceMidnight("resolved"),
    answeredThisWeek: () => since("resolved", startOfDay(weekBefore(today).to, timeZone)),
    becameLateToday: () => sinceMidnight("becameLate"),
    myDueLastMonth: () => ({ ...lastMonth("fellDue"), person: me ?? nobody }),
    dueLastMonth: () => lastMonth("fellDue"),
    ratedLastMonth: () => lastMonth("rated"),
    answerUndelivered: () => since("answerUndelivered", startOfDay(shiftDate(today, 1 - undeliveredDays), timeZone)),
    escalatedLastDay: () => since("escalated", new Date(now.getTime() - dayMs + 1)),
  };
  return table[filter]();
}
