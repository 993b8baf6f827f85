/** What whoever approves a rule set reads of it: rules that are new say what they decide, and nothing is JSON. */
import { describe, expect, it } from "@jest/globals";
import { ruleDifferences } from "../../src/engine/differences/rule-differences.js";
import { asked } from "../../src/engine/explain/explain-decision.js";
import { wordsOf } from "../../src/engine/explain/words.js";
import type { Condition, RuleDefinition, RuleSetDefinition, RuleSetName } from "../../src/engine/rules/rule-set.js";
import { shippedJson, shippedSetup } from "../support/shipped-setup.js";

const setup = shippedSetup("jordan");
const shipped = (set: RuleSetName) => shippedJson<RuleSetDefinition>("rules", "jordan", `${set}.json`);
const health: Condition = { fact: "sector", operator: "equal", value: "HEALTH" };

function ruleOf(set: RuleSetName, params: RuleDefinition["event"]["params"]): RuleDefinition {
  return {
    id: "of-health",
    title: { en: "A mere correction", ar: "تصحيح بسيط" },
    priority: 500,
    conditions: { all: [health] },
    event: { type: set, params },
    examples: [],
  };
}
const withRule = (set: RuleSetName, params: RuleDefinition["event"]["params"]): RuleSetDefinition => {
  const before = shipped(set);
  return { ...before, rules: [ruleOf(set, params), ...before.rules] };
};
const inEnglish = (before: RuleSetDefinition, after: RuleSetDefinition) =>
  ruleDifferences(before, after, setup).map(({ kind, what, details }) => [kind, what.en, details.map(({ en }) => en)]);

const sector = setup.sectors.get("HEALTH")?.name;
const step = (percent: number) => ({
  kind: "escalation",
  level: 2,
  when: { clock: "resolution", percent },
  tell: ["entity.superior(2)", "entity.focalPoints"],
});

describe("a rule that is new or goes", () => {
  const cases: [RuleSetName, RuleDefinition["event"]["params"], string[]][] = [
    [
      "sla",
      { acknowledgement: null, firstResponse: null, resolution: { amount: 8, unit: "workingHours" } },
      ["Acknowledgement: none", "First reply: none", "Final answer: 8 hours of working time"],
    ],
    ["routing", { to: "entity:MOH" }, ["Goes to: Ministry of Health"]],
    ["routing", { to: "service.entity" }, ["Goes to: the entity that delivers the service"]],
    ["classification", { importance: "critical" }, ["Importance level: Critical"]],
    [
      "escalation",
      step(50),
      [
        "Type: escalation",
        "Level: 2",
        "When: Final answer: at 50% of the time",
        "Who is told: level 2 above the entity (Secretary general), the entity's focal points",
      ],
    ],
  ];

  it.each(cases)("of %s says when it holds and what it decides: %j", (set, params, said) => {
    const [before, after] = [shipped(set), withRule(set, params)];
    const details = [`Applies when: Sector: ${sector?.en}`, ...said];
    expect(inEnglish(before, after)).toEqual([["added", "Rule “A mere correction”", details]]);
    expect(inEnglish(after, before)).toEqual([["removed", "Rule “A mere correction”", details]]);
    const [arabic] = ruleDifferences(before, after, setup);
    expect(JSON.stringify(arabic?.details.map(({ ar }) => ar))).not.toMatch(/[a-z{}]{2}/i);
  });
});

it("a step of the ladder that moved is told in words, not as JSON", () => {
  const late = { ...step(50), when: { clock: "resolution", after: { amount: 48, unit: "calendarHours" } } };
  const [change] = ruleDifferences(withRule("escalation", step(50)), withRule("escalation", late), setup);
  expect(change?.details).toEqual([
    {
      en: "When: was Final answer: at 50% of the time, now Final answer: overdue by 2 days, nights and days off included",
      ar: "متى: كان الرد النهائي: عند 50% من المدة، والآن الرد النهائي: التأخر يومان مع احتساب الليل والعطل",
    },
  ]);
});

it("a group of conditions within another stands in brackets", () => {
  const low: Condition = { fact: "importance", operator: "equal", value: "low" };
  const named: Condition = { fact: "entity", operator: "notEqual", value: null };
  const words = wordsOf(setup, "en");
  const inner = { any: [low, { all: [{ any: [named] }] }] };
  expect(asked({ all: [health, inner] }, words)).toBe(
    `Sector: ${sector?.en} and (Importance level: Low or Entity: known)`,
  );
  expect(asked({ all: [health, { all: [inner] }] }, words)).toContain("and (Importance level");
  expect(asked({ all: [inner] }, words)).not.toContain("(");
});
