/**
 * Which numbers of a table are of so few cases that somebody could be recognised by them. Somebody who does not read these cases one by one is
 * not shown them, nor what they could be reckoned from: a whole is known, so that one hidden part is the whole less the others
 * (secondary suppression: A. Hundepool and others, Statistical Disclosure Control, 2012, chapter 4).
 */

import { msg } from "../text/msg.js";
import type { Bilingual } from "../text/text.js";

/** Fewer cases than these are not shown. */
export const leastShown = 10;

/** Why a number is not shown: it is of fewer than ten cases; or of so few, or one of which so few could be reckoned, and which of them is not told. */
export type Hidden = "few" | "kept";
/** A number, or why it is not shown. */
export type Guarded = number | Hidden;

export const hiddenWords: Readonly<Record<Hidden, Bilingual>> = {
  few: msg("measures.small.few", { n: leastShown }),
  kept: msg("measures.small.kept"),
};

export const isHidden = (value: unknown): value is Hidden => value === "few" || value === "kept";

export const isFew = (n: number): boolean => n > 0 && n < leastShown;

/** A number that stands alone. */
export const guarded = (n: number): Guarded => (isFew(n) ? "few" : n);

const sumOf = (parts: readonly number[]): number => parts.reduce((sum, n) => sum + n, 0);

/**
 * Whether the sum of the hidden parts, which everybody can reckon, says nothing of each: there are several, together they are no small number
 * either, and they cannot all be ones or all be nines.
 */
function isAmbiguous(line: readonly number[]): boolean {
  const hidden = line.filter((n) => n > 0);
  const sum = sumOf(hidden);
  if (hidden.length < 2 || sum < leastShown || sum < 2 * hidden.length) return false;
  return hidden.some((n) => n >= leastShown) || sum <= (leastShown - 2) * hidden.length;
}

/** What of a line has to be hidden besides: the smallest that is shown; null: it is safe, or nothing is left. */
function nextOf(line: readonly number[], hidden: (i: number) => boolean): number | null {
  const ours = line.filter((_, i) => hidden(i));
  if (ours.length === 0 || isAmbiguous(ours)) return null;
  let found: number | null = null;
  for (const [i, n] of line.entries()) if (n > 0 && !hidden(i) && (found === null || n < (line[found] ?? 0))) found = i;
  return found;
}

/** Of a figure in which several numbers of cases are: it is shown where each of them is. */
export function hiddenTogether(words: readonly (Hidden | null)[]): Hidden | null {
  const hidden = words.filter((word) => word !== null);
  if (hidden.length === 0) return null;
  return hidden.every((word) => word === "few") ? "few" : "kept";
}

const none = (): boolean => false;

/**
 * Parts of a known whole.
 * @param parts cases of each, 0 or more
 * @param known whether the reader knows that part anyway: it is shown, and hides nothing
 * @returns for each whether it is hidden; the same word for all: which of them are few is not told where not all are
 */
export function hiddenParts(
  parts: readonly number[],
  known: (i: number) => boolean = none,
): readonly (Hidden | null)[] {
  const line = parts.map((n, i) => (known(i) ? 0 : n));
  const hidden = new Set(line.flatMap((n, i) => (isFew(n) ? [i] : [])));
  for (let next = nextOf(line, (i) => hidden.has(i)); next !== null; next = nextOf(line, (i) => hidden.has(i)))
    hidden.add(next);
  const word: Hidden = [...hidden].every((i) => isFew(line[i] ?? 0)) ? "few" : "kept";
  // All together are so few: then it is not told either who has none.
  if (hidden.size > 0 && !isAmbiguous([...hidden].map((i) => line[i] ?? 0)))
    return line.map((_, i) => (known(i) ? null : line.length === 1 ? word : "kept"));
  return line.map((_, i) => (hidden.has(i) ? word : null));
}

/**
 * The same to several readers of whom each may know one of the parts from elsewhere, an entity's own people say: hidden is what must be from
 * any of them. Of two parts the one who knows the first has the other by taking it off the whole.
 */
export function hiddenFromInsiders(parts: readonly number[]): readonly (Hidden | null)[] {
  const views = [hiddenParts(parts), ...parts.map((_, own) => hiddenParts(parts, (i) => i === own))];
  const marks = parts.map((_, i) => views.flatMap((view) => view[i] ?? []));
  const word = hiddenTogether(marks.flat());
  return marks.map((some) => (some.length > 0 ? word : null));
}

