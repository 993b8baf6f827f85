import { describe, expect, it } from "@jest/globals";
import { checkAgreement } from "../../src/engine/rules/check-agreement.js";
import { checkRuleSet, examineRuleSet } from "../../src/engine/rules/check-rule-set.js";
import { factCatalogue } from "../../src/engine/rules/fact-catalogue.js";
import type { RuleSetDefinition } from "../../src/engine/rules/rule-set.js";
import { describeFault } from "../../src/engine/setup/configuration-fault.js";
import type { Setup } from "../../src/engine/setup/setup.js";
import { sampleSetup } from "../support/sample-setup.js";

const sample = sampleSetup();
const setup: Setup = {
  ...sample,
  keywordLists: new Map([
    ["danger", { code: "danger", name: { en: "Danger", ar: "خطر" }, order: 1, retired: false, words: ["fire"] }],
  ]),
};

type Json = Record<string, unknown>;
const targets = (amount: number) => ({
  acknowledgement: { amount: 0, unit: "workingHours" },
  firstResponse: { amount: 1, unit: "workingDays" },
  resolution: { amount, unit: "workingDays" },
});

function rule(id: string, changes: Json = {}): Json {
  return {
    id,
    title: { en: id.replaceAll("-", " "), ar: id },
    priority: 5,
    conditions: { all: [{ fact: "importance", operator: "equal", value: "high" }] },
    event: { type: "sla", params: targets(3) },
    examples: [
      {
        name: { en: "a high one", ar: "شكوى عالية الأهمية" },
        facts: { type: "complaint", importance: "high" },
        decides: true,
      },
    ],
    ...changes,
  };
}
const high = (changes: Json = {}) => rule("sla-high", changes);
const normal = rule("sla-normal", {
  conditions: { all: [{ fact: "importance", operator: "equal", value: "normal" }] },
  examples: [{ name: { en: "a normal one", ar: "شكوى عادية" }, facts: { importance: "normal" }, decides: true }],
});
function sla(rules: unknown[], changes: Json = {}): Json {
  return { set: "sla", programme: "jordan", mode: "first", default: targets(10), rules, ...changes };
}
const leaf = (fact: string, operator: string, value: unknown) =>
  high({ conditions: { all: [{ fact, operator, value }] } });

function said(definition: unknown): string[] {
  return checkRuleSet(definition, setup, "rules/jordan/sla.json").map((fault) => describeFault(fault));
}

describe("a sound rule set", () => {
  it("has nothing said about it", () => {
    expect(said(sla([high(), normal]))).toEqual([]);
  });

  it("may be empty but for its default, where only gaps are told", () => {
    const faults = checkRuleSet(sla([]), setup, "f");
    expect(faults.map((fault) => fault.severity)).toEqual(["warning"]);
    expect(faults[0]?.reason.en).toBe("Only the default decides, and no rule, for: every case.");
  });
});

const escalation = (params: Json): Json => ({
  set: "escalation",
  programme: "jordan",
  mode: "collect",
  default: [],
  rules: [{ ...high({ event: { type: "escalation", params } }) }],
});
const step = {
  kind: "escalation",
  level: 1,
  when: { clock: "resolution", percent: 100 },
  tell: ["entity.superior(1)"],
};
const routing = (to: string): Json => ({
  set: "routing",
  programme: "jordan",
  mode: "first",
  default: { to: "sector.mainFocalPoint" },
  rules: [high({ event: { type: "routing", params: { to } } })],
});
const classification = (params: Json): Json => ({
  set: "classification",
  programme: "jordan",
  mode: "merge",
  default: { importance: "normal" },
  rules: [high({ event: { type: "classification", params } })],
});

