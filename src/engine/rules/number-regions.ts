/**
 * Which numbers are alike to rules: between two neighbours that conditions name, none of them tells one number from another.
 * With `n` such numbers there are `2n + 1` regions: below the first, the first itself, between … above the last.
 */

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
  return [-nextAbove(-(cuts[0] ?? 0)), ...cuts.flatMap((cut) => [cut, nextAbove(cut)])];
}

/** The next number that a computer can tell from this one (IEEE 754, binary64). */
function nextAbove(value: number): number {
  if (value === 0) return Number.MIN_VALUE;
  const number = new Float64Array([value]);
  const bits = new BigInt64Array(number.buffer);
  bits[0] = (bits[0] as bigint) + (value > 0 ? 1n : -1n);
  return number[0] as number;
}
