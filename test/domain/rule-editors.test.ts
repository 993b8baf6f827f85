/** What the editors of rule sets make of JSON and back: nothing is lost, order is priority, examples are those that decide. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { asked } from "../../src/engine/explain/explain-decision.js";
import { policyVocabulary } from "../../src/engine/explain/policy-vocabulary.js";
import { wordsOf } from "../../src/engine/explain/words.js";
import { compileCondition } from "../../src/engine/rules/compile-condition.js";
import { compileRuleSet } from "../../src/engine/rules/compile-rule-set.js";
import { emptyFacts, factCatalogue } from "../../src/engine/rules/fact-catalogue.js";
import { type Condition, type RuleSetDefinition, ruleSetNames } from "../../src/engine/rules/rule-set.js";
import { readGrid } from "../../src/engine/rules/sla-grid.js";
import { writeGrid } from "../../src/engine/rules/write-sla-grid.js";
import { placeOf } from "../../src/features/policy/editor-place.js";
import { ordered } from "../../src/features/policy/ordered.js";
import { factsFor, followingExamples, proposedExample } from "../../src/features/policy/replay/propose-example.js";
import {
  conditionsOf,
  leavesOf,
  type QueryGroup,
  queryOf,
  unshown,
  valueFor,
  withFittedValues,
} from "../../src/features/policy/rules/condition-query.js";
import { verdictOf } from "../../src/features/policy/rules/condition-verdict.js";
import { conditionWords } from "../../src/features/policy/rules/condition-words.js";
import { dateOfNumber, numberOfDate } from "../../src/features/policy/rules/date-fact.js";
import {
  freshRule,
  newRuleId,
  prioritiesOf,
  type RuleSetView,
  viewOfSet,
  withAdded,
  withLegalBasis,
  withMoved,
  withoutRule,
  withParams,
  withRule,
} from "../../src/features/policy/rules/rule-model.js";
import { stepOfLevel } from "../../src/features/policy/rules/step-words.js";
import { copiedCells } from "../../src/features/policy/sla-grid/grid-copies.js";
import { cellText, readBlock, readCell } from "../../src/features/policy/sla-grid/grid-text.js";
import { readWorkflow } from "../../src/features/policy/workflow/workflow-model.js";
import { shippedJson, shippedSetup } from "../support/shipped-setup.js";

const programmes = ["jordan", "boston311"];
const shipped = programmes.flatMap((programme) =>
  ruleSetNames.map((name) => ({
    programme,
    name,
    definition: shippedJson<RuleSetDefinition>("rules", programme, `${name}.json`),
  })),
);
const workflowNames: Readonly<Record<string, readonly string[]>> = {
  jordan: ["complaint", "compliment", "inquiry", "report", "suggestion"],
  boston311: ["request"],
};
const jordan = policyVocabulary(shippedSetup("jordan"));
const setOf = (definition: unknown): RuleSetView => {
  const set = viewOfSet(definition);
  if (set === null) throw new Error("not shown");
  return set;
};
const routing = setOf(shippedJson("rules", "jordan", "routing.json"));
const order = (definition: unknown): string[] => setOf(definition).rules.map(({ id }) => id);

const facts = ["type", "sector", "keywords", "rating", "nothingOfOurs"];
const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
const leaf = fc.record({
  fact: fc.constantFrom(...facts),
  operator: fc.constantFrom("equal", "notEqual", "in", "notIn", "contains", "lessThan", "greaterThanInclusive"),
  value: fc.oneof(scalar, fc.array(scalar, { maxLength: 4 })),
});
/** What somebody may have written by hand, and what has no form at all. */
const foreign = fc.oneof(
  fc.constant({ condition: "named" }),
  fc.constant({ all: [], any: [] }),
  fc.constant({ fact: "type", operator: "equal", value: "x", path: "$.a" }),
  fc.constant({ fact: "type", operator: "unknown", value: 3 }),
  fc.constant(7),
  fc.constant(null),
);
const condition = fc.letrec((tie) => ({
  node: fc.oneof(
    { depthSize: "medium", maxDepth: 9 },
    { weight: 4, arbitrary: leaf },
    { weight: 1, arbitrary: foreign },
    { weight: 3, arbitrary: fc.record({ all: fc.array(tie("node"), { maxLength: 4 }) }) },
    { weight: 2, arbitrary: fc.record({ any: fc.array(tie("node"), { maxLength: 4 }) }) },
    { weight: 2, arbitrary: fc.record({ not: tie("node") }) },
  ),
})).node;

