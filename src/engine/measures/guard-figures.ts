/** The figures page as those see it who do not read its cases one by one: no number of few cases, and none that gives one away. */

import type { NamedCode } from "../lifecycle/held-sweep.js";
import { codesOf } from "../registry.js";
import { isShownCount } from "./figure-bases.js";
import type { AgeingView, FiguresSplit, FiguresTrend, FiguresView, MapPlace, PlaceLine } from "./figures-view.js";
import { hiddenFigure, type Measured, noCases, type PageFigureCode } from "./page-figures.js";
import {
  type Guarded,
  guardedParts,
  type Hidden,
  hiddenCells,
  hiddenInGroups,
  hiddenParts,
  hiddenTogether,
  isFew,
  isHidden,
  leastShown,
} from "./small-cells.js";

const countOf = (value: Guarded): number => (typeof value === "number" ? value : 0);
const measuredOf = (measured: Measured, hidden: Hidden | null | undefined): Measured =>
  hidden == null ? measured : hiddenFigure(hidden);
/** A figure of one entity. @param code null: it is none of those that are shown however few they are */
const alone = (measured: Measured, code: PageFigureCode | null = null): Measured =>
  measuredOf(measured, isFew(measured.n) && !(code !== null && isShownCount(code)) ? "few" : null);

const countsOf = ({ n, counts = [n] }: Measured): readonly number[] => counts;

type Marks = readonly (Hidden | null)[];

/** Count by count, what is hidden of each. @param hide what is hidden of such parts; `count`: which of a figure's numbers they are */
function hiddenCounts(
  all: readonly (readonly number[])[],
  hide: (parts: readonly number[], count: number) => Marks,
): readonly Marks[] {
  const most = Math.max(1, ...all.map(({ length }) => length));
  return Array.from({ length: most }, (_, k) =>
    hide(
      all.map((counts) => counts[k] ?? 0),
      k,
    ),
  );
}
/** A figure of two counts is shown where both are. */
const together = (byCount: readonly Marks[], i: number): Hidden | null =>
  hiddenTogether(byCount.map((marks) => marks[i] ?? null));

/** What stands in a line; each column is hidden by itself, for its whole is known. */
const lineColumns = {
  now: ({ now }) => countsOf(now),
  before: ({ before }) => countsOf(before ?? noCases),
  received: ({ received }) => [countOf(received)],
  open: ({ open }) => [countOf(open)],
  delayed: ({ delayed }) => [countOf(delayed)],
} as const satisfies Readonly<Record<string, (line: PlaceLine) => readonly number[]>>;
type LineColumn = keyof typeof lineColumns;
type LineMarks = Readonly<Record<LineColumn, readonly Marks[]>>;

function marksOfLines(
  lines: readonly PlaceLine[],
  hide: (parts: readonly number[], column: LineColumn, count: number) => Marks,
): LineMarks {
  const marked = codesOf(lineColumns).map((column) => [
    column,
    hiddenCounts(lines.map(lineColumns[column]), (parts, count) => hide(parts, column, count)),
  ]);
  return Object.fromEntries(marked) as LineMarks;
}

function guardLines<Line extends PlaceLine>(lines: readonly Line[], marks: LineMarks): Line[] {
  return lines.map((line, i) => {
    const [now, before] = [together(marks.now, i), together(marks.before, i)];
    const number = (column: "received" | "open" | "delayed") => together(marks[column], i) ?? line[column];
    return {
      ...line,
      now: measuredOf(line.now, now),
      before: line.before && measuredOf(line.before, before),
      told: now !== null || before !== null ? null : line.told,
      received: number("received"),
      open: number("open"),
      delayed: number("delayed"),
      // An interval tells of how many cases it is.
      compared: now !== null ? null : line.compared,
    };
  });
}

const shown = (parts: readonly unknown[]): Marks => parts.map(() => null);
const allKept = (parts: readonly unknown[]): Marks => parts.map(() => "kept");

/** Something of it is shown. */
const isTold = ({ now, received, open, delayed }: PlaceLine): boolean =>
  now.n > 0 || [received, open, delayed].some((n) => countOf(n) > 0);

/**
 * Services are in the numbers of the entities that provide them, as far as they are shown. Those of an entity of few cases are left out where nothing
 * of them is shown: that one is listed would tell what the few are about.
 */
