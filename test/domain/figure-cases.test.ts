/** Which cases are behind a figure: the filters of a list of exactly these. */
import { describe, expect, it } from "@jest/globals";
import { atEntity, casesOfFigure, casesWith, withProperty } from "../../src/engine/measures/figure-cases.js";
import type { FiguresView } from "../../src/engine/measures/figures-view.js";

const place = (code: string) => ({ code, name: { ar: code, en: code } });
const viewOf = (kind: string, code: string | null, more: object = {}) =>
  ({
    scope: { id: "x", kind, code, confidential: false, readsCases: true, exports: false },
    entities: [
      { place: place("A"), including: [place("OLD")] },
      { place: place("B"), including: [] },
    ],
    elapsed: { from: "2026-10-01", to: "2026-11-01", running: false },
    ...more,
  }) as unknown as FiguresView;
const open = { confidential: "false" };

describe("the cases behind a figure", () => {
  it("are of the scope: of a sector those of its entities that are counted", () => {
    expect(casesWith(viewOf("programme", null), { late: "late" })).toEqual({ ...open, late: "late" });
    expect(casesWith(viewOf("sector", "water"), {})).toEqual({ ...open, entity: "A,OLD,B" });
    expect(casesWith(viewOf("sector", "water", { entities: [] }), {})).toEqual({ ...open, entity: "-" });
    expect(casesWith(viewOf("sector", "water"), atEntity("A"))).toEqual({ ...open, entity: "A,OLD" });
    expect(casesWith(viewOf("own", null), {})).toEqual({ ...open, handledBy: "me" });
  });

  it("are of a type, service or channel, or of none", () => {
    const counted = "received.2026-10-01.2026-11-01";
    const of = (by: "type" | "service", code: string) =>
      casesOfFigure(viewOf("subtree", "A"), "received", { more: withProperty(by)(code) });
    expect(of("type", "complaint")).toEqual({ ...open, under: "A", counted, type: "complaint" });
    expect(of("service", "")).toEqual({ ...open, under: "A", counted, service: "-" });
  });

  it("are none where a figure is of two kinds of them", () => {
    expect(casesOfFigure(viewOf("programme", null), "clearance")).toBeNull();
    expect(casesOfFigure(viewOf("programme", null), "received", { which: "amiss" })).toBeNull();
  });
});
