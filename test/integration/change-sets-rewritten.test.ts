/** An edit that is written again in a change-set: under another code, or where its writer saw nothing before. */
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import type { RuleSetDefinition } from "../../src/engine/rules/rule-set.js";
import {
  openWorkingOffice,
  type Person,
  problemOf,
  programme,
  sundayNine,
  type WorkingOffice,
} from "../support/working-office.js";

let office: WorkingOffice;
let rania: Person;
let omar: Person;
beforeAll(async () => {
  office = await openWorkingOffice();
  [rania, omar] = [0, 1].map((n) => office.official("operation_room", null, n)) as [Person, Person];
});
afterAll(() => office.close());

const now = sundayNine;
const sets = () => office.services.changeSets;
const begin = async (title: string) => (await sets().begin({ actor: rania, programme, title, now })).id;
const put = (id: number, edit: object, seen?: object | null, actor = rania) =>
  sets().put({ actor, id, edit, ...(seen !== undefined && { seen }), now });
const listed = async (id: number) => (await sets().read({ actor: rania, id, now })).listed;
const editOf = async (id: number, code: string) => (await listed(id)).find((one) => one.code === code)?.edit as object;

const agency = (code: string, more: object = {}) => ({
  ...{ act: "create", table: "entities", code },
  values: {
    ...{ code, nameAr: "هيئة الصحة الرقمية", nameEn: "Digital Health Authority", kind: "authority", sector: "HEALTH" },
    ...{ parent: "MOH", joining: "live", validFrom: "2026-01-01", ...more },
  },
});

it("a row that the set adds takes another code while nothing else names it, and else says what does", async () => {
  const id = await begin("Digital health");
  await put(id, agency("DHA"));
  await put(id, agency("DHAUTH", { nameEn: "Digital Authority" }), await editOf(id, "DHA"));
  expect((await listed(id)).map(({ code, words }) => [code, words.en])).toEqual([
    ["DHAUTH", "New entity “Digital Authority” (DHAUTH)"],
  ]);
  const seen = await editOf(id, "DHAUTH");

  // A code of the set-up, one of another row of this set, one that is none: each at its place, and the row stays.
  await put(id, agency("OTHER", { nameEn: "Another", nameAr: "هيئة أخرى" }));
  for (const code of ["MOH", "OTHER", "A B"]) {
    const refused = await problemOf(put(id, agency(code), seen));
    expect([refused.code, refused.faults.map(({ field }) => field)]).toEqual(["invalid-input", ["/code"]]);
  }
  // A second row of the same code does not take the place of the first.
  expect(await problemOf(put(id, agency("OTHER", { nameEn: "A third" })))).toMatchObject({
    faults: [{ field: "/code" }],
  });
  await sets().takeOut({ actor: rania, id, table: "entities", code: "OTHER", now });

  const service = { act: "create", table: "services", code: "E-HEALTH" };
  await put(id, {
    ...service,
    values: { code: "E-HEALTH", nameAr: "ملف صحي", nameEn: "Health file", entity: "DHAUTH" },
  });
  await put(id, { act: "retire", table: "entities", code: "DVLD", cases: { to: "PSD", except: { "JO-1": "DHAUTH" } } });
  await put(id, { act: "update", table: "seats", code: "FOCAL-MOH-1", values: { entity: "DHAUTH" }, before: {} });
  const { versionId = 0, definition } = (await office.services.setup.of(programme)).ruleSets.get("routing") ?? {};
  const { rules, ...rest } = definition as RuleSetDefinition;
  const [first, ...others] = rules;
  const to = { ...first, event: { type: "routing", params: { to: "entity:DHAUTH" } } };
  await office.services.policyDrafts.begin({
    ...{ actor: rania, programme, kind: "rules", name: "routing", basedOn: versionId, changeSet: id, now },
    definition: { ...rest, rules: [to, ...others] },
  });
  const named = await problemOf(put(id, agency("DIGITAL", { nameEn: "Digital" }), seen));
  expect(named.faults.map(({ field }) => field)).toEqual(["/code"]);
  const [{ reason } = { reason: { en: "", ar: "" } }] = named.faults;
  for (const what of ["New service “Health file”", "Drivers", "Focal point", "Routing (open draft)", "stays DHAUTH"])
    expect(reason.en).toContain(what);
  expect(reason.ar).toContain("«ملف صحي»");
  // That it is where cases go is told: the retired entity itself says nothing of it.
  expect(reason.en).toMatch(/“Drivers[^”]*” is retired \(some of its open cases go there\)/);
  expect(reason.ar).toMatch(/إيقاف استخدام جهة [^؛]* \(ينتقل إليها بعض طلباتها المفتوحة\)/);
  const retire = { act: "retire", table: "entities", code: "DVLD", cases: { to: "DHAUTH", except: {} } };
  await put(id, retire, await editOf(id, "DVLD"));
  const [all] = (await problemOf(put(id, agency("DIGITAL"), seen))).faults;
  expect(all?.reason.en).toMatch(/is retired \(its open cases go there\)/);
  expect(all?.reason.ar).toMatch(/\(تنتقل إليها طلباتها المفتوحة\)/);
  // What is wrong besides is told with it; under its own code it is written anew as ever.
  const both = await problemOf(put(id, agency("DIGITAL", { sector: "NOWHERE" }), seen));
  expect(both.faults.map(({ field }) => field).sort()).toEqual(["/code", "/sector"]);
  await put(id, agency("DHAUTH", { nameEn: "Digital" }), seen);
  expect(await editOf(id, "DHAUTH")).toMatchObject({ values: { nameEn: "Digital" } });
});

