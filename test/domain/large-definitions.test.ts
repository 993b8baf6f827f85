/** A megabyte of JSON, written to keep a check busy: every kind is checked in work that grows no faster than what was sent. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { checkCalendar } from "../../src/domain/calendar/working-calendar.js";
import { nearest } from "../../src/domain/nearest.js";
import { analyseRules } from "../../src/domain/rules/analyse-rules.js";
import { checkRuleSet, isRuleSet, runExamples } from "../../src/domain/rules/check-rule-set.js";
import { factCatalogue } from "../../src/domain/rules/fact-catalogue.js";
import { newWork } from "../../src/domain/rules/find-facts.js";
import type { ConflictMode, RuleDefinition } from "../../src/domain/rules/rule-set.js";
import { ruleSetLimits } from "../../src/domain/rules/rule-set-limits.js";
import { checkWorkflow } from "../../src/domain/workflow/check-workflow.js";
import { shippedWorkflow } from "../support/office.js";
import { shippedSetup } from "../support/shipped-setup.js";

const setup = shippedSetup("jordan");
const catalogue = new Map(factCatalogue(setup).map((fact) => [fact.name, fact]));
const codes = (records: ReadonlyMap<string, unknown>) => [...records.keys()];
const many = <Item>(count: number, make: (i: number) => Item): Item[] =>
  Array.from({ length: count }, (_, i) => make(i));

const is = (fact: string, operator: string, value: unknown) => ({ fact, operator, value });
function rule(i: number, conditions: unknown, changes: object = {}) {
  return {
    id: `rule-${i}`,
    title: { en: "R", ar: "ق" },
    priority: 5,
    conditions,
    event: { type: "routing", params: { to: i % 2 === 0 ? "entity" : "service.entity" } },
    examples: [{ name: "x", facts: { type: "complaint" }, decides: true }],
    ...changes,
  };
}
const routing = (rules: unknown[]) => ({
  set: "routing",
  programme: "jordan",
  mode: "first",
  default: { to: "sector.mainFocalPoint" },
  rules,
});

/** Everything in every list: each pair has as many combinations as can be. */
const everything = {
  all: [
    is("sector", "in", codes(setup.sectors)),
    is("governorate", "in", codes(setup.governorates)),
    is("channel", "in", codes(setup.channels)),
    is("pillar", "in", codes(setup.pillars)),
  ],
};
/** Numbers that nobody else names, so that every rule may match beside every other. */
const numbers = (i: number) => ({
  any: [
    is("descriptionLength", "lessThan", i),
    is("subjectLength", "greaterThan", i),
    is("cycle", "notEqual", i),
    is("reopenCount", "greaterThan", i),
    is("transferCount", "lessThan", -i),
  ],
});
/** Holds for no list, which only shows once all of them were tried. */
const words = (i: number) => ({
  all: [
    ...codes(setup.keywordLists).map((code) => ({
      any: [is("keywords", "contains", code), is("descriptionLength", "lessThan", i)],
    })),
    ...codes(setup.keywordLists).map((code) => ({
      any: [is("keywords", "doesNotContain", code), is("subjectLength", "lessThan", i)],
    })),
  ],
});

const rules: [what: string, definition: unknown, said: RegExp][] = [
  ["forty rules over everything, all of one priority", routing(many(40, (i) => rule(i, everything))), /same priority/],
  [
    "forty rules over everything, one above the other",
    routing(many(40, (i) => rule(i, everything, { priority: i + 1 }))),
    /never decides|analysed further/,
  ],
  [
    "a thousand rules of one priority",
    routing(many(1000, (i) => rule(i, numbers(i), { event: { type: "routing", params: { to: `entity:X${i}` } } }))),
    /not allowed here/,
  ],
  ["a thousand rules that may match together", routing(many(1000, (i) => rule(i, numbers(i)))), /analysed further/],
  [
    "a thousand rules, one above the other",
    routing(many(1000, (i) => rule(i, numbers(i), { priority: i + 1 }))),
    /analysed further/,
  ],
  ["words upon words", routing(many(60, (i) => rule(i, words(i)))), /same priority|analysed further/],
  [
    "two thousand examples",
    routing(
      many(1000, (i) =>
        rule(i, numbers(i), {
          priority: i + 1,
          examples: many(2, () => ({ name: "x", facts: { cycle: 1 }, decides: true })),
        }),
      ),
    ),
    /should decide the example/,
  ],
  [
    "a list of twenty thousand values",
    routing([
      rule(0, {
        all: [
          is(
            "descriptionLength",
            "in",
            many(20_000, (i) => i),
          ),
        ],
      }),
    ]),
    /values in one list/,
  ],
  [
    "fifteen lists of a thousand numbers",
    routing(
      many(15, (i) =>
        rule(i, {
          any: [
            is(
              "cycle",
              "in",
              many(1000, (n) => n * 15 + i),
            ),
          ],
        }),
      ),
    ),
    /analysed further|same priority/,
  ],
  ["more rules than are allowed", routing(many(2000, (i) => rule(i, { any: [] }))), /More than 1000 rules/],
  [
    "ten thousand conditions that mean nothing",
    routing([rule(0, { any: many(10_000, (i) => is(`importnace${i}`, "equal", "x")) })]),
    /conditions in all/,
  ],
  [
    "four thousand misspelt entities",
    routing([rule(0, { any: many(4000, (i) => is("entity", "equal", `MODEEEE${i}`)) })]),
    /more faults than these/,
  ],
  ["a word of a megabyte", routing([rule(0, { all: [is("i".repeat(900_000), "equal", "x")] })]), /not allowed here/],
  ["default steps without end", { ...routing([]), default: many(20_000, () => ({ to: 1 })) }, /steps by default/],
];

