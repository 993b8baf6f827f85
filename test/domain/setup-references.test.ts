import { describe, expect, it } from "@jest/globals";
import type { Seat } from "../../src/engine/setup/setup.js";
import { incumbent, receiversOf, seatHoldersAt, superiorSeat } from "../../src/engine/setup/setup-references.js";
import { aCase, holder, hoursAfter, office, seat, seats, sunday } from "../support/office.js";

const told = (reference: string, theCase = aCase(), all: readonly Seat[] = seats) => {
  const { receivers, empty } = receiversOf(reference, theCase, office({ seats: all }), sunday);
  return { people: receivers.map((who) => who.userId), empty: empty.map((one) => [one.level, one.seat?.id ?? null]) };
};
const without = (...ids: number[]) => seats.map((one) => (ids.includes(one.id) ? { ...one, holders: [] } : one));

describe("who sits on a seat", () => {
  it("from the first moment to before the last", () => {
    const to = hoursAfter(sunday, 1);
    const held = seat(1, "minister", { entity: "MOH" }, holder(1, { from: sunday, to }));
    expect(incumbent(held, sunday)?.userId).toBe(1);
    expect(incumbent(held, new Date(to.getTime() - 1))?.userId).toBe(1);
    expect(incumbent(held, to)).toBeNull();
    expect(incumbent(held, new Date(sunday.getTime() - 1))).toBeNull();
  });

  it("not with a disabled account; of several who sat down first", () => {
    const early = new Date("2024-01-01T00:00:00Z");
    const held = seat(
      1,
      "minister",
      { entity: "MOH" },
      holder(2),
      holder(3, { from: early }),
      holder(4, { from: early, disabled: true }),
    );
    expect(incumbent(held, sunday)?.userId).toBe(3);
  });

  it("each person once, however many seats", () => {
    const all = [
      seat(1, "focal_point", { entity: "MWI" }, holder(9)),
      seat(2, "focal_point", { entity: "MWI" }, holder(9), holder(8)),
    ];
    expect(seatHoldersAt({ seats: all }, () => true, sunday).map((who) => who.userId)).toEqual([8, 9]);
  });
});

describe("the superior of an entity", () => {
  it.each([
    [1, 3],
    [2, 6],
    [3, 7],
    [4, 8],
  ])("at level %d is the nearest upwards with that role", (level, id) => {
    expect(superiorSeat(office(), "JFDA", level)?.id).toBe(id);
  });

  it("is nobody beyond the ladder, nor where nobody up to the root has such a seat", () => {
    expect(superiorSeat(office(), "JFDA", 5)).toBeNull();
    expect(superiorSeat(office(), "MWI", 3)).toBeNull();
  });
});

describe("who is told", () => {
  it.each([
    ["entity.focalPoints", [11, 12]],
    ["entity.superior(1)", [13]],
    ["entity.superior(4)", [41]],
    ["sector.mainFocalPoint", [61]],
    ["operationRoom", [51, 52]],
  ])("%s", (reference, people) => {
    expect(told(reference)).toEqual({ people, empty: [] });
  });

  it("the assignee, while at the entity; else its focal points", () => {
    expect(told("assignee", aCase({ assignee: 12 })).people).toEqual([12]);
    expect(told("assignee", aCase({ assignee: 21 })).people).toEqual([11, 12]);
    expect(told("assignee").people).toEqual([11, 12]);
  });

  it("the assignee also of the operation room, who may take an appeal; not of a confidential case", () => {
    expect(told("assignee", aCase({ assignee: 51 })).people).toEqual([51]);
    expect(told("assignee", aCase({ assignee: 51, confidential: true })).people).toEqual([11, 12]);
    expect(told("assignee", aCase({ assignee: 12, confidential: true })).people).toEqual([12]);
    // Who reads only has nothing to do with it.
    expect(told("assignee", aCase({ assignee: 71 })).people).toEqual([11, 12]);
  });

  it("the next level where a seat is empty, and which seats were", () => {
    expect(told("entity.superior(1)", aCase(), without(3))).toEqual({ people: [31], empty: [[1, 3]] });
    expect(told("entity.superior(2)", aCase(), without(6, 7))).toEqual({
      people: [41],
      empty: [
        [2, 6],
        [3, 7],
      ],
    });
    expect(told("entity.focalPoints", aCase(), without(1, 2))).toEqual({ people: [13], empty: [[0, 1]] });
  });

  it("the next level also where the set-up has no such seat", () => {
    expect(told("entity.superior(2)", aCase({ entity: "MWI" }))).toEqual({
      people: [41],
      empty: [
        [2, null],
        [3, null],
      ],
    });
  });

  it("nobody, and it says so, when the whole ladder is empty or the level is not on it", () => {
    expect(told("entity.superior(3)", aCase(), without(7, 8))).toEqual({
      people: [],
      empty: [
        [3, 7],
        [4, 8],
      ],
    });
    expect(told("entity.superior(9)")).toEqual({ people: [], empty: [[9, null]] });
    expect(told("entity.neighbour")).toEqual({ people: [], empty: [[0, null]] });
  });

  it("of a case in triage: who has to place it and the operation room", () => {
    expect(told("entity.superior(1)", aCase({ entity: null }))).toEqual({ people: [61, 51, 52], empty: [] });
    expect(told("entity.focalPoints", aCase({ entity: null, sector: null })).people).toEqual([51, 52]);
    expect(told("sector.mainFocalPoint", aCase({ sector: "WATER" })).people).toEqual([51, 52]);
  });
});