describe("conditions in the query builder", () => {
  it("are the same there and back, for every shipped rule", () => {
    for (const { definition } of shipped) {
      for (const rule of definition.rules) {
        const query = queryOf(rule.conditions);
        expect(query).not.toBeNull();
        expect(leavesOf(query as QueryGroup).some(({ field }) => field === unshown)).toBe(false);
        expect(JSON.stringify(conditionsOf(query as QueryGroup))).toBe(JSON.stringify(rule.conditions));
      }
    }
  });

  it("are the same there and back, in words and by choice, for every guard and branch of the shipped workflows", () => {
    let asked = 0;
    for (const [programme, names] of Object.entries(workflowNames)) {
      const vocabulary = policyVocabulary(shippedSetup(programme));
      for (const name of names) {
        const workflow = readWorkflow(shippedJson("workflows", programme, `${name}.json`));
        const whens = (workflow?.actions ?? []).flatMap(({ guards, ways }) => [
          ...guards.map(({ when }) => when),
          ...ways.flatMap(({ when }) => (when === undefined ? [] : [when])),
        ]);
        for (const when of whens) {
          asked += 1;
          const query = queryOf(when) as QueryGroup;
          expect(JSON.stringify(conditionsOf(query))).toBe(JSON.stringify(when));
          expect(conditionWords(when, vocabulary).en).not.toContain("{");
          for (const { field } of leavesOf(query)) expect(vocabulary.facts.map((fact) => fact.name)).toContain(field);
        }
        // A timer that waits for nothing that can be read is shown without its time.
        for (const timer of workflow?.timers ?? []) expect(timer.after).not.toBeNull();
      }
    }
    expect(asked).toBeGreaterThan(5);
  });

  it("hold a comparison alone as it is written, and make a group of it with the second", () => {
    const written = leafOf("importance", null);
    const query = queryOf(written) as QueryGroup;
    expect(leavesOf(query)).toMatchObject([{ field: "importance", operator: "unknown", at: "" }]);
    expect(conditionsOf(query)).toEqual(written);
    const second = { id: "new-1", field: "type", operator: "equal", value: "complaint" };
    expect(conditionsOf({ ...query, rules: [...query.rules, second] })).toEqual({
      all: [written, leafOf("type", "complaint")],
    });
    expect(conditionsOf({ ...query, combinator: "any" })).toEqual({ any: [written] });
    expect(conditionsOf({ ...query, not: true })).toEqual({ not: written });
    expect(conditionWords(written, jordan).en).toBe("Importance level is not known");
  });

  it("are the same there and back whatever somebody wrote, or are not shown at all", () => {
    let shown = 0;
    fc.assert(
      fc.property(condition, (written) => {
        const query = queryOf(written);
        if (query === null) return;
        shown += 1;
        expect(JSON.stringify(ordered(conditionsOf(query)))).toBe(JSON.stringify(ordered(written)));
      }),
      { numRuns: 500 },
    );
    expect(shown).toBeGreaterThan(100);
  });

  it("keep what is too deep as it is written", () => {
    let deep: unknown = { fact: "type", operator: "equal", value: "complaint" };
    for (let i = 0; i < 40; i++) deep = { all: [deep] };
    const query = queryOf(deep) as QueryGroup;
    expect(leavesOf(query).map(({ field }) => field)).toEqual([unshown]);
    expect(conditionsOf(query)).toEqual(deep);
  });

  it("say by a pointer where each stands", () => {
    const query = queryOf({ any: [{ not: { all: [leafOf("type"), leafOf("sector")] } }, { not: leafOf("entity") }] });
    expect(leavesOf(query as QueryGroup).map(({ at }) => at)).toEqual([
      "/any/0/not/all/0",
      "/any/0/not/all/1",
      "/any/1/not",
    ]);
  });

  it("take values along when another comparison is chosen", () => {
    expect(valueFor("string", "in", "HEALTH")).toEqual(["HEALTH"]);
    expect(valueFor("string", "equal", ["HEALTH", "WATER"])).toBe("HEALTH");
    expect(valueFor("string", "equal", [])).toBe("");
    expect(valueFor("number", "lessThan", null)).toBe(0);
    const before = queryOf({ all: [leafOf("sector")] }) as QueryGroup;
    const [first] = leavesOf(before);
    const after = { ...before, rules: [{ ...first, operator: "unknown" }] } as QueryGroup;
    expect(conditionsOf(withFittedValues(before, after, () => "string"))).toEqual({
      all: [{ fact: "sector", operator: "equal", value: null }],
    });
  });
});

