/** What the figures page is made of: scopes by position, comparisons, links, tables and the map. */
import { describe, expect, it } from "@jest/globals";
import type { Actor, HeldSeat } from "../../src/engine/access/permissions.js";
import { can } from "../../src/engine/access/permissions.js";
import { readCounted, writtenCounted } from "../../src/engine/lifecycle/counted-cases.js";
import { figureScopes } from "../../src/engine/measures/figure-scopes.js";
import { troublesOf } from "../../src/engine/measures/home-troubles.js";
import { readOutline } from "../../src/engine/setup/outline.js";
import { drawMap } from "../../src/features/reports/figures/draw-map.js";
import { shadesOf } from "../../src/features/reports/figures/shades.js";
import { shippedSetup } from "../support/shipped-setup.js";

const setup = shippedSetup("jordan");
const programme = setup.programme.code;
const actor = (...seats: Partial<HeldSeat>[]): Actor => ({
  kind: "user",
  userId: 1,
  name: "Somebody",
  seats: seats.map((seat) => ({ role: "focal_point", programme, entity: null, sector: null, ...seat })),
});
const scopes = (...seats: Partial<HeldSeat>[]) =>
  figureScopes(actor(...seats), setup).map(({ id, confidential, readsCases, exports }) => ({
    id,
    confidential,
    readsCases,
    exports,
  }));

describe("whose figures somebody reads", () => {
  const all = { id: "all", confidential: false, readsCases: true, exports: true };
  const own = { id: "own", confidential: true, readsCases: true, exports: false };
  const [entity] = [...setup.entities.values()].filter(
    ({ code }) => ![...setup.entities.values()].some(({ parent }) => parent === code),
  );
  const code = entity?.code ?? "";
  const above = entity?.parent ?? "";
  const sector = entity?.sector ?? "";

  it("is the programme for the operation room and auditors, and without its cases for the committee", () => {
    expect(scopes({ role: "operation_room" })).toEqual([all]);
    expect(scopes({ role: "auditor" })).toEqual([all]);
    expect(scopes({ role: "steering_committee" })).toEqual([{ ...all, readsCases: false }]);
  });

  it("is the own entity with its confidential cases for those who handle them", () => {
    expect(scopes({ role: "focal_point", entity: code })).toEqual([
      { id: `at:${code}`, confidential: true, readsCases: true, exports: false },
      own,
    ]);
    expect(scopes({ role: "entity_manager", entity: code })).toEqual([
      { id: code, confidential: true, readsCases: true, exports: true },
      own,
    ]);
  });

  it("is what is below, without confidential cases, for those above", () => {
    expect(scopes({ role: "minister", entity: above })).toEqual([
      { id: above, confidential: false, readsCases: true, exports: true },
    ]);
  });

  it("is the sector for its main focal point, who does not read the cases of its entities", () => {
    expect(scopes({ role: "main_focal_point", sector })).toEqual([
      { id: `sector:${sector}`, confidential: false, readsCases: false, exports: true },
    ]);
    const main = actor({ role: "main_focal_point", sector });
    expect(can(main, "kpi.read", { programme, sector })).toBe(true);
    expect(can(main, "kpi.read", { programme, sector: "another" })).toBe(false);
    expect(can(main, "kpi.read", { programme })).toBe(false);
  });

  it("is nothing for the contact centre and in another programme; two positions are two scopes", () => {
    expect(scopes({ role: "contact_centre_agent" })).toEqual([]);
    expect(scopes({ role: "operation_room", programme: "another" })).toEqual([]);
    expect(scopes({ role: "operation_room" }, { role: "minister", entity: above }).map(({ id }) => id)).toEqual([
      "all",
      above,
    ]);
    expect(scopes({ role: "operation_room" }, { role: "operation_room" })).toEqual([all]);
  });
});

describe("the cases behind a figure, in an address", () => {
  it.each(["fellDue.2026-11-01.2026-12-01", "reachedLevel.2026-11-01.2026-12-01.2", "late.11+", "late.0"])(
    "%s is read and written the same",
    (text) => {
      const counted = readCounted(text);
      expect(counted && writtenCounted(counted)).toBe(text);
    },
  );

  it.each([
    "",
    "fellDue",
    "fellDue.2026-11-01",
    "fellDue.2026-12-01.2026-11-01",
    "fellDue.2026-11-01.2026-12-01.2",
    "reachedLevel.2026-11-01.2026-12-01",
    "stolen.2026-11-01.2026-12-01",
    "fellDue.2026-02-30.2026-03-01",
    "late.12",
    "constructor.2026-11-01.2026-12-01",
  ])("%j is refused", (text) => {
    expect(readCounted(text)).toBeNull();
  });
});

