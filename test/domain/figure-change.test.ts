/** What a figure became: told where chance alone does not explain it, in both directions. */
import { describe, expect, it } from "@jest/globals";
import { rateDifference } from "../../src/engine/measures/compare-rates.js";
import { figureChange } from "../../src/engine/measures/figure-change.js";
import { share } from "../../src/engine/measures/page-figures.js";

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
    told: rateDifference(rate(...now), rate(...before))?.told ?? null,
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
});
