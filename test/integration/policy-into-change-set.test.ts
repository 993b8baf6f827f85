/** Policy into a change-set: a draft that begins there together with the set, and one that stood by itself and goes along. */
import { afterAll, afterEach, beforeAll, expect, it } from "@jest/globals";
import type { Composed } from "../../src/app/compose.js";
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
let services: Composed;
let rania: Person;
let omar: Person;
beforeAll(async () => {
  office = await openWorkingOffice();
  services = office.services;
  [rania, omar] = [0, 1].map((n) => office.official("operation_room", null, n)) as [Person, Person];
});
afterAll(() => office.close());

const now = sundayNine;
const sla = { programme, kind: "rules", name: "sla" } as const;
type Named = "sla" | "routing";
const inForce = async (name: Named = "sla") => {
  const set = (await services.setup.of(programme)).ruleSets.get(name);
  if (set === undefined) throw new Error("no rules");
  return set;
};
async function renamed(title: string, name: Named = "sla"): Promise<RuleSetDefinition> {
  const { definition } = await inForce(name);
  const [rule, ...rest] = definition.rules as [RuleSetDefinition["rules"][number]];
  return { ...definition, rules: [{ ...rule, title: { ar: title, en: title } }, ...rest] };
}
const begin = async (changeSet: number | { title: string } | null, definition: unknown = null, actor = rania) => {
  const { versionId: basedOn, definition: stands } = await inForce();
  return services.policyDrafts.begin({ actor, ...sla, definition: definition ?? stands, basedOn, changeSet, now });
};
const draft = () => services.policyDrafts.of({ actor: rania, ...sla });
const titles = async () => (await services.changeSets.list({ actor: rania })).map(({ title }) => title);
const read = (id: number) => services.changeSets.read({ actor: rania, id, now });
const wrongs = async (id: number) =>
  (await read(id)).findings.filter(({ severity }) => severity === "error").map(({ words }) => words);

afterEach(async () => {
  for (const { id, revision, state } of await services.changeSets.list({ actor: rania })) {
    expect(state).toBe("open");
    await services.changeSets.discard({ actor: rania, id, revision, now });
  }
  const open = await draft();
  if (open !== null) await services.policyDrafts.discard({ actor: rania, id: open.id, revision: open.revision, now });
});

it("begins the set and the draft in it together, with the version in force in it", async () => {
  const { id, revision, changeSet } = await begin({ title: "  Faster answers " });
  expect(await draft()).toMatchObject({ id, revision, changeSet: { id: changeSet, title: "Faster answers" } });
  const set = await read(changeSet as number);
  expect(set.drafts.map(({ name, changes }) => [name, changes])).toEqual([["sla", []]]);
  expect(set.authors.map(({ id: one }) => one)).toEqual([rania.userId]);
});

it("begins neither where one is refused: a draft is open already, or the title is none", async () => {
  await begin(null, await renamed("Alone"));
  expect(await problemOf(begin({ title: "Second" }, null, omar))).toMatchObject({
    code: "conflict",
    detail: { en: expect.stringContaining(rania.name) },
  });
  expect(await titles()).toEqual([]);
  const open = (await draft()) as { id: number; revision: number };
  await services.policyDrafts.discard({ actor: rania, id: open.id, revision: open.revision, now });
  for (const title of ["  ", "x".repeat(201)]) {
    const { code, faults } = await problemOf(begin({ title }));
    expect([code, faults.map(({ field }) => field)]).toEqual(["invalid-input", ["/title"]]);
  }
  for (const id of [999_999, 2 ** 40]) expect((await problemOf(begin(id))).code).toBe("not-found");
  expect(await titles()).toEqual([]);
  expect(await draft()).toBeNull();
});

