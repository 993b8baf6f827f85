/** What an application states beside what the rules decide: raised by a rule where the programme says so, never lowered, never by a default. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { Application } from "../../src/engine/lifecycle/case.js";
import { openCase } from "../../src/engine/lifecycle/open-case.js";
import { replayRules } from "../../src/engine/replay/replay-rules.js";
import type { ReplayGround } from "../../src/engine/replay/replayer.js";
import { compileRuleSet } from "../../src/engine/rules/compile-rule-set.js";
import type { RuleSetDefinition } from "../../src/engine/rules/rule-set.js";
import { decidedClassification, settleClassification } from "../../src/engine/rules/settle-classification.js";
import type { Policy } from "../../src/engine/setup/policy.js";
import type { Setup } from "../../src/engine/setup/setup.js";
import { aCase, calendar, office, shippedWorkflow, sunday } from "../support/office.js";

const levels = ["low", "normal", "high", "critical"];
const shipped = office();
const withSetting = (raiseStatedImportance: boolean | undefined): Setup => ({
  ...shipped,
  programme: { ...shipped.programme, settings: { ...shipped.programme.settings, raiseStatedImportance } },
});
const [raising, holding] = [withSetting(true), withSetting(false)];

const rule = (id: string, params: object) => ({
  id,
  title: { en: id, ar: id },
  priority: 10,
  conditions: { all: [{ fact: "type", operator: "equal", value: "complaint" }] },
  event: { type: "classification" as const, params: params as Record<string, unknown> },
  examples: [],
});
const rules = (...list: ReturnType<typeof rule>[]): RuleSetDefinition => ({
  set: "classification",
  programme: "jordan",
  mode: "merge",
  default: { pillar: null, importance: "normal", confidential: false },
  rules: list,
});

/** What a new complaint gets by the engine, with what its event says. */
async function opened(definition: RuleSetDefinition, setup: Setup, change: Partial<Application>) {
  const ruleSets: Setup["ruleSets"] = new Map([["classification", { versionId: 10, version: 1, definition }]]);
  const workflows: Setup["workflows"] = new Map([
    ["complaint", { versionId: 3, version: 1, definition: shippedWorkflow("complaint") }],
  ]);
  const policy: Policy = {
    setup: { ...setup, ruleSets, workflows },
    calendar,
    runner: (set) => (set === "classification" ? compileRuleSet(definition) : null),
  };
  const { application } = aCase({}, change);
  const actor = { kind: "channel", channel: "web" } as const;
  const { draft } = await openCase({ id: 7, reference: "123-456-7897", application, policy, actor, now: sunday });
  const told = draft.events.find(({ type }) => type === "case.classified")?.data ?? {};
  return { theCase: draft.theCase, told };
}

describe("a stated importance", () => {
  const says = (importance: string) => rules(rule("danger", { importance }));

  it("is raised by a rule where the programme says so, and the event names the rule", async () => {
    const { theCase, told } = await opened(says("critical"), raising, { importance: "low" });
    expect(theCase.importance).toBe("critical");
    expect(told).toMatchObject({ importanceBy: "raised", stated: "low", raisedBy: "danger" });
    expect(told).not.toHaveProperty("overruled");
  });

  it("holds where it does not, also where nobody ever said so, and the rule is named as overruled", async () => {
    for (const setup of [holding, withSetting(undefined)]) {
      const { theCase, told } = await opened(says("critical"), setup, { importance: "low" });
      expect(theCase.importance).toBe("low");
      expect(told).toMatchObject({
        importanceBy: "applicant",
        overruled: [{ key: "importance", ruleId: "danger", says: "critical", because: "notRaised" }],
      });
    }
  });

  it("is never lowered", async () => {
    const { theCase, told } = await opened(says("high"), raising, { importance: "critical" });
    expect(theCase.importance).toBe("critical");
    expect(told.overruled).toEqual([{ key: "importance", ruleId: "danger", says: "high", because: "notLowered" }]);
  });

  it("is not touched by the default, nor by a rule that says the same", async () => {
    for (const definition of [rules(), says("low")]) {
      const { theCase, told } = await opened(definition, raising, { importance: "low" });
      expect(theCase.importance).toBe("low");
      expect(told).toMatchObject({ importanceBy: "applicant" });
      expect(told).not.toHaveProperty("overruled");
    }
  });

  it("that was not stated comes from the rules, else from the default", async () => {
    expect((await opened(says("high"), holding, { importance: null })).theCase.importance).toBe("high");
    expect((await opened(rules(), holding, { importance: null })).theCase.importance).toBe("normal");
  });
});

