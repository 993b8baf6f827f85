/** A made-up case walked through a workflow that is being written: as real cases go, and nothing of it is kept. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { WalkAsked, WalkView } from "../../src/cases/walk-workflow.js";
import type { WorkflowDefinition } from "../../src/domain/workflow/workflow-definition.js";
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
const start = { type: null, placed: true, importance: "normal", facts: {} };
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
      expect.arrayContaining(["Receipt to the applicant", "Answer to the applicant", "Invitation to rate"]),
    );
    expect(done.actions.filter(({ allowed }) => allowed).map(({ action }) => action)).toContain("rate");
    const none = await walk([], { start: { ...start, placed: false } });
    expect(none).toMatchObject({ state: "triage", entity: null });
  });

  it("lets time pass: timers and escalations come as they would", async () => {
    const waited = await walk([by("focal_point", "take"), by("focal_point", "ask", { question: "Which hall?" })]);
    expect(waited).toMatchObject({ state: "waiting_applicant" });
    expect(waited.clocks.find(({ target }) => target === "resolution")?.state).toBe("paused");
    const closed = await walk([...answered, { by: "time" }]);
    expect(closed.state).toBe("closed");
    await expect(walk([...answered, { by: "time" }, { by: "time" }])).rejects.toMatchObject({ code: "action-refused" });
  });

  it("asks guards of two people: an appeal is for somebody else", async () => {
    const appealed = [...answered, by("applicant", "rate", { rating: 1 })];
    const own = await walk(appealed);
    expect(own.state).toBe("appealed");
    expect(own.actions.find(({ action }) => action === "take_appeal")).toMatchObject({
      allowed: false,
      reason: { en: expect.stringContaining("somebody else") },
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