it("is checked beside the other drafts of its set, and of no other", async () => {
  type Rules = { rules: { event: { params: Record<string, unknown> } }[]; default: Record<string, unknown> };
  const { definition } = (await services.setup.of("jordan")).ruleSets.get("sla") as { definition: unknown };
  const without = structuredClone(definition) as Rules;
  for (const params of [...without.rules.map(({ event }) => event.params), without.default])
    params.firstResponse = null;
  const { changeSet } = await begin({ title: "No first replies" }, without);
  const ladder = { programme: "jordan", kind: "rules", name: "escalation" } as const;
  const inForce = (await services.setup.of("jordan")).ruleSets.get("escalation")?.definition;
  const found = async (set: number | null) =>
    (await services.versions.check({ actor: rania, ...ladder, definition: inForce, changeSet: set })).faults.filter(
      ({ reason }) => /never does anything/.test(reason.en),
    );
  expect(await found(null)).toEqual([]);
  expect(await found(changeSet)).toMatchObject([{ severity: "warning", field: "/rules/1/event/params/when/clock" }]);
});

it("takes a draft that stood by itself along, whoever wrote it, and loses nothing of it", async () => {
  const { id } = await begin(null, await renamed("Rania's words"));
  const stood = (await draft()) as { revision: number };
  const step = { actor: omar, id, revision: stood.revision, now };
  const { changeSet, revision } = await services.policyDrafts.intoSet({ ...step, changeSet: { title: "Together" } });
  const gone = await draft();
  expect(gone).toMatchObject({
    ...{ id, revision, state: "open", changeSet: { id: changeSet, title: "Together" } },
    authors: [{ id: rania.userId }, { id: omar.userId }],
  });
  expect(gone?.definition).toEqual(await renamed("Rania's words"));
  expect(gone?.acts).toEqual(["save", "discard"]);
  expect(await wrongs(changeSet as number)).toEqual([]);
  // It is published with the set, and with the set alone.
  const said = { reason: "R", warningsReason: "Known" };
  const asked = { actor: omar, id, revision, now, ...said };
  expect((await problemOf(services.policyDrafts.publish(asked))).code).toBe("not-now");
  const set = await read(changeSet as number);
  await services.changeSets.publish({ actor: omar, id: set.id, revision: set.revision, now, ...said });
  expect((await inForce()).definition.rules[0]?.title.en).toBe("Rania's words");
  const types = await office.rows(
    "select type from audit_events where stream = 'configuration' order by seq desc limit 4",
  );
  expect(types.map(({ type }) => type)).toEqual([
    "change-set.published",
    "configuration.published",
    "configuration.into-set",
    "change-set.opened",
  ]);
});

it("leaves a draft where it is that somebody went on with meanwhile, that waits, or that is in a set", async () => {
  const { id, revision } = await begin(null, await renamed("One"));
  await services.policyDrafts.save({ actor: omar, id, revision, definition: await renamed("Two"), now });
  const into = (seen: number, changeSet: number | { title: string }) =>
    problemOf(services.policyDrafts.intoSet({ actor: rania, id, revision: seen, changeSet, now }));
  expect((await into(revision, { title: "Late" })).code).toBe("conflict");
  expect((await into(revision + 1, 999_999)).code).toBe("not-found");
  expect(await titles()).toEqual([]);
  const first = await services.policyDrafts.intoSet({
    ...{ actor: rania, id, revision: revision + 1, changeSet: { title: "First" }, now },
  });
  const refused = await into(first.revision, { title: "Second" });
  expect(refused).toMatchObject({ code: "conflict", detail: { en: expect.stringContaining("“First”") } });
  expect(await titles()).toEqual(["First"]);
  const stranger = office.official("focal_point", "CSPD");
  const asked = { id, revision: first.revision, changeSet: { title: "Mine" }, now };
  expect((await problemOf(services.policyDrafts.intoSet({ ...asked, actor: stranger }))).code).toBe("not-found");
  const auditor = office.official("auditor");
  expect((await problemOf(services.policyDrafts.intoSet({ ...asked, actor: auditor }))).code).toBe("forbidden");
});

const target = (amount: number) => ({ amount, unit: "workingDays" });
const twoDays = { acknowledgement: null, firstResponse: target(1), resolution: target(2) };
const digital = { nameAr: "الخدمات الرقمية", nameEn: "Digital services" };
const urgent = { nameAr: "عاجلة", nameEn: "Urgent", rank: 5 };

