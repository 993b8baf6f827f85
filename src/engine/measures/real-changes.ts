/**
 * Which changes of many are real. Two shares are compared by Fisher's exact test, which holds for few cases and for shares of 0 and 1; of a
 * table all are looked at together (Y. Benjamini and Y. Hochberg, JRSS B 57, 1995): of a hundred comparisons five would differ at 95 % by
 * chance alone, of a table corrected so one differs in one of twenty.
 */

import type { Counted } from "./kpi-counts.js";

/** `few`: of too few cases to say anything. Null: it is no share, or there is nothing to compare with. */
export type Told = boolean | "few" | null;

/** How often tables of chance may have a mark. */
const wrongAtMost = 0.05;
/** Products of fractions carry rounding noise: what is as likely as this is as likely. */
const tolerance = 1 + 1e-7;

/** How likely chance alone makes a difference as large as this one or larger. Null where one of them is 0/0. */
export function chanceOf(one: Counted, other: Counted): number | null {
  const [n, m] = [one.denominator, other.denominator];
  if (n === 0 || m === 0) return null;
  const kept = one.numerator + other.numerator;
  const [least, most] = [Math.max(0, kept - m), Math.min(n, kept)];
  // How likely it is that `k` of all that were kept are among the first, compared with how likely the usual number of them is.
  const usual = Math.round(((n + 1) * (kept + 1)) / (n + m + 2));
  const middle = Math.min(most, Math.max(least, usual));
  const weights = new Map<number, number>([[middle, 1]]);
  for (let k = middle, weight = 1; k < most && weight > 1e-30; k++) {
    weight *= ((n - k) * (kept - k)) / ((k + 1) * (m - kept + k + 1));
    weights.set(k + 1, weight);
  }
  for (let k = middle, weight = 1; k > least && weight > 1e-30; k--) {
    weight *= (k * (m - kept + k)) / ((n - k + 1) * (kept - k + 1));
    weights.set(k - 1, weight);
  }
  const own = weights.get(one.numerator) ?? 0;
  let [all, asFar] = [0, 0];
  for (const weight of weights.values()) {
    all += weight;
    if (weight <= own * tolerance) asFar += weight;
  }
  return asFar / all;
}

/** Which of these chances are too small for chance, all of them looked at together; null is none. */
export function tooSmall(chances: readonly (number | null)[]): boolean[] {
  const sorted = chances.filter((chance): chance is number => chance !== null).sort((a, b) => a - b);
  const bound = Math.max(-1, ...sorted.filter((chance, i) => chance <= (wrongAtMost * (i + 1)) / sorted.length));
  return chances.map((chance) => chance !== null && chance <= bound);
}

export interface Change {
  readonly now: Counted | null;
  readonly before: Counted | null;
  /** With fewer cases on one side nothing is said. */
  readonly least: number;
}

/** Whether each change of a table is more than chance explains. */
export function realChanges(changes: readonly Change[]): Told[] {
  const isFew = ({ now, before, least }: Change): boolean =>
    Math.min(now?.denominator ?? 0, before?.denominator ?? 0) < least;
  const real = tooSmall(
    changes.map((change) =>
      change.now === null || change.before === null || isFew(change) ? null : chanceOf(change.now, change.before),
    ),
  );
  return changes.map((change, i) => {
    if (!change.now?.denominator || !change.before?.denominator) return null;
    return isFew(change) ? "few" : (real[i] ?? false);
  });
}