const wrong: [what: string, definition: unknown, ...expected: string[]][] = [
  ["no object at all", "sla", "rules/jordan/sla.json, /: A rule set is an object"],
  ["a set of another name", sla([], { set: "slas" }), "/set:", 'Did you mean "sla"?'],
  ["another programme", sla([high(), normal], { programme: "jordn" }), "/programme:", 'Did you mean "jordan"?'],
  ["another conflict mode", sla([high()], { mode: "collect" }), "/mode:", 'Allowed: "first"'],
  ["no default", { ...sla([high()]), default: undefined }, "/default:", "(default) is missing"],
  [
    "a default of the wrong shape",
    sla([high()], { default: { resolution: null } }),
    "/default/firstResponse: “First reply” (firstResponse) is missing",
  ],
  ["an unknown key", sla([high()], { rule: [] }), "/rule:", "Did you mean “rules” (rules)?"],
  ["a rule without an id", sla([high({ id: undefined })]), "/rules/0/id:", "is missing"],
  ["an id in capitals", sla([high({ id: "SLA High" })]), "rule SLA High, /rules/0/id:", "small Latin letters"],
  [
    "one id twice",
    sla([high(), high({ priority: 9 })]),
    "rule sla-high, /rules/1/id:",
    "The rule “sla high” already has the code “sla-high”",
  ],
  ["a title in one language", sla([high({ title: { en: "High" } })]), "/rules/0/title/ar:", "is missing"],
  [
    "an empty title",
    sla([high({ title: { en: " ", ar: "عالية" } })]),
    "/rules/0/title/en:",
    "The name in English is empty.",
  ],
  ["priority 0", sla([high({ priority: 0 })]), "rule sla-high, /rules/0/priority: 0 must be at least 1"],
  ["a broken priority", sla([high({ priority: 1.5 })]), "/rules/0/priority: 1.5 must be a whole number"],
  [
    "an unknown fact",
    sla([leaf("importence", "equal", "high")]),
    "/rules/0/conditions/all/0/fact:",
    "Did you mean “Importance level” (importance)?",
  ],
  [
    "the gender of the applicant",
    sla([leaf("gender", "equal", "f")]),
    "/conditions/all/0/fact:",
    '"gender" is not allowed',
  ],
  [
    "an unknown operator",
    sla([leaf("importance", "eq", "high")]),
    "/conditions/all/0/operator:",
    '"eq" is not allowed',
  ],
  [
    "an operator of another type",
    sla([leaf("importance", "greaterThan", 2)]),
    "/conditions/all/0/operator:",
    'Allowed: "equal", "notEqual", "in", "notIn"',
  ],
  [
    "an unknown level",
    sla([leaf("importance", "equal", "HIGH")]),
    "/conditions/all/0/value:",
    "Allowed: “Normal” (normal), “High” (high)",
    "Did you mean “High” (high)?",
  ],
  [
    "a text where a list belongs",
    sla([leaf("importance", "in", "normal,high")]),
    "/conditions/all/0/value:",
    "must be a list",
  ],
  [
    "a list where one value belongs",
    sla([leaf("importance", "equal", ["high"])]),
    "/conditions/all/0/value:",
    '["high"] is not allowed',
  ],
  [
    "a number as a text",
    sla([leaf("descriptionLength", "lessThan", "100")]),
    "/conditions/all/0/value:",
    '"100" must be a number',
  ],
  [
    "null for what is always known",
    sla([leaf("type", "equal", null)]),
    "/conditions/all/0/value:",
    "null is not allowed",
  ],
  [
    "an unknown keyword list",
    sla([leaf("keywords", "contains", "dangr")]),
    "/conditions/all/0/value:",
    "Did you mean “Danger” (danger)?",
  ],
  [
    "a part of a text",
    sla([leaf("keywords", "equal", "danger")]),
    "/conditions/all/0/operator:",
    'Allowed: "contains"',
  ],
  [
    "another fact as the value",
    sla([leaf("importance", "equal", { fact: "pillar" })]),
    "/conditions/all/0/value:",
    "is not allowed",
  ],
  ["an empty group", sla([high({ conditions: { any: [] } })]), "/rules/0/conditions/any:", "would match every case"],
  [
    "an empty list of values",
    sla([leaf("importance", "in", [])]),
    "/conditions/all/0/value:",
    "Select or enter at least one value",
  ],
  [
    "a value twice",
    sla([leaf("importance", "in", ["high", "high"])]),
    "/conditions/all/0/value:",
    "“High” (high) is in the list twice",
  ],
  [
    "no group at the root",
    sla([high({ conditions: { fact: "importance", operator: "equal", value: "high" } })]),
    "/rules/0/conditions:",
    'must begin with "all", "any" or "not"',
  ],
  [
    "a path",
    sla([high({ conditions: { all: [{ fact: "importance", operator: "equal", value: "high", path: "$.x" }] } })]),
    "/all/0/path:",
    '"path" is not allowed',
  ],
  [
    "a named condition",
    sla([high({ conditions: { all: [{ condition: "isHigh" }] } })]),
    "/all/0/condition:",
    '"condition" is not allowed',
  ],
  [
    "nesting without end",
    sla([high({ conditions: nested(40) })]),
    "rule sla-high, /rules/0/conditions:",
    "nested too deeply: at most 12 levels are allowed",
  ],
  [
    "an event of another set",
    sla([high({ event: { type: "slo", params: targets(1) } })]),
    "/rules/0/event/type:",
    'Allowed: "sla"',
  ],
  [
    "an unknown unit",
    sla([high({ event: { type: "sla", params: { ...targets(1), resolution: { amount: 1, unit: "days" } } } })]),
    "/params/resolution/unit:",
    "Allowed: “working hours” (workingHours), “working days” (workingDays)",
  ],
  [
    "a negative budget",
    sla([high({ event: { type: "sla", params: targets(-1) } })]),
    "/params/resolution/amount: -1 must be at least 0",
  ],
  [
    "half a working day",
    sla([high({ event: { type: "sla", params: targets(0.5) } })]),
    "/params/resolution/amount: 0.5 must be a whole number",
  ],
  ["no example", sla([high({ examples: [] })]), "/rules/0/examples:", "There is no example yet"],
  [
    "an unknown fact in an example",
    sla([high({ examples: [{ name: { en: "x", ar: "س" }, facts: { importnce: "high" }, decides: true }] })]),
    "/facts/importnce:",
    "Did you mean “Importance level” (importance)?",
  ],
  [
    "an example that fails",
    sla([
      high({
        examples: [{ name: { en: "a normal one", ar: "شكوى عادية" }, facts: { importance: "normal" }, decides: true }],
      }),
      normal,
    ]),
    "rule sla-high, /rules/0/examples/0:",
    "should decide the example “a normal one”, but “sla normal” does",
  ],
  [
    "an example that is named in one language",
    sla([high({ examples: [{ name: { en: "x" }, facts: { importance: "high" }, decides: true }] })]),
    "/rules/0/examples/0/name",
    "ar",
  ],
  [
    "an example without a name",
    sla([high({ examples: [{ name: " ", facts: { importance: "high" }, decides: true }] })]),
    "/rules/0/examples/0/name",
  ],
  [
    "an example that only the default decides",
    sla([high({ examples: [{ name: { en: "nobody", ar: "لا أحد" }, facts: {}, decides: true }] })]),
    "but only the default does",
  ],
  [
    "an example that must not",
    sla([high({ examples: [{ name: { en: "x", ar: "س" }, facts: { importance: "high" }, decides: false }] })]),
    "/rules/0/examples/0:",
    "says that it must not",
    "has no example in which it decides",
  ],
  [
    "a tie",
    sla([
      high(),
      rule("sla-complaint", {
        conditions: { all: [{ fact: "type", operator: "equal", value: "complaint" }] },
        event: { type: "sla", params: targets(7) },
        examples: [{ name: { en: "c", ar: "ج" }, facts: { type: "complaint" }, decides: true }],
      }),
      normal,
    ]),
    "rule sla-complaint, /rules/1/priority:",
    "“sla high” and “sla complaint” both apply to one case and decide differently (for instance Importance level: High; Application type: Complaint)",
    "move up the one that should decide",
  ],
  [
    "a route to nobody",
    routing("entity:MOHX"),
    "rule sla-high, /rules/0/event/params/to:",
    "Did you mean “Ministry of Health” (MOH)?",
  ],
  [
    "an unknown route",
    routing("sector.focalPoint"),
    "/params/to:",
    "Did you mean “the main focal point of the sector” (sector.mainFocalPoint)?",
  ],
  ["a level beyond the ladder", escalation({ ...step, level: 4 }), "/params/level:", "from 1 to 1"],
  [
    "a receiver beyond the ladder",
    escalation({ ...step, tell: ["entity.superior(9)"] }),
    "/params/tell/0:",
    "The programme's ladder has no level 9",
  ],
  [
    "an unknown receiver",
    escalation({ ...step, tell: ["entity.focalPoint"] }),
    "/params/tell/0:",
    "Did you mean “the entity's focal points” (entity.focalPoints)?",
  ],
  ["a warning with a level", escalation({ ...step, kind: "warning" }), "/params/level:", "A reminder has level 0"],
  ["a trigger without its clock", escalation({ ...step, when: { percent: 75 } }), "/when/clock:", "is missing"],
  [
    "an unknown pillar",
    classification({ pillar: "qualty" }),
    "/params/pillar:",
    "Did you mean “Quality of service” (quality)?",
  ],
  ["an empty outcome", classification({}), "/event/params:", "must decide something"],
];

