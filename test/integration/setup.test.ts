import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { seed } from "../../src/features/config-files/seed.js";
import { type ActiveSetup, createActiveSetup } from "../../src/features/setup/active-setup.js";
import { createModels } from "../../src/features/setup/tables/create-models.js";
import { createTestDatabase, type TestDatabase } from "../support/database.js";

const now = new Date("2026-03-01T08:00:00Z");

let database: TestDatabase;
let active: ActiveSetup;
beforeAll(async () => {
  database = await createTestDatabase();
  await seed(database.db, { now, programmes: ["boston311"] });
  active = createActiveSetup(database.db);
});
afterAll(() => database.close());

const renamePillar = (nameEn: string) =>
  createModels(database.db).pillars.update({ nameEn }, { where: { programme: "boston311", code: "SERVICE" } });
const pillarName = (setup: { pillars: ReadonlyMap<string, { name: { en: string } }> }) =>
  setup.pillars.get("SERVICE")?.name.en;

describe("the active set-up", () => {
  it("is the same snapshot for everybody until something changes", async () => {
    const [a, b] = await Promise.all([active.of("boston311"), active.of("boston311")]);
    expect(a).toBe(b);
    expect(await active.fresh("boston311")).toBe(a);
  });

  it("is stale until asked for fresh, and then new with a higher revision", async () => {
    const before = await active.of("boston311");
    await renamePillar("Service to the public");
    expect(await active.of("boston311")).toBe(before);
    const after = await active.fresh("boston311");
    expect(pillarName(after)).toBe("Service to the public");
    expect(after.revision).toBeGreaterThan(before.revision);
    expect(await active.of("boston311")).toBe(after);
    // What was published has not changed: the very same definitions serve.
    expect(after.calendar.definition).toBe(before.calendar.definition);
  });

  it("loads anew after reload, in every instance of its own", async () => {
    const other = createActiveSetup(database.db);
    await other.of("boston311");
    await renamePillar("Service");
    active.reload();
    expect(pillarName(await active.of("boston311"))).toBe("Service");
    expect(pillarName(await other.of("boston311"))).toBe("Service to the public");
    other.reload();
    expect(pillarName(await other.of("boston311"))).toBe("Service");
  });

  it("gives any version by its id and fails for one that does not exist", async () => {
    const setup = await active.of("boston311");
    const other = createActiveSetup(database.db);
    expect(await other.calendarDefinition(setup.calendar.versionId)).toEqual(setup.calendar.definition);
    const workflow = setup.workflows.get("request");
    expect(await other.workflowDefinition(workflow?.versionId ?? 0)).toEqual(workflow?.definition);
    const sla = setup.ruleSets.get("sla");
    expect(await other.ruleSetDefinition(sla?.versionId ?? 0)).toEqual(sla?.definition);
    await expect(other.calendarDefinition(987_654)).rejects.toThrow("987654");
  });

  it("refuses an unknown programme, and asks again the next time", async () => {
    await expect(active.of("atlantis")).rejects.toMatchObject({ code: "not-found" });
    const row = await createModels(database.db).programmes.findOne({ where: { code: "boston311" } });
    const { id: _, ...values } = row?.get() ?? ({} as never);
    await createModels(database.db).programmes.create({ ...values, code: "atlantis", calendar: "tides" });
    await expect(active.of("atlantis")).rejects.toMatchObject({ code: "invalid-configuration" });
    expect(await active.programmes()).toEqual(["atlantis", "boston311"]);
  });
});
