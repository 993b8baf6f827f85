/** One case tried: by the text that is edited and by what is in force, for whoever may, and never a confidential one. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Actor } from "../../src/engine/access/permissions.js";
import type { RuleSetDefinition, RuleSetName } from "../../src/engine/rules/rule-set.js";
import { Problem } from "../../src/engine/text/problems.js";
import type { TrialAsked } from "../../src/features/cases/trial/trial-service.js";
import {
  openWorkingOffice,
  type Person,
  programme,
  sundayNine,
  unknownReference,
  type WorkingOffice,
} from "../support/working-office.js";

let office: WorkingOffice;
let room: Person;
let open: string;
let secret: string;
beforeAll(async () => {
  office = await openWorkingOffice();
  room = office.official("operation_room");
  open = (await office.receive({ importance: "high" })).reference;
  secret = (await office.receive({ type: "report", subject: "A secret report", pillar: null })).reference;
});
afterAll(() => office?.close());

const published = (set: RuleSetName): RuleSetDefinition =>
  structuredClone(office.setup.ruleSets.get(set)?.definition as RuleSetDefinition);
const ask = (more: Partial<TrialAsked> = {}) =>
  office.services.work.trial.ask({
    ...{ actor: room, programme, name: "sla", definition: published("sla"), now: sundayNine },
    facts: { type: "complaint", importance: "high" },
    ...more,
  });
const refusal = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "done",
    (error: unknown) => (error instanceof Problem ? error.code : String(error)),
  );

describe("typed facts", () => {
  it("are decided by both texts, with the rules, their conditions and what came close", async () => {
    const trial = await ask();
    expect(trial).toMatchObject({ differs: false, facts: { type: "complaint", importance: "high" } });
    expect(trial.draft.decided.map(({ id }) => id)).toEqual(["sla-high"]);
    expect(trial.draft.decided[0]?.conditions).toMatchObject({ kind: "all", holds: true });
    expect(trial.draft).toEqual(trial.inForce);
    const definition = published("sla");
    const rules = definition.rules.filter(({ id }) => id !== "sla-high");
    const without = await ask({ definition: { ...definition, rules } });
    expect(without.differs).toBe(true);
    expect(without.draft.decided.map(({ id }) => id)).not.toContain("sla-high");
    expect(without.inForce?.decided.map(({ id }) => id)).toEqual(["sla-high"]);
  });

  it("say at their place what they cannot be, and a text that cannot decide says so at its place", async () => {
    const wrong = await ask({ facts: { type: 7, colour: "red" } }).catch((error: Problem) => error);
    expect(wrong).toMatchObject({
      code: "invalid-input",
      faults: [{ field: "/facts/type" }, { field: "/facts/colour" }],
    });
    const definition = published("sla");
    const [first, ...rest] = definition.rules;
    const broken = { ...definition, rules: [{ ...first, conditions: { all: [] } }, ...rest] };
    const fault = await ask({ definition: broken }).catch((error: Problem) => error);
    expect(fault).toMatchObject({
      code: "invalid-configuration",
      faults: [{ field: expect.stringMatching(/^\/rules\/0/) }],
    });
    for (const definition of [null, 3, "{}", [], { set: "routing" }])
      expect(await refusal(ask({ definition }))).toBe("invalid-configuration");
  });

  it("may be unknown, all of them", async () => {
    const trial = await ask({ facts: {} });
    expect(trial.facts).toEqual({});
    expect(trial.differs).toBe(false);
  });
});

describe("what becomes of the case", () => {
  const danger = "Exposed wires hang beside the school";
  const water = "There is no water for a week";
  const raise = (may: boolean) =>
    office.asOwner(
      "update programmes set settings = settings || jsonb_build_object('raiseStatedImportance', $1::boolean) where code = $2",
      may,
      programme,
    );
  /** The try-out by the facts that the engine was asked with, beside the case that it made. */
  const both = async (input: Parameters<WorkingOffice["receive"]>[0]) => {
    const { reference } = await office.receive(input);
    const theCase = await office.caseRow(reference);
    const facts = await office.services.work.trial.factsOf({
      ...{ actor: room, programme, name: "classification", reference, now: sundayNine },
    });
    const trial = await ask({ name: "classification", definition: published("classification"), facts });
    const { pillar, importance, confidential } = theCase;
    return { made: { pillar, importance, confidential }, tried: trial.inForce?.becomes, trial };
  };

  it.each([
    ["low", danger, true, "critical"],
    ["low", danger, false, "low"],
    ["critical", water, true, "critical"],
    ["high", water, true, "high"],
    [null, water, false, "high"],
    ["normal", "Nobody answers", true, "normal"],
    [null, "Nobody answers", true, "normal"],
  ])("says what the engine does: %s and “%s”, rules raise: %s", async (importance, description, may, expected) => {
    await raise(may);
    const { made, tried } = await both({ importance, description, pillar: "QUALITY" });
    expect(made.importance).toBe(expected);
    expect(tried).toMatchObject({ kind: "classification", ...made });
    await raise(true);
  });

  it("names the rule that is overruled, and why", async () => {
    const { trial } = await both({ importance: "critical", description: water, pillar: "QUALITY" });
    expect(trial.draft.becomes).toMatchObject({
      importanceBy: "applicant",
      stated: "critical",
      overruled: [{ key: "importance", ruleId: "high-essential-service", says: "high", because: "notLowered" }],
    });
    expect(trial.draft.decided.map(({ id }) => id)).toContain("high-essential-service");
  });

  it("of a route is the entity, as for an application that just came in: what follows from the facts is taken along", async () => {
    const routing = { name: "routing", definition: published("routing") };
    const typed = await ask({ ...routing, facts: { type: "complaint", entity: "CSPD" } });
    expect(typed.follows).toMatchObject({ entityLive: true, sector: "INTERIOR", cycle: 1, confidential: false });
    expect(typed.draft.becomes).toEqual({ kind: "routing", entity: "CSPD", sector: "INTERIOR", suggested: "CSPD" });
    const { entity } = await office.caseRow(open);
    expect(entity).toBe("CSPD");
    const secretType = await ask({ ...routing, facts: { type: "report" } });
    expect(secretType.follows).not.toHaveProperty("serviceEntity");
    expect(secretType.draft.becomes).toMatchObject({ kind: "routing", entity: null });
  });
});