function nested(levels: number): Json {
  let conditions: Json = { fact: "importance", operator: "equal", value: "high" };
  for (let i = 0; i < levels; i++) conditions = { not: conditions };
  return conditions;
}

describe("an escalation", () => {
  const warned = (params: Json) =>
    checkRuleSet(escalation(params), setup, "f").flatMap(({ path, severity, reason }) =>
      path.includes("/tell") ? [`${severity}: ${path}: ${reason.en} ${reason.ar}`] : [],
    );

  it("is warned of where the level that a case goes up to does not hear of it", () => {
    expect(warned(step)).toEqual([]);
    expect(warned({ ...step, tell: ["entity.focalPoints", "entity.superior(1)"] })).toEqual([]);
    expect(warned({ ...step, kind: "warning", level: 0, tell: ["entity.focalPoints"] })).toEqual([]);
    const [said, ...more] = warned({ ...step, tell: ["entity.focalPoints"] });
    expect(more).toEqual([]);
    expect(said).toContain("warning: /rules/0/event/params/tell: The case is escalated to level 1 (Entity manager)");
    expect(said).toContain("المستوى 1 (مدير الجهة)");
  });
});

describe("a wrong rule set", () => {
  it.each(wrong)("%s", (_, definition, ...expected) => {
    const cleaned = typeof definition === "object" ? JSON.parse(JSON.stringify(definition)) : definition;
    const faults = checkRuleSet(cleaned, setup, "rules/jordan/sla.json").filter((fault) => fault.severity === "error");
    const text = faults.map((fault) => describeFault(fault)).join("\n");
    for (const part of expected) expect(text).toContain(part);
    for (const fault of faults) {
      expect(fault.source).toBe("rules/jordan/sla.json");
      expect(fault.reason.ar).toMatch(/\p{Script=Arabic}/u);
    }
    // One mistake is not told as a heap of consequences.
    expect(faults.length).toBeLessThanOrEqual(4);
  });

  it("tells every fault at once, each with its rule", () => {
    const faults = checkRuleSet(sla([high({ priority: 0 }), rule("sla-b", { priority: -1 })]), setup, "f");
    expect(faults.map((fault) => [fault.ruleId, fault.path])).toEqual([
      ["sla-high", "/rules/0/priority"],
      ["sla-b", "/rules/1/priority"],
    ]);
  });

  it.each<[unknown]>([
    [{ toString: 1 }],
    [{ valueOf: 1, toString: null }],
    [{ toJSON: 1 }],
    [{ length: 2 }],
    [[[]]],
    [null],
  ])("says what is no fact and no operator, whatever stands there: %j", (odd) => {
    for (const spoilt of [
      { fact: odd, operator: "equal", value: "high" },
      { fact: "importance", operator: odd, value: "high" },
      { fact: odd, operator: odd, value: odd },
    ]) {
      const [found] = said(sla([high({ conditions: { all: [spoilt] } })]));
      expect(found).toContain("/rules/0/conditions/all/0/");
    }
  });

  it("does not exhaust the stack, however deep", () => {
    expect(said(sla([high({ conditions: nested(50_000) })])).join()).toContain("nested too deeply");
  });
});