it("what is stated of the pillar holds, and a rule that says another is named", async () => {
  const definition = rules(rule("late", { pillar: "TIME" }));
  const { theCase, told } = await opened(definition, raising, { pillar: "QUALITY" });
  expect(theCase.pillar).toBe("QUALITY");
  expect(told.overruled).toEqual([{ key: "pillar", ruleId: "late", says: "TIME", because: "stated" }]);
});

it("names the rule that gave the value, not another that decided", () => {
  const definition = rules(rule("a", { pillar: "TIME" }), rule("b", { importance: "high" }));
  const outcome = { pillar: "TIME", importance: "high", confidential: false };
  const decided = decidedClassification({ outcome, ruleIds: ["a", "b"] }, definition);
  expect(decided).toMatchObject({ pillarRule: "a", importanceRule: "b" });
  expect(decidedClassification({ outcome, ruleIds: [] }, definition)).toMatchObject({ importanceRule: null });
});

it("whatever is stated and decided: never lower than stated, and never changed without a rule that is named", () => {
  const level = fc.constantFrom(...levels);
  const rank = (code: string | null) => raising.importanceLevels.get(code ?? "")?.rank ?? 0;
  fc.assert(
    fc.property(fc.option(level), level, fc.boolean(), fc.boolean(), (importance, says, byRule, may) => {
      const decided = { outcome: { importance: says }, pillarRule: null, importanceRule: byRule ? "r" : null };
      const stated = { pillar: null, importance, confidential: false };
      const settled = settleClassification(stated, decided, may ? raising : holding);
      if (importance === null) return expect(settled.importance).toBe(says);
      expect(rank(settled.importance)).toBeGreaterThanOrEqual(rank(importance));
      expect(settled.importance !== importance).toBe(byRule && may && rank(says) > rank(importance));
      expect(settled.raisedBy !== null).toBe(settled.importance !== importance);
      expect(settled.overruled.length).toBe(byRule && says !== settled.importance ? 1 : 0);
    }),
  );
});

it("replays say the same: a rule changes a case that stated a level only where it raises it", () => {
  const ground = (wouldBe: Setup): ReplayGround => ({
    ...{ setup: wouldBe, wouldBe, calendarOf: () => calendar, quietIn: () => new Set(), now: sunday, inForceId: 10 },
  });
  const changes = (setup: Setup, importance: string | null) => {
    const draft = rules(rule("danger", { importance: "high" }));
    const replayer = replayRules(ground(setup), { draft, inForce: rules() });
    const facts = { type: "complaint", importance, pillar: null, confidential: false };
    const theCase = {
      ...{ id: 1, type: "complaint", entity: null, pillar: null, importance: null, workflowVersionId: 1 },
      decisions: [{ ruleSet: "classification" as const, cycle: 1, versionId: 10, facts }],
    };
    return replayer.weigh(theCase, replayer.judge(theCase), { clocks: [], events: [] }).changes;
  };
  expect(changes(raising, "low")).toEqual([{ facet: "importance", from: "low", to: "high" }]);
  expect(changes(holding, "low")).toEqual([]);
  expect(changes(raising, "critical")).toEqual([]);
  expect(changes(holding, null)).toEqual([{ facet: "importance", from: "normal", to: "high" }]);
});