const hours = { sun: [["08:00", "16:00"]] };
const date = (n: number) => new Date(n * 86_400_000).toISOString().slice(0, 10);
const calendar = (changes: object) => ({
  code: "office",
  name: { ar: "مكتب", en: "Office" },
  timeZone: "Asia/Amman",
  covers: { from: "1970-01-01", to: "2099-12-31" },
  periods: [{ from: "1970-01-01", to: "2099-12-31", hours }],
  days: [],
  ...changes,
});
const calendars: [what: string, definition: unknown, said: RegExp][] = [
  [
    "seven thousand one-day periods with gaps",
    calendar({ periods: many(7000, (i) => ({ from: date(2 * i), to: date(2 * i), hours: {} })) }),
    /7000 entries, and at most/,
  ],
  [
    "as many gaps as periods are allowed",
    calendar({ periods: many(500, (i) => ({ from: date(2 * i), to: date(2 * i), hours: {} })) }),
    /more faults than these/,
  ],
  [
    "ten thousand times the same day",
    calendar({ days: many(10_000, () => ({ date: "2026-01-01", name: { ar: "ع", en: "x" }, hours: [] })) }),
    /10000 entries, and at most/,
  ],
  [
    "four thousand times the same day",
    calendar({ days: many(4000, () => ({ date: "2026-01-01", name: { ar: "ع", en: "x" }, hours: [] })) }),
    /more faults than these/,
  ],
  [
    "a day of a thousand shifts",
    calendar({
      days: [{ date: "2026-01-01", name: { ar: "ع", en: "x" }, hours: many(1400, () => ["08:00", "08:01"]) }],
    }),
    /1400 entries, and at most/,
  ],
];

const shipped = shippedWorkflow("complaint") as unknown as Record<string, object>;
const name = { ar: "ع", en: "x" };
const state = { name, kind: "open" };
const action = (from: string[], to: unknown) => ({
  name,
  from,
  to,
  by: ["focal_point"],
  fields: {},
  effects: [],
  guards: [],
});
const states = (count: number) => Object.fromEntries(many(count, (i) => [`s${i}`, state]));
const chain = (count: number) =>
  Object.fromEntries(many(count, (i) => [`a${count - i}`, action([`s${count - i - 1}`], `s${count - i}`)]));
const workflow = (changes: object) => ({ ...shipped, initial: "s0", triage: "s0", timers: [], ...changes });
const workflows: [what: string, definition: unknown, said: RegExp][] = [
  [
    "a chain of five hundred states, written backwards, without an end",
    workflow({ states: states(500), actions: chain(499) }),
    /dead end/,
  ],
  ["ten thousand states", workflow({ states: states(10_000), actions: {} }), /10000 entries here/],
  [
    "forty thousand states that do not exist",
    workflow({
      states: states(10),
      actions: Object.fromEntries(
        many(80, (i) => [
          `a${i}`,
          action(
            many(500, (n) => `state_${i}_${n}`),
            null,
          ),
        ]),
      ),
    }),
    /more faults than these/,
  ],
  [
    "every way back from everywhere",
    workflow({
      states: Object.fromEntries(many(500, (i) => [`s${i}`, { name, kind: i < 250 ? "resolved" : "open" }])),
      actions: Object.fromEntries(
        many(30, (i) => [
          `a${i}`,
          action(
            many(500, (n) => `s${n}`),
            many(500, (n) => ({ to: `s${n}` })),
          ),
        ]),
      ),
    }),
    /branch without|more faults than these/,
  ],
  [
    "names of half a megabyte",
    workflow({ states: { ["s".repeat(450_000)]: state }, actions: { a: action(["z".repeat(450_000)], null) } }),
    /no state/,
  ],
];

/** Reading a megabyte of JSON a few times over: how quick this machine is just now. */
function paceMs(): number {
  const text = JSON.stringify(many(20_000, (i) => ({ fact: "sector", operator: "equal", value: `value ${i}` })));
  const begun = performance.now();
  for (let i = 0; i < 15; i++) JSON.stringify(JSON.parse(text));
  return performance.now() - begun;
}

