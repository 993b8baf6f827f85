/** Publications are checked as the whole that they make: before the lock, and again where something moved meanwhile. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { RuleSetDefinition } from "../../src/engine/rules/rule-set.js";
import { endTerm } from "../../src/features/people/seat-store.js";
import { publish, publishAsMachine } from "../../src/features/policy/publication/publish.js";
import type { SetupEdit } from "../../src/features/setup/edited-rows.js";
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
const said = { reason: "It was decided.", warningsReason: "Known, and accepted." };
const sets = () => office.services.changeSets;
const setup = () => office.services.setup.of(programme);
const begin = async (title: string) => (await sets().begin({ actor: rania, programme, title, now })).id;
const put = (id: number, edit: object) => sets().put({ actor: rania, id, edit, now });
const read = (id: number) => sets().read({ actor: rania, id, now });
const seen = async (id: number) => ({ actor: rania, id, revision: (await read(id)).revision, now });
const wantsSecond = (wanted: boolean) =>
  office.asOwner(
    "update programmes set settings = settings || jsonb_build_object('secondPerson', $1::boolean) where code = 'jordan'",
    wanted,
  );
const lastEvents = () =>
  office.db
    .query("select type from audit_events where stream = 'configuration' order by seq desc limit 1")
    .then(([rows]) => rows);

beforeEach(async () => {
  await wantsSecond(false);
  for (const { id, revision } of await sets().list({ actor: rania }))
    await sets().discard({ actor: rania, id, revision, now });
});

it("lets two rows change places that no two may have", async () => {
  const [one, other] = [...(await setup()).importanceLevels.values()].slice(0, 2);
  if (one === undefined || other === undefined) throw new Error("two levels are needed");
  const to = (code: string, rank: number, before: number): SetupEdit => ({
    ...{ act: "update", table: "importance_levels", code },
    ...{ values: { rank }, before: { rank: before } },
  });
  const edits = [to(one.code, other.rank, one.rank), to(other.code, one.rank, other.rank)];
  const by = { kind: "system", job: "import-config" } as const;
  await publishAsMachine(office.db, { programme, edits, policies: [] }, { actor: by, ...said, now });
  const { importanceLevels } = await setup();
  expect([importanceLevels.get(one.code)?.rank, importanceLevels.get(other.code)?.rank]).toEqual([
    other.rank,
    one.rank,
  ]);
});

it("takes a type that asks something new instead of the old, with the rule that asks for it", async () => {
  const type = (await setup()).types.get("complaint");
  const field = (code: string) => ({ code, name: { ar: code, en: code }, type: "boolean", required: false });
  const fields = [...(type?.fields ?? []), field("isUrgentA")];
  await office.services.setupEditor.update({
    ...{ programme, table: "application_types", code: "complaint" },
    ...{ values: { fields }, before: { fields: type?.fields ?? [] }, by: rania, now },
  });
  const rules = (fact: string, inForce: RuleSetDefinition | undefined): RuleSetDefinition => {
    const definition = structuredClone(inForce as RuleSetDefinition);
    const rule = {
      id: `asks-${fact.toLowerCase().replace(".", "-")}`,
      title: { ar: "عاجل", en: "Urgent" },
      priority: 1,
      conditions: { all: [{ fact, operator: "equal", value: true }] },
      event: { type: "quality" as const, params: { review: true, reason: "urgent" } },
      examples: [{ name: { ar: "عاجل", en: "urgent" }, facts: { [fact]: true }, decides: true }],
    };
    return { ...definition, rules: [...definition.rules.filter(({ id }) => !id.startsWith("asks-")), rule] } as never;
  };
  const change = async (fact: string) => {
    const current = (await setup()).ruleSets.get("quality");
    return {
      ...{ programme, kind: "rules" as const, name: "quality" },
      ...{ definition: rules(fact, current?.definition), basedOn: current?.versionId ?? null },
    };
  };
  const by = { kind: "system", job: "import-config" } as const;
  const machine = { actor: by, ...said, now };
  const first = { programme, edits: [], policies: [await change("field.isUrgentA")] };
  await publishAsMachine(office.db, first, machine);
  const other = [...(type?.fields ?? []), field("isUrgentB")];
  const edit: SetupEdit = {
    ...{ act: "update", table: "application_types", code: "complaint" },
    ...{ values: { fields: other }, before: { fields } },
  };
  // Neither alone: the rule in force asks for the old field, the new one for one that is not there.
  const alone = publishAsMachine(office.db, { programme, edits: [edit], policies: [] }, machine);
  expect(await problemOf(alone)).toMatchObject({ faults: [{ field: "application_types/complaint#/fields" }] });
  const policies = [await change("field.isUrgentB")];
  const rulesAlone = publishAsMachine(office.db, { programme, edits: [], policies }, machine);
  expect(await problemOf(rulesAlone)).toMatchObject({ code: "invalid-configuration" });
  const published = await publishAsMachine(office.db, { programme, edits: [edit], policies }, machine);
  expect(published.map(({ name }) => name)).toEqual(["quality"]);
  expect((await setup()).types.get("complaint")?.fields.map(({ code }) => code)).toContain("isUrgentB");
});

describe("a change-set", () => {
  it("is refused when it is submitted with what its publication would be refused for, and nothing is written", async () => {
    await wantsSecond(true);
    const holder = (await setup()).seats.find(({ code }) => code === "FOCAL-MOF-1")?.holders[0]?.email as string;
    const later = new Date(now.getTime() + 5 * 86_400_000);
    const leaving = { programme, seat: "FOCAL-MOF-1", at: later, successor: holder, reason: null };
    await endTerm(office.db, leaving, { by: omar, now });
    const id = await begin("Nobody there");
    await put(id, { act: "retire", table: "seats", code: "FOCAL-MOF-1" });
    const errors = (await read(id)).findings.filter(({ severity }) => severity === "error");
    expect(errors.map(({ words }) => words.en)).toEqual([expect.stringContaining("Someone will hold the position")]);
    const [before] = (await lastEvents()) as unknown[];
    const refused = sets().submit({ ...(await seen(id)), ...said });
    expect(await problemOf(refused)).toMatchObject({ code: "invalid-configuration" });
    expect(await lastEvents()).toEqual([before]);
    expect((await read(id)).state).toBe("open");
  });

  it("is checked again behind the lock where the set-up moved after it was looked at", async () => {
    const id = await begin("Too late");
    const pillar = [...(await setup()).pillars.values()][0];
    const rename = { act: "update", table: "pillars", code: pillar?.code };
    const values = { nameEn: "Another name" };
    const before = { nameEn: pillar?.name.en };
    await put(id, { ...rename, values, before });
    const step = await seen(id);
    // Somebody is faster between the first look and the lock.
    const setupOf = async () => {
      const looked = await setup();
      const theirs = { values: { nameEn: "Their name" }, before };
      await office.services.setupEditor.update({
        ...{ programme, table: "pillars", code: pillar?.code ?? "", ...theirs },
        ...{ by: omar, now },
      });
      return looked;
    };
    const parts = { db: office.db, setupOf, newId: () => "", onMoves: () => undefined };
    expect(await problemOf(publish(parts, { changeSet: id }, { ...step, ...said }))).toMatchObject({
      code: "invalid-configuration",
      faults: [{ reason: { en: expect.stringContaining("Someone has changed the pillar") } }],
    });
    expect((await setup()).pillars.get(pillar?.code ?? "")?.name.en).toBe("Their name");
  });
});
