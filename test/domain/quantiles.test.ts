/** Quantiles from counts by class, against sorted values; periods as whole months and days. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { shiftDate } from "../../src/engine/calendar/civil-days.js";
import { wholeMonths } from "../../src/engine/calendar/whole-months.js";
import { quantileOf, quantilePlaces } from "../../src/engine/measures/quantiles.js";
import { minutesOf, readSecond, secondsOf } from "../../src/features/reports/rollups/time-classes.js";

describe("quantiles", () => {
  it("are those of the sorted values, whatever the classes", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 5000 }), { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 900 }),
        fc.constantFrom(0, 0.1, 0.5, 0.9, 1),
        (values, width, q) => {
          const sorted = [...values].sort((a, b) => a - b);
          const classOf = (value: number) => String(Math.floor(value / width)).padStart(5, "0");
          const cells = [...new Set(sorted.map(classOf))];
          const classes = cells.map((cell) => ({ cell, n: sorted.filter((value) => classOf(value) === cell).length }));
          const found = quantileOf(
            quantilePlaces(classes, q),
            ({ cell, skip }) => sorted.filter((value) => classOf(value) === cell)[skip] as number,
          );
          const rank = q * (sorted.length - 1);
          const low = sorted[Math.floor(rank)] as number;
          const high = sorted[Math.ceil(rank)] as number;
          expect(found).toBeCloseTo(low + (high - low) * (rank - Math.floor(rank)), 9);
        },
      ),
    );
  });
  it("are none where there is no value", () => {
    expect(quantilePlaces([], 0.5)).toBeNull();
    expect(quantileOf(null, () => 1)).toBeNull();
  });
});

describe("a period as whole months", () => {
  const daysOf = (from: string, to: string): string[] => {
    const days: string[] = [];
    for (let day = from; day < to; day = shiftDate(day, 1)) days.push(day);
    return days;
  };
  it("has each of its days once, and whole months where they are", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 800 }), fc.integer({ min: 1, max: 500 }), (start, length) => {
        const from = shiftDate("2025-12-15", start);
        const to = shiftDate(from, length);
        const { months, days } = wholeMonths(from, to);
        const all = [...months, ...days].flatMap((range) => daysOf(range.from, range.to));
        expect(all.sort()).toEqual(daysOf(from, to));
        for (const range of months) expect([range.from.slice(8), range.to.slice(8)]).toEqual(["01", "01"]);
        expect(days.reduce((sum, range) => sum + daysOf(range.from, range.to).length, 0)).toBeLessThanOrEqual(60);
      }),
    );
  });
});

describe("classes of working times", () => {
  const parts = Array.from({ length: 400 }, (_, cell) => minutesOf(String(cell)));
  const width = ({ low, high }: { low: string; high: string }) => Number(high) - Number(low);
  it("follow one another, by minutes first and then a sixteenth of a doubling each", () => {
    for (const [cell, { low }] of parts.entries()) if (cell > 0) expect(low).toBe(parts[cell - 1]?.high);
    expect([0, 31, 32, 47, 48, 160].map((cell) => width(parts[cell] as (typeof parts)[number]))).toEqual([
      1, 1, 2, 2, 4, 512,
    ]);
  });
  it("have minutes and seconds that are in order as texts", () => {
    const texts = parts.map(({ low }) => low);
    expect([...texts].sort()).toEqual(texts);
    const { low, high } = secondsOf(parts[20]?.low ?? "");
    expect([readSecond(low), readSecond(high)]).toEqual([1200, 1260]);
    // A clock that went backwards: what is below nought is counted with the first minute.
    expect(secondsOf(parts[0]?.low ?? "").low).toBe("");
    const written = (value: number) => String(Number(secondsOf(parts[1]?.low ?? "").low) - 60 + value);
    expect([-90, -1, 59, 60].map((value) => written(value) < secondsOf(parts[0]?.low ?? "").high)).toEqual([
      ...[true, true, true],
      false,
    ]);
  });
});
