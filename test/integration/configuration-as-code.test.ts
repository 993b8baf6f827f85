/** Policy as files: what is exported, imported and compared says the same, to the byte. */

import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { Actor } from "../../src/engine/access/permissions.js";
import { diffConfiguration } from "../../src/features/config-files/diff-configuration.js";
import { exportConfiguration } from "../../src/features/config-files/export-configuration.js";
import { type ImportConfiguration, importConfiguration } from "../../src/features/config-files/import-configuration.js";
import { seed } from "../../src/features/config-files/seed.js";
import { publishAsMachine } from "../../src/features/policy/publication/publish.js";
import { loadSetup } from "../../src/features/setup/active-setup.js";
import type { SetupEdit } from "../../src/features/setup/edited-rows.js";
import { retirementsOf, setupChanges } from "../../src/features/setup/setup-changes.js";
import { installationFolder } from "../../src/platform/root.js";
import { createTestDatabase, type TestDatabase } from "../support/database.js";

const now = new Date("2026-03-01T08:00:00Z");
const by: Actor = { kind: "system", job: "import-config" };

let database: TestDatabase;
let folder: string;
let exported: string;
beforeAll(async () => {
  database = await createTestDatabase();
  await seed(database.db, { now });
  folder = await mkdtemp(join(tmpdir(), "diwan-config-"));
  exported = join(folder, "exported");
  await exportConfiguration(database.db, exported);
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

let edited: string;
beforeEach(async () => {
  edited = await mkdtemp(join(folder, "edited-"));
  await cp(exported, edited, { recursive: true });
});

type Json = Record<string, unknown>;
async function change(file: string, edit: (value: Json[]) => Json[]): Promise<void> {
  const path = join(edited, file);
  await writeFile(path, JSON.stringify(edit(JSON.parse(await readFile(path, "utf8")))));
}

async function contents(root: string): Promise<Record<string, string>> {
  const names = (await readdir(root, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const paths = names.map(({ parentPath, name }) => join(parentPath, name));
  return Object.fromEntries(
    await Promise.all(paths.map(async (path) => [path.slice(root.length), await readFile(path, "utf8")] as const)),
  );
}

it("differs in nothing from what was seeded, nor from what was exported", async () => {
  for (const root of [installationFolder, exported]) {
    const { programmes, faults } = await diffConfiguration(database.db, root);
    expect(faults.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(programmes.map(({ programme }) => programme)).toEqual(["boston311", "jordan"]);
    for (const { setup, definitions, onlyPublished } of programmes) {
      expect({ setup, definitions, onlyPublished }).toEqual({
        setup: { edits: [], onlyBefore: [] },
        definitions: [],
        onlyPublished: [],
      });
    }
  }
});

it("comes back to the byte from a database that was made of it", async () => {
  const other = await createTestDatabase();
  try {
    await seed(other.db, { now, root: exported });
    const again = join(folder, "again");
    await exportConfiguration(other.db, again);
    expect(await contents(again)).toEqual(await contents(exported));
  } finally {
    await other.close();
  }
});

it("names each row and each rule that differs, and nothing else", async () => {
  await change("rules/jordan/routing.json", (set) => {
    const rules = (set as unknown as { rules: Json[] }).rules;
    rules[0] = { ...rules[0], title: { ar: "عنوان آخر", en: "Another title" } };
    return set;
  });
  await change("seeds/jordan/pillars.json", (rows) => [
    ...rows,
    { code: "dignity2", name: { ar: "الكرامة", en: "Dignity" }, order: 99 },
  ]);
  const [jordan] = (await diffConfiguration(database.db, edited, ["jordan"])).programmes;
  expect(jordan?.setup.edits.map(({ act, table, code }) => [act, table, code])).toEqual([
    ["create", "pillars", "dignity2"],
  ]);
  expect(jordan?.definitions.map(({ kind, name }) => `${kind}/${name}`)).toEqual(["rules/routing"]);
  expect(JSON.stringify(jordan?.definitions[0]?.differences)).toContain("Another title");
});

const applyEdits = (edits: readonly SetupEdit[]) =>
  publishAsMachine(database.db, { programme: "jordan", edits, policies: [] }, { actor: by, reason: "A list", now });

it("leads from one set-up to the other, whatever was added, changed, retired or moved", async () => {
  await change("seeds/jordan/entities.json", (rows) => {
    const [root] = rows.filter(({ parent }) => parent === null);
    const leaf = [...rows].reverse().find(({ code }: Json) => !rows.some(({ parent }) => parent === code)) as Json;
    const moved = { ...leaf, parent: root?.code, level: 1, name: { ar: "جهة منقولة", en: "Moved entity" } };
    const fresh = { ...leaf, code: "fresh-one", parent: leaf.code, level: 2 };
    return [fresh, ...rows.map((row) => (row === leaf ? moved : row))];
  });
  await change("seeds/jordan/governorates.json", (rows) =>
    rows.map((row, i) => (i === 0 ? { ...row, retired: true } : row)),
  );
  await change("seeds/jordan/closing-reasons.json", (rows) => rows.slice(0, -1));
  const compare = async () => (await diffConfiguration(database.db, edited, ["jordan"])).programmes[0];
  const before = await compare();
  expect(before?.setup.onlyBefore).toHaveLength(1);
  const edits = [...(before?.setup.edits ?? []), ...retirementsOf(before?.setup.onlyBefore ?? [])];
  expect(edits.map(({ act }) => act).sort()).toEqual(["create", "retire", "retire", "update"]);
  await applyEdits(edits);
  const after = await compare();
  expect(after?.setup.edits).toEqual([]);
  expect(after?.setup.onlyBefore).toEqual([expect.objectContaining({ retired: true })]);
  const back = setupChanges(await loadSetup(database.db, "jordan"), await loadSetup(database.db, "jordan"));
  expect(back).toEqual({ edits: [], onlyBefore: [] });
});

describe("importing", () => {
  const importIt = (a: Partial<ImportConfiguration> = {}) =>
    importConfiguration(database.db, {
      folder: edited,
      programmes: ["jordan"],
      reason: "From the repository",
      retireMissing: false,
      by: { kind: "system", job: "import-config" },
      now,
      ...a,
    });
  const differs = async () => (await diffConfiguration(database.db, edited, ["jordan"])).programmes[0];
  const revision = async () => (await loadSetup(database.db, "jordan")).revision;

  it("brings set-up, workflow and rules into force together, though each needs another of them", async () => {
    // A new pillar, a new workflow of a new type, a rule about both.
    await change("seeds/jordan/pillars.json", (rows) => [...rows, { code: "CARE", name: { ar: "رعاية", en: "Care" } }]);
    const complaint = JSON.parse(await readFile(join(edited, "workflows/jordan/complaint.json"), "utf8"));
    const path = join(edited, "workflows/jordan/petition.json");
    await writeFile(path, JSON.stringify({ ...complaint, workflow: "petition" }));
    await change("seeds/jordan/application-types.json", (rows) => [
      ...rows,
      { ...rows[0], code: "petition", name: { ar: "التماس", en: "Petition" }, workflow: "petition", order: 99 },
    ]);
    await change("rules/jordan/classification.json", (set) => {
      const { rules } = set as unknown as { rules: Json[] };
      rules.push({
        id: "petitions-are-care",
        title: { ar: "الالتماسات رعاية", en: "Petitions are care" },
        priority: 990,
        conditions: { all: [{ fact: "type", operator: "equal", value: "petition" }] },
        event: { type: "classification", params: { pillar: "CARE" } },
        examples: [{ name: { ar: "التماس", en: "a petition" }, facts: { type: "petition" }, decides: true }],
      });
      return set;
    });
    const [imported] = await importIt();
    expect(imported?.published.map(({ kind, name }) => `${kind}/${name}`)).toEqual([
      "workflow/petition",
      "rules/classification",
    ]);
    const setup = await loadSetup(database.db, "jordan");
    expect(setup.types.get("petition")?.workflow).toBe("petition");
    expect(setup.workflows.has("petition")).toBe(true);
    expect(await differs()).toMatchObject({ setup: { edits: [] }, definitions: [] });
    expect(await importIt()).toEqual([expect.objectContaining({ edits: [], published: [] })]);
  });

  it("does each edit as soon as what it needs is there, and after what asked for the old", async () => {
    // A reply template of a new type, and a ladder that the escalation rules in force still need.
    await change("seeds/jordan/application-types.json", (rows) => [
      ...rows,
      { ...rows[0], code: "appeal", name: { ar: "استئناف", en: "Appeal" }, order: 98 },
    ]);
    await change("seeds/jordan/reply-templates.json", (rows) => [
      ...rows,
      { ...rows[0], code: "appeal-reply", name: { ar: "رد على استئناف", en: "Reply to an appeal" }, types: ["appeal"] },
    ]);
    await change("seeds/jordan/programme.json", (programme) => {
      const { settings } = programme as unknown as { settings: { ladder: Json[] } };
      expect(settings.ladder.pop()).toMatchObject({ level: 4 });
      return programme;
    });
    await change("rules/jordan/escalation.json", (set) => {
      const { rules, ...rest } = set as unknown as { rules: Json[] };
      const kept = rules.filter((rule) => !/superior\(4\)|"level":4/.test(JSON.stringify(rule)));
      expect(kept.length).toBeLessThan(rules.length);
      return { ...rest, rules: kept } as unknown as Json[];
    });
    const [imported] = await importIt();
    expect(imported?.published.map(({ name }) => name)).toContain("escalation");
    expect(await differs()).toMatchObject({ setup: { edits: [] }, definitions: [] });
  });

  it("changes nothing at all where one thing is refused, and says which", async () => {
    const rule = (title: string): Json => ({
      id: "there-once",
      title: { ar: title, en: title },
      priority: 991,
      conditions: { all: [{ fact: "type", operator: "equal", value: "complaint" }] },
      event: { type: "routing", params: { to: "sector.mainFocalPoint" } },
      examples: [{ name: { ar: title, en: title }, facts: { type: "complaint" }, decides: true }],
    });
    // Below every other: no example of theirs is decided by it.
    const quality = (title: string | null) =>
      change("rules/jordan/quality.json", (set) => {
        const { rules, ...rest } = set as unknown as { rules: Json[] };
        const one = { ...rule(title ?? ""), event: { type: "quality", params: { review: true, reason: "here once" } } };
        const conditions = { all: [{ fact: "subjectLength", operator: "greaterThan", value: 4999 }] };
        const examples = [{ name: { ar: "طويل", en: "long" }, facts: { subjectLength: 5000 }, decides: true }];
        const others = rules.filter(({ id }) => id !== "there-once");
        const all = title === null ? others : [...others, { ...one, conditions, examples }];
        return { ...rest, rules: all } as unknown as Json[];
      });
    await quality("One meaning");
    await importIt();
    await quality(null);
    await importIt();
    const before = await revision();
    await quality("Another meaning");
    await change("seeds/jordan/pillars.json", (rows) => [...rows, { code: "LOST", name: { ar: "ضائع", en: "Lost" } }]);
    await expect(importIt()).rejects.toMatchObject({
      code: "invalid-configuration",
      faults: [expect.objectContaining({ field: expect.stringContaining("quality") })],
    });
    expect(await revision()).toBe(before);
    expect((await loadSetup(database.db, "jordan")).pillars.has("LOST")).toBe(false);
  });

  it("leaves alone what only the database has, unless it is told to retire that", async () => {
    // What earlier imports brought is not in these files, and is not looked at here.
    const names = JSON.parse(await readFile(join(exported, "seeds/jordan/reply-templates.json"), "utf8")) as Json[];
    const code = String(names.at(-1)?.code);
    await change("seeds/jordan/reply-templates.json", (rows) => rows.slice(0, -1));
    const retired = async () => (await loadSetup(database.db, "jordan")).replyTemplates.get(code)?.retired;
    await importIt();
    expect(await retired()).toBe(false);
    await importIt({ retireMissing: true });
    expect(await retired()).toBe(true);
  });
});

it("says all that is in the way of a list of edits at once, each at its place, and changes nothing", async () => {
  const before = await loadSetup(database.db, "jordan");
  const edits = [
    { act: "create", table: "pillars", code: "fine", values: { nameAr: "جيد", nameEn: "Fine" } },
    { act: "create", table: "pillars", code: "not fine", values: { nameAr: "", nameEn: "No" } },
    { act: "retire", table: "sectors", code: [...before.sectors.keys()][0] as string },
  ] as const;
  await expect(applyEdits(edits)).rejects.toMatchObject({
    code: "invalid-input",
    faults: expect.arrayContaining([
      expect.objectContaining({ field: "pillars/not fine#/code" }),
      expect.objectContaining({ field: "pillars/not fine#/nameAr" }),
      expect.objectContaining({ field: expect.stringMatching(/^sectors\/.+#/) }),
    ]),
  });
  expect((await loadSetup(database.db, "jordan")).pillars.has("fine")).toBe(false);
});
