/** Small numbers of a table: none is shown, and none can be reckoned from what is shown. */
import { describe, expect, it } from "@jest/globals";
import {
  guarded,
  guardedParts,
  hiddenCells,
  hiddenInGroups,
  hiddenParts,
  isFew,
} from "../../src/engine/measures/small-cells.js";
import { seeded } from "../support/random-histories.js";

const shown = (parts: readonly number[]) => guardedParts(parts);

describe("parts of a known whole", () => {
  it.each([
    { parts: [0, 10, 500], told: [0, 10, 500] },
    // One alone is the whole less the others: the smallest of them is hidden too, and which is few is not told.
    { parts: [3, 40, 12], told: ["kept", 40, "kept"] },
    { parts: [3, 8, 40], told: ["few", "few", 40] },
    // Together fewer than ten: that would be a small number again.
    { parts: [1, 2, 40, 11], told: ["kept", "kept", 40, "kept"] },
    // Nothing but nines add up to that.
    { parts: [9, 9, 9, 40], told: ["kept", "kept", "kept", "kept"] },
    { parts: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 30], told: Array(11).fill("kept") },
    { parts: [4], told: ["few"] },
    // All together are few: nor is it told who has none.
    { parts: [4, 0, 0], told: ["kept", "kept", "kept"] },
    { parts: [], told: [] },
  ])("$parts", ({ parts, told }) => expect(shown(parts)).toEqual(told));

  it("a part that the reader knows is shown and hides nothing", () => {
    expect(guardedParts([4, 7, 60, 70], (i) => i === 0)).toEqual([4, "kept", "kept", 70]);
  });

  it("a number alone", () => expect([0, 1, 9, 10].map(guarded)).toEqual([0, "few", "few", 10]));
});

/** All ways to fill the hidden parts that give the same sum and would be shown the same. */
function waysOf(parts: readonly number[]): number[][] {
  const told = JSON.stringify(shown(parts));
  const hidden = hiddenParts(parts).flatMap((word, i) => (word === null ? [] : [i]));
  const sum = hidden.reduce((all, i) => all + (parts[i] ?? 0), 0);
  const found: number[][] = [];
  const fill = (at: number, left: number, way: number[]): void => {
    if (at === hidden.length) {
      if (left === 0 && JSON.stringify(shown(way)) === told) found.push(way);
      return;
    }
    for (let n = 0; n <= left; n++)
      fill(
        at + 1,
        left - n,
        way.map((m, i) => (i === hidden[at] ? n : m)),
      );
  };
  fill(0, sum, [...parts]);
  return found;
}

it("from the whole and how numbers are hidden none of them can be reckoned", () => {
  const random = seeded(18);
  for (let run = 0; run < 150; run++) {
    const parts = Array.from({ length: 3 + Math.floor(random() * 2) }, () => Math.floor(random() ** 2 * 22));
    const ways = waysOf(parts);
    const hidden = hiddenParts(parts);
    for (const [i, word] of hidden.entries())
      if (word !== null) expect([parts, i, new Set(ways.map((way) => way[i])).size > 1]).toEqual([parts, i, true]);
  }
});

/** Rows and columns that hang together with a cell's row by other hidden cells: along a way round one more and one less changes no sum. */
function reachedFrom(
  hidden: readonly (readonly boolean[])[],
  at: { row: number; column: number },
  { openRows, openColumns }: { openRows: ReadonlySet<number>; openColumns: ReadonlySet<number> },
): Set<string> {
  const seen = new Set([`r${at.row}`]);
  for (const here of seen) {
    const n = Number(here.slice(1));
    if (here === "o") for (const row of openRows) seen.add(`r${row}`);
    else if (here === "p") for (const column of openColumns) seen.add(`c${column}`);
    else if (here.startsWith("r")) {
      if (openRows.has(n)) seen.add("o");
      hidden[n]?.forEach((is, column) => {
        if (is && !(n === at.row && column === at.column)) seen.add(`c${column}`);
      });
    } else {
      if (openColumns.has(n)) seen.add("p");
      hidden.forEach((line, row) => {
        if (line[n] && !(row === at.row && n === at.column)) seen.add(`r${row}`);
      });
    }
  }
  return seen;
}

