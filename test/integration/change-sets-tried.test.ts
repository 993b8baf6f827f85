/** A draft of rules in a change-set is tried and replayed by the set-up as it would be with that set, before anything is published. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { RuleSetDefinition } from "../../src/engine/rules/rule-set.js";
import {
  complaint,
  openWorkingOffice,
  type Person,
  problemOf,
  programme,
  sundayNine,
  type WorkingOffice,
} from "../support/working-office.js";

let office: WorkingOffice;
let room: Person;
let set: number;
const now = sundayNine;
const licence = { ...complaint, service: "MOH-LICENCE", entity: null, sector: null };
beforeAll(async () => {
  office = await openWorkingOffice();
  room = office.official("operation_room");
  await office.receive(licence, new Date(now.getTime() - 3_600_000));
  await office.receive({}, new Date(now.getTime() - 3_600_000));
});
afterAll(() => office?.close());

const put = (edit: object) => office.services.changeSets.put({ actor: room, id: set, edit, now });
const revision = async () => (await office.services.changeSets.read({ actor: room, id: set, now })).revision;
const discard = async () =>
  office.services.changeSets.discard({ actor: room, id: set, revision: await revision(), now });

beforeEach(async () => {
  if (set !== undefined) await discard().catch(() => undefined);
  set = (await office.services.changeSets.begin({ actor: room, programme, title: "Digital health", now })).id;
  const { sector, kind } = office.setup.entities.get("MOH") ?? {};
  const names = { nameAr: "هيئة الصحة الرقمية", nameEn: "Digital Health Authority" };
  const values = { ...names, sector, kind, parent: "MOH", joining: "live" };
  await put({ act: "create", table: "entities", code: "DHA", values });
  const service = { act: "update", table: "services", code: "MOH-LICENCE" };
  await put({ ...service, values: { entity: "DHA" }, before: { entity: "MOH" } });
});

/** Complaints about the Civil Status Department go to an entity that there is not yet. */
function draft(): RuleSetDefinition {
  const { rules, ...routing } = structuredClone(office.setup.ruleSets.get("routing")?.definition as RuleSetDefinition);
  const rule = {
    id: "to-the-new-one",
    title: { en: "To the new one", ar: "إلى الجديدة" },
    priority: 10_000,
    conditions: { all: [{ fact: "entity", operator: "equal", value: "CSPD" }] },
    event: { type: "routing" as const, params: { to: "entity:DHA" } },
    examples: [{ name: { en: "one", ar: "واحدة" }, facts: { entity: "CSPD" }, decides: true }],
  };
  return { ...routing, rules: [rule, ...rules] } as RuleSetDefinition;
}

describe("a case", () => {
  const ask = (more: object = {}) =>
    office.services.work.trial.ask({
      ...{ actor: room, programme, name: "routing", definition: draft(), facts: { entity: "CSPD" }, now },
      ...more,
    });

  it("is tried by a rule that names what the set adds, and says by which set-up", async () => {
    expect(await problemOf(ask())).toMatchObject({ code: "invalid-configuration" });
    const tried = await ask({ changeSet: set });
    expect(tried.changeSet).toEqual({ id: set, title: "Digital health" });
    expect(tried.draft.outcome).toMatchObject({ to: "entity:DHA" });
    expect(tried.inForce?.outcome).not.toMatchObject({ to: "entity:DHA" });
    // What is taken out of the set is not there any more.
    const by = { actor: room, id: set, now };
    await office.services.changeSets.takeOut({ ...by, table: "services", code: "MOH-LICENCE" });
    await office.services.changeSets.takeOut({ ...by, table: "entities", code: "DHA" });
    expect(await problemOf(ask({ changeSet: set }))).toMatchObject({ code: "invalid-configuration" });
  });

  it("is asked by the set-up in force once the set is closed, and never by a set that there is not", async () => {
    await discard();
    const { definition } = office.setup.ruleSets.get("routing") ?? {};
    expect((await ask({ changeSet: set, definition })).changeSet).toBeNull();
    for (const changeSet of [set + 99, 0, -1, 1.5, 2 ** 40])
      expect(await problemOf(ask({ changeSet, definition }))).toMatchObject({ code: "not-found" });
    const stranger = office.official("focal_point", "MOH");
    expect(await problemOf(ask({ changeSet: set, actor: stranger }))).toMatchObject({ code: "not-found" });
  });
});

