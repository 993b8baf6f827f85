/** A made-up case walked through a workflow that is being written: as real cases go, and nothing of it is kept. */

import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { WalkAsked, WalkView } from "../../src/engine/lifecycle/views/walk-view.js";
import type { WorkflowDefinition } from "../../src/engine/workflow/workflow-definition.js";
import { openWorkingOffice, programme, sundayNine, type WorkingOffice } from "../support/working-office.js";

let office: WorkingOffice;
let shipped: WorkflowDefinition;
beforeAll(async () => {
  office = await openWorkingOffice();
  shipped = office.setup.workflows.get("complaint")?.definition as WorkflowDefinition;
});
afterAll(() => office.close());

type Step = WalkAsked["steps"][number];
const by = (who: WalkAsked["as"]["by"], action: string, fields: object = {}, person: 1 | 2 = 1): Step => ({
  by: who,
  person,
  action,
  fields: fields as Record<string, unknown>,
});
const start = { type: null, placed: true, subject: "", description: "", importance: "normal", facts: {} };
const walk = (steps: readonly Step[], more: Partial<WalkAsked> = {}): Promise<WalkView> =>
  office.services.workflows.walk({
    actor: office.official("operation_room"),
    programme,
    name: "complaint",
    definition: shipped,
    start,
    steps,
    now: sundayNine,
    as: { by: "focal_point", person: 1 },
    ...more,
  });

const answered = [by("focal_point", "take"), by("focal_point", "answer", { answer: "The hall is open again." })];