/** A set that adds a row and a column of the grid. */
async function setWithLines(): Promise<number> {
  const { id } = await services.changeSets.begin({ actor: rania, programme, title: "Digital services", now });
  for (const edit of [
    { act: "create", table: "pillars", code: "DIGITAL", values: digital },
    { act: "create", table: "importance_levels", code: "urgent", values: urgent },
  ])
    await services.changeSets.put({ actor: rania, id, edit, now });
  return id;
}
const codes = (lines: readonly { code: string | null }[] = []) => lines.map(({ code }) => code);

it("reads and writes the grid with the rows and columns that the set adds, and nowhere else", async () => {
  const { definition, versionId } = await inForce();
  const id = await setWithLines();
  const grid = (
    changeSet: number | null,
    a: { definition?: object; changes?: readonly object[]; actor?: Person } = {},
  ) => services.versions.draftGrid({ actor: rania, programme, definition, changes: [], changeSet, ...a });
  const complaint = async (changeSet: number | null) =>
    (await grid(changeSet)).types.find(({ type }) => type === "complaint");
  const now_ = await complaint(null);
  expect([codes(now_?.pillars), codes(now_?.importance)].flat()).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/DIGITAL|urgent/)]),
  );
  expect((await grid(null)).added).toEqual({ types: [], pillars: [], importance: [] });
  const then = await complaint(id);
  expect([...codes(then?.pillars)].sort()).toEqual([...codes(now_?.pillars), "DIGITAL"].sort());
  expect(codes(then?.importance)).toEqual([...codes(now_?.importance), "urgent"]);
  expect((await grid(id)).added).toEqual({ types: [], pillars: ["DIGITAL"], importance: ["urgent"] });
  // The rules for any pillar answer the new row; only the new column is left open.
  const undecided = then?.cells.filter(({ rule }) => rule === null) ?? [];
  expect(new Set(undecided.map(({ importance }) => importance))).toEqual(new Set(["urgent"]));
  expect(undecided).toHaveLength(then?.pillars.length ?? 0);

  const changes = [{ type: "complaint", pillar: "DIGITAL", importance: "urgent", outcome: twoDays }];
  expect((await problemOf(grid(null, { changes }))).faults.map(({ field }) => field)).toEqual(["/changes/0"]);
  const written = await grid(id, { changes });
  expect(written.definition).toMatchObject({
    rules: expect.arrayContaining([
      expect.objectContaining({
        id: "sla-grid-complaint-digital-urgent",
        title: expect.objectContaining({ en: "Complaint, Digital services, Urgent: 2 working days" }),
      }),
    ]),
  });

  // As a draft of the set: the second person reads the same grid, the checks agree, and differences have names.
  const { id: draftId } = await begin(id, written.definition);
  const seen = await grid(id, { actor: omar, definition: written.definition });
  const cell = seen.types.flatMap(({ cells }) => cells).find((one) => one.pillar === "DIGITAL" && one.rule?.own);
  expect(cell).toMatchObject({ importance: "urgent", outcome: twoDays });
  const open = await services.policyDrafts.of({ actor: omar, ...sla });
  expect(open?.checked.faults.filter(({ severity }) => severity === "error")).toEqual([]);
  const told = await services.policyDrafts.compare({
    ...{ actor: omar, id: draftId, before: definition, after: written.definition },
  });
  const named = JSON.stringify(told.theirs);
  expect([named.includes("Digital services"), named.includes("“DIGITAL”")]).toEqual([true, false]);

  // What is in force is checked by the set as well, where a draft is still to begin in it.
  const gapsIn = async (changeSet: number | null) =>
    (await services.versions.findings({ actor: omar, id: versionId, changeSet })).faults.filter(({ reason }) =>
      reason.en.includes("Urgent"),
    ).length;
  expect(await gapsIn(null)).toBe(0);
  expect(await gapsIn(id)).toBeGreaterThan(0);
});

it("asks the grid by the set-up in force once the set is closed, and never by a set that there is not", async () => {
  const { definition } = await inForce();
  const id = await setWithLines();
  const { revision } = await read(id);
  const grid = (changeSet: number) =>
    services.versions.draftGrid({ actor: rania, programme, definition, changes: [], changeSet });
  for (const none of [999_999, 0, -1, 1.5, 2 ** 40]) expect((await problemOf(grid(none))).code).toBe("not-found");
  await services.changeSets.discard({ actor: rania, id, revision, now });
  expect((await grid(id)).added.pillars).toEqual([]);
});

