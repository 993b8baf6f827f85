import { describe, expect, it } from "@jest/globals";
import { casePlaces, rolesThatReach } from "../../src/engine/access/reached-by.js";
import { checkRuleSet } from "../../src/engine/rules/check-rule-set.js";
import { type RuleSetDefinition, type RuleSetName, ruleSetNames } from "../../src/engine/rules/rule-set.js";
import type { ConfigurationFault } from "../../src/engine/setup/configuration-fault.js";
import type { ApplicationType, Setup } from "../../src/engine/setup/setup.js";
import { checkWorkflow } from "../../src/engine/workflow/check-workflow.js";
import type { WorkflowDefinition } from "../../src/engine/workflow/workflow-definition.js";
import { rowFaults } from "../../src/features/setup/setup-faults.js";
import { shippedWorkflow } from "../support/office.js";
import { shippedJson, shippedSetup } from "../support/shipped-setup.js";

// biome-ignore lint/suspicious/noExplicitAny: the point is to spoil what the types would not let one write.
type Json = Record<string, any>;

const names = ["complaint", "compliment", "inquiry", "report", "suggestion"];
const published = <Definition>(definition: Definition) => ({ versionId: 1, version: 1, definition });

/** Jordan with its rules and workflows in force. */
function jordan(): Setup {
  return {
    ...shippedSetup("jordan"),
    ruleSets: new Map(
      ruleSetNames.map((set) => [set, published(shippedJson<RuleSetDefinition>("rules", "jordan", `${set}.json`))]),
    ),
    workflows: new Map(names.map((name) => [name, published(shippedWorkflow(name) as WorkflowDefinition)])),
  };
}

const ofBribes = {
  id: "confidential-bribes",
  title: { ar: "شكوى عن رشوة: سرية", en: "A complaint about a bribe is confidential" },
  priority: 201,
  conditions: {
    all: [
      { fact: "type", operator: "equal", value: "complaint" },
      { fact: "keywords", operator: "contains", value: "corruption" },
    ],
  },
  event: { type: "classification", params: { confidential: true } },
  examples: [
    { name: { ar: "رشوة", en: "a bribe" }, facts: { type: "complaint", keywords: ["corruption"] }, decides: true },
  ],
};

function classification(change: (rules: Json) => void): RuleSetDefinition {
  const rules = structuredClone(shippedJson<Json>("rules", "jordan", "classification.json"));
  change(rules);
  return rules as RuleSetDefinition;
}

const withRules = (setup: Setup, set: RuleSetName, definition: RuleSetDefinition): Setup => ({
  ...setup,
  ruleSets: new Map(setup.ruleSets).set(set, published(definition)),
});
const bribes = classification((rules) => rules.rules.unshift(ofBribes));
const withType = (setup: Setup, code: string, change: Partial<ApplicationType>): Setup => {
  const type = { ...setup.types.get(code), ...change } as ApplicationType;
  return { ...setup, types: new Map(setup.types).set(code, type) };
};

function changed(name: string, change: (workflow: Json) => void): WorkflowDefinition {
  const workflow = structuredClone(shippedWorkflow(name)) as unknown as Json;
  change(workflow);
  return workflow as unknown as WorkflowDefinition;
}
const only = (when: Json) => [{ when, otherwise: { ar: "ليس الآن.", en: "Not now." } }];
const equal = (fact: string, value: unknown) => ({ fact, operator: "equal", value });
/** A state of work that answers come to, and what is done there. */
const answersComeTo = (workflow: Json, when: Json, actions: Json): void => {
  workflow.states.held = { name: { ar: "قيد التدقيق", en: "Being checked" }, kind: "open" };
  workflow.actions.answer.to.unshift({ when, to: "held" });
  for (const name of ["add_information", "withdraw", "note"]) workflow.actions[name].from.push("held");
  Object.assign(workflow.actions, actions);
};
const released = (by: string[], more: Json = {}) => ({
  release: { ...shippedWorkflow("complaint").actions.approve, from: ["held"], by, guards: [], ...more },
});

