/** A megabyte of JSON, written to keep a check busy: every kind is checked in work that grows no faster than what was sent. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import type { CalendarDefinition } from "../../src/engine/calendar/calendar-definition.js";
import { checkCalendar } from "../../src/engine/calendar/working-calendar.js";
import { calendarDifferences } from "../../src/engine/differences/calendar-differences.js";
import { workflowDifferences } from "../../src/engine/differences/workflow-differences.js";
import { analyseRules } from "../../src/engine/rules/analyse-rules.js";
import { buildCandidateIndex } from "../../src/engine/rules/candidate-index.js";
import { checkRuleSet, examineRuleSet } from "../../src/engine/rules/check-rule-set.js";
import { factCatalogue } from "../../src/engine/rules/fact-catalogue.js";
import { newWork } from "../../src/engine/rules/find-facts.js";
import type { ConflictMode, RuleDefinition } from "../../src/engine/rules/rule-set.js";
import { ruleSetLimits } from "../../src/engine/rules/rule-set-limits.js";
import { nearest } from "../../src/engine/text/nearest.js";
import { checkWorkflow } from "../../src/engine/workflow/check-workflow.js";
import type { WorkflowDefinition } from "../../src/engine/workflow/workflow-definition.js";
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

const step = (tell: readonly string[]) => ({
  kind: "escalation",
  level: 1,
  when: { clock: "resolution", percent: 100 },
  tell,
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
  [
    "forty rules over everything, all of one priority",
    routing(many(40, (i) => rule(i, everything))),
    /both apply to one case/,
  ],
  [
    "forty rules over everything, one above the other",
    routing(many(40, (i) => rule(i, everything, { priority: i + 1 }))),
    /never decides|to check completely/,
  ],
  [
    "a thousand rules of one priority",
    routing(many(1000, (i) => rule(i, numbers(i), { event: { type: "routing", params: { to: `entity:X${i}` } } }))),
    /not allowed here/,
  ],
  [
    "a thousand rules that may match together",
    routing(many(1000, (i) => rule(i, numbers(i)))),
    /more errors than these/,
  ],
  [
    "a thousand rules, one above the other",
    routing(many(1000, (i) => rule(i, numbers(i), { priority: i + 1 }))),
    /more errors than these/,
  ],
  ["words upon words", routing(many(60, (i) => rule(i, words(i)))), /both apply to one case|to check completely/],
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
    /to check completely|both apply to one case/,
  ],
  ["more rules than are allowed", routing(many(2000, (i) => rule(i, { any: [] }))), /more than 1,000 of these: rules/],
  [
    "ten thousand conditions that mean nothing",
    routing([rule(0, { any: many(10_000, (i) => is(`importnace${i}`, "equal", "x")) })]),
    /conditions in all/,
  ],
  [
    "fifty thousand numbers in the place of conditions",
    routing([rule(0, { any: many(49_000, (i) => i) })]),
    /conditions in all/,
  ],
  [
    "lists within lists in the place of conditions",
    routing(many(9, (i) => rule(i, { any: many(5000, () => [[]]) }))),
    /conditions in (all|one rule)/,
  ],
  [
    "an id of half a megabyte, wrong in many places",
    routing([rule(0, { any: many(300, (i) => is("sector", "equal", `X${i}`)) }, { id: "x".repeat(500_000) })]),
    /more errors than these/,
  ],
  [
    "four thousand misspelt entities",
    routing([rule(0, { any: many(4000, (i) => is("entity", "equal", `MODEEEE${i}`)) })]),
    /more errors than these/,
  ],
  ["a word of a megabyte", routing([rule(0, { all: [is("i".repeat(900_000), "equal", "x")] })]), /not allowed here/],
  [
    "two thousand examples that a thousand rules decide",
    {
      ...routing(
        many(1000, (i) =>
          rule(
            i,
            { all: [] },
            {
              id: `r${i}`.padEnd(80, "x"),
              conditions: { any: [is("cycle", "greaterThan", 0)] },
              event: { type: "escalation", params: step(["assignee"]) },
              examples: many(2, () => ({ name: "x", facts: { cycle: 1 }, decides: false })),
            },
          ),
        ),
      ),
      set: "escalation",
      mode: "collect",
      default: [],
    },
    /decides the example/,
  ],
  [
    "forty-five thousand people to tell",
    {
      ...routing([]),
      set: "escalation",
      mode: "collect",
      default: [step(many(45_000, (i) => `person ${i}`))],
    },
    /more entries than 20/,
  ],
  [
    "twenty thousand misspelt people to tell",
    {
      ...routing(
        many(1000, (i) =>
          rule(i, numbers(i), {
            event: {
              type: "escalation",
              params: step(many(20, (n) => `entity.focal${i}${n}`)),
            },
          }),
        ),
      ),
      set: "escalation",
      mode: "collect",
      default: [],
    },
    /more errors than these/,
  ],
  [
    "twenty-two lists of a thousand numbers under each root",
    routing(
      many(22, (i) =>
        rule(i, {
          all: [
            is(
              "subjectLength",
              "in",
              many(1000, (n) => n * 22 + i),
            ),
          ],
        }),
      ),
    ),
    /should decide the example/,
  ],
  [
    "forty-five lists of a thousand unknown codes",
    routing(
      many(45, (i) =>
        rule(i, {
          all: [
            is(
              "sector",
              "in",
              many(1000, (n) => `SECTOR_${i}_${n}`),
            ),
          ],
        }),
      ),
    ),
    /more errors than these/,
  ],
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
    /7,000 entries, and at most/,
  ],
  [
    "as many gaps as periods are allowed",
    calendar({ periods: many(500, (i) => ({ from: date(2 * i), to: date(2 * i), hours: {} })) }),
    /more errors than these/,
  ],
  [
    "ten thousand times the same day",
    calendar({ days: many(10_000, () => ({ date: "2026-01-01", name: { ar: "ع", en: "x" }, hours: [] })) }),
    /10,000 entries, and at most/,
  ],
  [
    "four thousand times the same day",
    calendar({ days: many(4000, () => ({ date: "2026-01-01", name: { ar: "ع", en: "x" }, hours: [] })) }),
    /more errors than these/,
  ],
  [
    "a day of a thousand shifts",
    calendar({
      days: [{ date: "2026-01-01", name: { ar: "ع", en: "x" }, hours: many(1400, () => ["08:00", "08:01"]) }],
    }),
    /1,400 entries, and at most/,
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
/** As long as a code may be, and unlike the others of its letter. */
const longCode = (letter: string, i: number) => `${letter}${i}`.padEnd(60, letter);
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
  ["ten thousand states", workflow({ states: states(10_000), actions: {} }), /10,000 entries here/],
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
    /more errors than these/,
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
    /branch without|more errors than these/,
  ],
  [
    "five hundred timers of five hundred long actions, each misspelt",
    workflow({
      states: { s0: state, s1: { name, kind: "final" } },
      actions: Object.fromEntries(many(499, (i) => [longCode("a", i), action(["s0"], "s1")])),
      timers: many(500, (i) => ({
        id: `t${i}`,
        state: "s0",
        after: { amount: 1, unit: "workingDays" },
        action: longCode("b", i),
      })),
    }),
    /The action "b/,
  ],
  [
    "two hundred misspelt states of five hundred long ones",
    workflow({
      states: Object.fromEntries(many(499, (i) => [longCode("s", i), state])),
      actions: {
        a: action(
          many(500, (i) => longCode("t", i)),
          null,
        ),
      },
    }),
    /more errors than these/,
  ],
  [
    "two hundred lists of five hundred effects that there are not",
    workflow({
      states: states(1),
      actions: Object.fromEntries(
        many(200, (i) => [`a${i}`, { ...action(["s0"], null), effects: many(500, (n) => `e${n}`) }]),
      ),
    }),
    /more errors than these/,
  ],
  [
    "waiting states that every action leaves in every way",
    workflow({
      states: Object.fromEntries(many(500, (i) => [`s${i}`, { name, kind: "waiting" }])),
      actions: Object.fromEntries(
        many(60, (i) => [
          `a${i}`,
          {
            ...action(
              many(500, (n) => `s${n}`),
              many(100, (n) => ({ to: `s${n}`, ...(n < 99 ? { when: is("cycle", "equal", n) } : {}) })),
            ),
            by: ["applicant"],
            effects: ["reply"],
          },
        ]),
      ),
    }),
    /required field “Reply”/,
  ],
  [
    "names of half a megabyte",
    workflow({ states: { ["s".repeat(450_000)]: state }, actions: { a: action(["z".repeat(450_000)], null) } }),
    /too long\. Most characters allowed: 60/,
  ],
];

