/**
 * Which numbers are alike to rules: between two neighbours that conditions name, none of them tells one number from another.
 * With `n` such numbers there are `2n + 1` regions: below the first, the first itself, between … above the last.
 */
import type { Condition } from "./rule-set.js";

interface Leaf {
  readonly fact: string;
  readonly value: unknown;
}

function leavesOf(condition: Condition): Leaf[] {
  if ("all" in condition) return condition.all.flatMap(leavesOf);
  if ("any" in condition) return condition.any.flatMap(leavesOf);
  return "not" in condition ? leavesOf(condition.not) : [condition];
}

/** What conditions hold `fact` against, ascending, each once; null where that is nothing, or something else than numbers. */
export function cutsOf(conditions: readonly Condition[], fact: string): readonly number[] | null {
  const values = conditions
    .flatMap(leavesOf)
    .filter((leaf) => leaf.fact === fact)
    .flatMap(({ value }) => (Array.isArray(value) ? value : [value]));
  if (values.length === 0 || !values.every((value) => typeof value === "number")) return null;
  return [...new Set(values)].sort((a, b) => a - b);
}

/** The place of a number's region. */
export function regionOf(cuts: readonly number[], value: number): number {
  let below = 0;
  let above = cuts.length;
  while (below < above) {
    const middle = (below + above) >> 1;
    if ((cuts[middle] as number) < value) below = middle + 1;
    else above = middle;
  }
  return cuts[below] === value ? 2 * below + 1 : 2 * below;
}

/** A number of each region; of one that lies empty between two neighbours the upper of them. */
export function samplesOf(cuts: readonly number[]): readonly number[] {
  return [-nextAbove(-(cuts[0] ?? 0)), ...boundsOf(cuts)];
}

/** Where each region begins, but the first: a number lies in the region of as many as are no greater than it. */
export function boundsOf(cuts: readonly number[]): readonly number[] {
  return cuts.flatMap((cut) => [cut, nextAbove(cut)]);
}

/** The next number that a computer can tell from this one (IEEE 754, binary64). */
function nextAbove(value: number): number {
  if (value === 0) return Number.MIN_VALUE;
  const number = new Float64Array([value]);
  const bits = new BigInt64Array(number.buffer);
  bits[0] = (bits[0] as bigint) + (value > 0 ? 1n : -1n);
  return number[0] as number;
}