function leafOf(fact: string, value: unknown = "x", operator = "equal") {
  return { fact, operator, value };
}

describe("conditions in words", () => {
  it("name facts and values as the set-up does, in both languages", () => {
    const corruption = routing.rules.find(({ id }) => id === "route-corruption");
    const said = conditionWords(corruption?.conditions, jordan);
    expect(said.en).toMatch(/^Application type is Report; \(the text has a word of “[^”]+” or .+ is .+ or .+ or .+\)$/);
    expect(said.ar).toMatch(/^نوع الطلب: بلاغ؛ \(في النص كلمة من «[^»]+» أو .+: .+ أو .+ أو .+\)$/);
    expect(conditionWords({ not: { all: [leafOf("sector", null), leafOf("anonymous", true)] } }, jordan).en).toBe(
      "not (Sector is not known and Anonymous: yes)",
    );
    expect(conditionWords({ odd: 1 }, jordan).en).toBe('{"odd":1}');
  });
});

describe("a fact that is a date", () => {
  const visit = "field.visitDate";
  const since = (operator: string, value: unknown) => ({ all: [leafOf(visit, value, operator)] });

  it("is read as a date in both languages, on the screen and in the explanation", () => {
    expect(conditionWords(since("lessThan", 20261209), jordan)).toEqual({
      en: "Date of the visit is before 9 December 2026",
      ar: "تاريخ المراجعة: قبل 9 كانون الأول 2026",
    });
    expect(conditionWords(since("in", [20260131, 20261301]), jordan).en).toBe(
      "Date of the visit is 31 January 2026 or 20261301",
    );
    const setup = shippedSetup("jordan");
    const explained = (language: "en" | "ar") =>
      asked(since("greaterThanInclusive", 20260131) as Condition, wordsOf(setup, language));
    expect(explained("en")).toBe("Date of the visit: not before 31 January 2026");
    expect(explained("ar")).toBe("تاريخ المراجعة: لا يسبق 31 كانون الثاني 2026");
  });

  it("is chosen as a date and written as the number that it was", () => {
    for (const date of ["2026-01-31", "2024-02-29", "1999-12-31"]) {
      expect(dateOfNumber(numberOfDate(date))).toBe(date);
    }
    // What is no date is shown as the number that it is.
    for (const odd of [20260230, 20261301, 5, 0, "20260131", null, 20260131.5]) expect(dateOfNumber(odd)).toBeNull();
    expect(numberOfDate("")).toBeNull();
  });

  it("has an example on a day that there is", () => {
    const after = (operator: string) => factsFor(since(operator, 20261231), [], jordan)?.[visit];
    expect(after("greaterThan")).toBe(20270101);
    expect(factsFor(since("lessThan", 20260301), [], jordan)?.[visit]).toBe(20260228);
  });
});

describe("conditions on the screen", () => {
  it("hold where the server says that they hold", () => {
    const nothing = emptyFacts(factCatalogue(shippedSetup("jordan")));
    for (const { definition, programme } of shipped) {
      if (programme !== "jordan") continue;
      for (const rule of definition.rules) {
        const holds = compileCondition(rule.conditions);
        for (const other of definition.rules.flatMap(({ examples }) => examples)) {
          const given = { ...nothing, ...other.facts };
          expect(verdictOf(rule.conditions, given)).toBe(holds(given));
        }
      }
    }
  });

  it("stay open while a fact that matters is not given", () => {
    const both: Condition = { all: [leafOf("type", "complaint"), leafOf("sector", "WATER")] };
    expect(verdictOf(both, { type: "complaint" })).toBeNull();
    expect(verdictOf(both, { type: "report" })).toBe(false);
    expect(verdictOf({ not: both }, { type: "report" })).toBe(true);
  });
});