it("whoever had a row open that a colleague gave another code is told which, loses nothing, and puts theirs on top", async () => {
  const id = await begin("Recoded");
  await put(id, agency("FIRST", { nameEn: "First", nameAr: "الأولى" }));
  await put(id, agency("PLATES", { nameEn: "Plates", nameAr: "لوحات" }));
  const seen = await editOf(id, "PLATES");
  await put(id, agency("NUMBERS", { nameEn: "Plates", nameAr: "لوحات" }), seen, omar);
  // It keeps its place in the list, and the set knows under which codes it stood.
  const codes = async () => (await listed(id)).map(({ code, formerly }) => [code, formerly]);
  expect(await codes()).toEqual([
    ["FIRST", []],
    ["NUMBERS", ["PLATES"]],
  ]);
  const late = await problemOf(put(id, agency("PLATES", { nameEn: "Number plates", nameAr: "لوحات" }), seen));
  expect(late).toMatchObject({
    code: "conflict",
    detail: { en: expect.stringContaining(`The last to change it was ${omar.name}`) },
    faults: [{ field: "/code", reason: { en: expect.stringContaining("NUMBERS") } }],
  });
  expect(late.detail.ar).not.toMatch(/أخرج/);
  await put(id, agency("NUMBERS", { nameEn: "Number plates", nameAr: "لوحات" }), await editOf(id, "NUMBERS"));
  // Back under the first one, and no other row is taken for it.
  await put(id, agency("PLATES", { nameEn: "Number plates", nameAr: "لوحات" }), await editOf(id, "NUMBERS"));
  expect(await codes()).toEqual([
    ["FIRST", []],
    ["PLATES", ["NUMBERS"]],
  ]);
  await sets().takeOut({ actor: omar, id, table: "entities", code: "PLATES", now });
  const gone = await problemOf(put(id, agency("NUMBERS"), { ...seen, code: "NUMBERS" }));
  expect(gone).toMatchObject({ code: "conflict", detail: { en: expect.stringMatching(/^Someone has removed this/) } });
});

it("of two who saw no edit of a seat the second is refused with what the first wrote, and puts theirs on top then", async () => {
  const id = await begin("Seats");
  const change = (values: object) => ({ act: "update", table: "seats", code: "FOCAL-MOI-1", values, before: {} });
  await put(id, change({ entity: "MOF" }), null);
  const late = await problemOf(put(id, change({ holder: null }), null, omar));
  expect(late).toMatchObject({
    code: "conflict",
    detail: { en: expect.stringMatching(/^Someone has added this to the change-set: The position .* moves from/) },
    faults: [{ field: "/entity", reason: { en: expect.stringContaining("Ministry of Finance") } }],
  });
  expect(await editOf(id, "FOCAL-MOI-1")).toMatchObject({ values: { entity: "MOF" } });
  await put(id, change({ entity: "MOF", holder: null }), await editOf(id, "FOCAL-MOI-1"), omar);
  expect(await editOf(id, "FOCAL-MOI-1")).toMatchObject({ values: { entity: "MOF", holder: null } });
  // Whoever did not look joins theirs with it, as a form of the set-up does.
  await sets().takeOut({ actor: omar, id, table: "seats", code: "FOCAL-MOI-1", now });
  await put(id, change({ entity: "MOF" }));
  await put(id, change({ holder: null }));
  expect(await editOf(id, "FOCAL-MOI-1")).toMatchObject({ values: { entity: "MOF", holder: null } });
});