/** Each part of a known whole, or why it is not shown. */
export function guardedParts(parts: readonly number[], known?: (i: number) => boolean): Guarded[] {
  return hiddenParts(parts, known).map((word, i) => word ?? parts[i] ?? 0);
}

/**
 * Parts of a known whole that are in groups, of which the sums are known too but for those that are hidden.
 * @param groups of each its parts by their places, each in one group or in none; `hidden`: its own sum is not shown, and then none of them is, noughts neither
 */
export function hiddenInGroups(
  parts: readonly number[],
  groups: readonly { readonly members: readonly number[]; readonly hidden: boolean }[],
): readonly (Hidden | null)[] {
  const at = (i: number): number => parts[i] ?? 0;
  const unsummed = new Set(groups.flatMap(({ members, hidden }) => (hidden ? members : [])));
  const hidden = new Set(parts.flatMap((n, i) => (isFew(n) || (n > 0 && unsummed.has(i)) ? [i] : [])));
  // The whole last: what a group hides hides something of the whole too. What is left of it without the groups is known as well.
  const inGroups = groups.flatMap(({ members, hidden: isUnsummed }) => (isUnsummed ? [] : [members]));
  const all = parts.map((_, i) => i);
  const summed = [...inGroups, all.filter((i) => !inGroups.some((members) => members.includes(i))), all];
  const nextIn = (line: readonly number[]): number | null => {
    const next = nextOf(line.map(at), (k) => hidden.has(line[k] ?? -1));
    return next === null ? null : (line[next] ?? null);
  };
  for (let next = firstOf(summed, nextIn); next !== null; next = firstOf(summed, nextIn)) hidden.add(next);
  // As of a whole alone: where all together are so few, it is not told who has none.
  const silent = summed
    .filter((line) => line.some((i) => hidden.has(i)) && !isAmbiguous(line.filter((i) => hidden.has(i)).map(at)))
    .flatMap((line) => (line.length === 1 ? [] : line));
  const unsaid = new Set([...unsummed, ...silent]);
  const areFew = [...hidden].every((i) => isFew(at(i))) && ![...unsaid].some((i) => at(i) === 0);
  return parts.map((_, i) => (!hidden.has(i) && !unsaid.has(i) ? null : areFew ? "few" : "kept"));
}

function firstOf<Item>(items: readonly Item[], found: (item: Item) => number | null): number | null {
  for (const item of items) {
    const one = found(item);
    if (one !== null) return one;
  }
  return null;
}

interface Cell {
  readonly row: number;
  readonly column: number;
}

/** Where the sums of rows stand, and those of columns. */
const [sumsOfRows, sumsOfColumns] = [-1, -2];
type Joined = ReadonlyMap<number, readonly { readonly to: number; readonly edge: number }[]>;

/**
 * The graph of columns and rows (`columns + row`), of which each hidden cell is an edge, in their order. A row whose own sum is hidden is joined
 * to the others of that kind, and so is a column.
 */
function graphOf(
  cells: readonly Cell[],
  columns: number,
  { openRows, openColumns }: { openRows: ReadonlySet<number>; openColumns: ReadonlySet<number> },
): Joined {
  const joined = new Map<number, { to: number; edge: number }[]>();
  const join = (edge: number, from: number, to: number): void => {
    joined.set(from, [...(joined.get(from) ?? []), { to, edge }]);
    joined.set(to, [...(joined.get(to) ?? []), { to: from, edge }]);
  };
  for (const [edge, { row, column }] of cells.entries()) join(edge, columns + row, column);
  for (const [i, row] of [...openRows].entries()) join(cells.length + i, columns + row, sumsOfRows);
  for (const [i, column] of [...openColumns].entries()) join(cells.length + openRows.size + i, column, sumsOfColumns);
  return joined;
}

/** What hangs together with a place when one edge is taken away. */
function sideOf(at: number, joined: Joined, without: number): ReadonlySet<number> {
  const side = new Set([at]);
  for (const here of side) for (const { to, edge } of joined.get(here) ?? []) if (edge !== without) side.add(to);
  return side;
}