describe("a replay", () => {
  const thing = { programme, kind: "rules", name: "routing" };
  const time = { from: new Date(now.getTime() - 86_400_000), to: new Date(now.getTime() + 1) };
  const start = (definition: object, changeSet: number | null) =>
    office.services.work.replays.start({ actor: room, ...thing, ...time, definition, changeSet, now });
  async function replayed(definition: object, changeSet: number | null) {
    const { id } = await start(definition, changeSet);
    await office.services.work.replays.lane.settled();
    return office.services.work.replays.one({ actor: room, id, definition, changeSet });
  }

  it("places cases by the set-up as it would be, beside the one in force", async () => {
    expect(await problemOf(start(draft(), null))).toMatchObject({ code: "invalid-configuration" });
    const run = await replayed(draft(), set);
    expect(run).toMatchObject({ state: "done", changeSet: { id: set }, sameText: true, sameSetup: true });
    expect(run.tally.load).toMatchObject({
      MOH: { before: 1, after: 0 },
      CSPD: { before: 1, after: 0 },
      DHA: { before: 0, after: 2 },
    });
    expect(run.tally.changed).toBe(2);
  });

  it("tells when it was asked by other settings than now", async () => {
    const definition = draft();
    const { id } = await replayed(definition, set);
    const by = { actor: room, id, definition };
    await put({ act: "create", table: "pillars", code: "NEW", values: { nameAr: "محور", nameEn: "Pillar" } });
    expect(await office.services.work.replays.one({ ...by, changeSet: set })).toMatchObject({ sameSetup: false });
    expect(await office.services.work.replays.one(by)).toMatchObject({ sameText: true, sameSetup: false });
    const listed = await office.services.work.replays.of({ actor: room, ...thing, definition, changeSet: set });
    expect(listed.find((run) => run.id === id)).toMatchObject({ sameText: true, sameSetup: false });
  });

  it("changes nothing where the set edits nothing that it asks for", async () => {
    const by = { actor: room, id: set, now };
    await office.services.changeSets.takeOut({ ...by, table: "services", code: "MOH-LICENCE" });
    const { definition } = office.setup.ruleSets.get("routing") ?? {};
    expect((await replayed(definition as object, set)).tally.changed).toBe(0);
  });

  it("of all that the set holds places cases by drafts and rows together, for whom may read both", async () => {
    const { replays } = office.services.work;
    const whole = { actor: room, programme, changeSet: set };
    const startAll = (more: object = {}) => replays.startSet({ ...whole, ...time, now, ...more });
    const basedOn = office.setup.ruleSets.get("routing")?.versionId as number;
    const begun = { actor: room, ...thing, kind: "rules" as const, definition: draft(), basedOn, changeSet: set, now };
    await office.services.policyDrafts.begin(begun);
    const { id } = await startAll();
    await replays.lane.settled();
    const { runs, run } = await replays.ofSet({ ...whole, run: id });
    expect(runs.map((one) => one.id)).toEqual([id]);
    expect(run).toMatchObject({ kind: "set", state: "done", title: { en: "Digital health" } });
    expect([run?.sameText, run?.sameSetup, run?.tally.changed]).toEqual([true, true, 2]);
    expect(run?.tally.load).toMatchObject({ DHA: { before: 0, after: 2 }, MOH: { before: 1, after: 0 } });
    // A change of the set is told at the run, and is not in it.
    await put({ act: "create", table: "pillars", code: "NEW", values: { nameAr: "محور", nameEn: "Pillar" } });
    expect((await replays.ofSet({ ...whole, run: id })).run).toMatchObject({ sameText: true, sameSetup: false });
    for (const changeSet of [set + 99, 0, 2 ** 40])
      expect(await problemOf(startAll({ changeSet }))).toMatchObject({ code: "not-found" });
    const stranger = office.official("focal_point", "MOH");
    expect(await problemOf(startAll({ actor: stranger }))).toMatchObject({ code: "not-found" });
    expect(await problemOf(replays.ofSet({ ...whole, actor: stranger, run: id }))).toMatchObject({ code: "not-found" });
    await discard();
    expect(await problemOf(startAll())).toMatchObject({ code: "not-now" });
  });

  it("of a set finds the errors that its page shows, and none that another draft of the set cures", async () => {
    const startAll = () =>
      office.services.work.replays.startSet({ actor: room, programme, changeSet: set, ...time, now });
    const errors = async () =>
      (await office.services.changeSets.read({ actor: room, id: set, now })).findings.filter(
        ({ severity }) => severity === "error",
      );
    const begin = (kind: "rules" | "workflow", name: string, definition: object, basedOn: number) =>
      office.services.policyDrafts.begin({
        actor: room,
        programme,
        kind,
        name,
        definition,
        basedOn,
        changeSet: set,
        now,
      });
    const rules = office.setup.ruleSets.get("classification");
    const classification = structuredClone(rules?.definition) as RuleSetDefinition;
    // Answers to what a rule makes confidential wait for an approval that is for the operation room alone, which does not reach them.
    (classification.default as { confidential?: boolean }).confidential = true;
    await begin("rules", "classification", classification, rules?.versionId as number);
    const found = await errors();
    expect(found.length).toBeGreaterThan(0);
    const refused = await problemOf(startAll());
    expect(refused).toMatchObject({ code: "invalid-configuration" });
    expect(refused.faults.map(({ reason }) => reason.en)).toEqual(found.map(({ words }) => words.en));
    for (const [name, { definition, versionId }] of office.setup.workflows) {
      const cured = structuredClone(definition) as unknown as { actions: Record<string, { by: string[] }> };
      if (cured.actions.approve === undefined) continue;
      cured.actions.approve.by = [...new Set([...cured.actions.approve.by, "entity_manager"])];
      if (cured.actions.approve.by.length === definition.actions.approve?.by.length) continue;
      await begin("workflow", name, cured, versionId);
    }
    expect(await errors()).toEqual([]);
    expect((await startAll()).kind).toBe("set");
    await office.services.work.replays.lane.settled();
    // A draft alone is replayed beside the others as well.
    const alone = { programme, kind: "rules", name: "classification", definition: classification };
    const one = { actor: room, ...alone, ...time, changeSet: set, now };
    expect((await office.services.work.replays.start(one)).kind).toBe("rules");
    await office.services.work.replays.lane.settled();
  });

  it("is not begun for what no past case tells of: a workflow, words that were looked for when a case came", async () => {
    await discard();
    set = (await office.services.changeSets.begin({ actor: room, programme, title: "Fees", now })).id;
    const { code, words } = [...office.setup.keywordLists.values()][0] ?? { code: "", words: [] };
    const list = { act: "update", table: "keyword_lists", code };
    await put({ ...list, values: { words: [...words, "رسوم"] }, before: { words } });
    const published = office.setup.workflows.get("inquiry");
    const definition = { ...published?.definition, name: { ar: "استفسار", en: "Another name" } };
    const thing = { programme, kind: "workflow" as const, name: "inquiry", definition, changeSet: set };
    await office.services.policyDrafts.begin({ actor: room, ...thing, basedOn: published?.versionId as number, now });
    const asked = { actor: room, programme, changeSet: set, ...time, now };
    const refused = await problemOf(office.services.work.replays.startSet(asked));
    expect(refused.faults[0]?.reason.en).toMatch(/Nothing in this change-set can be tested on past cases/);
  });

  it("that did not end before its set was published says that there is no before any more", async () => {
    const idle = office.instance();
    await idle.work.replays.lane.stop();
    const definition = draft();
    const asked = { actor: room, ...thing, ...time, definition, changeSet: set, now };
    const { id } = await idle.work.replays.start(asked);
    const said = { reason: "It is founded.", warningsReason: "Known." };
    await office.services.changeSets.publish({ actor: room, id: set, revision: await revision(), now, ...said });

    office.services.work.replays.resume();
    await office.services.work.replays.lane.settled();
    const run = await office.services.work.replays.one({ actor: room, id });
    expect(run.failure?.en).toMatch(/published before this test had ended/);
    expect(run).toMatchObject({ state: "failed", cases: 0 });
  });
});
