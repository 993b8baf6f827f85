import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { Engine, type RuleProperties } from "json-rules-engine";
import { ConditionFault, compileCondition, compileVerdict } from "../../src/engine/rules/compile-condition.js";
import { compileRuleSet } from "../../src/engine/rules/compile-rule-set.js";
import type { Facts } from "../../src/engine/rules/fact-catalogue.js";
import type { Condition, ConflictMode, RuleDefinition, RuleSetDefinition } from "../../src/engine/rules/rule-set.js";

const is = (fact: string, value: unknown, operator = "equal"): Condition => ({ fact, operator, value });

function rule(
  id: string,
  priority: number,
  conditions: Condition,
  params: Record<string, unknown> = { is: id },
): RuleDefinition {
  return { id, title: { en: id, ar: id }, priority, conditions, event: { type: "routing", params }, examples: [] };
}

function ruleSet(
  mode: ConflictMode,
  rules: RuleDefinition[],
  safe: RuleSetDefinition["default"] = { is: "default" },
): RuleSetDefinition {
  return { set: "routing", programme: "p", mode, default: safe, rules };
}

/** `in` with a number beside it makes the library's own operator throw. */
const throwing = is("a", 5, "in");

describe("the conflict of several matching rules", () => {
  const a = rule("a", 3, { all: [is("x", 1)] }, { pillar: "A", importance: "high" });
  const b = rule("b", 9, { all: [is("x", 1)] }, { pillar: "B" });
  const c = rule("c", 5, { all: [is("x", 2)] }, { pillar: "C" });

  it("first: the highest priority that matches", async () => {
    const runner = compileRuleSet(ruleSet("first", [a, b, c]));
    expect(await runner.decide({ x: 1 })).toMatchObject({
      ruleIds: ["b"],
      outcome: { pillar: "B" },
      faults: [],
      disagreement: false,
    });
    expect(await runner.decide({ x: 2 })).toMatchObject({ ruleIds: ["c"], outcome: { pillar: "C" } });
    expect(await runner.decide({ x: 3 })).toMatchObject({ ruleIds: [], outcome: { is: "default" } });
  });

  it("first: of equals the one that is written first, whatever its depth", async () => {
    const deep = rule("deep", 4, { all: [{ any: [{ all: [is("x", 1), is("x", 2, "notEqual")] }] }] });
    const flat = rule("flat", 4, { all: [is("x", 1)] });
    expect((await compileRuleSet(ruleSet("first", [deep, flat])).decide({ x: 1 })).ruleIds).toEqual(["deep"]);
    expect((await compileRuleSet(ruleSet("first", [flat, deep])).decide({ x: 1 })).ruleIds).toEqual(["flat"]);
  });

  it("merge: each key from the highest priority that names it, the rest from the default", async () => {
    const runner = compileRuleSet(
      ruleSet("merge", [a, b, c], { pillar: "D", importance: "normal", confidential: false }),
    );
    const decision = await runner.decide({ x: 1 });
    expect(decision.outcome).toEqual({ pillar: "B", importance: "high", confidential: false });
    expect(decision.ruleIds).toEqual(["b", "a"]);
    expect(runner.decideCompiled({ x: 1 })).toEqual({ ruleIds: ["b", "a"], outcome: decision.outcome });
  });

  it("collect: all, each with its rule; the default only when none matches", async () => {
    const runner = compileRuleSet(ruleSet("collect", [a, b, c], [{ level: 1 }]));
    expect((await runner.decide({ x: 1 })).outcome).toEqual([
      { ruleId: "b", pillar: "B" },
      { ruleId: "a", pillar: "A", importance: "high" },
    ]);
    expect((await runner.decide({ x: 3 })).outcome).toEqual([{ ruleId: "default-1", level: 1 }]);
  });
});