describe("a rule set in its editor", () => {
  it("is the same after any change that changes nothing, byte for byte", () => {
    for (const { definition } of shipped) {
      const text = JSON.stringify(ordered(definition));
      for (const rule of setOf(definition).rules) {
        const set = setOf(definition);
        const written = [
          withRule(set, rule.index, { title: rule.title }),
          withRule(set, rule.index, { conditions: conditionsOf(queryOf(rule.conditions) as QueryGroup) }),
          withRule(set, rule.index, { examples: rule.examples }),
          withParams(set, rule, rule.params),
          withLegalBasis(set, rule, rule.legalBasis ?? { en: "", ar: "" }),
          withMoved(set, 0, 0),
        ];
        for (const one of written) expect(JSON.stringify(ordered(one))).toBe(text);
      }
    }
  });

  it("asks in the order that is shown after a move, with one priority written anew where there is room", () => {
    const moved = withMoved(routing, 9, 0);
    expect(order(moved)).toEqual(["route-education", ...order(routing.raw).slice(0, 9)]);
    expect(changed(routing, moved)).toEqual(["route-education"]);
    // Between 70 and 69 there is no room: one of them gives way as well.
    const between = withMoved(routing, 9, 4);
    expect(order(between)[4]).toBe("route-education");
    expect(changed(routing, between)).toHaveLength(2);
    expect(order(withMoved(setOf(between), 4, 9))).toEqual(order(routing.raw));
    // Step by step it comes to the same: what is in force is kept where it can be.
    const once = withMoved(routing, 9, 8, prioritiesOf(routing.raw));
    const twice = withMoved(setOf(once), 8, 7, prioritiesOf(routing.raw));
    expect(changed(routing, twice)).toEqual(["route-education"]);
    expect(withMoved(setOf(twice), 7, 9, prioritiesOf(routing.raw))).toEqual(routing.raw);
  });

  it("decides by the order that is shown after any moves, with whole priorities from 1 to 10,000", () => {
    const moves = fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1, maxLength: 12 });
    const start = fc.array(fc.oneof(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 9_990, max: 10_000 })), {
      minLength: 2,
      maxLength: 12,
    });
    fc.assert(
      fc.property(start, moves, (priorities, steps) => {
        let set = setOf({
          set: "routing",
          rules: priorities.map((priority, i) => ({
            ...freshRule("routing", `r${i}`, { en: "r", ar: "r" }),
            priority,
          })),
        });
        for (const [a, b] of steps) {
          const [from, to] = [a % priorities.length, b % priorities.length];
          const expected = set.rules.map(({ id }) => id);
          expected.splice(to, 0, ...expected.splice(from, 1));
          set = setOf(withMoved(set, from, to));
          expect(set.rules.map(({ id }) => id)).toEqual(expected);
          for (const { priority } of set.rules) {
            expect(Number.isInteger(priority)).toBe(true);
            expect(priority).toBeGreaterThanOrEqual(1);
            expect(priority).toBeLessThanOrEqual(10_000);
          }
        }
      }),
    );
  });

  it("a copy of a rule can be renamed, and the first keeps its name", () => {
    const set = viewOfSet(shippedJson("rules", "jordan", "routing.json")) as RuleSetView;
    const [first] = set.rules as [RuleSetView["rules"][number]];
    const copied = viewOfSet(withAdded(set, { ...first.raw, id: "copied" }, 1)) as RuleSetView;
    const copy = copied.rules.find(({ id }) => id === "copied");
    const title = { en: "Another", ar: "أخرى" };
    const renamed = viewOfSet(withRule(copied, copy?.index ?? -1, { title })) as RuleSetView;
    const titles = new Map(renamed.rules.map((rule) => [rule.id, rule.title]));
    expect([titles.get("copied"), titles.get(first.id)]).toEqual([title, first.title]);
    expect(titles.size).toBe(set.rules.length + 1);
  });

  it("takes a rule in where it is put and gives none up", () => {
    const added = withAdded(routing, freshRule("routing", "new", { en: "New", ar: "جديدة" }), 4);
    expect(order(added)[4]).toBe("new");
    expect(order(added).filter((id) => id !== "new")).toEqual(order(routing.raw));
    const first = withAdded(routing, freshRule("routing", "new", { en: "New", ar: "جديدة" }), 0);
    expect(order(first)[0]).toBe("new");
    expect(changed(routing, first)).toEqual([]);
    const index = setOf(first).rules[0]?.index ?? -1;
    expect(withoutRule(setOf(first), index)).toEqual(routing.raw);
    const none = setOf({ set: "classification", rules: [] });
    expect(setOf(withAdded(none, freshRule("classification", "a", { en: "A", ar: "أ" }), 0)).rules[0]?.priority).toBe(
      10,
    );
  });

  it("leaves alone what has no form of a rule", () => {
    const odd = { set: "routing", rules: [{ id: 3 }, ...(routing.raw.rules as unknown[]), "text"] };
    const set = setOf(odd);
    expect(set.unshown).toEqual([0, 11]);
    const moved = setOf(withMoved(set, 9, 0)).raw.rules as unknown[];
    expect([moved[0], moved[11]]).toEqual([{ id: 3 }, "text"]);
    expect(viewOfSet({ rules: "none" })).toBeNull();
    expect(viewOfSet([])).toBeNull();
  });

  it("makes a code of the title that no version has used", () => {
    expect(newRuleId("Water complaints in Ma'an", new Set())).toBe("water-complaints-in-ma-an");
    expect(newRuleId("Water!", new Set(["water", "water-2"]))).toBe("water-3");
    expect(newRuleId("مياه", new Set())).toBe("rule");
  });
});

