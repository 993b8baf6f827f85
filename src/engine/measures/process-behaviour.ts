/**
 * Process-behaviour (XmR) chart: which values are news and which are the usual coming and going.
 *
 * Limits and detection rules after D. J. Wheeler, "Understanding Variation" (1993) and "Making Sense of Data" (2003):
 * natural limits lie 2.66 average moving ranges from the average (2.66 = 3 / d2 with d2 = 1.128 for ranges of two).
 */

export type XmrRule =
  /** Outside the natural limits. */
  | "outside-limits"
  /** Three of four successive values nearer to the same limit than to the average. */
  | "near-limit"
  /** Eight successive values on the same side of the average. */
  | "run-of-eight";

export interface XmrPoint {
  readonly signal: boolean;
  readonly rule: XmrRule | null;
}

/** `mean` and limits are null where there is no value at all; limits equal the mean where there is no variation. */
export interface XmrChart {
  readonly mean: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  /** One a value, in order; a value that is missing is no signal. */
  readonly points: readonly XmrPoint[];
}

const scale = 2.66;
const quiet: XmrPoint = { signal: false, rule: null };
/** Sums of rates carry rounding noise: what is closer than this to a line lies on it. */
const tolerance = 1e-9;

interface Line {
  readonly mean: number;
  readonly half: number;
}

const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const sideOf = (value: number, { mean }: Line): number =>
  Math.abs(value - mean) <= tolerance ? 0 : Math.sign(value - mean);

/** Which side's limit a value is nearer to than to the average; 0 for neither. */
function nearerLimit(value: number, line: Line): number {
  return line.half > tolerance && Math.abs(value - line.mean) > line.half / 2 + tolerance ? sideOf(value, line) : 0;
}

/** The rule by which the value at `i` is a signal: a run is one from its last member on. */
function ruleAt(values: readonly number[], i: number, line: Line): XmrRule | null {
  const value = values[i] as number;
  if (Math.abs(value - line.mean) > line.half + tolerance) return "outside-limits";
  const near = nearerLimit(value, line);
  if (near !== 0 && i >= 3) {
    const four = values.slice(i - 3, i + 1);
    if (four.filter((v) => nearerLimit(v, line) === near).length >= 3) return "near-limit";
  }
  const side = sideOf(value, line);
  if (side !== 0 && i >= 7 && values.slice(i - 7, i).every((v) => sideOf(v, line) === side)) return "run-of-eight";
  return null;
}

/** Average, natural limits and signals of a series; missing values (nothing fell due that week) are passed over. */
export function signals(values: readonly (number | null)[]): XmrChart {
  const known = values.filter((value): value is number => value !== null);
  if (known.length === 0) return { mean: null, lower: null, upper: null, points: values.map(() => quiet) };
  const ranges = known.slice(1).map((value, i) => Math.abs(value - (known[i] as number)));
  const mean = average(known);
  const half = ranges.length === 0 ? 0 : scale * average(ranges);
  const line = { mean, half };
  // One value alone has no usual range to leave.
  const rules = known.map((_, i) => (known.length < 2 ? null : ruleAt(known, i, line)));
  let next = 0;
  const points = values.map((value) => {
    const rule = value === null ? null : (rules[next++] ?? null);
    return rule === null ? quiet : { signal: true, rule };
  });
  return { mean, lower: mean - half, upper: mean + half, points };
}

/** Fewer points than this make no limits worth the name (Wheeler, "Understanding Variation": five or six). */
export const leastPoints = 6;

/** Where a figure usually lies, and whether it is there now. */
export interface UsualRange {
  readonly mean: number;
  readonly lower: number;
  readonly upper: number;
  /** Why the last value is news; null: it is the usual coming and going. */
  readonly rule: XmrRule | null;
  /** On which side of the average the last value is. */
  readonly side: "above" | "below" | "on";
}

/** What no value can pass: a share is from 0 to 1, a count not below 0. */
export interface Bounds {
  readonly least: number;
  readonly most: number;
}

/**
 * The usual range of a series, its last value judged by it; null where fewer than six values are known, or the last one is not.
 * @param values of periods of one length, in order
 */
export function usualRange(values: readonly (number | null)[], { least, most }: Bounds): UsualRange | null {
  const last = values.at(-1) ?? null;
  if (last === null || values.filter((value) => value !== null).length < leastPoints) return null;
  const { mean, lower, upper, points } = signals(values);
  if (mean === null || lower === null || upper === null) return null;
  const side = sideOf(last, { mean, half: 0 });
  return {
    mean,
    lower: Math.max(least, lower),
    upper: Math.min(most, upper),
    rule: points.at(-1)?.rule ?? null,
    side: side > 0 ? "above" : side < 0 ? "below" : "on",
  };
}