type Said = [path: string, words: string];
const said = (faults: readonly ConfigurationFault[]): Said[] =>
  faults.map(({ path, reason, severity }) => {
    expect(severity).toBe("error");
    expect(reason.ar).toMatch(/[؀-ۿ]/);
    expect(reason.ar).not.toMatch(/undefined|\{/);
    return [path, reason.en];
  });

const ofWorkflow =
  (name: string, change: (workflow: Json) => void, setup: () => Setup = jordan) =>
  (): Said[] =>
    said(checkWorkflow(changed(name, change), setup(), name));
const ofRules =
  (definition: RuleSetDefinition, setup: () => Setup = jordan) =>
  (): Said[] =>
    said(checkRuleSet(definition, setup(), "classification"));
const ofType =
  (code: string, change: Partial<ApplicationType>, setup: Setup = jordan()) =>
  (): Said[] => {
    const { retired: _, order: __, ...row } = { ...setup.types.get(code), ...change } as ApplicationType;
    const definitions = [...setup.workflows].map(([workflow, { definition }]) => ({
      ...{ id: 1, kind: "workflow" as const, name: workflow, version: 1, status: "published" as const },
      definition,
    }));
    const around = { setup, definitions, calendars: new Set<string>() };
    return rowFaults("application_types", { order: 1, retired: false, ...row } as never, around).map(
      ({ field, reason }) => [field, reason.en],
    );
  };

describe("dead ends are refused where they are corrected, with who could act", () => {
  it.each<[string, () => Said[], string, RegExp]>([
    [
      "answers are approved by the main focal point, who sees no case that an entity has",
      ofWorkflow("complaint", (w) => (w.actions.approve.by = ["main_focal_point"])),
      "/actions/approve/by",
      /type “Complaint” would stay in “In quality review”, “Answer to the appeal.* with an entity\. “Approve the answer” .* only for “Main focal point of the sector”.*“Focal point”, “Manager of the entity”, “Operation room”/,
    ],
    [
      "a rule makes complaints confidential whose answers the operation room approves",
      ofRules(bribes),
      "/rules/0/event/params/confidential",
      /In the workflow “Complaint”.*made confidential by the rule “A complaint about a bribe is confidential”.*only for “Operation room”.*“Focal point”, “Manager of the entity”\./,
    ],
    [
      "the same, said of the workflow while that rule is in force",
      ofWorkflow(
        "complaint",
        () => {},
        () => withRules(jordan(), "classification", bribes),
      ),
      "/actions/approve/by",
      /made confidential by the rule “A complaint about a bribe/,
    ],
    [
      "all that no rule decides is confidential",
      ofRules(
        classification((rules) => {
          rules.default.confidential = true;
        }),
        () => withType(withType(jordan(), "inquiry", { retired: true }), "suggestion", { retired: true }),
      ),
      "/default/confidential",
      /confidential because the classification says so where no rule decides/,
    ],
    [
      "a type becomes confidential",
      ofType("complaint", { confidential: true }),
      "/confidential",
      /In the workflow “Complaint”.*confidential because its type is.*only for “Operation room”/,
    ],
    [
      "a confidential type follows the workflow of those that are not",
      ofType("report", { workflow: "complaint" }),
      "/workflow",
      /type “Report” would stay in .*“Approve the answer”/,
    ],
    [
      "confidential cases that wait in a sector are placed by the operation room alone",
      ofWorkflow("report", (w) => {
        for (const name of ["assign", "link"]) w.actions[name].by = ["operation_room"];
      }),
      "/actions/assign/by",
      /stay in “[^”]+” for good\. There it is waiting in a sector without an entity, confidential because its type is.*Those who see it: “Main focal point of the sector”/,
    ],
    [
      "confidential cases without a sector are placed by main focal points alone",
      ofWorkflow("report", (w) => {
        w.actions.assign.by = ["main_focal_point"];
      }),
      "/actions/assign/by",
      /without an entity and without a sector, confidential.*Those who see it: “Operation room”/,
    ],
    [
      "answers are written by who sees no case of an entity",
      ofWorkflow("complaint", (w) => (w.actions.answer.by = ["main_focal_point"])),
      "/actions/answer/by",
      /stay in “With the entity”, “[^”]+” for good/,
    ],
    [
      "appeals are answered by who sees no case",
      ofWorkflow("complaint", (w) => (w.actions.answer_appeal.by = ["steering_committee", "auditor"])),
      "/actions/answer_appeal/by",
      /only for “Steering committee[^”]*”, “Auditor”/,
    ],
    [
      "answers are approved by the contact centre, which acts for callers alone",
      ofWorkflow("inquiry", (w) => (w.actions.approve.by = ["contact_centre_agent"])),
      "/actions/approve/by",
      /type “Inquiry” would stay in “In quality review”/,
    ],
    [
      "only critical answers can be approved",
      ofWorkflow("inquiry", (w) => (w.actions.approve.guards = only(equal("importance", "critical")))),
      "/actions/approve/guards/0",
      /with the importance “Low”, “Normal”, “High” would stay in “In quality review”.*a condition of it can never hold/,
    ],
    [
      "only what is confidential can be answered",
      ofWorkflow("inquiry", (w) => (w.actions.answer.guards = only(equal("confidential", true)))),
      "/actions/answer/guards/0",
      /can never hold for this case\. Change the condition/,
    ],
    [
      "an answer is for two pillars at once",
      ofWorkflow("complaint", (w) => {
        w.actions.answer.guards = only({ all: [equal("pillar", "TIME"), equal("pillar", "QUALITY")] });
      }),
      "/actions/answer/guards/0",
      /can never hold/,
    ],
    [
      "the second condition of an answer is for another type",
      ofWorkflow("complaint", (w) => {
        w.actions.answer.guards = [...only(equal("escalationLevel", 0)), ...only(equal("type", "inquiry"))];
      }),
      "/actions/answer/guards/1",
      /type “Complaint” would stay/,
    ],
    [
      "an entity answers what no entity has",
      ofWorkflow("complaint", (w) => (w.actions.answer.guards = only(equal("placed", false)))),
      "/actions/answer/guards/0",
      /can never hold/,
    ],
    [
      "officials approve what only the system may",
      ofWorkflow("inquiry", (w) => (w.actions.approve.guards = only(equal("actorKind", "system")))),
      "/actions/approve/guards/0",
      /can never hold/,
    ],
    [
      "answers about fees wait for the auditor",
      ofWorkflow("complaint", (w) => answersComeTo(w, equal("pillar", "TIME"), released(["auditor"]))),
      "/actions/release/by",
      /stay in “Being checked” for good.*only for “Auditor”/,
    ],
    [
      "critical answers wait for the committee",
      ofWorkflow("complaint", (w) =>
        answersComeTo(w, equal("importance", "critical"), released(["steering_committee"])),
      ),
      "/actions/release/by",
      /type “Complaint” with the importance “Critical” would stay in “Being checked”/,
    ],
    [
      "answers come to a state that only the applicant leads out of",
      ofWorkflow("complaint", (w) => answersComeTo(w, equal("pillar", "TIME"), {})),
      "/states/held",
      /nothing that those who see it may do leads on.*Add an action that leads on from “Being checked”/,
    ],
    [
      "compliments are passed on by who does not see them",
      ofWorkflow("compliment", (w) => (w.actions.pass_on.by = ["main_focal_point"])),
      "/actions/pass_on/by",
      /type “Compliment” would stay/,
    ],
    [
      "suggestions are adopted or not by a committee that sees none",
      ofWorkflow("suggestion", (w) => {
        w.actions.adopt.by = ["steering_committee"];
        w.actions.not_adopt.by = ["steering_committee"];
      }),
      "/actions/adopt/by",
      /“[^”]+”, “[^”]+” leads on, but it is only for/,
    ],
  ])("%s", (_what, found, path, words) => {
    const all = found();
    expect(all.map(([at]) => at)).toEqual([path]);
    expect(all[0]?.[1]).toMatch(words);
  });
});

describe("what is no dead end is not refused", () => {
  it.each<[string, () => Said[]]>([
    ...names.map((name): [string, () => Said[]] => [
      `the shipped ${name} beside all shipped rules`,
      ofWorkflow(name, () => {}),
    ]),
    ["the shipped classification", ofRules(classification(() => {}))],
    ...names.map((name): [string, () => Said[]] => [`the shipped type ${name}`, ofType(name, {})]),
    [
      "a rule that makes complaints confidential, where the manager may approve too",
      ofWorkflow(
        "complaint",
        (w) => w.actions.approve.by.push("entity_manager"),
        () => withRules(jordan(), "classification", bribes),
      ),
    ],
    [
      "a rule that makes complaints confidential, where another action is for those",
      ofWorkflow(
        "complaint",
        (w) => {
          w.actions.approve.guards.push(...only(equal("confidential", false)));
          w.actions.approve_secret = {
            ...w.actions.approve,
            by: ["entity_manager"],
            guards: only(equal("confidential", true)),
          };
        },
        () => withRules(jordan(), "classification", bribes),
      ),
    ],
    [
      "a confidential rule that another of a higher priority always overrules",
      ofRules(
        classification((rules) => {
          const open = {
            ...ofBribes,
            id: "open-complaints",
            priority: 202,
            conditions: { all: [ofBribes.conditions.all[0]] },
          };
          const event = { type: "classification", params: { confidential: false } };
          rules.rules.unshift(ofBribes, { ...open, event });
          rules.rules[0].examples = rules.rules[0].examples.map((example: Json) => ({ ...example }));
        }),
      ),
    ],
    [
      "a condition that may come to hold",
      ofWorkflow("complaint", (w) => (w.actions.answer.guards = only(equal("actorIsAssignee", true)))),
    ],
  ])("%s", (_what, found) => {
    expect(found().filter(([path]) => !path.endsWith("/examples/0"))).toEqual([]);
  });

  it("a rule that strands cases already is a warning, so that another can be changed", () => {
    const setup = withRules(jordan(), "classification", bribes);
    expect(checkRuleSet(bribes, setup, "").map(({ path, severity }) => [path, severity])).toEqual([
      ["/rules/0/event/params/confidential", "warning"],
    ]);
  });
});

it("sees who reaches a case as the matrix of permissions says it", () => {
  const reached = (confidential: boolean) =>
    Object.fromEntries(casePlaces.map((place) => [place, [...rolesThatReach(place, confidential)].sort()]));
  expect(reached(true)).toEqual({
    entity: ["entity_manager", "focal_point"],
    sector: ["main_focal_point"],
    nowhere: ["operation_room"],
  });
  expect(reached(false)).toEqual({
    entity: ["entity_manager", "focal_point", "minister", "operation_room", "prime_minister", "secretary_general"],
    sector: ["main_focal_point", "operation_room"],
    nowhere: ["operation_room"],
  });
});

describe("promises and the ladder that do not fit each other are warned of, where they are corrected", () => {
  const warned = (set: RuleSetName, change: (rules: Json) => void, setup: Setup = jordan()): Said[] => {
    const rules = structuredClone(shippedJson<Json>("rules", "jordan", `${set}.json`));
    change(rules);
    return checkRuleSet(rules, setup, set).map(({ path, reason, severity }) => {
      expect([severity, reason.ar]).toEqual(["warning", expect.stringMatching(/[؀-ۿ]/)]);
      return [path, reason.en];
    });
  };
  const ofRule = (rules: Json, id: string): Json => rules.rules.find((rule: Json) => rule.id === id);

  it.each<[string, RuleSetName, (rules: Json) => void, RegExp, RegExp]>([
    [
      "a type that climbs nowhere",
      "escalation",
      (rules) => {
        rules.rules = rules.rules.filter((rule: Json) => rule.event.params.kind === "warning");
        rules.rules.push({ ...shippedJson<Json>("rules", "jordan", "escalation.json").rules[5] });
        ofRule(rules, "raise-due").conditions.all[0].value = ["complaint", "report", "inquiry"];
      },
      /^\/rules$/,
      /type “Suggestion”, but no rule escalates them/,
    ],
    [
      "an importance of a type that climbs nowhere",
      "escalation",
      (rules) => {
        rules.rules = rules.rules.filter((rule: Json) => !/^raise-(due|low)/.test(rule.id));
      },
      /^\/rules$/,
      /type “Inquiry” with the importance “Low”, but no rule escalates/,
    ],
    [
      "a level that is reached before the one below it",
      "escalation",
      (rules) => (ofRule(rules, "raise-high-3").event.params.when.after.amount = 24),
      /^\/rules\/\d+\/event\/params\/when$/,
      /to level 3 before .* to level 2\. Give the higher level the later time/,
    ],
    [
      "a level at a share of the time, and the one below it afterwards",
      "escalation",
      (rules) => (ofRule(rules, "raise-low-3").event.params.when = { clock: "resolution", percent: 90 }),
      /^\/rules\/\d+\/event\/params\/when$/,
      /to level 3 before/,
    ],
    [
      "a first reply after the final answer",
      "sla",
      (rules) => (ofRule(rules, "sla-inquiry").event.params.firstResponse.amount = 60),
      /^\/rules\/\d+\/event\/params\/firstResponse$/,
      /due after the final answer/,
    ],
  ])("%s", (_what, set, change, path, words) => {
    const all = warned(set, change);
    expect(all.map(([at]) => at)).toEqual(all.map(() => expect.stringMatching(path)));
    expect(all.map(([, said]) => said)).toContainEqual(expect.stringMatching(words));
  });

  it("a step that waits for what is promised to none of its cases", () => {
    const sla = structuredClone(shippedJson<Json>("rules", "jordan", "sla.json"));
    for (const { params } of [...sla.rules.map(({ event }: Json) => event), { params: sla.default }])
      params.firstResponse = null;
    const setup = withRules(jordan(), "sla", sla as RuleSetDefinition);
    expect(warned("escalation", () => {}, setup)).toEqual([
      [
        "/rules/1/event/params/when/clock",
        expect.stringMatching(/the deadline of the first reply.*never does anything/),
      ],
    ]);
  });

  it("service levels that take from the ladder in force what it waits for", () => {
    const without = (setup?: Setup) =>
      warned(
        "sla",
        (sla) => {
          for (const { params } of [...sla.rules.map(({ event }: Json) => event), { params: sla.default }])
            params.firstResponse = null;
        },
        setup,
      );
    const said = ["/rules", expect.stringMatching(/no longer fit: .*the deadline of the first reply/)];
    expect(without()).toEqual([said]);
    // What is so already is said at the ladder.
    const sla = structuredClone(shippedJson<Json>("rules", "jordan", "sla.json"));
    for (const { params } of [...sla.rules.map(({ event }: Json) => event), { params: sla.default }])
      params.firstResponse = null;
    expect(without(withRules(jordan(), "sla", sla as RuleSetDefinition))).toEqual([]);
  });

  it.each(["escalation", "sla"] as const)("nothing of the shipped %s", (set) => {
    expect(warned(set, () => {})).toEqual([]);
  });
});
