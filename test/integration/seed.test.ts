import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { QueryTypes } from "sequelize";
import type { Seat, Setup } from "../../src/engine/setup/setup.js";
import { checkDrafts } from "../../src/features/config-files/check-config.js";
import { type SeededProgramme, seed } from "../../src/features/config-files/seed.js";
import { createActiveSetup } from "../../src/features/setup/active-setup.js";
import { createSetupEditor } from "../../src/features/setup/edit-setup.js";
import { createModels } from "../../src/features/setup/tables/create-models.js";
import { configurationRevision } from "../../src/features/setup/tables/setup-queries.js";
import { installationFolder } from "../../src/platform/root.js";
import { createTestDatabase, type TestDatabase } from "../support/database.js";

const now = new Date("2026-03-01T08:00:00Z");
const later = new Date("2026-04-01T08:00:00Z");

let database: TestDatabase;
let first: SeededProgramme[];
let jordan: Setup;
const roots: string[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  first = await seed(database.db, { now });
  jordan = await createActiveSetup(database.db).of("jordan");
});
afterAll(async () => {
  await database.close();
  for (const root of roots) await rm(root, { recursive: true, force: true });
});

type FirstRule = { title: { en: string }; priority: unknown };

/** A copy of the shipped configuration in which the first rule of one file says something else. */
async function shippedWith(file: string, change: (first: FirstRule) => void): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "diwan-seed-"));
  roots.push(root);
  for (const part of ["seeds", "rules", "workflows"])
    await cp(join(installationFolder, part), join(root, part), { recursive: true });
  const definition = JSON.parse(await readFile(join(root, file), "utf8"));
  change(definition.rules[0]);
  await writeFile(join(root, file), JSON.stringify(definition));
  return root;
}

async function versions(name: string): Promise<{ version: number; status: string }[]> {
  return database.db.query(
    "select version, status from configuration_versions where programme = 'jordan' and name = $1 order by version",
    { bind: [name], type: QueryTypes.SELECT },
  );
}

const inOffice = (seat: Seat) =>
  seat.holders.some((h) => h.from <= now && (h.to === null || now < h.to) && !h.disabled);

