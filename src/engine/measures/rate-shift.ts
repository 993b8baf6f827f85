/**
 * When a rate last moved to another level: the series is cut where two levels explain it so much better than one that chance hardly does,
 * and each part is looked at again. Compared are the likelihoods of binomial counts; twice the logarithm of their ratio is, without a
 * move, above 11 at one of a dozen cuts in about one of a hundred series (chi-squared with one degree of freedom, a dozen times).
 */

import { addCounted, type Counted } from "./kpi-counts.js";

const leastLikelihood = 11;

function likelihood({ numerator: k, denominator: n }: Counted): number {
  const term = (part: number) => (part === 0 ? 0 : part * Math.log(part / n));
  return term(k) + term(n - k);
}

/** The cut of the parts `from`–`to` that explains most; null: none that chance would not. */
function bestCut(series: readonly Counted[], from: number, to: number): number | null {
  const whole = likelihood(addCounted(series.slice(from, to)));
  let best: { at: number; gain: number } | null = null;
  for (let at = from + 1; at < to; at++) {
    const gain =
      2 * (likelihood(addCounted(series.slice(from, at))) + likelihood(addCounted(series.slice(at, to))) - whole);
    if (gain > leastLikelihood && gain > (best?.gain ?? 0)) best = { at, gain };
  }
  return best?.at ?? null;
}

function cuts(series: readonly Counted[], from: number, to: number): number[] {
  const at = bestCut(series, from, to);
  return at === null ? [] : [...cuts(series, from, at), at, ...cuts(series, at, to)];
}

export interface RateShift {
  /** The first period of the level that it has now. */
  readonly start: number;
  /** The level before, and the one since, as counts of all their periods. */
  readonly before: Counted;
  readonly after: Counted;
  /** One rate minus the other. */
  readonly difference: number;
}

/** The last move of a rate; null: it did not move by more than chance explains. @param series counts of each period, in order */
export function lastShift(series: readonly Counted[]): RateShift | null {
  const found = cuts(series, 0, series.length);
  const start = found.at(-1);
  if (start === undefined) return null;
  const before = addCounted(series.slice(found.at(-2) ?? 0, start));
  const after = addCounted(series.slice(start));
  if (before.denominator === 0 || after.denominator === 0) return null;
  return {
    start,
    before,
    after,
    difference: after.numerator / after.denominator - before.numerator / before.denominator,
  };
}
