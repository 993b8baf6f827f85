/**
 * What the process-behaviour charts say of the told period of all that a digest is of: news, the usual coming and going, or too few
 * periods to tell. Headline and story both ask here, so that one letter never says two things of one figure.
 */

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
  return { signal: { figure, direction, value, range, ...(was !== null && { was }) }, mean: usual.mean };
}

/** @param steps periods in order, the told one last */
export const usualSignals = (steps: readonly WatchedStep[]): Verdicts => ({
  onTime: verdictOf("onTime", steps),
  delayed: verdictOf("delayed", steps),
  received: verdictOf("received", steps),
  satisfaction: verdictOf("satisfaction", steps),
});