describe("a rule at fault", () => {
  it("is recorded, and the others go on when it could not have decided", async () => {
    const runner = compileRuleSet(
      ruleSet("first", [rule("bad", 1, { all: [throwing] }), rule("good", 5, { all: [is("x", 1)] })]),
    );
    const decision = await runner.decide({ x: 1, a: "q" });
    expect(decision).toMatchObject({ ruleIds: ["good"], outcome: { is: "good" }, disagreement: false });
    expect(decision.faults).toEqual([
      { ruleId: "bad", message: expect.stringMatching(/^the fact "a" could not be compared: .*indexOf/) },
    ]);
  });

  it("leaves the safe default when it stands above the winner", async () => {
    const runner = compileRuleSet(
      ruleSet("first", [rule("bad", 9, { all: [throwing] }), rule("good", 5, { all: [is("x", 1)] })]),
    );
    expect(await runner.decide({ x: 1, a: "q" })).toMatchObject({
      ruleIds: [],
      outcome: { is: "default" },
      disagreement: false,
    });
    expect(runner.decideCompiled({ x: 1, a: "q" })).toEqual({ ruleIds: [], outcome: { is: "default" } });
  });

  it("in a merge opens only the keys that it might have named", async () => {
    const bad = rule("bad", 9, { all: [throwing] }, { importance: "critical" });
    const good = rule("good", 5, { all: [is("x", 1)] }, { importance: "low", pillar: "A" });
    const decision = await compileRuleSet(ruleSet("merge", [bad, good], { importance: "normal", pillar: "Z" })).decide({
      x: 1,
      a: "q",
    });
    expect(decision.outcome).toEqual({ importance: "normal", pillar: "A" });
  });

  it("in a collection adds the default's steps to those that are certain", async () => {
    const bad = rule("bad", 9, { all: [throwing] }, { level: 3 });
    const good = rule("good", 5, { all: [is("x", 1)] }, { level: 1 });
    const decision = await compileRuleSet(ruleSet("collect", [bad, good], [{ level: 2 }])).decide({ x: 1, a: "q" });
    expect(decision.outcome).toEqual([
      { ruleId: "good", level: 1 },
      { ruleId: "default-1", level: 2 },
    ]);
  });

  it("harms nobody where another condition settles it already", async () => {
    const settled = rule("settled", 9, { all: [is("x", 2), throwing] });
    const either = rule("either", 5, { any: [throwing, is("x", 1)] });
    const decision = await compileRuleSet(ruleSet("first", [settled, either])).decide({ x: 1, a: "q" });
    expect(decision).toMatchObject({ ruleIds: ["either"], faults: [], disagreement: false });
  });

  it.each<[string, unknown]>([
    ["an unknown operator", { all: [{ fact: "x", operator: "eq", value: 1 }] }],
    [
      "an unknown operator that another condition would have hidden",
      { all: [is("x", 7), { fact: "x", operator: "eq", value: 1 }] },
    ],
    ["a path", { all: [{ fact: "x", operator: "equal", value: 1, path: "$..[?(@.a)]" }] }],
    ["a named condition", { all: [{ condition: "nope" }] }],
    ["a comparison with another fact", { all: [{ fact: "x", operator: "equal", value: { fact: "y" } }] }],
    ["a fact of the prototype", { all: [is("constructor", 1, "notEqual")] }],
    ["no group at the root", is("x", 1)],
    ["a group that is no list", { all: { fact: "x" } }],
    ["nothing", null],
  ])("with %s in it does not stop the others", async (_, conditions) => {
    const broken = rule("broken", 1, conditions as Condition);
    const decision = await compileRuleSet(ruleSet("first", [broken, rule("good", 5, { all: [is("x", 1)] })])).decide({
      x: 1,
    });
    expect(decision).toMatchObject({ ruleIds: ["good"], disagreement: false });
    expect(decision.faults).toMatchObject([{ ruleId: "broken" }]);
  });

  it("without an outcome does not stop the others", async () => {
    const { event: _, ...broken } = rule("broken", 1, { all: [is("x", 1)] });
    const runner = compileRuleSet(ruleSet("first", [broken as RuleDefinition, rule("good", 5, { all: [is("x", 1)] })]));
    expect(await runner.decide({ x: 1 })).toMatchObject({ ruleIds: ["good"], faults: [{ ruleId: "broken" }] });
  });

  it("nested without end does not exhaust the stack", async () => {
    let conditions: Condition = is("x", 1);
    for (let i = 0; i < 50_000; i++) conditions = { not: conditions };
    const decision = await compileRuleSet(ruleSet("first", [rule("deep", 1, { all: [conditions] })])).decide({ x: 1 });
    expect(decision.faults).toMatchObject([{ ruleId: "deep", message: expect.stringContaining("nested") }]);
  });
});