/** Edges without which the graph falls apart: what such a cell holds is settled by the sums of one side (R. Tarjan, 1974). */
function bridgesOf(joined: Joined): number[] {
  const found: number[] = [];
  const entered = new Map<number, number>();
  function walk(at: number, by: number): number {
    const mine = entered.size;
    entered.set(at, mine);
    let least = mine;
    for (const { to, edge } of joined.get(at) ?? []) {
      if (edge === by) continue;
      const seen = entered.get(to);
      const reached = seen ?? walk(to, edge);
      if (seen === undefined && reached > mine) found.push(edge);
      least = Math.min(least, reached);
    }
    return least;
  }
  for (const at of joined.keys()) if (!entered.has(at)) walk(at, -1);
  return found;
}

/**
 * Cells of a table whose sums of rows and of columns are known.
 * @param table cases, a line a row, all of the same length
 * @param of `known`: rows that the reader knows anyway; `hiddenRows`: rows whose own sum is not shown: no cell of theirs is, noughts neither;
 * `hiddenColumns`: the same of columns, of which noughts are shown where the sums of others are
 * @returns as `hiddenParts`, a line a row
 */
export function hiddenCells(
  table: readonly (readonly number[])[],
  of: {
    readonly known: (row: number) => boolean;
    readonly hiddenRows: ReadonlySet<number>;
    readonly hiddenColumns?: ReadonlySet<number>;
  },
): readonly (readonly (Hidden | null)[])[] {
  const rows = table.map((line, row) => line.map((n) => (of.known(row) ? 0 : n)));
  const columns = rows[0]?.length ?? 0;
  const { hiddenRows: openRows, hiddenColumns: openColumns = new Set<number>() } = of;
  const isUnsummed = (n: number, row: number, column: number): boolean =>
    openRows.has(row) || (openColumns.has(column) && !of.known(row) && (n > 0 || openColumns.size === columns));
  const hidden = rows.map(
    (line, row) => new Set(line.flatMap((n, column) => (isFew(n) || isUnsummed(n, row, column) ? [column] : []))),
  );
  const hide = (row: number, column: number | null): boolean => {
    if (column === null) return false;
    hidden[row]?.add(column);
    return true;
  };
  /** Of a row whose cases are so few all together it is not told either where it has none. */
  const hideRest = (row: number): boolean => {
    const [line = [], own = new Set<number>()] = [rows[row], hidden[row]];
    if (own.size === 0 || own.size === columns || isAmbiguous([...own].map((i) => line[i] ?? 0))) return false;
    for (const column of line.keys()) own.add(column);
    return true;
  };
  const byRow = (row: number): boolean => {
    if (openRows.has(row)) return false;
    const next = nextOf(rows[row] ?? [], (i) => hidden[row]?.has(i) ?? false);
    return next === null ? hideRest(row) : hide(row, next);
  };
  const byColumn = (column: number): boolean => {
    if (openColumns.has(column)) return false;
    const line = rows.map((cells) => cells[column] ?? 0);
    const next = nextOf(line, (row) => hidden[row]?.has(column) ?? false);
    return next !== null && hide(next, column);
  };
  const cells = (): Cell[] => hidden.flatMap((line, row) => [...line].map((column) => ({ row, column })));
  /** The smallest cell that is shown and joins the two sides of a bridge anew. */
  const smallestAcross = (side: ReadonlySet<number>): Cell | null => {
    let found: (Cell & { n: number }) | null = null;
    for (const [row, line] of rows.entries())
      for (const [column, n] of line.entries())
        if (n > 0 && !hidden[row]?.has(column) && side.has(columns + row) !== side.has(column))
          if (found === null || n < found.n) found = { row, column, n };
    return found;
  };
  const bySettled = (): boolean => {
    const joined = graphOf(cells(), columns, { openRows, openColumns });
    return bridgesOf(joined)
      .map((edge) => {
        const cell = cells()[edge];
        const more = cell === undefined ? null : smallestAcross(sideOf(columns + cell.row, joined, edge));
        return more !== null && hide(more.row, more.column);
      })
      .some(Boolean);
  };
  for (let more = true; more; ) {
    more = false;
    for (const row of rows.keys()) more = byRow(row) || more;
    for (let column = 0; column < columns; column++) more = byColumn(column) || more;
    more ||= bySettled();
  }
  const word: Hidden = cells().every(({ row, column }) => isFew(rows[row]?.[column] ?? 0)) ? "few" : "kept";
  return rows.map((line, row) => line.map((_, column) => (hidden[row]?.has(column) ? word : null)));
}