/** Reading a megabyte of JSON a few times over: how quick this machine is just now. */
function paceMs(): number {
  const text = JSON.stringify(many(20_000, (i) => ({ fact: "sector", operator: "equal", value: `value ${i}` })));
  const begun = performance.now();
  for (let i = 0; i < 15; i++) JSON.stringify(JSON.parse(text));
  return performance.now() - begun;
}

/** As many times the pace of this machine as a check may take, and the pace of one that is quick. */
const [most, quickMs] = [12, 200];

/** Measured against the machine's own pace, so that a slow one does not fail; what grows with pairs takes far longer. */
function expectLittleWork(definition: unknown, check: () => readonly { readonly en: string }[], said: RegExp): void {
  expect(JSON.stringify(definition).length).toBeLessThan(1_048_576);
  const turn = (): number => {
    const begun = performance.now();
    const reasons = check();
    const took = performance.now() - begun;
    expect(reasons.map(({ en }) => en).join("\n")).toMatch(said);
    // What is little work on a quick machine needs no measure of this one.
    return took / (took < most * quickMs ? quickMs : Math.max(paceMs(), quickMs));
  };
  // Whoever else uses the machine may take one turn's time, and not the time of each.
  let least = turn();
  for (let again = 0; again < 4 && least >= most; again++) least = Math.min(least, turn());
  expect(least).toBeLessThan(most);
}
const reasonsOf = (faults: readonly { readonly reason: { readonly en: string } }[]) =>
  faults.map(({ reason }) => reason);

