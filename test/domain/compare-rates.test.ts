/** Intervals by the published figures of those who proposed them; comparisons by hand. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { compareAmongPeers, rateDifference, wilson } from "../../src/engine/measures/compare-rates.js";

const share = (numerator: number, denominator: number) => ({ numerator, denominator });
const four = (n: number) => Math.round(n * 10_000) / 10_000;

// R. G. Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998), table I, method 3.
it.each([
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
])("Wilson's interval of %i of %i", (numerator, denominator, lower, upper) => {
  const interval = wilson(share(numerator, denominator));
  expect([four(interval?.lower ?? -1), four(interval?.upper ?? -1)]).toEqual([lower, upper]);
});

// R. G. Newcombe, "Interval estimation for the difference between independent proportions", the same volume, table II, method 10.
it.each([
  [56, 70, 48, 80, 0.0524, 0.3339],
  [9, 10, 3, 10, 0.1705, 0.809],
  [6, 7, 2, 7, 0.0582, 0.8062],
  [5, 56, 0, 29, -0.0381, 0.1926],
  [0, 10, 0, 20, -0.1611, 0.2775],
  [0, 10, 0, 10, -0.2775, 0.2775],
  [10, 10, 0, 20, 0.6791, 1],
  [10, 10, 0, 10, 0.6075, 1],
])("the difference of %i/%i and %i/%i", (a, m, b, n, lower, upper) => {
  const found = rateDifference(share(a, m), share(b, n));
  expect([four(found?.lower ?? 9), four(found?.upper ?? 9)]).toEqual([lower, upper]);
  expect(found?.told).toBe(lower > 0 || upper < 0);
});

it("says nothing of 0/0", () => {
  expect(wilson(share(0, 0))).toBeNull();
  expect(rateDifference(share(0, 0), share(1, 2))).toBeNull();
});

it("holds the rate in its interval, and turns round with the two rates", () => {
  const rate = fc.integer({ min: 1, max: 5000 }).chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)));
  fc.assert(
    fc.property(rate, rate, ([a, m], [b, n]) => {
      const interval = wilson(share(a, m));
      expect(interval && interval.lower <= a / m + 1e-12 && a / m <= interval.upper + 1e-12).toBe(true);
      const [there, back] = [rateDifference(share(a, m), share(b, n)), rateDifference(share(b, n), share(a, m))];
      expect(there?.lower).toBeCloseTo(-(back?.upper ?? 9), 12);
      expect(there?.told).toBe(back?.told);
    }),
  );
});

describe("entities beside others of similar volume", () => {
  const compare = (...rates: [number, number][]) =>
    compareAmongPeers(
      rates.map(([a, n]) => share(a, n)),
      { leastN: 30, direction: "higher" },
    ).map(({ standing, others }) => [standing, others]);

  it("compares nobody with fewer than thirty cases", () => {
    expect(compare([0, 29], [60, 60])).toEqual([
      ["few", 0],
      ["alone", 0],
    ]);
  });

  it("compares with those of a similar number of cases alone", () => {
    // 89 and 30 are similar, 90 is of the next group.
    expect(compare([80, 89], [27, 30], [45, 90], [270, 299])).toEqual([
      ["alike", 1],
      ["alike", 1],
      ["worse", 1],
      ["better", 1],
    ]);
  });

  it("says that no difference can be told where chance explains it", () => {
    expect(compare([40, 50], [44, 50], [38, 50])).toEqual([
      ["alike", 2],
      ["alike", 2],
      ["alike", 2],
    ]);
  });

  it("turns round where less is better", () => {
    const rates = [share(5, 100), share(40, 100)];
    const found = compareAmongPeers(rates, { leastN: 30, direction: "lower" });
    expect(found.map(({ standing }) => standing)).toEqual(["better", "worse"]);
  });
});