describe("a case by its reference", () => {
  const factsOf = (reference: string, actor: Actor = room, of = programme) =>
    office.services.work.trial.factsOf({ actor, programme: of, name: "sla", reference, now: sundayNine });

  it("gives what the rule set was asked about it, and nothing of the applicant", async () => {
    const facts = await factsOf(open);
    expect(facts).toMatchObject({ type: "complaint", importance: "high", pillar: "QUALITY", entity: "CSPD" });
    expect(JSON.stringify(facts)).not.toMatch(/Rana|rana@|96279/);
    expect(Object.values(facts)).not.toContain(null);
  });

  it("is not there when it is confidential, unknown, or of another programme: all alike", async () => {
    const said = async (work: Promise<unknown>) => work.catch(({ code, detail }: Problem) => ({ code, detail }));
    const unknown = await said(factsOf(unknownReference));
    expect(unknown).toMatchObject({ code: "not-found" });
    expect(await said(factsOf(secret))).toEqual(unknown);
    expect(await said(factsOf("nonsense"))).toEqual(unknown);
  });
});

it("is not for whoever reads no configuration, or not of this programme", async () => {
  const elsewhere: Actor = { ...room, seats: room.seats.map((seat) => ({ ...seat, programme: "boston311" })) };
  for (const actor of [office.official("focal_point", "CSPD"), office.official("steering_committee"), elsewhere]) {
    expect(await refusal(ask({ actor }))).toBe("not-found");
    const asked = { actor, programme, name: "sla", reference: open, now: sundayNine };
    expect(await refusal(office.services.work.trial.factsOf(asked))).toBe("not-found");
  }
  expect((await ask({ actor: office.official("auditor") })).differs).toBe(false);
  expect(await refusal(ask({ name: "complaint" }))).toBe("not-found");
});