/** Ids of rules whose priority is another. */
function changed(before: RuleSetView, after: unknown): string[] {
  const old = new Map(before.rules.map(({ id, priority }) => [id, priority]));
  return setOf(after)
    .rules.filter(({ id, priority }) => old.has(id) && old.get(id) !== priority)
    .map(({ id }) => id);
}

describe("a proposed example", () => {
  it("is decided by its rule, for every shipped rule", () => {
    for (const { programme, definition } of shipped) {
      const setup = shippedSetup(programme);
      const vocabulary = policyVocabulary(setup);
      const nothing = emptyFacts(factCatalogue(setup));
      const runner = compileRuleSet(definition);
      const set = setOf(definition);
      for (const [place, rule] of set.rules.entries()) {
        const above = set.set === "escalation" ? [] : set.rules.slice(0, place);
        const found = factsFor(rule.conditions, above, vocabulary);
        expect(runner.decideCompiled({ ...nothing, ...found }).ruleIds).toContain(rule.id);
      }
    }
  });

  it("follows the conditions until somebody writes one", () => {
    const rule = { conditions: { all: [leafOf("type", ["complaint"], "in")] }, examples: [] };
    const water = { all: [leafOf("type", ["complaint"], "in"), leafOf("sector", "WATER")] };
    const first = followingExamples(rule, rule.conditions, [], jordan);
    expect(first).toEqual([
      {
        name: { en: "Application type: Complaint", ar: "نوع الطلب: شكوى" },
        facts: { type: "complaint" },
        decides: true,
      },
    ]);
    const second = followingExamples({ ...rule, examples: first }, water, [], jordan);
    expect(second).toEqual([proposedExample(water, [], jordan)]);
    const own = [{ ...(first[0] as object), name: { en: "Mine", ar: "لي" } }];
    expect(followingExamples({ ...rule, examples: own }, water, [], jordan)).toEqual(own);
  });

  it("is found wherever a case can meet the conditions: in a range, among many, of two lists", () => {
    const number = jordan.facts.find(({ type, isDate }) => type === "number" && !isDate)?.name ?? "";
    const [open] = jordan.facts.filter(({ type, values }) => type === "string" && (values?.length ?? 0) > 20);
    const codes = (open?.values ?? []).filter(({ retired }) => !retired).map(({ code }) => code);
    const [late] = codes.slice(-1);
    const fact = open?.name ?? "";
    const met: [conditions: unknown, facts: object][] = [
      [{ all: [leafOf(number, 3, "greaterThanInclusive"), leafOf(number, 10, "lessThanInclusive")] }, { [number]: 3 }],
      [{ all: [leafOf(number, 3, "greaterThan"), leafOf(number, 5, "lessThan")] }, { [number]: 4 }],
      [{ all: [leafOf(number, 3, "greaterThan"), leafOf(number, 4, "lessThan")] }, { [number]: 3.5 }],
      [{ all: [leafOf(number, null, "notEqual"), leafOf(number, 7, "greaterThan")] }, { [number]: 8 }],
      // What is refused says little of what is asked for.
      [{ all: [leafOf(fact, codes[0], "notEqual"), leafOf(fact, [codes[0], late], "in")] }, { [fact]: late }],
      [{ all: [leafOf(fact, codes.slice(0, -1), "notIn"), leafOf(fact, null, "notEqual")] }, { [fact]: late }],
      [{ not: { any: [leafOf(number, 5, "lessThan"), leafOf(number, 6, "greaterThan")] } }, { [number]: 5 }],
    ];
    for (const [conditions, facts] of met)
      expect([conditions, factsFor(conditions, [], jordan)]).toEqual([conditions, facts]);
    // A rule above takes the likeliest values: the others are tried too.
    const wide = leafOf(number, 3, "greaterThanInclusive");
    const above = [{ conditions: leafOf(number, 6, "lessThan") }] as unknown as Parameters<typeof factsFor>[1];
    const own = factsFor({ all: [wide, leafOf(number, 9, "lessThan")] }, above, jordan)?.[number];
    expect(own).toBe(8);
  });

  it("is none where the conditions cannot be met", () => {
    expect(factsFor({ all: [leafOf("type", "complaint"), leafOf("type", "report")] }, [], jordan)).toBeNull();
    expect(factsFor({ all: [leafOf("type", [], "in")] }, [], jordan)).toBeNull();
  });
});