describe("the library's traps", () => {
  const matches = async (conditions: Condition, facts: Facts) => {
    const decision = await compileRuleSet(ruleSet("first", [rule("r", 1, conditions)])).decide(facts);
    expect(decision.disagreement).toBe(false);
    return decision.faults.length > 0 ? "fault" : decision.ruleIds.length > 0;
  };

  it("a fact that was not given is a fault, not something unequal to everything", async () => {
    for (const operator of ["equal", "notEqual", "lessThan"])
      expect(await matches({ all: [is("a", 1, operator)] }, {})).toBe("fault");
    for (const operator of ["in", "notIn"])
      expect(await matches({ all: [is("a", [1], operator)] }, { a: undefined })).toBe("fault");
    expect(await matches({ not: is("a", 5, "greaterThan") }, {})).toBe("fault");
  });

  it("a function is not called as a fact", async () => {
    expect(await matches({ all: [is("a", 1)] }, { a: () => 1 })).not.toBe(true);
  });

  it("null compares as null: never less or more", async () => {
    expect(await matches({ all: [is("a", null)] }, { a: null })).toBe(true);
    expect(await matches({ all: [is("a", 5, "lessThan")] }, { a: null })).toBe(false);
    expect(await matches({ all: [is("a", "x", "contains")] }, { a: null })).toBe(false);
    expect(await matches({ all: [is("a", ["x"], "notIn")] }, { a: null })).toBe(true);
  });

  it("contains asks lists only, never parts of a word", async () => {
    expect(await matches({ all: [is("a", "leak", "contains")] }, { a: ["leak"] })).toBe(true);
    expect(await matches({ all: [is("a", "leak", "contains")] }, { a: "a leak in the street" })).toBe(false);
  });

  it("empty groups hold, in both forms alike", async () => {
    expect(await matches({ any: [] }, {})).toBe(true);
    expect(await matches({ all: [] }, {})).toBe(true);
    expect(await matches({ all: [{ not: { any: [] } }] }, {})).toBe(false);
  });

  it("what is changed in an outcome afterwards does not change the rule", async () => {
    const runner = compileRuleSet(ruleSet("first", [rule("r", 1, { all: [] }, { budget: { amount: 1 } })]));
    const { outcome } = await runner.decide({});
    expect(() => {
      (outcome as { budget: { amount: number } }).budget.amount = 99;
    }).toThrow(TypeError);
    expect((await runner.decide({})).outcome).toEqual({ budget: { amount: 1 } });
  });

  it("300 decisions at once do not end each other", async () => {
    const rules = Array.from({ length: 30 }, (_, i) => rule(`r${i}`, 30 - i, { any: [is("k", i), is("k", -1)] }));
    const runner = compileRuleSet(ruleSet("first", rules));
    const decisions = await Promise.all(Array.from({ length: 300 }, (_, i) => runner.decide({ k: i % 30 })));
    expect(decisions.map((d) => d.ruleIds[0])).toEqual(decisions.map((_, i) => `r${i % 30}`));
  });
});

describe("when the engine itself goes wrong", () => {
  it("a run that fails leaves the safe default and says so", async () => {
    // The library emits the outcome's type as an event, and one called "error" that nobody hears makes its run reject.
    const loud = { ...rule("loud", 1, { all: [is("x", 1)] }), event: { type: "error", params: { is: "loud" } } };
    const runner = compileRuleSet(ruleSet("first", [loud as unknown as RuleDefinition]));
    const decision = await runner.decide({ x: 1 });
    expect(decision).toMatchObject({ ruleIds: [], outcome: { is: "default" }, faults: [{ ruleId: null }] });
    expect(decision.faults[0]?.message).toMatch(/\w{3}/);
    expect((await runner.decide({ x: 2 })).faults).toEqual([]);
  });

  it("a decision that the compiled form does not confirm is flagged", async () => {
    let asked = 0;
    const restless = {
      get a() {
        asked += 1;
        return asked <= 2 ? 1 : 2;
      },
    };
    const runner = compileRuleSet(ruleSet("first", [rule("r", 1, { all: [is("a", 1)] })]));
    expect((await runner.decide(restless)).disagreement).toBe(true);
    expect((await runner.decide({ a: 1 })).disagreement).toBe(false);
  });
});

describe("the trace", () => {
  it("shows what the engine found, leaf by leaf, for the rules that could match", async () => {
    const mine = rule("mine", 5, {
      all: [is("type", "complaint"), { any: [is("age", 3, "greaterThan"), is("vip", true)] }],
    });
    const other = rule("other", 9, { all: [is("type", "inquiry")] });
    const [first, ...rest] = await compileRuleSet(ruleSet("first", [mine, other])).trace({
      type: "complaint",
      age: 5,
      vip: false,
    });
    expect(rest).toEqual([]);
    expect(first).toMatchObject({ rule: { id: "mine" }, matched: true });
    expect(first?.conditions?.members[1]).toMatchObject({
      kind: "any",
      holds: true,
      members: [
        { kind: "fact", fact: "age", operator: "greaterThan", value: 3, found: 5, holds: true },
        { fact: "vip", found: false, holds: false },
      ],
    });
  });
});

