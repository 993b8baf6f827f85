/**
 * What of a digest got worse and what better. Only what chance does not explain is called a change: of all that the digest is of, what its
 * usual range does not hold (`usual-signals.ts`); of an entity, and where there is no such range yet, what two rates or counts differ by
 * (`rate-shift.ts`, `compare-rates.ts`), and only from the change and the number of cases on that the digest's settings name.
 */

import type { Bilingual } from "../text/text.js";
import { countsDiffer, rateDifference } from "./compare-rates.js";
import type { Counted } from "./kpi-counts.js";
import { lastShift, type RateShift } from "./rate-shift.js";
import type { HeadlineSignal, Verdict, Verdicts } from "./usual-signals.js";

/** An entity of the digest; its name as it was when the letter was written. */
export interface DigestPlace {
  readonly code: string;
  readonly name: Bilingual;
}

/** What a place had in one period. */
export interface PlaceFigures {
  readonly onTimeResolution: Counted;
  readonly satisfaction: Counted;
}

/** A place over the periods in order, the told one last. */
export interface PlaceSeries {
  /** Null: all that the digest is of. */
  readonly place: DigestPlace | null;
  readonly periods: readonly PlaceFigures[];
  /** Overdue now, and when the last letter of the period before was written; null: nobody counted then. */
  readonly overdue: number;
  readonly overdueBefore: number | null;
  /** Open now. */
  readonly open: number;
}

/** From where on a digest names a change. */
export interface DigestThresholds {
  /** Percentage points. */
  readonly leastChange: number;
  /** Cases, before and after. */
  readonly leastCases: number;
}

export type ChangedFigure = "onTime" | "satisfaction" | "overdue";

export interface FigureChange {
  readonly figure: ChangedFigure;
  readonly place: DigestPlace | null;
  readonly direction: "worse" | "better";
  /** Shares as counts, numbers of cases as they are. */
  readonly now: Counted | number;
  /** Null: it is compared with its usual range, see `signal`. */
  readonly before: Counted | number | null;
  /** Of the whole: how it left its usual range. Missing: it is compared with what was before. */
  readonly signal?: HeadlineSignal;
  /** First day of the period in which it moved; null: against the period before alone. */
  readonly since: string | null;
  /** Cases that it makes: what there are more, or fewer, than there would be. */
  readonly cases: number;
}

/** So far back a move is still news: a month of weeks, two months. */
export const newsPeriods = { day: 7, week: 4, month: 2 } as const;
export type DigestUnit = keyof typeof newsPeriods;

const rates = [
  ["onTime", (figures: PlaceFigures) => figures.onTimeResolution],
  ["satisfaction", (figures: PlaceFigures) => figures.satisfaction],
] as const;

const isEnough = (counts: readonly Counted[], difference: number, { leastChange, leastCases }: DigestThresholds) =>
  counts.every(({ denominator }) => denominator >= leastCases) && Math.abs(difference) * 100 >= leastChange;

function moved(
  { series, figure, from }: { series: PlaceSeries; figure: ChangedFigure; from: readonly string[] },
  { start, before, after, difference }: RateShift,
): FigureChange {
  return {
    figure,
    place: series.place,
    direction: difference < 0 ? "worse" : "better",
    now: after,
    before,
    since: from[start] ?? null,
    cases: Math.round(Math.abs(difference) * after.denominator),
  };
}

/** The whole is also compared with the period before alone: of one series chance deceives seldom, of a hundred it does every time. */
function againstBefore(
  { place, periods }: PlaceSeries,
  [figure, read]: (typeof rates)[number],
  thresholds: DigestThresholds,
): FigureChange[] {
  const [then, last] = [periods.at(-2), periods.at(-1)];
  if (place !== null || then === undefined || last === undefined) return [];
  const [before, now] = [read(then), read(last)];
  const compared = rateDifference(now, before);
  if (compared === null || !compared.told || !isEnough([before, now], compared.difference, thresholds)) return [];
  const cases = Math.round(Math.abs(compared.difference) * now.denominator);
  return [{ figure, place, direction: compared.difference < 0 ? "worse" : "better", now, before, since: null, cases }];
}

