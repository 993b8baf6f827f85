/** Rules that came close: which, why not, and in which order. */
import { expect, it } from "@jest/globals";
import { explainDecision } from "../../src/engine/explain/explain-decision.js";
import { nearMisses } from "../../src/engine/explain/near-misses.js";
import { wordsOf } from "../../src/engine/explain/words.js";
import type { Condition, RuleDefinition, RuleSetDefinition } from "../../src/engine/rules/rule-set.js";
import { office } from "../support/office.js";

const is = (fact: string, value: unknown): Condition => ({ fact, operator: "equal", value });
const rule = (id: string, priority: number, conditions: Condition): RuleDefinition => ({
  id,
  title: { ar: `قاعدة ${id}`, en: `Rule ${id}` },
  priority,
  conditions,
  event: { type: "routing", params: { to: "entity" } },
  examples: [],
});

const facts = { type: "complaint", sector: "health", importance: "high", anonymous: false };
const rules = [
  rule("decides", 50, { all: [is("type", "complaint")] }),
  rule("outranked", 40, { all: [is("type", "complaint"), is("sector", "health")] }),
  rule("one-off", 90, { all: [is("type", "complaint"), is("importance", "low")] }),
  rule("nearer", 10, { all: [is("type", "complaint"), { all: [is("sector", "health"), is("importance", "low")] }] }),
  rule("two-off", 99, { all: [is("type", "complaint"), is("sector", "education"), is("importance", "low")] }),
  rule("nothing-met", 99, { all: [is("importance", "low")] }),
  rule("alternatives", 5, { all: [is("type", "complaint"), { any: [is("sector", "x"), is("anonymous", true)] }] }),
];
const found = (shown = rules) => nearMisses({ rules: shown }, ["decides"], facts).map(({ rule: { id } }) => id);

it("are those that applied and were outranked, then those that a single condition kept out, the nearest first", () => {
  expect(found()).toEqual(["outranked", "nearer", "one-off"]);
  expect(found(rules.filter(({ id }) => id !== "nearer"))).toEqual(["outranked", "one-off", "alternatives"]);
});

it("name the condition that did not hold, as deep as it stands, and none for what applied", () => {
  const [outranked, nearer] = nearMisses({ rules }, ["decides"], facts);
  expect(outranked?.missed).toBeNull();
  expect(nearer?.missed).toEqual(is("importance", "low"));
});

it("are kept to the rules that decide the asked keys", () => {
  expect(nearMisses({ rules }, ["decides"], facts, ["pillar"])).toEqual([]);
});

it("stand in the explanation in both languages, with what was found instead", () => {
  const definition: RuleSetDefinition = {
    set: "routing",
    programme: "jordan",
    mode: "first",
    default: { to: "sector.mainFocalPoint" },
    rules,
  };
  const decision = {
    cycle: 1,
    ruleSet: "routing",
    versionId: 1,
    version: 3,
    at: new Date("2026-11-19T11:50:00Z"),
    facts,
    ruleIds: ["decides"],
    outcome: { to: "entity" },
    faults: [],
    definition,
  } as const;
  const setup = office();
  const [en, ar] = (["en", "ar"] as const).map((language) => explainDecision(decision, wordsOf(setup, language)));
  expect(en?.slice(-3)).toEqual([
    "Rule “Rule outranked” also applied, but another one came before it.",
    expect.stringMatching(
      /^Rule “Rule nearer” almost applied. One condition was not met: Importance level: .+ \(here: High\)$/,
    ),
    expect.stringContaining("one-off"),
  ]);
  expect(ar).toHaveLength(en?.length ?? 0);
  expect(ar?.at(-2)).toMatch(/كادت تنطبق/);
});