/** Measured against the machine's own pace, so that a slow one does not fail; what grows with pairs takes far longer. */
function expectLittleWork(definition: unknown, check: () => readonly { readonly en: string }[], said: RegExp): void {
  expect(JSON.stringify(definition).length).toBeLessThan(1_048_576);
  const before = paceMs();
  const begun = performance.now();
  const reasons = check();
  const took = performance.now() - begun;
  expect(reasons.map(({ en }) => en).join("\n")).toMatch(said);
  expect(took).toBeLessThan(12 * Math.max(before, paceMs(), 200));
}
const reasonsOf = (faults: readonly { readonly reason: { readonly en: string } }[]) =>
  faults.map(({ reason }) => reason);

describe("a large rule set", () => {
  it.each(rules)("%s", (_, definition, said) => {
    expectLittleWork(
      definition,
      () => {
        const faults = checkRuleSet(definition, setup, "f");
        if (isRuleSet(definition, setup)) runExamples(definition, setup);
        return reasonsOf(faults);
      },
      said,
    );
  });
});

describe("a large calendar", () => {
  it.each(calendars)("%s", (_, definition, said) => {
    expectLittleWork(definition, () => reasonsOf(checkCalendar(definition)), said);
  });
});

describe("a large workflow", () => {
  it.each(workflows)("%s", (_, definition, said) => {
    expectLittleWork(definition, () => reasonsOf(checkWorkflow(definition, setup, "f")), said);
  });
});

describe("the analysis of rules", () => {
  const budget = newWork().left;
  const spent = (definition: { rules: unknown; mode?: unknown }, mode: ConflictMode = "first") => {
    const work = newWork();
    const analysis = analyseRules(definition.rules as RuleDefinition[], catalogue, mode, work);
    return { ...analysis, steps: budget - work.left };
  };

  it("of forty rules over everything finds each pair without trying its fifty thousand combinations", () => {
    const { ties, complete, steps } = spent(routing(many(40, (i) => rule(i, everything))));
    expect(ties).toHaveLength(100);
    expect(complete).toBe(false);
    expect(steps).toBeLessThan(budget / 4);
  });

  it("passes rules by that ask for different values, for a step or two a pair", () => {
    const apart = many(700, (i) => rule(i, { all: [is("descriptionLength", "equal", i), numbers(i)] }));
    const { ties, complete, steps } = spent(routing(apart));
    expect([ties, complete]).toEqual([[], true]);
    expect(steps).toBeLessThan(budget / 2);
  });

  it("stops with its budget, whatever is asked of it", () => {
    for (const conditions of [numbers, words]) {
      for (const priority of [() => 5, (i: number) => i + 1]) {
        const rules = many(500, (i) => rule(i, conditions(i), { priority: priority(i) }));
        expect(spent(routing(rules)).steps).toBeLessThan(budget * 1.1);
      }
    }
  });

  it("still finds what two rules have in common where only one combination in thousands is", () => {
    const one = { any: [is("sector", "equal", "HEALTH"), { not: is("governorate", "in", codes(setup.governorates)) }] };
    const other = { all: [{ not: is("sector", "equal", "HEALTH") }, { not: is("pillar", "equal", null) }] };
    const { ties } = spent(routing([rule(0, { all: [one] }), rule(1, other)]));
    expect(ties.map(({ witness }) => witness.governorate)).toEqual([null]);
  });

  it("of what is shipped is complete, and takes a small part of the budget", () => {
    for (const [programme, folder] of [
      ["jordan", "rules/jordan"],
      ["boston311", "rules/boston311"],
    ] as const) {
      const facts = new Map(factCatalogue(shippedSetup(programme)).map((fact) => [fact.name, fact]));
      for (const file of readdirSync(folder).filter((one) => one.endsWith(".json"))) {
        const { rules: shippedRules, mode } = JSON.parse(readFileSync(`${folder}/${file}`, "utf8"));
        const work = newWork();
        expect(analyseRules(shippedRules, facts, mode, work)).toMatchObject({ ties: [], dead: [], complete: true });
        expect(budget - work.left).toBeLessThan(budget / 10);
      }
    }
  });
});

describe("a misspelt word", () => {
  it("finds the nearest, in either case", () => {
    expect(nearest("importnace", ["pillar", "importance"])).toBe("importance");
    expect(nearest("HEALHT", ["education", "health"])).toBe("health");
    expect(nearest("zebra", ["education", "health"])).toBeNull();
  });

  it("is not looked for where nobody would misspell it", () => {
    expect(nearest("i".repeat(500_000), ["i".repeat(499_999)])).toBeNull();
  });
});

describe("the limits of a rule set", () => {
  it("are refused by name, in both languages, and what is as large as allowed is not", () => {
    const full = routing(many(ruleSetLimits.rules, (i) => rule(i, { all: [is("cycle", "equal", i)] })));
    expect(isRuleSet(full, setup)).toBe(true);
    const [found, ...more] = checkRuleSet(routing([...full.rules, rule(1000, everything)]), setup, "f");
    expect([found?.path, more]).toEqual(["/rules", []]);
    expect(found?.reason.en).toContain("More than 1000 rules");
    expect(found?.reason.ar).toMatch(/1000/);
    expect(isRuleSet({ ...full, rules: many(1001, (i) => rule(i, everything)) }, setup)).toBe(false);
  });
});
