/** Which KPIs who is shown, on a real database: what the settings say is what pages and homes show, and a change takes two people. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { RoleCode } from "../../src/engine/access/roles.js";
import { figureTable } from "../../src/engine/measures/figure-tables.js";
import type { HomeDesk } from "../../src/engine/measures/home-view.js";
import { shownKpis } from "../../src/engine/measures/shown-kpis.js";
import { manyOutcomes } from "../support/many-outcomes.js";
import {
  openWorkingOffice,
  type Person,
  problemOf,
  programme,
  sundayNine,
  type WorkingOffice,
} from "../support/working-office.js";

const now = sundayNine;
let office: WorkingOffice;
let rania: Person;
let omar: Person;
beforeAll(async () => {
  office = await openWorkingOffice();
  // The shipped targets are assumptions: here people set their own.
  await office.asOwner("update shown_kpis set target = null, threshold = null");
  await manyOutcomes(office, { entities: ["JFDA", "MOH", "MWI"], late: "MOH", badMonth: "2026-08", now });
  [rania, omar] = [0, 1].map((n) => office.official("operation_room", null, n)) as [Person, Person];
}, 180_000);
afterAll(() => office.close());

const wantsSecond = (wanted: boolean) =>
  office.asOwner(
    "update programmes set settings = settings || jsonb_build_object('secondPerson', $1::boolean) where code = 'jordan'",
    wanted,
  );
beforeEach(() => wantsSecond(false));

const readers: readonly (readonly [RoleCode, string | null])[] = [
  ["operation_room", null],
  ["main_focal_point", "HEALTH"],
  ["focal_point", "MOH"],
  ["entity_manager", "MOH"],
  ["secretary_general", "MOH"],
  ["minister", "MOH"],
  ["prime_minister", null],
  ["steering_committee", null],
  ["auditor", null],
];
const official = (role: RoleCode, place: string | null = null): Person => office.official(role, place);
const page = (actor: Person, more: object = {}) =>
  office.services.figures.read({ actor, now, period: "2026-10", ...more });
const setup = () => office.services.setup.of(programme);

async function deskOf<Kind extends HomeDesk["kind"]>(actor: Person, kind: Kind) {
  const { desks } = await office.services.home({ actor, now });
  return desks.find((desk) => desk.kind === kind) as Extract<HomeDesk, { kind: Kind }>;
}

const edit = (code: string, values: object, before: object) => ({
  ...{ act: "update", table: "shown_kpis", code },
  ...{ values, before },
});
/** One person alone, where the programme lets them. */
const alone = (code: string, values: Record<string, unknown>, before: Record<string, unknown>) =>
  office.services.setupEditor.update({ programme, table: "shown_kpis", code, values, before, by: rania, now });

const step = async (actor: Person, id: number) => ({
  actor,
  id,
  revision: (await office.services.changeSets.list({ actor })).find((one) => one.id === id)?.revision ?? 0,
  now,
});

