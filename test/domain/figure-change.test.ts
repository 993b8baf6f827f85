/** What a figure became: told where chance alone does not explain it, in both directions. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { compareAmongPeers } from "../../src/engine/measures/compare-rates.js";
import { figureChange } from "../../src/engine/measures/figure-change.js";
import { share } from "../../src/engine/measures/page-figures.js";
import { chanceOf, realChanges } from "../../src/engine/measures/real-changes.js";

const rate = (numerator: number, denominator: number) => ({ rate: numerator / denominator, numerator, denominator });
const measured = (numerator: number, denominator: number) => share(rate(numerator, denominator));
const change = (
  code: Parameters<typeof figureChange>[0],
  now: readonly [number, number],
  before: readonly [number, number],
) =>
  figureChange(code, {
    now: measured(...now),
    before: measured(...before),
    told: realChanges([{ now: rate(...now), before: rate(...before), least: 30 }])[0] ?? null,
  });

describe("a figure beside that of the period before", () => {
  it.each<[string, ReturnType<typeof change>, ReturnType<typeof figureChange>]>([
    ["fell for real", change("satisfaction", [145, 242], [163, 228]), { is: "worse", up: false }],
    ["rose for real", change("satisfaction", [163, 228], [145, 242]), { is: "better", up: true }],
    ["fell within chance", change("onTimeResolution", [435, 596], [370, 490]), { is: "alike", up: false }],
    ["rose where less is better", change("reopened", [60, 300], [20, 300]), { is: "worse", up: true }],
    ["fell where less is better", change("reopened", [20, 300], [60, 300]), { is: "better", up: false }],
  ])("%s", (_, found, expected) => expect(found).toEqual(expected));

  it("says nothing where it cannot be told, is hidden or has none before", () => {
    const [now, before] = [measured(1, 2), measured(2, 2)];
    expect(figureChange("received", { now, before, told: null })).toBeNull();
    expect(figureChange("satisfaction", { now, before: null, told: null })).toBeNull();
    expect(figureChange("satisfaction", { now: { ...now, value: null }, before, told: true })).toBeNull();
  });

  it("says of few cases that they are few, whatever the difference", () => {
    expect(change("satisfaction", [0, 29], [29, 29])).toEqual({ is: "few", up: false });
    expect(change("satisfaction", [0, 30], [30, 30])).toEqual({ is: "worse", up: false });
  });
});

/** The same numbers each time; from 0 to 1. */
function lots(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

describe("a table of many changes", () => {
  const months = 12;
  const entities = 106;
  const next = lots(20_261_202);
  const count = (share: number, n: number) => ({
    numerator: Array.from({ length: n }, next).filter((lot) => lot < share).length,
    denominator: n,
  });
  // Each entity has a level and a size of its own, and keeps both.
  const offices = Array.from({ length: entities }, () => ({
    share: 0.55 + 0.4 * next(),
    size: 20 + Math.floor(180 * next()),
  }));
  const monthOf = () => offices.map(({ share, size }) => count(share, Math.round(size * (0.8 + 0.4 * next()))));
  const year = Array.from({ length: months + 1 }, monthOf);
  const changesIn = (month: number, now = year[month]) =>
    realChanges((now ?? []).map((one, i) => ({ now: one, before: year[month - 1]?.[i] ?? null, least: 30 })));

  it("has at most one mark a month in a year of noise, and seldom one", () => {
    const marks = Array.from({ length: months }, (_, i) => changesIn(i + 1).filter((told) => told === true).length);
    expect(Math.max(...marks)).toBeLessThanOrEqual(1);
    expect(marks.reduce((sum, n) => sum + n, 0)).toBeLessThanOrEqual(2);
    // Each by itself at 95 % there would be several a month.
    const alone = changesAlone(1);
    expect(alone).toBeGreaterThan(1);
  });

  const changesAlone = (month: number): number =>
    (year[month] ?? []).filter((now, i) => (chanceOf(now, year[month - 1]?.[i] ?? now) ?? 1) < 0.05).length;

  it("finds the one that fell by a third", () => {
    const at = offices.findIndex(({ size, share }) => size > 120 && share > 0.75);
    const now = (year[3] ?? []).map((one, i) =>
      i === at ? count((offices[i]?.share ?? 1) * 0.66, one.denominator) : one,
    );
    expect(changesIn(3, now).flatMap((told, i) => (told === true ? [i] : []))).toEqual([at]);
  });

  it("tells nobody from similar ones where all are alike", () => {
    for (let month = 0; month < months; month++) {
      const alike = offices.map(({ size }) => count(0.8, size));
      const told = compareAmongPeers(alike, { leastN: 30, direction: "higher" });
      expect(told.filter(({ standing }) => standing === "better" || standing === "worse").length).toBeLessThanOrEqual(
        1,
      );
    }
  });
});

describe("how likely chance makes a difference", () => {
  // By the sum over all tables with the same margins, reckoned with whole binomial coefficients.
  it.each([
    [1, 10, 5, 10, 0.1408668730650155],
    [145, 242, 163, 228, 0.008860703252580041],
    [0, 30, 6, 30, 0.023720703916957263],
    [435, 596, 370, 490, 0.3656853434920142],
  ])("%i of %i and %i of %i: %d", (a, n, b, m, expected) => {
    expect(chanceOf({ numerator: a, denominator: n }, { numerator: b, denominator: m })).toBeCloseTo(expected, 10);
  });

  it("is the same either way round and for what was not kept, and certain for the same share", () => {
    const pair = fc
      .tuple(fc.nat(60), fc.nat(60))
      .map(([a, b]) => ({ numerator: Math.min(a, b), denominator: Math.max(a, b) }));
    const missed = ({ numerator, denominator }: { numerator: number; denominator: number }) => ({
      numerator: denominator - numerator,
      denominator,
    });
    fc.assert(
      fc.property(pair, pair, (one, other) => {
        const chance = chanceOf(one, other);
        if (chance === null) return one.denominator === 0 || other.denominator === 0;
        expect(chanceOf(other, one)).toBeCloseTo(chance, 9);
        expect(chanceOf(missed(one), missed(other))).toBeCloseTo(chance, 9);
        return chance > 0 && chance <= 1;
      }),
    );
  });
});
