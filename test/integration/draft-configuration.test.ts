/** Files that come as drafts: policy and set-up together, so that a second person sees all of it and it is in force at one instant. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { draftConfiguration } from "../../src/features/config-files/draft-configuration.js";
import { exportConfiguration } from "../../src/features/config-files/export-configuration.js";
import {
  sundayNine as now,
  openWorkingOffice,
  type Person,
  programme,
  type WorkingOffice,
} from "../support/working-office.js";

let office: WorkingOffice;
let rania: Person;
let folder: string;
beforeAll(async () => {
  office = await openWorkingOffice();
  rania = office.official("operation_room");
  folder = await mkdtemp(join(tmpdir(), "diwan-drafts-"));
  await exportConfiguration(office.db, folder);
});
afterAll(async () => {
  await office.close();
  await rm(folder, { recursive: true, force: true });
});

async function edit(file: string, change: (json: never) => void): Promise<void> {
  const path = join(folder, file);
  const json = JSON.parse(await readFile(path, "utf8")) as never;
  change(json);
  await writeFile(path, JSON.stringify(json));
}
const draft = (actor = rania) => {
  const { policyDrafts: drafts, changeSets } = office.services;
  return draftConfiguration(office.db, { drafts, changeSets }, { folder, programmes: [programme], actor, now });
};

it("opens one change-set of what the set-up and policy say differently, by names that the files add", async () => {
  const before = await draft();
  expect(before).toEqual([{ programme, drafted: [], changeSet: null, left: [] }]);
  const entity = {
    code: "NEWAUTH",
    name: { ar: "هيئة جديدة", en: "New authority" },
    kind: "authority",
    sector: "HEALTH",
  };
  await edit("seeds/jordan/entities.json", (rows: object[]) =>
    rows.push({ ...entity, parent: "MOH", level: 2, joining: "live" }),
  );
  await edit("seeds/jordan/pillars.json", (rows: { name: { en: string } }[]) => {
    if (rows[0]) rows[0].name.en = "Another name";
  });
  await edit("rules/jordan/routing.json", (set: { rules: { id: string; event: { params: object } }[] }) => {
    const rule = set.rules.find(({ id }) => id === "route-corruption");
    if (rule) rule.event.params = { to: "entity:NEWAUTH" };
  });
  const [done] = await draft();
  expect(done).toMatchObject({ left: [], changeSet: expect.stringContaining("Import: diwan-drafts-") });
  expect(done?.drafted).toEqual(["pillars/QUALITY", "entities/NEWAUTH", "rules/routing"].sort(byTable(done?.drafted)));
  const [listed] = await office.services.changeSets.list({ actor: rania });
  const set = await office.services.changeSets.read({ actor: rania, id: listed?.id ?? 0, now });
  expect(set.listed.map(({ table, code }) => `${table}/${code}`).sort()).toEqual([
    "entities/NEWAUTH",
    "pillars/QUALITY",
  ]);
  expect(set.drafts.map(({ name }) => name)).toEqual(["routing"]);
  expect(JSON.stringify(set.drafts[0]?.changes)).toContain("New authority");
  expect(set.findings.filter(({ severity }) => severity === "error")).toEqual([]);
});
const byTable =
  (order: readonly string[] = []) =>
  (a: string, b: string) =>
    order.indexOf(a) - order.indexOf(b);

it("names what is in another draft or set already, leaves no empty set behind, and is refused to others", async () => {
  const [again] = await draft();
  expect(again).toMatchObject({ drafted: [], changeSet: null });
  expect(again?.left.map(({ what }) => what).sort()).toEqual(["entities/NEWAUTH", "pillars/QUALITY", "rules/routing"]);
  expect(JSON.stringify(again?.left)).toContain("Import: diwan-drafts-");
  expect(await office.services.changeSets.list({ actor: rania })).toHaveLength(1);
  await expect(draft(office.official("auditor"))).rejects.toMatchObject({ code: "forbidden" });
});
