/** Policy as files: what is exported, imported and compared says the same, to the byte. */
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, it } from "@jest/globals";
import { loadSetup } from "../../src/configuration/active-setup.js";
import { diffConfiguration } from "../../src/configuration/diff-configuration.js";
import { exportConfiguration } from "../../src/configuration/export-configuration.js";
import { installationFolder } from "../../src/configuration/read-configuration.js";
import { seed } from "../../src/configuration/seed.js";
import { applySetupEdits, retirementsOf, setupChanges } from "../../src/configuration/setup-edit.js";
import { lockVersions } from "../../src/configuration/version-store.js";
import { inTransaction } from "../../src/db/transaction.js";
import type { Actor } from "../../src/domain/permissions.js";
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
  await inTransaction(database.db, async (transaction) => {
    await lockVersions(database.db, "jordan", transaction);
    await applySetupEdits(database.db, { programme: "jordan", edits, by, now }, transaction);
  });
  const after = await compare();
  expect(after?.setup.edits).toEqual([]);
  expect(after?.setup.onlyBefore).toEqual([expect.objectContaining({ retired: true })]);
  const back = setupChanges(await loadSetup(database.db, "jordan"), await loadSetup(database.db, "jordan"));
  expect(back).toEqual({ edits: [], onlyBefore: [] });
});

it("says all that is in the way of a list of edits at once, each at its place, and changes nothing", async () => {
  const before = await loadSetup(database.db, "jordan");
  const edits = [
    { act: "create", table: "pillars", code: "fine", values: { nameAr: "جيد", nameEn: "Fine" } },
    { act: "create", table: "pillars", code: "not fine", values: { nameAr: "", nameEn: "No" } },
    { act: "retire", table: "sectors", code: [...before.sectors.keys()][0] as string },
  ] as const;
  await expect(
    inTransaction(database.db, async (transaction) => {
      await lockVersions(database.db, "jordan", transaction);
      await applySetupEdits(database.db, { programme: "jordan", edits, by, now }, transaction);
    }),
  ).rejects.toMatchObject({
    code: "invalid-input",
    faults: expect.arrayContaining([
      expect.objectContaining({ field: "/edits/1/code" }),
      expect.objectContaining({ field: "/edits/1/nameAr" }),
      expect.objectContaining({ field: expect.stringMatching(/^\/edits\/2/) }),
    ]),
  });
  expect((await loadSetup(database.db, "jordan")).pillars.has("fine")).toBe(false);
});