describe("the figures page", () => {
  it.each(readers)("shows %s what the settings say, in their order", async (role, place) => {
    const { figures } = await page(place === null ? office.official(role) : official(role, place));
    const shown = shownKpis(await setup(), role);
    expect(figures.map(({ code, headline }) => ({ code, headline }))).toEqual(
      shown.map(({ code, headline }) => ({ code, headline })),
    );
    expect(figures.every(({ target }) => target === null)).toBe(true);
  });

  it("shows somebody of two positions of one reach what both are shown, the first one's first", async () => {
    const [manager, secretary] = [official("entity_manager", "MOH"), official("secretary_general", "MOH")];
    const both = { ...manager, seats: [...secretary.seats, ...manager.seats] };
    const codes = (await page(both)).figures.map(({ code }) => code);
    const [own, also] = ["secretary_general" as const, "entity_manager" as const].map((role) => role);
    const first = shownKpis(await setup(), own ?? "auditor").map(({ code }) => code);
    const second = shownKpis(await setup(), also ?? "auditor").map(({ code }) => code);
    expect(codes.slice(0, first.length)).toEqual(first);
    expect(new Set(codes)).toEqual(new Set([...first, ...second]));
    expect(codes).toHaveLength(new Set(codes).size);
  });

  it("compares by no figure that the reader is not shown", async () => {
    expect((await page(rania, { figure: "rejected" })).figure).toBe("rejected");
    expect(await problemOf(page(official("minister", "MOH"), { figure: "rejected" }))).toMatchObject({
      code: "invalid-input",
      faults: [{ field: "/figure" }],
    });
  });

  it("has targets, its file too", async () => {
    await alone("ON_TIME", { target: 90, threshold: 80 }, { target: null, threshold: null });
    await alone("DELAYED_WORK", { target: 0 }, { target: null });
    await alone("MEDIAN_TIME", { target: 1 }, { target: null });
    const view = await page(rania);
    const of = (code: string) => view.figures.find((figure) => figure.code === code);
    expect(of("onTimeResolution")).toMatchObject({ target: 90, threshold: 80 });
    expect(of("delayed")).toMatchObject({ target: 0, threshold: null });
    expect(of("received")?.target).toBeNull();
    const file = figureTable("figures", view, "en");
    const targets = Object.fromEntries(file.rows.map((row) => [String(row[0]), row.at(-1)]));
    expect(file.columns.at(-1)?.label).toBe("Target");
    expect(targets["Answered on time, %"] ?? targets["Answered on time %"]).toBe(90);
    expect(Object.values(targets)).toContain(view.day.daySeconds / 3600);
    const entities = figureTable("entities", view, "en");
    expect(entities.columns.slice(-2).map(({ label }) => label)).toEqual(["Target", "Against the target"]);
    for (const line of entities.rows) {
      const [said, value] = [line.at(-1), line[1]];
      expect(line.at(-2)).toBe(90);
      expect([value, said]).toEqual([
        value,
        typeof value !== "number" ? null : value >= 90 ? "Target met" : value >= 80 ? "Target missed" : "Off target",
      ]);
    }
    expect(figureTable("entities", await page(rania, { figure: "received" }), "en").columns.at(-1)?.label).not.toBe(
      "Against the target",
    );
    // Leadership has a row of its own for what is overdue.
    const minister = await page(official("minister", "MOH"));
    expect(minister.figures.find(({ code }) => code === "delayed")?.target).toBeNull();
    expect(minister.figures.find(({ code }) => code === "onTimeResolution")?.target).toBe(90);
  });

  it("shows a role without a row the whole catalogue", async () => {
    const rows = [...(await setup()).shownKpis.values()].filter(({ audiences }) => audiences.includes("auditor"));
    for (const { code, audiences } of rows) {
      const others = audiences.filter((role) => role !== "auditor");
      await alone(code, { audiences: others }, { audiences });
    }
    const all = (await page(office.official("auditor"))).figures;
    expect(all.length).toBeGreaterThan(18);
    expect(all.map(({ code }) => code)).toEqual(shownKpis({ shownKpis: new Map() }, "auditor").map(({ code }) => code));
    for (const { code, audiences } of rows)
      await alone(code, { audiences }, { audiences: audiences.filter((role) => role !== "auditor") });
  });
});