describe("a table by two properties", () => {
  it("hides no cell that its row or its column gives away", () => {
    const none = { known: () => false, hiddenRows: new Set<number>() };
    expect(
      hiddenCells(
        [
          [3, 40, 50],
          [60, 30, 20],
          [70, 90, 80],
        ],
        none,
      ),
    ).toEqual([
      ["kept", "kept", null],
      ["kept", "kept", null],
      [null, null, null],
    ]);
    expect(hiddenCells([[30, 40]], none)).toEqual([[null, null]]);
    expect(hiddenCells([], none)).toEqual([]);
  });

  it("in random tables no hidden cell is settled by all sums together", () => {
    const random = seeded(6);
    let cells = 0;
    const settled: unknown[] = [];
    for (let run = 0; run < 300; run++) {
      const width = 2 + Math.floor(random() * 5);
      const table = Array.from({ length: 2 + Math.floor(random() * 9) }, () =>
        Array.from({ length: width }, () => (random() < 0.2 ? 0 : Math.floor(random() ** 3 * 90))),
      );
      const sums = table.map((line) => line.reduce((sum, n) => sum + n, 0));
      const placesOf = (parts: readonly number[]) =>
        new Set(hiddenParts(parts).flatMap((word, i) => (word === null ? [] : [i])));
      // Sums of rows are hidden where they are few, or all of them are shown, as counts of entities are.
      const hiddenRows = run % 3 === 0 ? new Set<number>() : placesOf(sums);
      const ofColumns = Array.from({ length: width }, (_, i) => table.reduce((sum, line) => sum + (line[i] ?? 0), 0));
      const hiddenColumns = run % 2 === 0 ? placesOf(ofColumns) : new Set<number>();
      const found = hiddenCells(table, { known: () => false, hiddenRows, hiddenColumns });
      const hidden = found.map((line) => line.map((w) => w !== null));
      // What is shown of a column adds up to its sum.
      for (const column of hiddenColumns)
        if ((ofColumns[column] ?? 0) > 0)
          expect([table, column, hidden.some((line) => line[column])]).toEqual([table, column, true]);
      for (const [row, line] of table.entries()) {
        const some = line.filter((_, column) => hidden[row]?.[column]);
        // A small sum, or a number alone, is in a row without any that is shown: whose it is could be reckoned.
        if (some.some((n) => n > 0) && (some.length < 2 || some.reduce((sum, n) => sum + n, 0) < 10))
          expect([table, row, some.length]).toEqual([table, row, width]);
      }
      for (const [row, line] of table.entries())
        for (const [column, n] of line.entries()) {
          if (isFew(n)) expect([table, row, column, hidden[row]?.[column]]).toEqual([table, row, column, true]);
          if (!hidden[row]?.[column]) continue;
          cells += 1;
          const side = reachedFrom(hidden, { row, column }, { openRows: hiddenRows, openColumns: hiddenColumns });
          if (side.has(`c${column}`)) continue;
          // Nothing was left to hide behind.
          const left = table.some((cells, i) =>
            cells.some((m, j) => m > 0 && !hidden[i]?.[j] && side.has(`r${i}`) !== side.has(`c${j}`)),
          );
          if (left) settled.push([table, row, column]);
        }
    }
    expect(cells).toBeGreaterThan(2000);
    expect(settled).toEqual([]);
  });
});

describe("parts that are in groups with sums of their own", () => {
  const told = (parts: readonly number[], groups: Parameters<typeof hiddenInGroups>[1]) =>
    hiddenInGroups(parts, groups).map((word, i) => word ?? parts[i]);
  const group = (members: readonly number[], hidden = false) => ({ members, hidden });

  it("hides another of the same group: its sum less those that are shown would be the small number", () => {
    // Of the whole 3 and 40 would do.
    expect(told([3, 60, 40, 50], [group([0, 1]), group([2, 3])])).toEqual(["kept", "kept", 40, 50]);
  });
  it("hides all of a group whose own sum is hidden, noughts too", () => {
    expect(told([20, 0, 15, 50], [group([0, 1], true), group([2], true), group([3])])).toEqual([
      "kept",
      "kept",
      "kept",
      50,
    ]);
    // Alone it would be the whole less the others.
    expect(told([20, 0, 40, 50], [group([0, 1], true), group([2, 3])])).toEqual(Array(4).fill("kept"));
  });
  it("shows what is not small", () => {
    expect(told([20, 0, 40], [group([0, 1]), group([2])])).toEqual([20, 0, 40]);
    expect(told([], [])).toEqual([]);
  });
  it("of a small number alone in its group the whole may tell nothing either", () => {
    expect(told([3, 40, 50], [group([0]), group([1, 2])])).toEqual(["kept", "kept", "kept"]);
  });
  it("leaves no sum of a group or of all from which a small number can be reckoned", () => {
    const random = seeded(21);
    for (let run = 0; run < 400; run++) {
      const parts = Array.from({ length: 6 }, () => Math.floor(random() ** 3 * 80));
      const groups = [group([0, 1, 2], random() < 0.3), group(run % 2 === 0 ? [3, 4] : [3])];
      const hidden = hiddenInGroups(parts, groups);
      for (const [i, n] of parts.entries()) if (isFew(n)) expect([parts, i, hidden[i]]).not.toEqual([parts, i, null]);
      const summed = groups.filter((one) => !one.hidden).map(({ members }) => [...members]);
      const all = parts.map((_, i) => i);
      // What is in no group with a sum has the rest of the whole.
      const sums = [all, ...summed, all.filter((i) => !summed.flat().includes(i))];
      for (const line of sums) {
        const unseen = line.filter((i) => hidden[i] !== null && (parts[i] ?? 0) > 0);
        const [sum, left] = [
          unseen.reduce((all, i) => all + (parts[i] ?? 0), 0),
          line.filter((i) => hidden[i] === null),
        ];
        // One alone or a small sum is there only where nothing was left to hide it behind.
        if (unseen.some((i) => isFew(parts[i] ?? 0)) && (unseen.length < 2 || sum < 10))
          expect([parts, line, left.filter((i) => (parts[i] ?? 0) > 0)]).toEqual([parts, line, []]);
      }
    }
  });
});