describe("a fresh database", () => {
  it("asks no second step of anybody unless it is to", () => {
    expect(jordan.programme.settings.secondFactor).toBeUndefined();
  });
  it("has its people on their positions from the beginning of a day where the programme is", async () => {
    for (const [programme, from] of [
      ["jordan", "2023-12-31T21:00:00.000Z"],
      ["boston311", "2016-01-01T05:00:00.000Z"],
    ] as const) {
      const { seats } = await createActiveSetup(database.db).of(programme);
      const starts = new Set(seats.flatMap(({ holders }) => holders.map((holder) => holder.from.toISOString())));
      expect([...starts]).toEqual([from]);
    }
  });
  it("gets Jordan as the issue wants it", () => {
    expect(jordan.entities.size).toBe(106);
    expect(jordan.sectors.size).toBe(20);
    expect([...jordan.pillars.keys()]).toEqual(["QUALITY", "TIME", "BEHAVIOUR", "PROCEDURE", "INFRA"]);
    expect([...jordan.importanceLevels.values()].map((level) => [level.code, level.rank])).toEqual([
      ["low", 1],
      ["normal", 2],
      ["high", 3],
      ["critical", 4],
    ]);
    const among = ["explanation", "directive", "help"];
    expect([...jordan.types.keys()]).toEqual(["complaint", "inquiry", "compliment", "report", "suggestion", ...among]);
    expect(jordan.governorates.size).toBe(12);
    expect(jordan.services.size).toBeGreaterThanOrEqual(60);
    expect(jordan.keywordLists.size).toBeGreaterThan(0);
  });

  it("has 220 focal points, at least one an entity, and a main focal point a sector", () => {
    const held = jordan.seats.filter(inOffice);
    const focal = held.filter((seat) => seat.role === "focal_point");
    expect(focal).toHaveLength(220);
    expect(new Set(focal.map((seat) => seat.entity))).toEqual(new Set(jordan.entities.keys()));
    const main = held.filter((seat) => seat.role === "main_focal_point");
    expect(new Set(main.map((seat) => seat.sector))).toEqual(new Set(jordan.sectors.keys()));
    const count = (role: string) => held.filter((seat) => seat.role === role).length;
    expect([count("operation_room"), count("steering_committee"), count("auditor")]).toEqual([6, 10, 2]);
  });

  it("has somebody on every step of every entity's way to the Prime Ministry", () => {
    const filled = new Set(jordan.seats.filter(inOffice).map((seat) => `${seat.role} ${seat.entity}`));
    for (const entity of jordan.entities.values()) {
      const way = [entity.code];
      for (let above = entity.parent; above !== null; above = jordan.entities.get(above)?.parent ?? null)
        way.push(above);
      expect(way.at(-1)).toBe("PM");
      expect(way).toHaveLength(entity.level + 1);
      expect(filled).toContain(`entity_manager ${entity.code}`);
      for (const { role } of jordan.programme.settings.ladder) {
        expect(way.map((code) => `${role} ${code}`).filter((step) => filled.has(step))).not.toEqual([]);
      }
    }
    for (const ministry of [...jordan.entities.values()].filter((entity) => entity.kind === "ministry")) {
      expect(filled).toContain(`secretary_general ${ministry.code}`);
      expect(filled).toContain(`minister ${ministry.code}`);
    }
  });

  it("is bilingual throughout", () => {
    const all = [
      jordan.sectors,
      jordan.entities,
      jordan.services,
      jordan.pillars,
      jordan.types,
      jordan.channels,
    ].flatMap((map) => [...map.values()]);
    for (const { code, name } of all) {
      expect([code, /[\u0621-\u064a]/.test(name.ar), /[A-Za-z]/.test(name.en)]).toEqual([code, true, true]);
    }
  });

  it("has a second programme with its own zone, calendar, types and people", async () => {
    const boston = await createActiveSetup(database.db).of("boston311");
    expect(boston.programme).toMatchObject({ timeZone: "America/New_York", defaultLanguage: "en" });
    expect(boston.calendar.definition.timeZone).toBe("America/New_York");
    expect(boston.types.size).toBe(7);
    expect(boston.entities.get("PWDx")).toMatchObject({ parent: "CITY", level: 1 });
    expect(boston.seats.every(inOffice)).toBe(true);
  });

  it("has everything published as version 1, written to the audit", async () => {
    expect([...jordan.ruleSets.keys()].sort()).toEqual(["classification", "escalation", "quality", "routing", "sla"]);
    const names = ["complaint", "compliment", "help", "inquiry", "order", "report", "suggestion"];
    expect([...jordan.workflows.keys()].sort()).toEqual(names);
    for (const published of [jordan.calendar, ...jordan.ruleSets.values(), ...jordan.workflows.values()]) {
      expect(published.version).toBe(1);
    }
    const events = await database.db.query<{ stream: string; type: string; n: number }>(
      "select stream, type, count(*)::int as n from audit_events group by 1, 2 order by 1, 2",
      { type: QueryTypes.SELECT },
    );
    const published = first.flatMap((programme) => programme.published).length;
    expect(events).toEqual([
      { stream: "configuration", type: "configuration.published", n: published },
      { stream: "configuration", type: "setup.seeded", n: 2 },
      { stream: "permissions", type: "seats.seeded", n: 2 },
      { stream: "users", type: "users.seeded", n: 2 },
    ]);
  });
});