describe("the map", () => {
  it("has an outline of every governorate of the shipped programme, small enough for a page", () => {
    const outlines = [...setup.governorates.values()].map(({ code, outline }) => ({ code, outline }));
    expect(outlines).toHaveLength(12);
    const drawn = drawMap(outlines);
    expect([...(drawn?.shapes.keys() ?? [])].sort()).toEqual(outlines.map(({ code }) => code).sort());
    expect(JSON.stringify(outlines).length).toBeLessThan(30_000);
    // North is up and east on the right: Irbid lies above Aqaba, Mafraq right of both.
    const at = (code: string) => drawn?.shapes.get(code) ?? { x: Number.NaN, y: Number.NaN };
    expect(at("IRB").y).toBeLessThan(at("AQB").y);
    expect(at("MAF").x).toBeGreaterThan(at("IRB").x);
  });

  it("is none without outlines, and leaves out what cannot be read", () => {
    expect(drawMap([{ code: "A", outline: null }])).toBeNull();
    expect(drawMap([{ code: "A", outline: "35 31" }])).toBeNull();
  });

  it.each([
    ["35 31, 36 31, 36 32", 1],
    ["35.01 31.5, 36 31, 36 32; -35 -31, -36 -31, -36 -32", 2],
  ])("reads %s", (text, rings) => {
    expect(readOutline(text)).toHaveLength(rings);
  });

  it.each(["", "35 31, 36 31", "35 31, 36 31, 200 32", "35 31, 36 31, 36 91", "a b, c d, e f", "35 31, 36 31, 36 32;"])(
    "refuses %j",
    (text) => {
      expect(readOutline(text)).toBeNull();
    },
  );

  it("shades by five steps from nought to a round end", () => {
    const shades = shadesOf("onTimeResolution", [0, 0.25, 0.5, 1, null]);
    expect([0, 0.19, 0.2, 0.5, 1, null].map(shades.of)).toEqual([1, 1, 2, 3, 5, null]);
    expect(shades.bounds).toHaveLength(5);
    expect(shadesOf("onTimeResolution", [null]).bounds).toEqual([]);
    expect(shadesOf("received", [0, 0]).of(0)).toBe(1);
  });

  it.each([
    // Near each other: a shade or two, not all five.
    ["onTimeResolution", [0.667, 0.72, 0.774, 0.8], 1, [4, 4, 4, 5]],
    ["reopened", [0.03, 0.081], 0.1, [2, 5]],
    ["received", [46, 67], 100, [3, 4]],
    ["received", [120, 240], 250, [3, 5]],
    ["medianResolutionWorkingSeconds", [7000, 25_200], 25_200, [2, 5]],
  ] as const)("of %s %j ends at %d", (code, values, end, steps) => {
    const shades = shadesOf(code, values);
    expect(shades.bounds.at(-1)?.to).toBeCloseTo(end);
    expect(values.map(shades.of)).toEqual(steps);
  });
});

describe("what is bad in a branch", () => {
  const since = (day: string) => new Date(`${day}T06:00:00Z`);
  const work = (entity: string, service: string | null, late: number, critical = 0, day = "2026-11-01") => ({
    ...{ entity, service, late, open: 20, critical, oldestDueAt: late === 0 ? null : since(day) },
  });

  it("is by entity, the worst first: what is critical, how much, since when", () => {
    const found = troublesOf(
      [
        work("A", "X", 3),
        work("A", "Y", 4, 0, "2026-10-01"),
        work("B", "X", 2, 1),
        work("C", null, 0),
        work("D", null, 7),
      ],
      3,
    );
    expect(found.map(({ entity, late, open, whole }) => [entity, late, open, whole])).toEqual([
      ["B", 2, 20, true],
      ["A", 7, 40, true],
      ["D", 7, 20, true],
    ]);
    expect(found[1]?.oldestDueAt).toEqual(since("2026-10-01"));
  });

  it("is by service where one entity alone is in trouble", () => {
    const found = troublesOf([work("A", "X", 1), work("A", null, 5), work("B", "X", 0)], 5);
    expect(found.map(({ service, late, whole }) => [service, late, whole])).toEqual([
      [null, 5, false],
      ["X", 1, false],
    ]);
  });
});
