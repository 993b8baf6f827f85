import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { type LabelSpot, labelBox, markBox, overlaps, placeLabels } from "../../src/engine/measures/place-labels.js";
import { labelSides } from "../../src/features/reports/trend-chart.js";

const room = { top: -20, bottom: 196 };
const spotAt = (x: number, y: number, prefers: LabelSpot["prefers"] = "top"): LabelSpot => ({
  x,
  y,
  mark: 15,
  distance: 8,
  width: 48,
  height: 18,
  prefers,
});

describe("figures beside the points of a chart", () => {
  it("stand where they prefer to while there is room", () => {
    expect(placeLabels([spotAt(12, 90), null, spotAt(120, 90), spotAt(240, 90, "bottom")], room)).toEqual([
      "top",
      null,
      "top",
      "bottom",
    ]);
  });

  it("of two close weeks stand on different sides, and of three one is left out", () => {
    // Above the newest the mark of the week before is in the way.
    expect(placeLabels([spotAt(100, 90), spotAt(125, 92)], room)).toEqual(["top", "bottom"]);
    expect(placeLabels([spotAt(75, 88), spotAt(100, 90), spotAt(125, 92)], room)).toEqual(["top", null, "bottom"]);
  });

  it("stay inside: a low point has its figure above, a high one below", () => {
    expect(placeLabels([spotAt(100, 190, "bottom")], room)).toEqual(["top"]);
    expect(placeLabels([spotAt(100, 2)], room)).toEqual(["bottom"]);
  });

  it("never cover a figure or another point's mark, and the newest is always there", () => {
    const spots = fc.array(
      fc.option(fc.tuple(fc.integer({ min: 0, max: 190 }), fc.constantFrom("top" as const, "bottom" as const)), {
        nil: null,
      }),
      { minLength: 1, maxLength: 13 },
    );
    fc.assert(
      fc.property(spots, (given) => {
        const placed = given.map((spot, i) => spot && spotAt(25 * i, spot[0], spot[1]));
        const sides = placeLabels(placed, room);
        const last = placed.map((spot) => spot !== null).lastIndexOf(true);
        if (last >= 0) expect(sides[last]).not.toBeNull();
        const shown = placed.flatMap((spot, i) => {
          const side = sides[i];
          return spot !== null && side ? [{ i, box: labelBox(spot, side) }] : [];
        });
        for (const { i, box } of shown) {
          for (const other of shown) if (other.i !== i) expect(overlaps(box, other.box)).toBe(false);
          if (i === last) continue;
          for (const [j, spot] of placed.entries())
            if (spot !== null && j !== i) expect(overlaps(box, markBox(spot))).toBe(false);
        }
      }),
    );
  });
});

describe("the digest's chart", () => {
  const chart = (rates: readonly (number | null)[], signals: readonly number[]) => ({
    points: rates.map((rate, i) => ({ week: "2026-08-23", rate, amongResolved: rate, signal: signals.includes(i) })),
    mean: 0.86,
    lower: 0.82,
    upper: 0.9,
  });
  const usual = [0.86, 0.87, 0.85, 0.86, 0.88, 0.86, 0.87, 0.85, 0.86, 0.87];

  it("names the newest week and each that is a signal, and no other", () => {
    const sides = labelSides(chart([...usual, 0.6, 0.86, 0.85], [10]), "en");
    expect(sides.map((side) => side !== null)).toEqual([...usual.map(() => false), true, false, true]);
    expect(labelSides(chart([0.86, null], []), "en")).toEqual([null, null]);
    expect(labelSides(chart([], []), "en")).toEqual([]);
  });

  it("keeps the figures of neighbouring weeks apart", () => {
    // Two signals beside each other, nearly equal: above both there is room for one figure.
    const [older, newer, last] = labelSides(chart([...usual, 0.74, 0.745, 0.95], [10, 11]), "en").slice(-3);
    expect([older, newer]).toEqual(["bottom", "top"]);
    expect(last).not.toBeNull();
  });
});