describe("a walk", () => {
  it("starts, tells who may do what and why not, answers, and tells the letters", async () => {
    const begun = await walk([]);
    expect(begun).toMatchObject({ state: "assigned", deadEnd: false });
    expect(begun.actions.filter(({ allowed }) => allowed).map(({ action }) => action)).toContain("take");
    expect(begun.clocks.map(({ target, state }) => [target, state])).toContainEqual(["resolution", "running"]);
    const done = await walk(answered, { as: { by: "applicant", person: 1 } });
    expect(done.state).toBe("resolved");
    expect(done.letters.map(({ name }) => name.en)).toEqual(
      expect.arrayContaining(["Receipt to the applicant", "Answer to the applicant"]),
    );
    expect(done.actions.filter(({ allowed }) => allowed).map(({ action }) => action)).toContain("rate");
    const none = await walk([], { start: { ...start, placed: false } });
    expect(none).toMatchObject({ state: "triage", entity: null });
  });

  it("lets time pass: timers and escalations come as they would", async () => {
    const waited = await walk([by("focal_point", "take"), by("focal_point", "ask", { question: "Which hall?" })]);
    expect(waited).toMatchObject({ state: "waiting_applicant" });
    expect(waited.clocks.find(({ target }) => target === "resolution")?.state).toBe("paused");
    const asked = [...answered, { by: "time" } as const, { by: "time" } as const];
    expect((await walk(asked)).letters.map(({ name }) => name.en).slice(-2)).toEqual([
      "Invitation to rate",
      "Reminder to rate",
    ]);
    const closed = await walk([...asked, { by: "time" }]);
    expect(closed.state).toBe("closed");
    await expect(walk([...asked, { by: "time" }, { by: "time" }])).rejects.toMatchObject({ code: "action-refused" });
  });

  it("asks guards of two people: an appeal is for somebody else", async () => {
    const appealed = [...answered, by("applicant", "rate", { rating: 1 })];
    const own = await walk(appealed);
    expect(own.state).toBe("appealed");
    expect(own.actions.find(({ action }) => action === "take_appeal")).toMatchObject({
      allowed: false,
      reason: { en: expect.stringContaining("Someone else") },
    });
    const other = await walk(appealed, { as: { by: "focal_point", person: 2 } });
    expect(other.actions.find(({ action }) => action === "take_appeal")?.allowed).toBe(true);
  });

  it("has the answers to extra fields that conditions ask for, of each type that follows the workflow", async () => {
    const take = shipped.actions.take as NonNullable<(typeof shipped.actions)[string]>;
    const when = { all: [{ fact: "field.waitingDays", operator: "greaterThanInclusive", value: 10 }] };
    const otherwise = { ar: "لم ينتظر عشرة أيام بعد.", en: "Ten days have not passed yet." };
    const guarded = { ...take, guards: [...take.guards, { when, otherwise }] };
    const definition = { ...shipped, actions: { ...shipped.actions, take: guarded } };
    const takeOf = ({ actions }: WalkView) => actions.find(({ action }) => action === "take");
    const none = await walk([], { definition });
    expect(none.fields).toContainEqual({ fact: "field.waitingDays", asked: true });
    expect(none.fields).toContainEqual({ fact: "field.visitDate", asked: false });
    expect(none).toMatchObject({ type: "complaint", types: [{ code: "complaint" }] });
    expect(takeOf(none)).toMatchObject({ allowed: false, reason: otherwise });
    const known = { definition, start: { ...start, facts: { "field.waitingDays": 12 } } };
    expect(takeOf(await walk([], known))?.allowed).toBe(true);
    expect((await walk([by("focal_point", "take")], known)).state).toBe("in_progress");
    await expect(walk([by("focal_point", "take")], { definition })).rejects.toMatchObject({ code: "action-refused" });
    const wrong = { definition, start: { ...start, facts: { "field.waitingDays": "many", "field.brand": 1 } } };
    await expect(walk([], wrong)).rejects.toMatchObject({
      code: "invalid-input",
      faults: [{ field: "/facts/field.waitingDays" }, { field: "/facts/field.brand" }],
    });
    await expect(walk([], { start: { ...start, type: "inquiry" } })).rejects.toMatchObject({
      code: "invalid-input",
      faults: [{ field: "/type" }],
    });
  });

  it("shows what rules make of the words: lists and what follows; no longer a text than intake takes", async () => {
    const told = (more: object) => ({ start: { ...start, importance: null, ...more } });
    expect(await walk([], told({}))).toMatchObject({ lists: [], importance: { en: "Normal" }, confidential: false });
    const wires = await walk(
      [],
      told({ subject: "Bare wires", description: "There is a danger to life at the school." }),
    );
    expect(wires.lists.map(({ en }) => en)).toContain("Danger to life");
    expect(wires.importance?.en).toBe("Critical");
    await expect(walk([], told({ subject: "x".repeat(201), description: "x".repeat(10_001) }))).rejects.toMatchObject({
      code: "invalid-input",
      faults: [{ field: "/subject" }, { field: "/description" }],
    });
  });

  it("refuses a step in the words of the real thing, with faults at its fields", async () => {
    await expect(walk([by("focal_point", "answer")])).rejects.toMatchObject({
      code: "invalid-input",
      faults: [expect.objectContaining({ field: "/fields/answer" })],
    });
    await expect(walk([by("applicant", "take")])).rejects.toMatchObject({ code: "forbidden" });
    await expect(walk([by("focal_point", "constructor")])).rejects.toMatchObject({ code: "invalid-input" });
    await expect(walk(Array.from({ length: 101 }, () => by("focal_point", "take")))).rejects.toMatchObject({
      code: "invalid-input",
    });
  });

  it("shows a dead end at once, where the checks would refuse to publish it", async () => {
    const definition = {
      ...shipped,
      states: { ...shipped.states, court: { name: { ar: "المحكمة", en: "Court" }, kind: "waiting" } },
      actions: { ...shipped.actions, take: { ...shipped.actions.take, to: "court" } },
      timers: [],
    };
    const stuck = await walk([by("focal_point", "take")], { definition });
    expect(stuck).toMatchObject({ state: "court", able: [], deadEnd: true });
  });

  it.each([[null], [7], [[]], [{}], [{ states: {} }]])("says what keeps %j from being walked", async (definition) => {
    await expect(walk([], { definition })).rejects.toMatchObject({ code: "invalid-configuration" });
  });

  it("is for the operation room, and stores nothing", async () => {
    const counts =
      "select (select count(*) from cases) + (select count(*) from messages) + (select count(*) from case_events) as n";
    const [before] = await office.rows(counts);
    await walk(answered);
    expect((await office.rows(counts))[0]).toEqual(before);
    await expect(walk([], { actor: office.official("auditor") })).rejects.toMatchObject({ code: "forbidden" });
    await expect(walk([], { actor: office.official("focal_point", "CSPD") })).rejects.toMatchObject({
      code: "not-found",
    });
    await expect(walk([], { programme: "boston311" })).rejects.toMatchObject({ code: "not-found" });
  });
});

