/**
 * Whether rates differ by more than chance explains. Intervals at 95 %: of one rate by Wilson's score (E. B. Wilson, JASA 22, 1927),
 * of the difference of two by the method that R. G. Newcombe built on it (Statistics in Medicine 17, 1998, page 873, method 10).
 * Both hold for few cases and for rates of 0 and 1.
 */

import type { Counted } from "./kpi-counts.js";
import { chanceOf, tooSmall } from "./real-changes.js";

export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

/** The quantile of the normal distribution for 95 %. */
const z = 1.959964;

/** Where the rate lies that these cases are a sample of; null for 0/0. */
export function wilson({ numerator, denominator: n }: Counted): Interval | null {
  if (n === 0) return null;
  const p = numerator / n;
  const centre = p + (z * z) / (2 * n);
  const half = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  const whole = 1 + (z * z) / n;
  return { lower: Math.max(0, (centre - half) / whole), upper: Math.min(1, (centre + half) / whole) };
}

export interface RateDifference extends Interval {
  /** One rate minus the other, from -1 to 1. */
  readonly difference: number;
  /** Chance alone does not explain it: 0 is outside of the interval. */
  readonly told: boolean;
}

/** One rate compared with another of other cases; null where one of them is 0/0. */
export function rateDifference(one: Counted, other: Counted): RateDifference | null {
  const [a, b] = [wilson(one), wilson(other)];
  if (a === null || b === null) return null;
  const p = one.numerator / one.denominator;
  const q = other.numerator / other.denominator;
  const lower = p - q - Math.hypot(p - a.lower, b.upper - q);
  const upper = p - q + Math.hypot(a.upper - p, q - b.lower);
  return { difference: p - q, lower, upper, told: lower > 0 || upper < 0 };
}

/** Whether two counts of equal times differ by more than chance explains, as counts of rare things do (Poisson). */
export const countsDiffer = (one: number, other: number): boolean => (one - other) ** 2 > z * z * (one + other);

/** `few`: too few cases to compare by. `alone`: nobody else has a similar number of cases. `alike`: no difference that can be told. */
export type Standing = "better" | "worse" | "alike" | "few" | "alone";

export interface Compared {
  readonly standing: Standing;
  /** How many others of similar volume it was compared with. */
  readonly others: number;
  readonly interval: Interval | null;
}

/** Volumes are similar within these factors of the least number: 30 to 89 cases, 90 to 299, 300 to 899, … */
function volumeClass(n: number, least: number): number {
  let [step, bound] = [0, least];
  for (let factor = 3; n >= bound * factor; factor = factor === 3 ? 10 / 3 : 3) {
    bound = Math.round(bound * factor);
    step += 1;
  }
  return step;
}

const better = { higher: 1, lower: -1 } as const;

/**
 * Each beside all others of similar volume taken together.
 * @param leastN with fewer cases nobody is compared
 * @returns one a rate, in their order
 */
export function compareAmongPeers(
  rates: readonly Counted[],
  { leastN, direction }: { readonly leastN: number; readonly direction: keyof typeof better },
): readonly Compared[] {
  const classOf = (rate: Counted): number | null =>
    rate.denominator < leastN ? null : volumeClass(rate.denominator, leastN);
  const groups = new Map<number, { n: number; numerator: number; denominator: number }>();
  for (const rate of rates) {
    const group = classOf(rate);
    if (group === null) continue;
    const sum = groups.get(group) ?? { n: 0, numerator: 0, denominator: 0 };
    groups.set(group, {
      n: sum.n + 1,
      numerator: sum.numerator + rate.numerator,
      denominator: sum.denominator + rate.denominator,
    });
  }
  const restOf = (rate: Counted): Counted | null => {
    const all = groups.get(classOf(rate) ?? -1);
    if (all === undefined) return null;
    return { numerator: all.numerator - rate.numerator, denominator: all.denominator - rate.denominator };
  };
  const rests = rates.map(restOf);
  // Of a hundred entities five would differ from the others by chance alone: all are looked at together.
  const real = tooSmall(rates.map((rate, i) => (rests[i] ? chanceOf(rate, rests[i]) : null)));
  return rates.map((rate, i) => {
    const interval = wilson(rate);
    const [all, rest] = [groups.get(classOf(rate) ?? -1), rests[i]];
    if (all === undefined || !rest) return { standing: "few", others: 0, interval };
    const compared = rateDifference(rate, rest);
    if (compared === null) return { standing: "alone", others: 0, interval };
    const side = real[i] ? Math.sign(compared.difference) * better[direction] : 0;
    return { standing: side > 0 ? "better" : side < 0 ? "worse" : "alike", others: all.n - 1, interval };
  });
}