describe("the place of a finding", () => {
  const definition = shippedJson<RuleSetDefinition>("rules", "jordan", "routing.json");
  const shown = (field: string, part: string, parts: readonly string[], of: unknown = definition) =>
    placeOf({ field, definition: of, part, parts });
  const [first] = order(definition);
  const at = setOf(definition).rules[0]?.index;

  it("is the row of an editor that can show it", () => {
    const field = `/rules/${at}/priority`;
    expect(shown(field, "rules", ["rules"])).toEqual({ part: "rules", rule: first, at: field });
    expect(shown(field, "grid", ["grid", "rules"])).toEqual({ part: "rules", rule: first, at: field });
    expect(shown(field, "ladder", ["ladder"])).toEqual({ part: "ladder", rule: first, at: field });
    expect(shown("/periods/2/hours", "year", ["year", "days"])).toEqual({ part: "days", at: "/periods/2/hours" });
    expect(shown("/states/answered", "workflow", ["workflow", "walk"])).toMatchObject({ part: "workflow" });
  });

  it("is the text for whoever writes that, and where no editor shows it", () => {
    const inText = (field: string) => ({ part: "text", at: field });
    expect(shown("/rules/0", "text", ["rules"])).toEqual(inText("/rules/0"));
    expect(shown("/mode", "rules", ["rules"])).toEqual(inText("/mode"));
    expect(shown("/rules/999", "rules", ["rules"])).toEqual(inText("/rules/999"));
    expect(shown("/rules/0", "rules", ["rules"], { rules: "none" })).toEqual(inText("/rules/0"));
    expect(shown("/covers/to", "days", ["days"])).toEqual(inText("/covers/to"));
  });
});

describe("cells as a spreadsheet has them", () => {
  const days = (amount: number) => ({ amount, unit: "workingDays" });
  it("are read in both languages, with a fault where one is no time", () => {
    expect(readBlock("3 days\t8 h\r\n٥ أيام عمل\t-\n\tsoon\n")).toEqual([
      [{ targets: { resolution: days(3) } }, { targets: { resolution: { amount: 8, unit: "workingHours" } } }],
      [{ targets: { resolution: days(5) } }, { targets: { resolution: null } }],
      [null, { fault: { en: expect.stringContaining("“soon”"), ar: expect.stringContaining("«soon»") } }],
    ]);
    expect(readCell("1 day / 2")).toEqual({ targets: { firstResponse: days(1), resolution: days(2) } });
    expect(readCell("1 / 2 / 3")).toHaveProperty("fault");
  });

  it("are read back as they are copied", () => {
    const budget = fc.option(
      fc.record({
        amount: fc.integer({ min: 0, max: 10_000 }),
        unit: fc.constantFrom("workingDays" as const, "workingHours" as const, "calendarHours" as const),
      }),
    );
    fc.assert(
      fc.property(budget, budget, (firstResponse, resolution) => {
        const text = cellText({ acknowledgement: null, firstResponse, resolution });
        expect(readCell(text)).toEqual({ targets: { firstResponse, resolution } });
      }),
    );
  });
});

