import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { QueryTypes } from "sequelize";
import type { Actor } from "../../src/engine/access/permissions.js";
import type { CalendarDefinition } from "../../src/engine/calendar/calendar-definition.js";
import type { RuleDefinition, RuleSetDefinition } from "../../src/engine/rules/rule-set.js";
import { exportConfiguration } from "../../src/features/config-files/export-configuration.js";
import { readConfiguration } from "../../src/features/config-files/read-configuration.js";
import { seed } from "../../src/features/config-files/seed.js";
import { checksumOf } from "../../src/features/policy/definition-faults.js";
import { type Publication, publishDefinition as publish } from "../../src/features/policy/publication/publish.js";
import { addVersion, versionsOf } from "../../src/features/policy/versions/version-store.js";
import { createActiveSetup } from "../../src/features/setup/active-setup.js";
import { inTransaction } from "../../src/platform/db/transaction.js";
import { createTestDatabase, type TestDatabase } from "../support/database.js";

const now = new Date("2026-03-01T08:00:00Z");
const operator: Actor = {
  kind: "user",
  userId: 1,
  name: "Rania",
  seats: [{ role: "operation_room", programme: "boston311", entity: null, sector: null }],
};
const auditor: Actor = {
  kind: "user",
  userId: 2,
  name: "Omar",
  seats: [{ role: "auditor", programme: "boston311", entity: null, sector: null }],
};

let database: TestDatabase;
let shipped: RuleSetDefinition;
beforeAll(async () => {
  database = await createTestDatabase();
  await seed(database.db, { now, programmes: ["boston311"] });
  const setup = await createActiveSetup(database.db).of("boston311");
  shipped = setup.ruleSets.get("sla")?.definition as RuleSetDefinition;
});
afterAll(() => database.close());

const sla = (a: Partial<Publication>): Publication => ({
  programme: "boston311",
  kind: "rules",
  name: "sla",
  reason: "The council decided so",
  // The calendar covers the years of the history, and it is later than those.
  warningsReason: "The calendar of these years follows",
  by: operator,
  now,
  ...a,
});

/** The shipped rule set with its last rule changed, added or dropped. */
const last = (): RuleDefinition => shipped.rules.at(-1) as RuleDefinition;
const withRules = (rules: readonly RuleDefinition[]): RuleSetDefinition => ({ ...shipped, rules });
const others = (): readonly RuleDefinition[] => shipped.rules.slice(0, -1);
const retitled = (title: string): RuleSetDefinition =>
  withRules([...others(), { ...last(), title: { ...last().title, en: title } }]);
const statuses = async (name: string) =>
  (await versionsOf(database.db, { programme: "boston311", kind: "rules", name })).map(
    (row) => `${row.version} ${row.status}`,
  );

describe("publishing", () => {
  it("puts a new version in force, retires the one before and tells the audit", async () => {
    const active = createActiveSetup(database.db);
    const before = await active.of("boston311");
    const result = await publish(database.db, sla({ definition: retitled("A first new title") }));
    expect(result).toMatchObject({ version: 2, checksum: checksumOf(retitled("A first new title")) });
    expect(await statuses("sla")).toEqual(["1 retired", "2 published"]);
    const after = await active.fresh("boston311");
    expect(after.ruleSets.get("sla")).toMatchObject({ version: 2, versionId: result.versionId });
    // What was decided before can still be read.
    expect(await active.ruleSetDefinition(before.ruleSets.get("sla")?.versionId ?? 0)).toEqual(shipped);
    const [event] = await database.db.query<{ type: string; actor: string; data: string }>(
      "select type, actor, data from audit_events where stream = 'configuration' order by seq desc limit 1",
      { type: QueryTypes.SELECT },
    );
    expect(event?.type).toBe("configuration.published");
    expect(JSON.parse(event?.actor ?? "")).toEqual({ kind: "user", userId: 1, name: "Rania" });
    expect(JSON.parse(event?.data ?? "")).toMatchObject({ name: "sla", version: 2, replaces: 1 });
  });

  it("refuses what changes nothing, whatever the order of its keys", async () => {
    const { rules, ...rest } = retitled("A first new title");
    const shuffled = { rules, ...Object.fromEntries(Object.entries(rest).reverse()) };
    await expect(publish(database.db, sla({ definition: shuffled }))).rejects.toMatchObject({
      code: "invalid-configuration",
      detail: { en: expect.stringContaining("Nothing changed: version 2") },
    });
  });

  it("publishes an earlier version again under a new number", async () => {
    expect(await publish(database.db, sla({ version: 1 }))).toMatchObject({
      version: 3,
      checksum: checksumOf(shipped),
    });
    expect(await statuses("sla")).toEqual(["1 retired", "2 retired", "3 published"]);
  });

  it("refuses an id that belonged to another rule, but takes the very same rule back", async () => {
    // Without the last rule there is a gap: whoever publishes that says why.
    const gap = sla({ definition: withRules(others()), warningsReason: null });
    await expect(publish(database.db, gap)).rejects.toMatchObject({
      code: "invalid-input",
      faults: [{ field: "/warningsReason" }],
    });
    const { warnings } = await publish(database.db, { ...gap, warningsReason: "For a day" });
    expect(warnings).not.toHaveLength(0);
    const [kept] = await versionsOf(database.db, gap).then((rows) => rows.slice(-1));
    expect([kept?.status, kept?.warningsReason]).toEqual(["published", "For a day"]);
    const other = { ...last(), title: { ar: "غيرها", en: "Something else" } };
    await expect(publish(database.db, sla({ definition: withRules([...others(), other]) }))).rejects.toMatchObject({
      code: "invalid-configuration",
      faults: [{ field: `rules/sla#/rules/${others().length}/id`, reason: { en: expect.stringContaining(last().id) } }],
    });
    expect(await publish(database.db, sla({ definition: shipped }))).toMatchObject({ version: 5 });
  });

  it("publishes a draft as it is when it is the newest, and an older one under a new number", async () => {
    const draft = (title: string) =>
      inTransaction(database.db, async (tx) => {
        const key = { programme: "boston311", kind: "rules", name: "sla" } as const;
        const earlier = await versionsOf(database.db, key, tx);
        const definition = retitled(title);
        return addVersion(
          database.db,
          key,
          { earlier, status: "draft", definition, reason: "d", by: operator, now },
          tx,
        );
      });
    const first = await draft("Draft one");
    const second = await draft("Draft two");
    expect(await publish(database.db, sla({ version: second.version }))).toMatchObject({
      versionId: second.id,
      version: 7,
    });
    expect(await publish(database.db, sla({ version: first.version }))).toMatchObject({ version: 8 });
    expect((await statuses("sla")).slice(4)).toEqual(["5 retired", "6 retired", "7 retired", "8 published"]);
  });

  it("publishes calendars as well", async () => {
    const active = createActiveSetup(database.db);
    const calendar = (await active.of("boston311")).calendar.definition;
    const day = { date: "2022-03-07", name: { ar: "عاصفة", en: "Snow storm" }, hours: [] };
    const definition: CalendarDefinition = { ...calendar, days: [...calendar.days, day] };
    const a = { ...sla({ definition }), kind: "calendar", name: calendar.code } as const;
    expect(await publish(database.db, a)).toMatchObject({ version: 2 });
    expect((await active.fresh("boston311")).calendar.definition.days).toContainEqual(day);
  });

  it("lets one of two at the same time win a number, and both are kept in order", async () => {
    const titles = ["At once, one", "At once, two"];
    const results = await Promise.all(titles.map((t) => publish(database.db, sla({ definition: retitled(t) }))));
    expect(results.map((result) => result.version).sort((a, b) => a - b)).toEqual([9, 10]);
    expect((await statuses("sla")).slice(7)).toEqual(["8 retired", "9 retired", "10 published"]);
  });
});

