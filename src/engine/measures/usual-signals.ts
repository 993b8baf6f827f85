/**
 * What the process-behaviour charts say of the told period of all that a digest is of: news, the usual coming and going, or too few
 * periods to tell. Headline and story both ask here, so that one letter never says two things of one figure.
 */

import { codesOf } from "../registry.js";
import { type KpiFigures, kpis } from "./kpi.js";
import { boundsOf, type PageFigureCode } from "./page-figures.js";
import { usualRange } from "./process-behaviour.js";

export type WatchedFigure = "onTime" | "delayed" | "received" | "satisfaction";

export interface HeadlineSignal {
  readonly figure: WatchedFigure;
  readonly direction: "up" | "down";
  readonly value: number;
  /** The usual range that the value left, or null when a run of periods gave the signal. */
  readonly range: { readonly lower: number; readonly upper: number } | null;
  /** Of a run: for how many periods in a row it has been on that side of its average, and that average. Letters of before say neither. */
  readonly run?: { readonly periods: number; readonly mean: number };
  /** Of a figure of too few periods for a usual range: what it was before. */
  readonly before?: number;
  /** What it was in the period before, where it has a usual range. Letters of before say nothing of it. */
  readonly was?: number;
}

/** A period of a digest: its figures, and what was overdue when its letter was written; null: nobody counted then. */
export interface WatchedStep {
  readonly figures: Pick<KpiFigures, "received" | "onTimeResolution" | "satisfaction">;
  readonly overdue: number | null;
}

/** Where a figure usually lies, and whether the told period is in it. */
export interface UsualOf {
  readonly lower: number;
  readonly upper: number;
  /** `within`: chance explains the move; `run`: it lies within, and yet too long on one side of the average. */
  readonly is: "within" | "above" | "below" | "run";
}

export type Verdict = "tooEarly" | "usual" | { readonly signal: HeadlineSignal; readonly mean: number };
export type Verdicts = Readonly<Record<WatchedFigure, Verdict>>;

const watched: Readonly<
  Record<WatchedFigure, { readonly kpi: PageFigureCode; readonly read: (step: WatchedStep) => number | null }>
> = {
  onTime: { kpi: "onTimeResolution", read: ({ figures }) => figures.onTimeResolution.rate },
  delayed: { kpi: "delayed", read: ({ overdue }) => overdue },
  received: { kpi: "received", read: ({ figures }) => figures.received },
  satisfaction: { kpi: "satisfaction", read: ({ figures }) => figures.satisfaction.rate },
};

/** -1: worse than usual, 1: better, 0: of a number that is neither. */
export function sideOf({ figure, direction }: Pick<HeadlineSignal, "figure" | "direction">): -1 | 0 | 1 {
  const { better } = kpis[watched[figure].kpi];
  if (better === null) return 0;
  return (better === "higher") === (direction === "up") ? 1 : -1;
}

function verdictOf(figure: WatchedFigure, steps: readonly WatchedStep[]): Verdict {
  const { kpi, read } = watched[figure];
  const values = steps.map(read);
  const value = values.at(-1) ?? null;
  const usual = usualRange(values, boundsOf(kpi));
  if (value === null || usual === null) return "tooEarly";
  if (usual.rule === null) return "usual";
  const range = usual.rule === "outside-limits" ? { lower: usual.lower, upper: usual.upper } : null;
  const was = values.at(-2) ?? null;
  const direction = usual.side === "above" ? "up" : "down";
  const run = range === null ? { run: { periods: runLength(values, usual.mean), mean: usual.mean } } : {};
  return { signal: { figure, direction, value, range, ...run, ...(was !== null && { was }) }, mean: usual.mean };
}

/** How many of the last known values in a row lie on the side of the average on which the last one lies. */
function runLength(values: readonly (number | null)[], mean: number): number {
  const known = values.filter((value): value is number => value !== null).reverse();
  const [last = mean] = known;
  const other = known.findIndex((value) => Math.sign(value - mean) !== Math.sign(last - mean));
  return other === -1 ? known.length : other;
}

/** Where each figure usually lies; none of one with too few periods. @param steps periods in order, the told one last */
export function usualRanges(steps: readonly WatchedStep[]): Readonly<Partial<Record<WatchedFigure, UsualOf>>> {
  return Object.fromEntries(
    codesOf(watched).flatMap((figure) => {
      const { kpi, read } = watched[figure];
      const usual = usualRange(steps.map(read), boundsOf(kpi));
      if (usual === null) return [];
      const { lower, upper, rule, side } = usual;
      const outside = side === "above" ? "above" : "below";
      const is = rule === null ? "within" : rule === "outside-limits" ? outside : "run";
      return [[figure, { lower, upper, is } satisfies UsualOf]];
    }),
  );
}

/** @param steps periods in order, the told one last */
export const usualSignals = (steps: readonly WatchedStep[]): Verdicts => ({
  onTime: verdictOf("onTime", steps),
  delayed: verdictOf("delayed", steps),
  received: verdictOf("received", steps),
  satisfaction: verdictOf("satisfaction", steps),
});
