/** The figures page as those see it who do not read its cases one by one: no number of few cases, and none that gives one away. */

import type { AgeingView, FiguresTrend, FiguresView, MapPlace, PlaceLine } from "./figures-view.js";
import { hiddenFigure, type Measured, noCases } from "./page-figures.js";
import {
  type Guarded,
  guarded,
  guardedParts,
  type Hidden,
  hiddenCells,
  hiddenParts,
  hiddenTogether,
  isFew,
} from "./small-cells.js";

const countOf = (value: Guarded): number => (typeof value === "number" ? value : 0);
const measuredOf = (measured: Measured, hidden: Hidden | null | undefined): Measured =>
  hidden == null ? measured : hiddenFigure(hidden);
/** A figure of the whole. */
const alone = (measured: Measured): Measured => measuredOf(measured, isFew(measured.n) ? "few" : null);

const countsOf = ({ n, counts = [n] }: Measured): readonly number[] => counts;

/** Count by count, what is hidden of places by it. */
function hiddenCounts(all: readonly Measured[], known: (i: number) => boolean): (readonly (Hidden | null)[])[] {
  const most = Math.max(1, ...all.map((measured) => countsOf(measured).length));
  return Array.from({ length: most }, (_, k) =>
    hiddenParts(
      all.map((measured) => countsOf(measured)[k] ?? 0),
      known,
    ),
  );
}
/** Of each place: a figure of two counts is shown where both are. */
const hiddenPlaces = (all: readonly Measured[], known: (i: number) => boolean): (Hidden | null)[] => {
  const byCount = hiddenCounts(all, known);
  return all.map((_, i) => hiddenTogether(byCount.map((marks) => marks[i] ?? null)));
};

/** What stands in a line, each column hidden by itself: its whole is known. */
function guardLines(lines: readonly PlaceLine[], known: (i: number) => boolean): PlaceLine[] {
  const now = hiddenPlaces(
    lines.map((line) => line.now),
    known,
  );
  const before = hiddenPlaces(
    lines.map((line) => line.before ?? noCases),
    known,
  );
  const column = (of: (line: PlaceLine) => Guarded) => guardedParts(lines.map(of).map(countOf), known);
  const [received, open, delayed] = [
    column((line) => line.received),
    column((line) => line.open),
    column((line) => line.delayed),
  ];
  return lines.map((line, i) => {
    const unseen = now[i] != null;
    return {
      ...line,
      now: measuredOf(line.now, now[i]),
      before: line.before && measuredOf(line.before, before[i]),
      told: unseen || before[i] != null ? null : line.told,
      received: received[i] ?? "kept",
      open: open[i] ?? "kept",
      delayed: delayed[i] ?? "kept",
      // An interval tells of how many cases it is.
      compared: unseen ? null : line.compared,
    };
  });
}

function guardHeat(
  { pillars, rows }: FiguresView["heat"],
  lines: readonly PlaceLine[],
  a: { readonly unguarded: readonly PlaceLine[]; readonly known: (i: number) => boolean },
): FiguresView["heat"] {
  const lineOf = new Map(lines.map((line) => [line.place.code, line]));
  const placeOf = new Map(lines.map(({ place }, i) => [place.code, i]));
  const lineAt = (row: number): number => placeOf.get(rows[row]?.place.code ?? "") ?? -1;
  const byCount = hiddenCounts(
    a.unguarded.map((line) => line.now),
    a.known,
  ).map((marks, k) =>
    hiddenCells(
      rows.map(({ cells }) => cells.map((cell) => countsOf(cell)[k] ?? 0)),
      {
        known: (row) => a.known(lineAt(row)),
        hiddenRows: new Set(rows.flatMap((_, row) => (marks[lineAt(row)] == null ? [] : [row]))),
      },
    ),
  );
  const hiddenAt = (row: number, column: number): Hidden | null =>
    hiddenTogether(byCount.map((marks) => marks[row]?.[column] ?? null));
  /** The order says who has more cases: only what is shown may say so. */
  const weight = (code: string): number => {
    const line = lineOf.get(code);
    return line === undefined ? 0 : countOf(line.received) + countOf(line.open);
  };
  return {
    pillars,
    rows: rows
      .map(({ place, cells }, row) => ({ place, cells: cells.map((cell, i) => measuredOf(cell, hiddenAt(row, i))) }))
      .sort((a, b) => weight(b.place.code) - weight(a.place.code) || (a.place.code < b.place.code ? -1 : 1)),
  };
}

function guardMap(map: readonly MapPlace[]): MapPlace[] {
  const hidden = hiddenPlaces(
    map.map(({ measured }) => measured),
    () => false,
  );
  const received = guardedParts(map.map((place) => countOf(place.received)));
  return map.map((place, i) => ({
    ...place,
    measured: measuredOf(place.measured, hidden[i]),
    received: received[i] ?? "kept",
  }));
}

const guardTrend = (trend: FiguresTrend): FiguresTrend => ({
  ...trend,
  steps: trend.steps.map((step) => ({
    ...step,
    measured: alone(step.measured),
    received: guarded(countOf(step.received)),
    resolved: guarded(countOf(step.resolved)),
  })),
});

function guardAgeing({ bands, inTime, ...ages }: AgeingView): AgeingView {
  const counts = [countOf(inTime), ...bands.map(({ count }) => countOf(count))];
  const parts = guardedParts(counts);
  const isSmall = isFew(counts.reduce((sum, n) => sum + n, 0));
  return {
    inTime: parts[0] ?? "kept",
    bands: bands.map(({ band }, i) => ({ band, count: parts[i + 1] ?? "kept" })),
    ...(isSmall ? { medianSeconds: null, p90Seconds: null } : ages),
  };
}

/**
 * @param a.reads entities whose cases the reader reads: their lines are shown
 * @param a.single the whole is one entity's: it is guarded as a line of a table is
 */
export function guardFigures(view: FiguresView, a: { reads: readonly string[]; single: boolean }): FiguresView {
  const reads = new Set(a.reads);
  // In a line are the cases of those that it took over, which its own people do not all read.
  const known = (i: number): boolean => {
    const line = view.entities[i];
    return line !== undefined && [line.place, ...line.including].every(({ code }) => reads.has(code));
  };
  const entities = guardLines(view.entities, known);
  const ofTables: FiguresView = {
    ...view,
    hidesSmall: true,
    entities,
    heat: guardHeat(view.heat, entities, { unguarded: view.entities, known }),
    map: guardMap(view.map),
    ageing: guardAgeing(view.ageing),
  };
  if (!a.single) return ofTables;
  return {
    ...ofTables,
    figures: view.figures.map((figure) => {
      const [now, before, lastYear] = [figure.now, figure.before, figure.lastYear].map((one) => one && alone(one));
      const seen = now?.hidden === undefined && before?.hidden === undefined;
      return {
        ...figure,
        now: now ?? figure.now,
        before: before ?? null,
        lastYear: lastYear ?? null,
        told: seen ? figure.told : null,
      };
    }),
    ratedOfInvited: alone(view.ratedOfInvited),
    trend: guardTrend(view.trend),
    escalated: view.escalated.map((step) => ({ ...step, share: alone(step.share) })),
  };
}