describe("a walk of a draft in a change-set", () => {
  const now = sundayNine;
  const room = () => office.official("operation_room");
  const sets = () => office.services.changeSets;

  it("is led by the set-up as it would be with that set, and says so", async () => {
    const { id } = await sets().begin({ actor: room(), programme, title: "Meters", now });
    const put = (edit: object) => sets().put({ actor: room(), id, edit, now });
    const fields = [{ code: "meter", name: { ar: "العداد", en: "Meter" }, type: "number", required: false }];
    const values = { nameAr: "شكوى عداد", nameEn: "Meter complaint", workflow: "complaint", fields };
    await put({ act: "create", table: "application_types", code: "METERS", values });
    const take = shipped.actions.take as NonNullable<(typeof shipped.actions)[string]>;
    const when = { all: [{ fact: "field.meter", operator: "greaterThanInclusive", value: 7 }] };
    const guarded = { ...take, guards: [...take.guards, { when, otherwise: { ar: "لا عداد.", en: "No meter." } }] };
    const definition = { ...shipped, actions: { ...shipped.actions, take: guarded } };
    const asked = { definition, changeSet: id, start: { ...start, type: "METERS", facts: { "field.meter": 9 } } };

    // By the set-up in force there is neither the type nor its field.
    await expect(walk([], { ...asked, changeSet: null })).rejects.toMatchObject({ code: "invalid-configuration" });
    const begun = await walk([], asked);
    expect(begun).toMatchObject({ type: "METERS", changeSet: { id, title: "Meters" } });
    expect(begun.types.map(({ code }) => code)).toContain("METERS");
    expect(begun.fields).toEqual([{ fact: "field.meter", asked: true }]);
    expect((await walk([by("focal_point", "take")], asked)).state).toBe("in_progress");
    const none = { ...asked, start: { ...asked.start, facts: {} } };
    await expect(walk([by("focal_point", "take")], none)).rejects.toMatchObject({ code: "action-refused" });
    expect((await walk([])).changeSet).toBeNull();

    // Where the set retires the entity that a case would be with, it is with another.
    const { entity } = await walk([], asked);
    const gone = [...office.setup.entities.values()].find(({ name }) => name.en === entity?.en)?.code ?? "";
    await put({
      act: "retire",
      table: "entities",
      code: gone,
      cases: { to: gone === "MOH" ? "MOF" : "MOH", except: {} },
    });
    const elsewhere = (await walk([], asked)).entity;
    expect(elsewhere).not.toBeNull();
    expect(elsewhere).not.toEqual(entity);

    const { revision } = await sets().read({ actor: room(), id, now });
    await sets().discard({ actor: room(), id, revision, now });
    await expect(walk([], asked)).rejects.toMatchObject({ code: "invalid-configuration" });
    expect((await walk([], { changeSet: id })).changeSet).toBeNull();
  });

  it("knows no set that there is not; to a stranger there is nothing at all, and an auditor walks nothing", async () => {
    for (const changeSet of [999_999, 0, -1, 2 ** 40])
      await expect(walk([], { changeSet })).rejects.toMatchObject({ code: "not-found" });
    const { id } = await sets().begin({ actor: room(), programme, title: "Ours", now });
    const strangers = { "not-found": office.official("focal_point", "CSPD"), forbidden: office.official("auditor") };
    for (const [code, actor] of Object.entries(strangers))
      await expect(walk([], { changeSet: id, actor })).rejects.toMatchObject({ code });
  });
});
