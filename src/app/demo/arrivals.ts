/** When the applications of the demo come, and about which story. */

import type { WorkingCalendar } from "../../engine/calendar/working-calendar.js";
import type { PopulationMaterial } from "./material.js";
import type { SeededRandom } from "./seeded-random.js";
import { comingOf, type Told } from "./stories.js";

export interface Arrival {
  readonly at: Date;
  /** Null: about anything. */
  readonly told: Told | null;
  /** One of the newest, which is to be placed: its applicant names no office. */
  readonly isUnplaced: boolean;
}

const hourMs = 3_600_000;

/** Shares of a day's applications an hour, from midnight: people write in the morning and in the evening. */
const hours = [1, 1, 0, 0, 0, 1, 2, 4, 7, 9, 10, 9, 8, 7, 6, 5, 5, 5, 6, 6, 5, 4, 3, 2];

/** As many as asked for, in order: fewer on days off, by the hour as people live. Those of stories and the newest first, all others over all days. */
export function arrivalsOf(a: {
  readonly random: SeededRandom;
  readonly material: PopulationMaterial;
  readonly calendar: WorkingCalendar;
  readonly from: Date;
  readonly to: Date;
  readonly newestFrom: Date;
  readonly applications: number;
}): Arrival[] {
  const { random, material, calendar, from, to, newestFrom, applications } = a;
  const local = new Intl.DateTimeFormat("en", { hour: "numeric", hourCycle: "h23", timeZone: calendar.timeZone });
  function momentIn(since: Date, until: Date): Date {
    for (;;) {
      const at = new Date(since.getTime() + Math.floor(random.next() * (until.getTime() - since.getTime())));
      const isDayOff = calendar.nextOpening(at).getTime() - at.getTime() > 20 * hourMs;
      const isPlausible = random.chance((hours[Number(local.format(at))] ?? 0) / 10);
      if (isPlausible && (!isDayOff || random.chance(0.4))) return at;
    }
  }
  const some = (count: number, make: (nth: number) => Arrival): Arrival[] =>
    Array.from({ length: count }, (_, i) => make(i));
  const ofStories = material.stories.flatMap((story) =>
    comingOf(story, { from, to, applications }).flatMap(({ phase, since, until, count }) =>
      some(count, (nth) => ({ at: momentIn(since, until), told: { story, phase, nth }, isUnplaced: false })),
    ),
  );
  const newest = some(Math.round((applications * material.newest.percent) / 100), () => ({
    at: momentIn(newestFrom, to),
    told: null,
    isUnplaced: true,
  }));
  const others = some(Math.max(0, applications - ofStories.length - newest.length), () => {
    const at = momentIn(from, to);
    return { at, told: null, isUnplaced: at >= newestFrom };
  });
  return [...ofStories, ...newest, ...others]
    .slice(0, applications)
    .sort((one, two) => one.at.getTime() - two.at.getTime());
}
