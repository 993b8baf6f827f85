/** When that happened which a figure counts, in the programme of a policy. */
import { startOfDay } from "../calendar/civil-days.js";
import type { WorkingCalendar } from "../calendar/working-calendar.js";
import type { DelayBand } from "../measures/kpi-counts.js";
import type { Policy } from "../setup/policy.js";
import { type CountedFilter, isOfTargets } from "./counted-cases.js";
import { type HappenedWindow, untilNow } from "./happened.js";

/** Whole working days since a deadline, fewest and most; most is null for any more. */
const daysOfBand: Readonly<Record<DelayBand, readonly [number, number | null]>> = {
  "0": [0, 0],
  "1-2": [1, 2],
  "3-5": [3, 5],
  "6-10": [6, 10],
  "11+": [11, null],
};

const dayMs = 86_400_000;
/** Before it nothing was due. */
const ever = new Date("1970-01-01T00:00:00Z");

/** When the working days begin that have begun by now, the newest first; as many as asked for, if there are so many. */
function openings(calendar: WorkingCalendar, now: Date, count: number): Date[] {
  for (let days = 4 * count; ; days *= 4) {
    const from = new Date(Math.max(+ever, now.getTime() - days * dayMs));
    const first = new Map<string, Date>();
    for (const stretch of calendar.walk(from, now))
      if (stretch.kind === "worked" && !first.has(stretch.date)) first.set(stretch.date, stretch.from);
    // The first may have begun before what was walked.
    const found = [...first.values()].reverse();
    if (found.length > count || +from === +ever || days > 4000) return found.slice(0, count);
  }
}

/** Which deadlines are so late now: a working day counts from its beginning on, also for a deadline at that very moment. */
function lateWindow(band: DelayBand, calendar: WorkingCalendar, now: Date): HappenedWindow {
  const [fewest, most] = daysOfBand[band];
  const begun = openings(calendar, now, (most ?? fewest) + 1);
  const after = (opening: Date | undefined) => (opening === undefined ? ever : new Date(opening.getTime() + 1));
  const to = fewest === 0 ? now : after(begun[fewest - 1]);
  const from = most === null ? ever : after(begun[most]);
  return { happening: "lateSince", from, to };
}

/**
 * When that is, in the programme of this policy; what is still to come is not counted.
 * @param person whose: targets are asked for of who had them when that was decided
 */
export function countedWindow(
  filter: CountedFilter,
  { setup, calendar }: Policy,
  now: Date,
  person?: number,
): HappenedWindow {
  if (filter.happening === "late") return lateWindow(filter.band, calendar, now);
  const { timeZone, settings } = setup.programme;
  return {
    happening: filter.happening,
    from: startOfDay(filter.from, timeZone),
    to: new Date(Math.min(+startOfDay(filter.to, timeZone), +untilNow(now))),
    ...(person !== undefined && isOfTargets(filter) && { person }),
    ...(filter.level !== null && { level: filter.level }),
    ...(filter.happening === "reopened" && { reopenSeconds: settings.reopenWindowDays * 86_400 }),
  };
}
