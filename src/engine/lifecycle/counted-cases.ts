/**
 * The cases behind a figure of a period, as an address names them: `fellDue.2026-11-01.2026-12-01`, the last day not part of it.
 * A level of the ladder stands behind (`reachedLevel.2026-11-01.2026-12-01.2`); what is late now is named by its working days (`late.3-5`).
 */
import { dayNumberOf } from "../calendar/civil-date.js";
import { type DelayBand, delayBands } from "../measures/kpi-counts.js";

/** What a figure of a period is counted of. */
export const countedHappenings = [
  "received",
  "resolved",
  "closed",
  "firstResolved",
  "reopened",
  "appealed",
  "transferred",
  "fellDue",
  "becameLate",
  "repliesDue",
  "repliesLate",
  "rated",
  "ratedLow",
  "reachedLevel",
] as const;
export type CountedHappening = (typeof countedHappenings)[number];

export type CountedFilter =
  | {
      readonly happening: CountedHappening;
      /** Civil dates, `to` exclusive. */
      readonly from: string;
      readonly to: string;
      /** Of `reachedLevel` alone. */
      readonly level: number | null;
    }
  | { readonly happening: "late"; readonly band: DelayBand };

const ofTargets: readonly string[] = [
  "fellDue",
  "becameLate",
  "repliesDue",
  "repliesLate",
] satisfies CountedHappening[];
/** Whether it counts targets: each is of who had the case when it was decided whether it is kept. */
export const isOfTargets = ({ happening }: CountedFilter): boolean => ofTargets.includes(happening);

export const writtenCounted = (filter: CountedFilter): string =>
  filter.happening === "late"
    ? `late.${filter.band}`
    : [filter.happening, filter.from, filter.to, ...(filter.level === null ? [] : [filter.level])].join(".");

const form = /^([a-zA-Z]+)\.(\d{4}-\d{2}-\d{2})\.(\d{4}-\d{2}-\d{2})(?:\.([1-9]\d?))?$/;

/** Null where it is not written so. */
export function readCounted(text: string): CountedFilter | null {
  const band = delayBands.find((one) => text === `late.${one}`);
  if (band !== undefined) return { happening: "late", band };
  const [, name, from, to, level] = form.exec(text) ?? [];
  const happening = countedHappenings.find((one) => one === name);
  if (happening === undefined || from === undefined || to === undefined) return null;
  if (dayNumberOf(from) === null || dayNumberOf(to) === null || to <= from) return null;
  if ((happening === "reachedLevel") !== (level !== undefined)) return null;
  return { happening, from, to, level: level === undefined ? null : Number(level) };
}
