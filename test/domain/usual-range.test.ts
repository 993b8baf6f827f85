/** The usual range of a figure. */
import { expect, it } from "@jest/globals";
import { usualRange } from "../../src/engine/measures/process-behaviour.js";

const anyNumber = { least: 0, most: Number.POSITIVE_INFINITY };
const share = { least: 0, most: 1 };

it("is the average and 2.66 average moving ranges on both sides", () => {
  // By hand: the moving ranges are 2, 4, 2, 4, 2, 2, their average 16/6.
  const values = [11, 13, 9, 11, 15, 13, 11];
  const found = usualRange(values, anyNumber);
  expect(found?.mean).toBeCloseTo(83 / 7, 10);
  const ranges = [2, 4, 2, 4, 2, 2];
  const half = 2.66 * (ranges.reduce((a, b) => a + b) / ranges.length);
  expect(found?.lower).toBeCloseTo(83 / 7 - half, 10);
  expect(found?.upper).toBeCloseTo(83 / 7 + half, 10);
  expect(found?.rule).toBeNull();
});

it("marks a value that leaves it, and says on which side", () => {
  expect(usualRange([80, 81, 79, 80, 81, 80, 79, 40], anyNumber)).toMatchObject({
    rule: "outside-limits",
    side: "below",
  });
});

it("marks the eighth value in a row on one side", () => {
  const low = [10, 30, 20, 5, 35, 15, 20, 10];
  const run = [26, 27, 26, 27, 26, 27, 26, 27];
  expect(usualRange([...low, ...run], anyNumber)).toMatchObject({ rule: "run-of-eight", side: "above" });
  expect(usualRange([...low, ...run.slice(0, 7)], anyNumber)?.rule).toBeNull();
});

it("says nothing of fewer than six values, nor where the last is not known", () => {
  expect(usualRange([1, 2, 1, 2, 1], anyNumber)).toBeNull();
  expect(usualRange([1, 2, 1, 2, 1, 2, null], anyNumber)).toBeNull();
  expect(usualRange([1, 2, null, 1, 2, null, 1, 2], anyNumber)).not.toBeNull();
});

it("keeps to what a share can be", () => {
  expect(usualRange([0.99, 1, 0.95, 1, 0.98, 1, 0.99], share)?.upper).toBe(1);
  expect(usualRange([0.01, 0, 0.05, 0, 0.02, 0, 0.01], share)?.lower).toBe(0);
});