function overdueChange({ series, thresholds, verdicts }: Changing): FigureChange[] {
  const { place, overdue, overdueBefore } = series;
  const verdict = verdictFor(series, verdicts?.delayed);
  if (verdict === "usual") return [];
  const change = { figure: "overdue", place, now: overdue, since: null } as const;
  if (verdict !== "tooEarly") {
    const { signal, mean } = verdict;
    const cases = Math.round(Math.abs(overdue - mean));
    return [{ ...change, direction: signal.direction === "up" ? "worse" : "better", before: null, signal, cases }];
  }
  if (overdueBefore === null || Math.max(overdue, overdueBefore) < thresholds.leastCases) return [];
  if (!countsDiffer(overdue, overdueBefore)) return [];
  const cases = Math.abs(overdue - overdueBefore);
  return [{ ...change, direction: overdue > overdueBefore ? "worse" : "better", before: overdueBefore, cases }];
}

/** Of the whole the usual range decides, as soon as there is one; an entity has too few cases in a period for that. */
const verdictFor = ({ place }: PlaceSeries, verdict: Verdict | undefined): Verdict =>
  (place === null ? verdict : undefined) ?? "tooEarly";

interface Changing {
  readonly series: PlaceSeries;
  readonly from: readonly string[];
  readonly unit: DigestUnit;
  readonly thresholds: DigestThresholds;
  readonly verdicts?: Verdicts;
}

function rateChange(a: Changing, [figure, read]: (typeof rates)[number]): FigureChange[] {
  const { series, from, thresholds } = a;
  const last = lastShift(series.periods.map(read));
  const shift = last !== null && last.start >= from.length - newsPeriods[a.unit] ? last : null;
  const verdict = verdictFor(series, a.verdicts?.[figure]);
  if (verdict === "usual") return [];
  if (verdict === "tooEarly") {
    if (shift === null) return againstBefore(series, [figure, read], thresholds);
    const isTold = isEnough([shift.before, shift.after], shift.difference, thresholds);
    return isTold ? [moved({ series, figure, from }, shift)] : [];
  }
  const { signal, mean } = verdict;
  const direction = signal.direction === "up" ? "better" : "worse";
  if (shift !== null && direction === (shift.difference < 0 ? "worse" : "better"))
    return [moved({ series, figure, from }, shift)];
  const now = read(series.periods.at(-1) as PlaceFigures);
  const cases = Math.round(Math.abs(signal.value - mean) * now.denominator);
  return [{ figure, place: series.place, direction, now, before: null, signal, since: null, cases }];
}

export interface DigestChanges {
  readonly worse: readonly FigureChange[];
  readonly better: readonly FigureChange[];
}
const maxWorse = 4;
const maxBetter = 3;

/**
 * What got worse and what better, the whole first, then by the cases that it makes.
 * @param series the whole first, then its places
 * @param from first day of each period
 * @param verdicts of the whole; the digest's thresholds are for what has no usual range
 * @param shows whether the reader may be told of a change; by default of each
 */
export function changesOf(
  a: Omit<Changing, "series"> & {
    readonly series: readonly PlaceSeries[];
    readonly shows?: ((change: FigureChange) => boolean) | undefined;
  },
): DigestChanges {
  const found = a.series.flatMap((series): FigureChange[] => {
    const isShown = a.shows ?? (() => true);
    const ofRates = rates.flatMap((rate) => rateChange({ ...a, series }, rate)).filter(isShown);
    // One line a place: where on time fell, more are overdue.
    const isTold = series.place !== null && ofRates.some(({ figure }) => figure === "onTime");
    return isTold ? ofRates : [...ofRates, ...overdueChange({ ...a, series }).filter(isShown)];
  });
  const sorted = (direction: FigureChange["direction"]) =>
    found
      .filter((change) => change.direction === direction)
      .sort((a, b) => Number(a.place !== null) - Number(b.place !== null) || b.cases - a.cases);
  return { worse: sorted("worse").slice(0, maxWorse), better: sorted("better").slice(0, maxBetter) };
}