function guardSplit(
  { by, lines }: FiguresSplit,
  {
    entities,
    marks,
    silent,
  }: { readonly entities: readonly PlaceLine[]; readonly marks: LineMarks; readonly silent: boolean },
): FiguresSplit {
  const lineOf = new Map(
    entities.flatMap(({ place, including }, i) => [place, ...including].map(({ code }) => [code, i] as const)),
  );
  const members = new Map<number, number[]>();
  for (const [i, { provider }] of lines.entries()) {
    const entity = provider === null ? undefined : lineOf.get(provider.code);
    if (entity !== undefined) members.set(entity, [...(members.get(entity) ?? []), i]);
  }
  const own = marksOfLines(lines, (parts, column, count) =>
    silent
      ? allKept(parts)
      : hiddenInGroups(
          parts,
          [...members].map(([entity, some]) => ({ members: some, hidden: marks[column][count]?.[entity] != null })),
        ),
  );
  const isLeftOut = (line: PlaceLine, provider: NamedCode | null): boolean => {
    const entity = entities[lineOf.get(provider?.code ?? "") ?? -1];
    if (entity === undefined || provider === null || isTold(line)) return false;
    return [entity.received, entity.open, entity.delayed].every((n) => countOf(n) < leastShown);
  };
  return {
    by,
    lines: guardLines(lines, own)
      .filter((line) => !isLeftOut(line, line.provider))
      .map((line) => ({ ...line, share: isHidden(line.received) ? null : line.share })),
  };
}

function guardHeat(
  { pillars, rows }: FiguresView["heat"],
  lines: readonly PlaceLine[],
  a: { readonly marks: LineMarks; readonly known: (i: number) => boolean },
): FiguresView["heat"] {
  const lineOf = new Map(lines.map((line) => [line.place.code, line]));
  const placeOf = new Map(lines.map(({ place }, i) => [place.code, i]));
  const lineAt = (row: number): number => placeOf.get(rows[row]?.place.code ?? "") ?? -1;
  const byCount = a.marks.now.map((marks, k) =>
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

function guardMap(map: readonly MapPlace[], silent: boolean): MapPlace[] {
  const byCount = hiddenCounts(
    map.map(({ measured }) => countsOf(measured)),
    (parts) => (silent ? allKept(parts) : hiddenParts(parts)),
  );
  const received: readonly Guarded[] = silent ? [] : guardedParts(map.map((place) => countOf(place.received)));
  return map.map((place, i) => ({
    ...place,
    measured: measuredOf(place.measured, together(byCount, i)),
    received: received[i] ?? "kept",
  }));
}

const guardTrend = (trend: FiguresTrend, code: PageFigureCode): FiguresTrend => ({
  ...trend,
  steps: trend.steps.map((step) => ({ ...step, measured: alone(step.measured, code) })),
});

/** The bands are parts of what is overdue; what is open and in time is the difference of two numbers that are shown. */
function guardAgeing({ bands, inTime, ...ages }: AgeingView, silent: boolean): AgeingView {
  const counts = bands.map(({ count }) => countOf(count));
  const parts: readonly Guarded[] = silent ? [] : guardedParts(counts);
  const isSmall = silent || isFew(counts.reduce((sum, n) => sum + n, inTime));
  return {
    inTime,
    bands: bands.map(({ band }, i) => ({ band, count: parts[i] ?? "kept" })),
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
  // Each entity's number is shown in the columns next to it, and where the figure itself is such a number.
  const isShown = (column: LineColumn): boolean =>
    column === "now" || column === "before" ? isShownCount(view.figure) : true;
  const marks = marksOfLines(view.entities, (parts, column) =>
    isShown(column) ? shown(parts) : hiddenParts(parts, known),
  );
  const hasCases = ({ now, received, open, delayed }: PlaceLine): boolean =>
    now.n + countOf(received) + countOf(open) + countOf(delayed) > 0;
  // What is left of the whole without what the reader knows is one entity's: broken down it would be told by taking off the own numbers.
  // Where there is no other, all of it is the reader's own.
  const silent = reads.size > 0 && view.entities.filter((line, i) => !known(i) && hasCases(line)).length === 1;
  const entities = guardLines(view.entities, marks);
  const ofTables: FiguresView = {
    ...view,
    hidesSmall: true,
    entities,
    heat: guardHeat(view.heat, entities, { marks, known }),
    split: guardSplit(view.split, { entities: view.entities, marks, silent }),
    map: guardMap(view.map, silent),
    ageing: guardAgeing(view.ageing, silent),
  };
  if (!a.single) return ofTables;
  return {
    ...ofTables,
    figures: view.figures.map((figure) => {
      const [now, before, lastYear] = [figure.now, figure.before, figure.lastYear].map(
        (one) => one && alone(one, figure.code),
      );
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
    trend: guardTrend(view.trend, view.figure),
    escalated: view.escalated.map((step) => ({ ...step, share: alone(step.share) })),
  };
}