describe("a large rule set", () => {
  it.each(rules)("%s", (_, definition, said) => {
    expectLittleWork(
      definition,
      () => {
        const examined = examineRuleSet(definition, setup, "f");
        expect(JSON.stringify(examined).length).toBeLessThan(4_000_000);
        return reasonsOf(examined.faults);
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

describe("the differences of two calendars", () => {
  const yearly = (first: number, named: (i: number) => string) =>
    calendar({
      days: many(4000, (i) => ({ date: date(first + 2 * i), name: { ar: named(i), en: named(i) }, hours: [] })),
    }) as unknown as CalendarDefinition;

  it.each([
    ["days that all are others", (i: number) => `old ${i}`, (i: number) => `new ${i}`],
    ["days of one name", () => "holiday", () => "holiday"],
    ["days that come in the other order", (i: number) => `day ${i}`, (i: number) => `day ${3999 - i}`],
  ])("%s: each is read a few times, whatever the others are", (_, before, after) => {
    let reads = 0;
    const counted = (definition: CalendarDefinition): CalendarDefinition => ({
      ...definition,
      days: definition.days.map(({ name: called, ...day }) =>
        Object.defineProperty({ ...day, name: called }, "name", {
          enumerable: true,
          get: () => {
            reads += 1;
            return called;
          },
        }),
      ),
    });
    const found = calendarDifferences(counted(yearly(0, before)), counted(yearly(1, after)));
    expect(found.length).toBeGreaterThanOrEqual(4000);
    expect(reads).toBeLessThan(20 * 8000);
  });

  it("days of one name that moved are paired in their order", () => {
    const days = (...dates: string[]) =>
      calendar({ days: dates.map((one) => ({ date: one, name, hours: [] })) }) as unknown as CalendarDefinition;
    const found = calendarDifferences(days("2026-03-01", "2026-03-02"), days("2026-03-11", "2026-03-12"));
    expect(found.map(({ kind, details }) => [kind, details.map(({ en }) => en)])).toEqual([
      ["changed", ["Dates: was 1 March 2026, now 11 March 2026"]],
      ["changed", ["Dates: was 2 March 2026, now 12 March 2026"]],
    ]);
    expect(found[0]?.details[0]?.ar).toBe("التواريخ: كان 1 آذار 2026، والآن 11 آذار 2026");
    expect(found[0]?.what.ar).toContain("، 11 آذار 2026");
  });
});

describe("the differences of two workflows", () => {
  it("name a score of states an action, and how many there are", () => {
    const of = (from: string[]) =>
      workflow({ states: states(500), actions: { a: action(from, null) } }) as unknown as WorkflowDefinition;
    const every = many(500, (i) => `s${i}`);
    const [found] = workflowDifferences(of(["s0"]), of(every), setup);
    expect(found?.details.map(({ en }) => en).join()).toMatch(/^From: was x, now x(, x){19} … \(500\)$/);
  });
});

describe("an example that very many rules decide", () => {
  it("names a dozen of them, and says how many they are", () => {
    const large = rules.find(([what]) => what.startsWith("two thousand examples that"))?.[1];
    const { examples } = examineRuleSet(large, setup, "f");
    expect(examples).toHaveLength(2000);
    expect(examples?.map(({ decidedBy, deciding }) => [decidedBy.length, deciding])).toEqual(
      many(2000, () => [12, 1000]),
    );
  });
});

describe("an index of conditions", () => {
  it("passes a fact by whose lists are long, and still finds every rule", () => {
    let asked = 0;
    const lists = many(22, (i) => many(1000, (n) => n * 22 + i));
    const counted = lists.map(
      (list) =>
        new Proxy(list, {
          get: (of, key) => {
            asked += 1;
            return Reflect.get(of, key);
          },
        }),
    );
    const index = buildCandidateIndex(
      counted.map((list) => ({ all: [is("subjectLength", "in", list)] })),
      [],
    );
    expect(asked).toBeLessThan(100 * 22_000);
    expect(index.candidates({ subjectLength: 5 }, new Uint16Array(22))).toBe(22);
  });

  it("finds what holds below and above a number so large that one more is the same", () => {
    const index = buildCandidateIndex(
      [is("field.sum", "lessThan", 1e17), is("field.sum", "greaterThan", 1e17)].map((leaf) => ({ all: [leaf] })),
      [],
    );
    const found = new Uint16Array(2);
    for (const [sum, rank] of [
      [5, 0],
      [2e17, 1],
    ]) {
      expect([sum, index.candidates({ "field.sum": sum }, found), found[0]]).toEqual([sum, 1, rank]);
    }
    expect(index.candidates({ "field.sum": 1e17 }, found)).toBe(0);
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
    expect(examineRuleSet(full, setup, "f").examples).toHaveLength(ruleSetLimits.rules);
    const [found, ...more] = checkRuleSet(routing([...full.rules, rule(1000, everything)]), setup, "f");
    expect([found?.path, more]).toEqual(["/rules", []]);
    expect(found?.reason.en).toContain("more than 1,000 of these: rules");
    expect(found?.reason.ar).toMatch(/1,000/);
    expect(examineRuleSet({ ...full, rules: many(1001, (i) => rule(i, everything)) }, setup, "f").examples).toBeNull();
  });
});