describe("a publication that is refused leaves the version in force", () => {
  const wrong: [string, Partial<Publication>, string, string][] = [
    ["nobody of the operation room", { by: auditor }, "forbidden", "Only the operation room"],
    ["an applicant", { by: { kind: "applicant" } }, "forbidden", "Only the operation room"],
    ["a channel", { by: { kind: "channel", channel: "api" } }, "forbidden", "Only the operation room"],
    ["no reason", { reason: "  " }, "invalid-configuration", "Say why"],
    ["an unknown kind", { kind: "prayer" as never }, "invalid-configuration", "The type prayer was not found"],
    ["a version that is not there", { version: 99 }, "not-found", "Version 99 of"],
    [
      "an unknown programme",
      { programme: "atlantis", by: { kind: "system", job: "test" } },
      "not-found",
      "was not found",
    ],
    ["a definition that is null", { definition: null }, "invalid-configuration", "was not published"],
    ["a definition that is a text", { definition: "sla" }, "invalid-configuration", "was not published"],
    ["an empty definition", { definition: {} }, "invalid-configuration", "was not published"],
    ["a set of another name", { name: "routing" }, "invalid-configuration", "was not published"],
    ["rules for another kind", { kind: "workflow", name: "request" }, "invalid-configuration", "was not published"],
    [
      "rules as a calendar",
      { kind: "calendar", name: "boston-city-hall" },
      "invalid-configuration",
      "was not published",
    ],
  ];
  it.each(wrong)("%s", async (_name, a, code, words) => {
    const before = await statuses("sla");
    const problem = await publish(database.db, sla({ definition: retitled("Never"), ...a })).then(
      () => null,
      (error: unknown) => error,
    );
    expect(problem).toMatchObject({ code, detail: { en: expect.stringContaining(words), ar: expect.any(String) } });
    expect(await statuses("sla")).toEqual(before);
  });

  it("names rule and place of a fault", async () => {
    const definition = withRules([...others(), { ...last(), priority: 0 }]);
    await expect(publish(database.db, sla({ definition }))).rejects.toMatchObject({
      faults: [
        { field: `rules/sla#/rules/${others().length}/priority`, reason: { en: expect.stringContaining(last().id) } },
      ],
    });
  });
});

describe("exporting", () => {
  it("writes files that read back as the same configuration", async () => {
    const folder = await mkdtemp(join(tmpdir(), "diwan-export-"));
    try {
      const written = await exportConfiguration(database.db, folder);
      expect(written).toContain("rules/boston311/sla.json");
      const { programmes, faults } = await readConfiguration(folder);
      expect(faults.filter((fault) => fault.severity === "error")).toEqual([]);
      const setup = await createActiveSetup(database.db).of("boston311");
      const read = programmes[0]?.setup;
      expect(read?.entities).toEqual(setup.entities);
      expect(read?.types).toEqual(setup.types);
      expect(read?.programme).toMatchObject(setup.programme);
      const published = [setup.calendar, ...setup.ruleSets.values(), ...setup.workflows.values()];
      const sums = (definitions: readonly unknown[]) => definitions.map(checksumOf).sort();
      expect(sums(programmes[0]?.definitions.map((file) => file.definition) ?? [])).toEqual(
        sums(published.map((version) => version.definition)),
      );
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
