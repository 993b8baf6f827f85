/** Figures without numbers of few cases: of several figures, tables and lines together none can be reckoned either. */
import { describe, expect, it } from "@jest/globals";
import { hidesServices, marksOfCells, marksOfParts } from "../../src/engine/measures/figure-bases.js";
import { figuresSplit } from "../../src/engine/measures/figures-split.js";
import { type FiguresView, heatRows, placeLines } from "../../src/engine/measures/figures-view.js";
import { guardFigures } from "../../src/engine/measures/guard-figures.js";
import { kpiFigures } from "../../src/engine/measures/kpi.js";
import { type KpiCounts, noCounts } from "../../src/engine/measures/kpi-counts.js";
import type { SplitDimension } from "../../src/engine/measures/kpi-dimensions.js";
import type { PageFigureCode } from "../../src/engine/measures/page-figures.js";
import type { Setup } from "../../src/engine/setup/setup.js";

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

it("a service tells nothing of another of its entity, whose sum is shown", () => {
  // Of all services A2 and B2 would hide each other; A is 23, and less A1 it is A2.
  const services = [20, 3, 60, 8, 40].map((received) => figures({ received }));
  const entities = [23, 68, 40].map((received) => figures({ received }));
  const hides = hidesServices(entities, [[0, 1], [2, 3], [4]]);
  const shown = (marks: readonly { readonly received: unknown }[]) => marks.map(({ received }) => received);
  expect(shown(marksOfParts(services))).toEqual([null, "few", null, "few", null]);
  expect(shown(marksOfParts(services, hides))).toEqual(["kept", "kept", "kept", "kept", null]);
  // Nor does the table by both: what is A1's is A's alone.
  const cells = entities.map((_, row) => services.map((one, i) => (Math.floor(i / 2) === row ? one : null)));
  const told = marksOfCells(cells, { rows: entities, columns: services, hides });
  expect(shown(told[0] ?? []).slice(0, 2)).toEqual(["kept", "kept"]);
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
    figure: code,
    entities: placeLines({ code, now: { ...figures({}), groups }, before: null, nameOf }),
    heat: {
      pillars: [{ code: "P", name: { en: "P", ar: "P" } }],
      rows: heatRows({ code, byPillar: [{ groups }], nameOf }),
    },
    split: { by: "type", lines: [] },
    map: [],
    ageing: { bands: [], inTime: 0, medianSeconds: null, p90Seconds: null },
  };
  return view as unknown as FiguresView;
}
const lineOf = (view: FiguresView, code: string) => view.entities.find(({ place }) => place.code === code);
const cellOf = (view: FiguresView, code: string) => view.heat.rows.find(({ place }) => place.code === code)?.cells[0];

describe("the figures page of somebody who reads no cases", () => {
  it("shows received, open and overdue of each entity, and no other figure of few cases", () => {
    const view = viewOf("clearance", {
      A: { received: 4 },
      B: { received: 15, resolved: 12 },
      C: { received: 100, resolved: 11 },
    });
    const seen = guardFigures(view, { reads: [], single: false });
    expect(lineOf(seen, "A")).toMatchObject({ received: 4, open: 0, delayed: 0, now: { hidden: "kept" } });
    expect(lineOf(seen, "B")).toMatchObject({ received: 15, now: { value: null, hidden: "kept" } });
    expect(cellOf(seen, "B")).toMatchObject({ value: null, hidden: "kept" });
    expect(lineOf(seen, "C")).toMatchObject({ received: 100, now: { numerator: 11, denominator: 100 } });
  });

  it("does not tell by pillar what is shown of an entity", () => {
    const nameOf = (code: string) => ({ place: { code, name: { en: code, ar: code } } });
    const cases: Readonly<Record<string, readonly number[]>> = { A: [4, 0, 0], B: [9, 9, 0], C: [30, 40, 50] };
    const byPillar = [0, 1, 2].map((i) => ({
      groups: Object.entries(cases).map(([code, own]) => ({ ...figures({ received: own[i] ?? 0 }), code })),
    }));
    const pillars = ["P", "Q", "R"].map((code) => ({ code, name: { en: code, ar: code } }));
    const counts = { A: { received: 4 }, B: { received: 18 }, C: { received: 120 } };
    const heat = { pillars, rows: heatRows({ code: "received", byPillar, nameOf }) };
    const seen = guardFigures({ ...viewOf("received", counts), heat }, { reads: [], single: false });
    expect(seen.entities.map(({ now, received }) => [now.value, received])).toEqual([
      [4, 4],
      [18, 18],
      [120, 120],
    ]);
    // Who has none is not told either: the 4 would be in the only pillar that is left.
    for (const code of ["A", "B"])
      expect(seen.heat.rows.find(({ place }) => place.code === code)?.cells.map(({ hidden }) => hidden)).toEqual(
        Array(3).fill("kept"),
      );
  });
});

