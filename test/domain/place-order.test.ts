/** In which order entities stand in the table of figures: those that are ranked, those with cases, those without. */
import { describe, expect, it } from "@jest/globals";
import type { PlaceLine } from "../../src/engine/measures/figures-view.js";
import { hiddenFigure, noCases, share } from "../../src/engine/measures/page-figures.js";
import { orderedPlaces, type PlaceColumn } from "../../src/engine/measures/place-order.js";
import type { Guarded } from "../../src/engine/measures/small-cells.js";

interface Given {
  readonly of?: readonly [number, number] | "few";
  readonly received?: Guarded;
  readonly overdue?: Guarded;
}
function line(code: string, { of, received = 0, overdue = 0 }: Given): PlaceLine {
  const now =
    of === undefined
      ? noCases
      : of === "few"
        ? hiddenFigure("few")
        : share({ rate: of[0] / of[1], numerator: of[0], denominator: of[1] });
  return {
    place: { code, name: { ar: code, en: code } },
    ...{ ended: false, including: [], now, before: null, told: null, received, open: 0, delayed: overdue },
    compared: { standing: now.n < 30 ? "few" : "alike", others: 1, interval: null },
  };
}
const codes = (lines: readonly PlaceLine[], column: PlaceColumn, direction: "asc" | "desc") =>
  orderedPlaces(lines, { column, direction }, ({ place }) => place.code).map(({ place }) => place.code);

describe("entities in order", () => {
  it("of a share: those that are compared, then by number of cases, then those without", () => {
    const lines = [
      line("none", {}),
      line("hidden", { of: "few", received: 12 }),
      line("eleven of 11", { of: [11, 11] }),
      line("60 of 100", { of: [60, 100] }),
      line("16 of 16", { of: [16, 16] }),
      line("90 of 100", { of: [90, 100] }),
      line("5 of 29", { of: [5, 29] }),
    ];
    const others = ["5 of 29", "16 of 16", "eleven of 11", "hidden", "none"];
    expect(codes(lines, "value", "desc")).toEqual(["90 of 100", "60 of 100", ...others]);
    expect(codes(lines, "value", "asc")).toEqual(["60 of 100", "90 of 100", ...others]);
  });

  it("of numbers: few that are not shown are more than none", () => {
    const lines = [
      line("c0", { received: 0 }),
      line("b few", { received: "few" }),
      line("many", { received: 40, overdue: 3 }),
      line("a few", { received: "few", overdue: "few" }),
      line("ten", { received: 10 }),
    ];
    expect(codes(lines, "volume", "desc")).toEqual(["many", "ten", "a few", "b few", "c0"]);
    expect(codes(lines, "volume", "asc")).toEqual(["c0", "a few", "b few", "ten", "many"]);
    expect(codes(lines, "overdue", "desc").slice(0, 2)).toEqual(["many", "a few"]);
  });

  it("by name, both ways", () => {
    const lines = [line("b", {}), line("a", {}), line("c", {})];
    expect(codes(lines, "place", "asc")).toEqual(["a", "b", "c"]);
    expect(codes(lines, "place", "desc")).toEqual(["c", "b", "a"]);
  });
});