describe("homes", () => {
  it("follow the same rows", async () => {
    const minister = official("minister", "MOH");
    const shown = shownKpis(await setup(), "minister");
    expect((await deskOf(minister, "executive")).figures.map(({ code }) => code)).toEqual(
      shown.map(({ code }) => code),
    );
    const focal = official("focal_point", "MOH");
    expect(Object.keys((await deskOf(focal, "focal")).shown)).toContain("delayed");
    expect(Object.keys((await deskOf(rania, "room")).shown)).toContain("delayed");
    const row = (await setup()).shownKpis.get("DELAYED_WORK");
    await alone("DELAYED_WORK", { audiences: ["main_focal_point"] }, { audiences: row?.audiences });
    expect(Object.keys((await deskOf(focal, "focal")).shown)).not.toContain("delayed");
    expect(Object.keys((await deskOf(rania, "room")).shown)).not.toContain("delayed");
    await alone("DELAYED_WORK", { audiences: row?.audiences }, { audiences: ["main_focal_point"] });
  });

  it("have the targets", async () => {
    const { figures } = await deskOf(office.official("steering_committee"), "committee");
    expect(figures.find(({ code }) => code === "onTimeResolution")).toMatchObject({ target: 90, threshold: 80 });
    const room = await deskOf(rania, "room");
    expect([room.shown.delayed?.target, room.day.wall]).toEqual([0, false]);
  });
});

describe("a change", () => {
  it("takes a second person where the programme wants one, who reads it in words", async () => {
    const { changeSets } = office.services;
    await wantsSecond(true);
    const values = { target: 85, headline: false, audiences: ["steering_committee"] };
    const row = (await setup()).shownKpis.get("CLOSED");
    const before = { target: null, headline: true, audiences: row?.audiences };
    expect(await problemOf(alone("CLOSED", values, before))).toMatchObject({
      code: "not-now",
      faults: [{ field: "/changeSet" }],
    });
    const { id } = await changeSets.begin({ actor: rania, programme, title: "Targets", now });
    await changeSets.put({
      actor: rania,
      id,
      edit: edit("SATISFACTION", { target: 70, threshold: 60 }, { target: null, threshold: null }),
      now,
    });
    await changeSets.put({
      actor: rania,
      id,
      edit: edit(
        "RESOLVED",
        { headline: false, audiences: ["steering_committee"] },
        { headline: true, audiences: (await setup()).shownKpis.get("RESOLVED")?.audiences },
      ),
      now,
    });
    const { listed } = await changeSets.read({ actor: omar, id, now });
    const said = listed.flatMap(({ words, details }) => [words.en, ...details.map(({ en }) => en)]).join("\n");
    expect(said).toContain("70");
    expect(said).toContain("removes “Operation room”");
    expect(said).not.toMatch(/prime_minister|onTimeResolution/);
    const reason = { reason: "The council of ministers decided it.", warningsReason: "Known." };
    await changeSets.submit({ ...(await step(rania, id)), ...reason });
    expect(await problemOf(changeSets.publish({ ...(await step(rania, id)), ...reason }))).toMatchObject({
      code: "forbidden",
    });
    expect((await page(rania)).figures.some(({ code }) => code === "resolved")).toBe(true);
    await changeSets.publish({ ...(await step(omar, id)), ...reason });
    const after = await page(rania);
    expect(after.figures.some(({ code }) => code === "resolved")).toBe(false);
    expect(after.figures.find(({ code }) => code === "satisfaction")?.target).toBe(70);
  });

  it("names what does not fit, together with what else is in the change-set", async () => {
    const { changeSets } = office.services;
    const { id } = await changeSets.begin({ actor: rania, programme, title: "Wrong", now });
    const put = (one: object) => problemOf(changeSets.put({ actor: rania, id, edit: one, now }));
    const faultsOf = async (one: object) => ((await put(one)).faults ?? []).map(({ field }) => field);
    expect(await faultsOf(edit("FIRST_RESPONSE", { target: 140 }, { target: null }))).toEqual(["/target"]);
    expect(await faultsOf(edit("RECEIVED", { target: 10 }, { target: null }))).toEqual(["/target"]);
    expect(await faultsOf(edit("FIRST_RESPONSE", { threshold: 10 }, { threshold: null }))).toEqual(["/threshold"]);
    const twice = { code: "AGAIN", nameAr: "أ", nameEn: "A", kpi: "received", audiences: ["minister"] };
    expect(await faultsOf({ act: "create", table: "shown_kpis", code: "AGAIN", values: twice })).toEqual([
      "/audiences/0",
    ]);
    await changeSets.discard(await step(rania, id));
  });
});
