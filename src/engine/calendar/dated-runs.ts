/** Runs of days (day numbers, both inclusive): which share a day, and what they leave open. Sorted once and swept. */

export interface DatedRun {
  /** JSON pointer to where it is written. */
  readonly at: string;
  readonly from: number;
  readonly to: number;
}

/**
 * Pairs of runs that share a day, each told at the one that is written later; of many that share one day not every pair.
 * `runs` stand in the order in which they are written.
 */
export function overlaps<Run extends DatedRun>(runs: readonly Run[]): { later: Run; earlier: Run }[] {
  const order = new Map(runs.map((run, i) => [run, i]));
  const found: { later: Run; earlier: Run }[] = [];
  let furthest: Run | undefined;
  for (const run of [...runs].sort((a, b) => a.from - b.from)) {
    if (furthest !== undefined && run.from <= furthest.to) {
      const inOrder = (order.get(run) as number) > (order.get(furthest) as number);
      found.push(inOrder ? { later: run, earlier: furthest } : { later: furthest, earlier: run });
    }
    if (furthest === undefined || run.to > furthest.to) furthest = run;
  }
  return found.sort((a, b) => (order.get(a.later) as number) - (order.get(b.later) as number));
}

/** The days of `whole` on which none of `runs` holds, as few runs. */
export function gapsWithin(
  whole: Pick<DatedRun, "from" | "to">,
  runs: readonly DatedRun[],
): { from: number; to: number }[] {
  const gaps: { from: number; to: number }[] = [];
  let next = whole.from;
  for (const { from, to } of [...runs].sort((a, b) => a.from - b.from)) {
    if (from > next && next <= whole.to) gaps.push({ from: next, to: Math.min(from - 1, whole.to) });
    next = Math.max(next, to + 1);
  }
  if (next <= whole.to) gaps.push({ from: next, to: whole.to });
  return gaps;
}