describe("examples", () => {
  const failing = (name: unknown) =>
    sla([high({ examples: [{ name, facts: { importance: "normal" }, decides: true }] }), normal]);

  it("are named in the language of the reader", () => {
    const [fault] = checkRuleSet(failing({ en: "a normal one", ar: "شكوى عادية" }), setup, "f");
    expect(fault?.reason.en).toContain("the example “a normal one”");
    expect(fault?.reason.ar).toContain("«شكوى عادية»");
    expect(fault?.reason.ar).not.toContain("a normal one");
  });

  it("of a version that named them in one string are still read", () => {
    const old = sla([high({ examples: [{ name: "a high one", facts: { importance: "high" }, decides: true }] })]);
    expect(checkRuleSet(old, setup, "f").filter(({ severity }) => severity === "error")).toEqual([]);
    expect(examineRuleSet(old, setup, "f").examples).toMatchObject([
      { name: { en: "a high one", ar: "a high one" }, passed: true },
    ]);
  });
});

describe("rules that do nothing", () => {
  const warnings = (rules: Json[]) =>
    checkRuleSet(sla(rules), setup, "f")
      .filter((fault) => fault.severity === "warning" && fault.path !== "/rules")
      .map((fault) => fault.reason.en);
  const and = (...all: Json[]) => ({ conditions: { all } });
  const isHigh = { fact: "importance", operator: "equal", value: "high" };

  it("because they contradict themselves", () => {
    const dead = rule("sla-dead", {
      ...and(isHigh, { fact: "importance", operator: "equal", value: "normal" }),
      priority: 1,
      examples: [{ name: { en: "x", ar: "س" }, facts: { importance: "high" }, decides: false }],
    });
    expect(warnings([high(), normal, dead])).toEqual(["The rule “sla dead” can never match."]);
    const gap = rule(
      "sla-gap",
      and(
        { fact: "descriptionLength", operator: "lessThan", value: 5 },
        { fact: "descriptionLength", operator: "greaterThan", value: 5 },
      ),
    );
    expect(warnings([gap])).toEqual(["The rule “sla gap” can never match."]);
  });

  it("because stronger rules always come first, together or alone", () => {
    const low = rule("sla-late", { ...and(isHigh, { fact: "type", operator: "equal", value: "report" }), priority: 1 });
    expect(warnings([high(), normal, low])).toEqual([
      "The rule “sla late” never decides: “sla high” always comes before it.",
    ]);
    const both = rule("sla-both", {
      ...and({ fact: "importance", operator: "in", value: ["high", "normal"] }),
      priority: 1,
    });
    expect(warnings([high(), normal, both])).toEqual([
      "The rule “sla both” never decides: “sla high”, “sla normal” always comes before it.",
    ]);
  });

  it("but not those that some case needs", () => {
    const open = rule("sla-open", {
      ...and({ fact: "importance", operator: "notEqual", value: "normal" }),
      priority: 1,
      examples: [{ name: { en: "nobody knows", ar: "لا أحد يعرف" }, facts: {}, decides: true }],
    });
    expect(warnings([high(), normal, open])).toEqual([]);
  });
});