it("a draft in a set that says what is in force is named in both languages, and stops the set until it is changed", async () => {
  const { id, revision, changeSet } = await begin({ title: "Nothing yet" });
  const words = await wrongs(changeSet as number);
  expect(words).toHaveLength(1);
  expect(words[0]?.en).toMatch(/^Service levels.*is the same as version \d+, which is in force\. Change something/);
  expect(words[0]?.ar).toMatch(/مطابقة للنسخة السارية \d+/);
  const { revision: seen } = await read(changeSet as number);
  const step = { actor: rania, id: changeSet as number, revision: seen, now };
  const refused = await problemOf(services.changeSets.publish({ ...step, reason: "R", warningsReason: "W" }));
  expect(refused.faults.map(({ reason }) => reason.en)).toEqual([words[0]?.en]);
  await services.policyDrafts.save({ actor: rania, id, revision, definition: await renamed("Something"), now });
  expect(await wrongs(changeSet as number)).toEqual([]);
});

const listed = (kind: "rules" | "workflow", name: string) =>
  services.versions.list({ actor: omar, programme, kind, name });
const publishSet = async (id: number, said: { reason: string; warningsReason: string | null }) => {
  const { revision } = await read(id);
  await services.changeSets.publish({ actor: rania, id, revision, now, ...said });
};

it("records that the checks warned where they did, of that version alone", async () => {
  const { changeSet } = await begin({ title: "Nothing to warn of" }, await renamed("Plain"));
  expect((await read(changeSet as number)).findings.filter(({ severity }) => severity !== "info")).toEqual([]);
  await publishSet(changeSet as number, { reason: "Plainer words", warningsReason: null });
  expect((await listed("rules", "sla"))[0]).toMatchObject({ reason: "Plainer words", warningsReason: null });
  const [event] = await office.rows(
    "select data from audit_events where type = 'configuration.published' order by seq desc limit 1",
  );
  expect(JSON.parse(String(event?.data))).toMatchObject({ reason: "Plainer words", warningsReason: null });
  // A workflow that no type names is warned of; the rules beside it are not.
  const second = await begin({ title: "One is warned of" }, await renamed("Plainer"));
  const complaint = (await services.setup.of(programme)).workflows.get("complaint")?.versionId ?? 0;
  const copied = await services.policyDrafts.copy({ actor: rania, version: complaint, code: "licence", now });
  await services.policyDrafts.intoSet({
    ...{ actor: rania, id: copied.id, revision: copied.revision, changeSet: second.changeSet as number, now },
  });
  await publishSet(second.changeSet as number, { reason: "Licences", warningsReason: "The type comes next" });
  expect((await listed("workflow", "licence"))[0]).toMatchObject({ warningsReason: "The type comes next" });
  expect((await listed("rules", "sla"))[0]).toMatchObject({ reason: "Licences", warningsReason: null });
});

it("takes a type whose workflow the same set adds, and a case of it follows that workflow", async () => {
  const complaint = (await services.setup.of(programme)).workflows.get("complaint")?.versionId ?? 0;
  const { changeSet } = await begin({ title: "Permits" }, await renamed("Permits too"));
  const id = changeSet as number;
  const copied = await services.policyDrafts.copy({ actor: rania, version: complaint, code: "permit", now });
  const into = { actor: rania, id: copied.id, revision: copied.revision, changeSet: id, now };
  await services.policyDrafts.intoSet(into);
  const values = { nameAr: "تصاريح", nameEn: "Permits", workflow: "permit", anonymousAllowed: true };
  const edit = { act: "create", table: "application_types", code: "permit", values } as const;
  await services.changeSets.put({ actor: rania, id, edit, now });
  expect(await wrongs(id)).toEqual([]);
  const draftOfIt = await services.policyDrafts.of({ actor: rania, programme, kind: "workflow", name: "permit" });
  expect(draftOfIt?.checked.faults).toEqual([]);
  await publishSet(id, { reason: "Permits", warningsReason: "New" });
  expect((await services.setup.of(programme)).types.get("permit")).toMatchObject({ workflow: "permit" });
});