const names = ["a", "b", "c", "d"];
const scalar = fc.constantFrom<unknown>("x", "y", "z", 1, 2, 3, true, false, null);
const leaf: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({
    fact: fc.constantFrom(...names),
    operator: fc.constantFrom("equal", "notEqual", "lessThan", "greaterThanInclusive", "contains"),
    value: scalar,
  }),
  fc.record({
    fact: fc.constantFrom(...names),
    operator: fc.constantFrom("in", "notIn"),
    value: fc.array(scalar, { minLength: 1, maxLength: 3 }),
  }),
);
const { condition } = fc.letrec<{ condition: Condition; group: Condition }>((tie) => ({
  group: fc.oneof(
    fc.record({ all: fc.array(tie("condition"), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie("condition"), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie("condition") }),
  ),
  condition: fc.oneof({ maxDepth: 3, withCrossShrink: true }, leaf, tie("group")),
}));
const group = fc.oneof(
  fc.record({ all: fc.array(condition, { minLength: 1, maxLength: 4 }) }),
  fc.record({ any: fc.array(condition, { minLength: 1, maxLength: 3 }) }),
  fc.record({ not: condition }),
);
const factSet = fc.record({
  a: scalar,
  b: scalar,
  c: scalar,
  d: fc.oneof(scalar, fc.array(fc.constantFrom("x", "y"), { maxLength: 2 })),
});

describe("three ways to the same decision", () => {
  it.each([
    ["greaterThanInclusive", null, 3],
    ["lessThan", null, -3],
    ["lessThan", "5", -3],
    ["greaterThan", true, 2],
  ] as const)("a number that is %s %p, which the library takes for some number", async (operator, value, found) => {
    const also = { fact: "a", operator: "notIn", value: ["x"] };
    const conditions = { all: [{ fact: "a", operator, value }, also] } as unknown as RuleDefinition["conditions"];
    const runner = compileRuleSet(ruleSet("first", [rule("r0", 1, conditions)]));
    const decision = await runner.decide({ a: found });
    expect({ ids: decision.ruleIds, differ: decision.disagreement }).toEqual({ ids: ["r0"], differ: false });
    expect(runner.decideCompiled({ a: found }).ruleIds).toEqual(["r0"]);
  });

  it("stock engine, indexed engine and compiled form agree on any rules and facts", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(group, { minLength: 1, maxLength: 40 }),
        fc.array(factSet, { minLength: 1, maxLength: 4 }),
        async (groups, factSets) => {
          const rules = groups.map((conditions, i) => rule(`r${i}`, i + 1, conditions));
          const all = compileRuleSet(ruleSet("collect", rules, []));
          const first = compileRuleSet(ruleSet("first", rules));
          for (const facts of factSets) {
            const stock = await new Engine(rules.map((r) => ({ ...r, name: r.id }) as unknown as RuleProperties)).run(
              facts,
            );
            const expected = stock.results.map((result) => result.name).reverse();
            const byRank = [...expected].sort((x, y) => Number(y.slice(1)) - Number(x.slice(1)));
            const decision = await all.decide(facts);
            expect(decision.faults).toEqual([]);
            expect(decision.disagreement).toBe(false);
            expect(decision.ruleIds).toEqual(byRank);
            expect(all.decideCompiled(facts).ruleIds).toEqual(byRank);
            expect(first.decideCompiled(facts).ruleIds).toEqual(byRank.slice(0, 1));
          }
        },
      ),
      { numRuns: 120 },
    );
  });

  it("agree on faults too when facts are missing", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(group, { minLength: 1, maxLength: 12 }),
        factSet,
        fc.subarray(names),
        async (groups, facts, kept) => {
          const some = Object.fromEntries(Object.entries(facts).filter(([name]) => kept.includes(name)));
          const runner = compileRuleSet(
            ruleSet(
              "first",
              groups.map((conditions, i) => rule(`r${i}`, 50 - i, conditions)),
            ),
          );
          const decision = await runner.decide(some);
          expect(decision.disagreement).toBe(false);
          expect(runner.decideCompiled(some)).toEqual({ ruleIds: decision.ruleIds, outcome: decision.outcome });
        },
      ),
      { numRuns: 120 },
    );
  });
});

describe("a compiled condition", () => {
  it("as a guard does not hold when it cannot be evaluated", () => {
    expect(compileCondition(is("x", 1))({ x: 1 })).toBe(true);
    expect(compileCondition(is("x", 1))({})).toBe(false);
    expect(compileCondition({ not: is("x", 1) })({})).toBe(false);
    expect(compileVerdict(is("x", 1))({})).toBeInstanceOf(ConditionFault);
  });
});