describe("gaps of the grid", () => {
  it("are told as few rows", () => {
    const faults = checkRuleSet(sla([high()]), setup, "f");
    expect(faults).toMatchObject([
      {
        severity: "warning",
        path: "/rules",
        reason: { en: expect.stringContaining("for: Importance level: Normal.") },
      },
    ]);
  });

  it("a rule that asks for more than the grid does not close one", () => {
    const narrow = rule("sla-narrow", {
      conditions: {
        all: [
          { fact: "importance", operator: "equal", value: "normal" },
          { fact: "language", operator: "equal", value: "en" },
        ],
      },
      examples: [{ name: { en: "x", ar: "س" }, facts: { importance: "normal", language: "en" }, decides: true }],
    });
    expect(checkRuleSet(sla([high(), narrow]), setup, "f").map((fault) => fault.path)).toEqual(["/rules"]);
  });
});

describe("the two forms of a rule set", () => {
  it("a rule that one of them cannot evaluate is refused, with its example", async () => {
    const broken = sla([high({ conditions: { all: [{ fact: "importance", operator: "in", value: 5 }] } })]);
    const faults = await checkAgreement(broken as unknown as RuleSetDefinition, factCatalogue(setup), "f");
    expect(faults).toMatchObject([{ ruleId: "sla-high", path: "/rules/0/examples/0", severity: "error" }]);
    expect(await checkAgreement(sla([high()]) as unknown as RuleSetDefinition, factCatalogue(setup), "f")).toEqual([]);
  });
});