it("who reads an entity's cases is shown no small figure of one that it took over, but for counts", () => {
  // B has 5 of its own, which its people read, and 3 of A, which they do not.
  const counts = { B: { received: 8, including: ["A"] }, C: { received: 60 }, D: { received: 70 } };
  const hidden = guardFigures(viewOf("misrouted", counts), { reads: ["B"], single: false });
  expect(lineOf(hidden, "B")).toMatchObject({ received: 8, now: { hidden: "kept" } });
  expect(cellOf(hidden, "B")).toMatchObject({ hidden: "kept" });
  const shown = guardFigures(viewOf("misrouted", counts), { reads: ["A", "B"], single: false });
  expect(lineOf(shown, "B")).toMatchObject({ received: 8, now: { denominator: 8 } });
});

describe("by type, service or channel", () => {
  const name = (code: string) => ({ ar: code, en: code });
  const record = (code: string, more: object = {}) =>
    [code, { code, name: name(code), retired: false, ...more }] as const;
  const setup = {
    types: new Map([record("complaint"), record("praise", { retired: true })]),
    channels: new Map([record("web")]),
    entities: new Map([record("A"), record("B"), record("C")]),
    services: new Map([
      record("A1", { entity: "A" }),
      record("A2", { entity: "A" }),
      record("B1", { entity: "B" }),
      record("C1", { entity: "C" }),
      record("C2", { entity: "C" }),
    ]),
  } as unknown as Setup;
  const splitOf = (by: SplitDimension, received: Readonly<Record<string, number>>, delayed = 0) => {
    const groups = Object.entries(received).map(([code, n]) => ({
      ...figures({ received: n, delayed: [delayed, 0, 0, 0, 0] }),
      code,
    }));
    const all = Object.values(received).reduce((sum, n) => sum + n, 0);
    return figuresSplit({ by, code: "received", now: { ...figures({ received: all }), groups }, before: null, setup });
  };

  it("names each line, one out of use too, and says what part of all it is", () => {
    const { lines } = splitOf("type", { complaint: 30, praise: 10, gone: 0 });
    expect(lines.map(({ place, ended, share }) => [place.name.en, ended, share])).toEqual([
      ["complaint", false, 0.75],
      ["praise", true, 0.25],
      ["gone", false, 0],
    ]);
    const services = splitOf("service", { "": 5, A1: 15 });
    expect(services.lines.map(({ place, provider }) => [place.name.en, provider?.code])).toEqual([
      ["No service named", undefined],
      ["A1", "A"],
    ]);
    expect(splitOf("channel", { web: 0 }).lines[0]?.share).toBeNull();
  });

  it("hides small numbers, their shares, and what they could be reckoned from", () => {
    const view = { ...viewOf("received", {}), split: splitOf("type", { complaint: 30, praise: 4, other: 20 }) };
    const { split } = guardFigures(view, { reads: [], single: false });
    expect(split.lines.map(({ received, share }) => [received, share])).toEqual([
      [30, 30 / 54],
      ["kept", null],
      ["kept", null],
    ]);
    expect(split.lines[1]?.now).toMatchObject({ value: null, n: 0, hidden: "kept" });
  });

  it("hides services as parts of the entity that provides them, whose sum is shown", () => {
    const counts = { A: { received: 45 }, B: { received: 4 }, C: { received: 90 } };
    const split = splitOf("service", { A1: 20, A2: 25, B1: 4, C1: 40, C2: 50 });
    const seen = guardFigures({ ...viewOf("received", counts), split }, { reads: [], single: false });
    expect(seen.entities.map(({ received }) => received)).toEqual([45, 4, 90]);
    // That B1 is listed would tell that the 4 are about it.
    expect(seen.split.lines.map(({ place, received }) => [place.code, received])).toEqual([
      ["A1", "kept"],
      ["A2", "kept"],
      ["C1", 40],
      ["C2", 50],
    ]);
    // The other way round: of C, whose sum is shown, no service alone is hidden.
    const other = splitOf("service", { A1: 20, A2: 25, C1: 5, C2: 85 });
    const told = guardFigures(
      { ...viewOf("received", { A: { received: 45 }, C: { received: 90 } }), split: other },
      { reads: [], single: false },
    );
    expect(told.split.lines.map(({ received }) => received)).toEqual([20, 25, "kept", "kept"]);
  });

  it("breaks nothing down to who knows all but one entity's numbers: the whole less the own ones is the other's", () => {
    const split = splitOf("type", { complaint: 80, praise: 25 });
    const told = (counts: Parameters<typeof viewOf>[1], reads: readonly string[]) =>
      guardFigures({ ...viewOf("received", counts), split }, { reads, single: false });
    const two = { A: { received: 45 }, B: { received: 60 } };
    const seen = told(two, ["A"]);
    expect(seen.entities.map(({ received }) => received)).toEqual([45, 60]);
    expect(seen.split.lines.map(({ received, share }) => [received, share])).toEqual([
      ["kept", null],
      ["kept", null],
    ]);
    expect(told(two, []).split.lines.map(({ received }) => received)).toEqual([80, 25]);
    // Nobody but the reader's own entity has cases: nothing of it is anybody else's.
    const alone = { A: { received: 105 }, B: { received: 0 } };
    expect(told(alone, ["A"]).split.lines.map(({ received }) => received)).toEqual([80, 25]);
    const three = { ...two, C: { received: 30 } };
    expect(told(three, ["A"]).split.lines.map(({ received }) => received)).toEqual([80, 25]);
  });
});
