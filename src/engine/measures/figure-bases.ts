/** Of how many cases each key figure is, and the figures of groups as those get them who read none of the cases one by one. */

import { codesOf } from "../registry.js";
import { type KpiCode, type KpiFigures, kpis } from "./kpi.js";
import { type Hidden, hiddenCells, hiddenParts } from "./small-cells.js";

/** The smallest of the numbers that a figure shows, of those that are any. */
const least = (...numbers: readonly number[]): number => {
  const some = numbers.filter((n) => n > 0);
  return some.length === 0 ? 0 : Math.min(...some);
};

const bases: Readonly<Record<KpiCode, (figures: KpiFigures) => number>> = {
  received: (f) => f.received,
  resolved: (f) => f.resolved,
  closed: (f) => f.closed,
  rejected: (f) => f.rejected.denominator,
  onTimeResolution: (f) => f.onTimeResolution.denominator,
  onTimeAmongResolved: (f) => f.onTimeAmongResolved.denominator,
  firstResponse: (f) => f.firstResponse.denominator,
  delayed: (f) => f.delayed,
  delayedByWorkingDays: (f) => f.delayed,
  medianResolutionWorkingSeconds: (f) => f.reopened.denominator,
  p90ResolutionWorkingSeconds: (f) => f.reopened.denominator,
  reopened: (f) => f.reopened.denominator,
  appealed: (f) => f.appealed.denominator,
  settledAtFirstAnswer: (f) => f.settledAtFirstAnswer.denominator,
  satisfaction: (f) => least(f.satisfaction.denominator, f.satisfaction.responseRate.denominator),
  satisfactionByScale: (f) => least(...Object.values(f.satisfactionByScale).map(({ n }) => n)),
  escalated: (f) => Object.values(f.escalated)[0]?.denominator ?? 0,
  backlog: (f) => f.backlog.open,
  casesPerFocalPoint: (f) => f.backlog.open,
  clearance: (f) => least(f.clearance.numerator, f.clearance.denominator),
  misrouted: (f) => f.misrouted.denominator,
  // Of working time; of the cases that were answered.
  pauseShare: (f) => f.onTimeAmongResolved.denominator,
  lettersReached: (f) => least(f.received, f.reopened.denominator),
};

export interface Withheld {
  /** `few`: of fewer than ten cases; `kept`: such a number could be reckoned from it. */
  readonly withheld: Hidden;
}
/** Each figure, or why it is not shown. */
export type SharedFigures = { readonly [Code in KpiCode]: KpiFigures[Code] | Withheld };

export type FigureMarks = Readonly<Record<KpiCode, Hidden | null>>;

const marksOf = (mark: (code: KpiCode) => Hidden | null): FigureMarks =>
  Object.fromEntries(codesOf(kpis).map((code) => [code, mark(code)])) as FigureMarks;

/** What has to be hidden of figures that are parts of a known whole, figure by figure. A figure alone is a whole of one part. */
export function marksOfParts(parts: readonly KpiFigures[]): FigureMarks[] {
  const hidden = new Map(codesOf(kpis).map((code) => [code, hiddenParts(parts.map(bases[code]))]));
  return parts.map((_, i) => marksOf((code) => hidden.get(code)?.[i] ?? null));
}

/**
 * The same of a table, whose sums of rows and columns are known but for those that are hidden.
 * @param cells a line a row; null: no case
 * @param rows what is hidden of each row's own sum
 */
export function marksOfCells(
  cells: readonly (readonly (KpiFigures | null)[])[],
  rows: readonly FigureMarks[],
): FigureMarks[][] {
  const hidden = new Map(
    codesOf(kpis).map((code) => {
      const hiddenRows = new Set(rows.flatMap((marks, row) => (marks[code] === null ? [] : [row])));
      const table = cells.map((line) => line.map((cell) => (cell === null ? 0 : bases[code](cell))));
      return [code, hiddenCells(table, { known: () => false, hiddenRows })] as const;
    }),
  );
  return cells.map((line, row) =>
    line.map((_, column) => marksOf((code) => hidden.get(code)?.[row]?.[column] ?? null)),
  );
}

export function sharedFigures(figures: KpiFigures, marks: FigureMarks): SharedFigures {
  const shown = codesOf(kpis).map((code) => {
    const withheld = marks[code];
    return [code, withheld === null ? figures[code] : { withheld }];
  });
  return Object.fromEntries(shown) as SharedFigures;
}