describe("seeding again", () => {
  it("changes nothing at all", async () => {
    const before = await configurationRevision(database.db);
    const again = await seed(database.db, { now: later });
    for (const programme of again) {
      expect(programme).toMatchObject({ inserted: {}, people: { users: 0, seats: 0 }, published: [], drafted: [] });
    }
    expect(await configurationRevision(database.db)).toBe(before);
  });

  it("keeps what was edited, retired or removed, and adds what is missing", async () => {
    const { sectors, governorates } = createModels(database.db);
    await sectors.update({ nameEn: "Water for all" }, { where: { programme: "jordan", code: "WATER" } });
    await governorates.destroy({ where: { programme: "jordan", code: "TAF" } });
    // The shipped programme wants a second person for these: the machine does them alone.
    const at = { programme: "jordan", by: { kind: "system", job: "test" }, now } as const;
    const editor = createSetupEditor(database.db);
    await editor.remove({ ...at, table: "applicant_categories", code: "investor" });
    await editor.retire({ ...at, table: "governorates", code: "MAD" });
    const [seeded] = await seed(database.db, { now: later, programmes: ["jordan"] });
    expect(seeded?.inserted).toEqual({ governorates: 1 });
    const setup = await createActiveSetup(database.db).of("jordan");
    expect(setup.sectors.get("WATER")?.name.en).toBe("Water for all");
    expect(setup.governorates.get("MAD")?.retired).toBe(true);
    expect(setup.governorates.has("TAF")).toBe(true);
    expect(setup.categories.has("investor")).toBe(false);
  });

  it("offers a changed file as one draft beside the version in force", async () => {
    const root = await shippedWith("rules/jordan/quality.json", (rule) => {
      rule.title.en = "Another title";
    });
    const [seeded] = await seed(database.db, { now: later, programmes: ["jordan"], root });
    expect(seeded?.drafted).toEqual(["rules/quality"]);
    const [again] = await seed(database.db, { now: later, programmes: ["jordan"], root });
    expect(again?.drafted).toEqual([]);
    expect(await versions("quality")).toEqual([
      { version: 1, status: "published" },
      { version: 2, status: "draft" },
    ]);
    expect((await checkDrafts(database.db)).checked).toEqual(["jordan: draft 2 of rules quality"]);
    // The next release says something else again: its offer takes the place of the old one.
    const next = await shippedWith("rules/jordan/quality.json", (rule) => {
      rule.title.en = "A third title";
    });
    await seed(database.db, { now: later, root: next });
    expect((await versions("quality")).map((row) => row.status)).toEqual(["published", "retired", "draft"]);
  });

  it("offers workflows in which asking takes the case to a programme that still uses those of before", async () => {
    const before = await createTestDatabase();
    try {
      const root = await mkdtemp(join(tmpdir(), "diwan-seed-"));
      roots.push(root);
      for (const part of ["seeds", "rules", "workflows"])
        await cp(join(installationFolder, part), join(root, part), { recursive: true });
      const asking = ["complaint", "inquiry", "report", "suggestion"];
      for (const name of asking) {
        const file = join(root, `workflows/jordan/${name}.json`);
        const shipped = await readFile(file, "utf8");
        const former = shipped.replace('"effects": ["ask", "take"]', '"effects": ["ask"]');
        expect(former).not.toBe(shipped);
        await writeFile(file, former);
      }
      await seed(before.db, { now, programmes: ["jordan"], root });
      const [upgraded] = await seed(before.db, { now: later, programmes: ["jordan"] });
      expect(upgraded?.drafted).toEqual(asking.map((name) => `workflow/${name}`));
      // What is in use goes on as it was until somebody publishes the draft.
      const { workflows } = await createActiveSetup(before.db).of("jordan");
      expect(workflows.get("complaint")?.definition.actions.ask?.effects).toEqual(["ask"]);
    } finally {
      await before.close();
    }
  });

  it("writes nothing when a file is wrong, and names file and place", async () => {
    const root = await shippedWith("rules/jordan/sla.json", (rule) => {
      rule.priority = "high";
    });
    const before = await configurationRevision(database.db);
    await expect(seed(database.db, { now: later, root })).rejects.toMatchObject({
      code: "invalid-configuration",
      faults: [expect.objectContaining({ field: "rules/jordan/sla.json#/rules/0/priority" })],
    });
    expect(await configurationRevision(database.db)).toBe(before);
  });
});
