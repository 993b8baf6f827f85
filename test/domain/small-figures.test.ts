/** Figures without numbers of few cases: of several figures, tables and lines together none can be reckoned either. */
import { describe, expect, it } from "@jest/globals";
import { marksOfCells, marksOfParts } from "../../src/engine/measures/figure-bases.js";
import { type FiguresView, heatRows, placeLines } from "../../src/engine/measures/figures-view.js";
import { guardFigures } from "../../src/engine/measures/guard-figures.js";
import { kpiFigures } from "../../src/engine/measures/kpi.js";
import { type KpiCounts, noCounts } from "../../src/engine/measures/kpi-counts.js";
import type { PageFigureCode } from "../../src/engine/measures/page-figures.js";

const figures = (counts: Partial<KpiCounts>) => kpiFigures({ ...noCounts, ...counts });

describe("parts of a whole, all their figures together", () => {
  it("hides a share too whose two numbers are shown nowhere else", () => {
    // 15 were received by the second: less them and the third, the whole says that the first received 4.
    const parts = [{ received: 4 }, { received: 15, resolved: 12 }, { received: 100, resolved: 11 }].map(figures);
    const [, second, third] = marksOfParts(parts);
    expect(second).toMatchObject({ received: "kept", rejected: "kept", misrouted: "kept", clearance: "kept" });
    expect(second?.lettersReached).toBe("kept");
    expect(second?.resolved).toBeNull();
    expect(third).toMatchObject({ received: null, clearance: null });
  });

  it("hides how many days cases are late where few are so many", () => {
    const [alone] = marksOfParts([figures({ delayed: [30, 20, 10, 0, 2] })]);
    expect(alone).toMatchObject({ delayed: null, delayedByWorkingDays: "few" });
    expect(marksOfParts([figures({ delayed: [30, 20, 10, 0, 0] })])[0]?.delayedByWorkingDays).toBeNull();
  });

  it("does not tell who has no rating of a scale that few gave", () => {
    const rated = figures({ ratings: 40, invitations: 50, scales: { speed: { n: 3, sum: 9 } } });
    const marks = marksOfParts([rated, figures({ received: 20 })]);
    expect(marks.map(({ satisfactionByScale }) => satisfactionByScale)).toEqual(["kept", "kept"]);
  });
});

it("no column of a table tells its sum where that is hidden", () => {
  // By property 150, 15 and 4: the second is hidden for the third's sake, and all of it is the first row's.
  const cells = [
    [60, 15, 0],
    [40, 0, 4],
    [50, 0, 0],
  ].map((line) => line.map((received) => figures({ received })));
  const marks = marksOfCells(cells, {
    rows: [75, 44, 50].map((received) => figures({ received })),
    columns: [150, 15, 4].map((received) => figures({ received })),
  });
  expect(marks.map((line) => line.map(({ received }) => received))).toEqual([
    ["kept", "kept", null],
    ["kept", null, "kept"],
    [null, null, null],
  ]);
});

/** As much of a page as is by entity. */
function viewOf(code: PageFigureCode, counts: Readonly<Record<string, Partial<KpiCounts> & { including?: string[] }>>) {
  const nameOf = (entity: string) => ({ place: { code: entity, name: { en: entity, ar: entity } }, ended: false });
  const groups = Object.entries(counts).map(([entity, { including, ...some }]) => ({
    ...figures(some),
    code: entity,
    ...(including && { including }),
  }));
  const view = {
    entities: placeLines({ code, now: { ...figures({}), groups }, before: null, nameOf }),
    heat: {
      pillars: [{ code: "P", name: { en: "P", ar: "P" } }],
      rows: heatRows({ code, byPillar: [{ groups }], nameOf }),
    },
    map: [],
    ageing: { bands: [], inTime: 0, medianSeconds: null, p90Seconds: null },
  };
  return view as unknown as FiguresView;
}
const lineOf = (view: FiguresView, code: string) => view.entities.find(({ place }) => place.code === code);
const cellOf = (view: FiguresView, code: string) => view.heat.rows.find(({ place }) => place.code === code)?.cells[0];

describe("the figures page of somebody who reads no cases", () => {
  it("hides a figure of two numbers where the column beside it hides one of them", () => {
    const view = viewOf("clearance", {
      A: { received: 4 },
      B: { received: 15, resolved: 12 },
      C: { received: 100, resolved: 11 },
    });
    const seen = guardFigures(view, { reads: [], single: false });
    expect(lineOf(seen, "B")).toMatchObject({ received: "kept", now: { value: null, hidden: "kept" } });
    expect(cellOf(seen, "B")).toMatchObject({ value: null, hidden: "kept" });
    expect(lineOf(seen, "C")).toMatchObject({ received: 100, now: { numerator: 11, denominator: 100 } });
  });
});

it("who reads an entity's cases is shown no small number of one that it took over", () => {
  // B has 5 of its own, which its people read, and 3 of A, which they do not.
  const counts = { B: { received: 8, including: ["A"] }, C: { received: 60 }, D: { received: 70 } };
  const hidden = guardFigures(viewOf("received", counts), { reads: ["B"], single: false });
  expect(lineOf(hidden, "B")).toMatchObject({ received: "kept", now: { hidden: "kept" } });
  expect(cellOf(hidden, "B")).toMatchObject({ hidden: "kept" });
  const shown = guardFigures(viewOf("received", counts), { reads: ["A", "B"], single: false });
  expect(lineOf(shown, "B")).toMatchObject({ received: 8, now: { value: 8 } });
});
