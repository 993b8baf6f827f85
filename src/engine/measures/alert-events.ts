/**
 * From the whole periods of a figure to events: one begins when the condition has held so many periods in a row, and ends with
 * the first in which it does not. A period with too few cases is not judged: it begins nothing, and ends nothing.
 */

import { type AlertCondition, isChange } from "./alert-condition.js";
import type { FigurePeriod } from "./figure-period.js";
import type { KpiFigures } from "./kpi.js";
import { kpis } from "./kpi.js";
import { boundsOf, isShare, type Measured, type PageFigureCode, pageFigure } from "./page-figures.js";
import { usualRange } from "./process-behaviour.js";

/** A figure of a whole period. */
export interface AlertPoint {
  readonly period: FigurePeriod;
  readonly measured: Measured;
  /** Of how many cases it tells. */
  readonly cases: number;
}

export interface AlertEvent {
  /** The first period of those in a row. */
  readonly since: FigurePeriod;
  /** The one with which they were enough: after its end the letter is written. */
  readonly began: FigurePeriod;
  /** The first in which it did not hold; null: it goes on. */
  readonly ended: FigurePeriod | null;
  readonly point: AlertPoint;
  /** The period before; null: there was none. */
  readonly before: AlertPoint | null;
  /** Of `unusual`: where the figure usually is. */
  readonly usual: { readonly lower: number; readonly upper: number } | null;
}

/** A usual range is of twelve periods, the judged one among them. */
const windowSize = 12;

/** So many periods before the first that is judged have to be known. */
export function leadOf(asked: Pick<AlertCondition, "condition" | "periods">): number {
  const before = asked.condition === "unusual" ? windowSize - 1 : isChange(asked) ? 1 : 0;
  return before + asked.periods - 1;
}

/** A figure of a report as a point of a series. */
export function alertPoint(code: PageFigureCode, period: FigurePeriod, figures: KpiFigures): AlertPoint {
  const measured = pageFigure(code).measured(figures);
  return { period, measured, cases: measured.n };
}

/** What was so at the end of a period, as a point of a series. */
export const standingPoint = (period: FigurePeriod, n: number): AlertPoint => ({
  ...{ period, cases: n },
  measured: { value: n, numerator: null, denominator: null, n },
});

/** Rates are quotients: what is closer than this is the same. */
const tolerance = 1e-9;
const isCount = (code: PageFigureCode): boolean => kpis[code].unit === "cases";

type Judgement = "holds" | "fails" | "unknown";
const judged = (holds: boolean): Judgement => (holds ? "holds" : "fails");

function usualAt(points: readonly AlertPoint[], i: number, { kpi, least }: AlertCondition) {
  const window = points.slice(Math.max(0, i - windowSize + 1), i + 1);
  // A count is no smaller sample for being small; a quarter where most weeks have few cases is.
  if (isCount(kpi) && Math.max(...window.map(({ cases }) => cases)) < least) return null;
  const values = window.map(({ measured, cases }) => (isCount(kpi) || cases >= least ? measured.value : null));
  return usualRange(values, boundsOf(kpi));
}

/** In percent of what was, of a share in percentage points; null: nothing to compare with. */
function changeOf(code: PageFigureCode, now: number, before: number): number | null {
  if (isShare(code)) return 100 * (now - before);
  if (before === 0) return now === 0 ? 0 : Number.POSITIVE_INFINITY;
  return (100 * (now - before)) / before;
}

function judge(points: readonly AlertPoint[], i: number, asked: AlertCondition, daySeconds: number): Judgement {
  const { kpi, condition, least } = asked;
  const point = points[i];
  const value = point?.measured.value ?? null;
  if (point === undefined || value === null) return "unknown";
  const wanted = asked.value ?? 0;
  if (condition === "below" || condition === "above") {
    if (!isCount(kpi) && point.cases < least) return "unknown";
    const { unit } = kpis[kpi];
    const line = unit === "share" ? wanted / 100 : unit === "workingSeconds" ? wanted * daySeconds : wanted;
    return judged(condition === "below" ? value < line - tolerance : value > line + tolerance);
  }
  if (condition === "unusual") {
    const range = usualAt(points, i, asked);
    return range === null ? "unknown" : judged(range.rule !== null);
  }
  const before = points[i - 1];
  const was = before?.measured.value ?? null;
  if (before === undefined || was === null) return "unknown";
  const sizes = [point.cases, before.cases];
  if ((isCount(kpi) ? Math.max(...sizes) : Math.min(...sizes)) < least) return "unknown";
  const change = changeOf(kpi, value, was);
  if (change === null) return "unknown";
  return judged(condition === "rises" ? change >= wanted - tolerance : change <= -wanted + tolerance);
}

export interface AlertCourse {
  readonly events: readonly AlertEvent[];
  /** Where an event was running before: the first period in which it did not hold; null: it goes on, or none was. */
  readonly endedFormer: FigurePeriod | null;
  /** Whether an event is running after the last period. */
  readonly running: boolean;
  /** Periods from `first` on that could not be judged. */
  readonly unknown: number;
  /** Whether so many in a row as are asked for could be judged: without that it cannot come. */
  readonly judgeable: boolean;
}

/**
 * @param a.points whole periods, one after the other, in order
 * @param a.first number of the first that is judged; those before it are what it is compared with
 * @param a.running whether an event was running before it
 * @param a.daySeconds working time of a day, in which values in working days are compared
 */
export function alertEvents(a: {
  points: readonly AlertPoint[];
  asked: AlertCondition;
  daySeconds: number;
  first?: number;
  running?: boolean;
}): AlertCourse {
  const { points, asked, daySeconds, first = 0 } = a;
  const judgements = points.map((_, i) => judge(points, i, asked, daySeconds));
  const inARow = (end: number): readonly Judgement[] | null =>
    end + 1 < asked.periods ? null : judgements.slice(end + 1 - asked.periods, end + 1);
  const events: AlertEvent[] = [];
  let running = a.running ?? false;
  let endedFormer: FigurePeriod | null = null;
  for (let i = first; i < points.length; i++) {
    const point = points[i] as AlertPoint;
    if (running) {
      if (judgements[i] !== "fails") continue;
      running = false;
      const last = events.pop();
      if (last === undefined) endedFormer = point.period;
      else events.push({ ...last, ended: point.period });
      continue;
    }
    if (!inARow(i)?.every((one) => one === "holds")) continue;
    running = true;
    const range = asked.condition === "unusual" ? usualAt(points, i, asked) : null;
    events.push({
      since: (points[i - asked.periods + 1] as AlertPoint).period,
      began: point.period,
      ended: null,
      point,
      before: points[i - 1] ?? null,
      usual: range && { lower: range.lower, upper: range.upper },
    });
  }
  return {
    ...{ events, endedFormer, running },
    unknown: judgements.slice(first).filter((one) => one === "unknown").length,
    judgeable: points.some((_, i) => i >= first && inARow(i)?.every((one) => one !== "unknown")),
  };
}