describe("cells that are copied", () => {
  const setup = shippedSetup("jordan");
  const sla = shippedJson<RuleSetDefinition>("rules", "jordan", "sla.json");
  const gridOf = (definition: RuleSetDefinition, type: string) => {
    const found = readGrid(definition, setup).find((grid) => grid.type === type);
    if (found === undefined) throw new Error(`no grid of ${type}`);
    return found;
  };
  const promised = (definition: RuleSetDefinition, type: string, pillar: string) =>
    gridOf(definition, type)
      .cells.filter((cell) => cell.pillar === pillar)
      .map(({ outcome }) => outcome);
  const complaint = gridOf(sla, "complaint");

  it("of a row decide the rows that were chosen, and no other", () => {
    const changes = copiedCells({
      from: complaint,
      rows: { pillar: "TIME" },
      ontoPillars: ["QUALITY"],
      ontoTypes: [],
    });
    expect(changes.map(({ pillar, importance }) => [pillar, importance])).toEqual(
      complaint.importance
        .map(({ code }) => ["QUALITY", code])
        .filter(([, level]) => {
          const cellOf = (pillar: string) =>
            complaint.cells.find((cell) => cell.pillar === pillar && cell.importance === level)?.outcome;
          return JSON.stringify(cellOf("QUALITY")) !== JSON.stringify(cellOf("TIME"));
        }),
    );
    expect(changes.length).toBeGreaterThan(0);
    const { definition } = writeGrid(sla, changes, setup);
    expect(promised(definition, "complaint", "QUALITY")).toEqual(promised(sla, "complaint", "TIME"));
    for (const { code } of complaint.pillars) {
      if (code === null || code === "QUALITY") continue;
      expect(promised(definition, "complaint", code)).toEqual(promised(sla, "complaint", code));
    }
    // Once more: the same is promised there already.
    const again = gridOf(definition, "complaint");
    expect(copiedCells({ from: again, rows: { pillar: "TIME" }, ontoPillars: ["QUALITY"], ontoTypes: [] })).toEqual([]);
  });

  it("of one type decide another, also where its pillars made no difference yet", () => {
    const inquiry = gridOf(sla, "inquiry");
    expect(inquiry.cells).toHaveLength(1);
    const table = copiedCells({ from: complaint, rows: "all", ontoPillars: [], ontoTypes: [inquiry] });
    const { definition } = writeGrid(sla, table, setup);
    const decided = (type: string, of: RuleSetDefinition) => gridOf(of, type).cells.map(({ outcome }) => outcome);
    // What no rule decides there is not copied: here it stays as it was.
    expect(decided("inquiry", definition)).toEqual(
      complaint.cells.map(({ rule, outcome }) => (rule === null ? inquiry.cells[0]?.outcome : outcome)),
    );
    expect(decided("complaint", definition)).toEqual(decided("complaint", sla));
    // And back: what holds for every pillar of the one is written into each cell of the other.
    const back = copiedCells({ from: inquiry, rows: "all", ontoPillars: [], ontoTypes: [complaint] });
    const told = writeGrid(sla, back, setup).definition;
    expect(new Set(decided("complaint", told).map((outcome) => JSON.stringify(outcome)))).toEqual(
      new Set([JSON.stringify(inquiry.cells[0]?.outcome)]),
    );
  });

  it("are those that are decided: a gap is not copied", () => {
    const open = { ...complaint, cells: complaint.cells.map((cell) => ({ ...cell, rule: null })) };
    expect(copiedCells({ from: open, rows: "all", ontoPillars: [], ontoTypes: [gridOf(sla, "inquiry")] })).toEqual([]);
  });
});

describe("a step of the ladder", () => {
  const warning = {
    kind: "warning",
    level: 0,
    when: { clock: "resolution", percent: 50 },
    tell: ["entity.focalPoints"],
  };
  const raised = (level: number, from: Record<string, unknown> = warning) => stepOfLevel(from, level);

  it("tells whom the case goes up to, whichever level is chosen, and no longer whom it does not go up to", () => {
    expect(raised(2)).toEqual({
      ...warning,
      kind: "escalation",
      level: 2,
      tell: ["entity.superior(2)", "entity.focalPoints"],
    });
    expect(raised(3, raised(2))).toEqual({
      ...raised(2),
      level: 3,
      tell: ["entity.superior(3)", "entity.focalPoints"],
    });
    expect(raised(0, raised(2))).toEqual(warning);
  });

  it("keeps whoever else was told", () => {
    const told = { ...raised(2), tell: ["entity.superior(1)", "entity.superior(2)", "operationRoom"] };
    expect(raised(3, told).tell).toEqual(["entity.superior(3)", "entity.superior(1)", "operationRoom"]);
    expect(raised(2, told).tell).toEqual(["entity.superior(2)", "entity.superior(1)", "operationRoom"]);
  });
});
