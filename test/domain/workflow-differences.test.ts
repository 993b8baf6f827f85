/** What whoever approves a workflow reads of it: all that a new action says, and each part in the words of the studio. */
import { describe, expect, it } from "@jest/globals";
import { workflowDifferences } from "../../src/engine/differences/workflow-differences.js";
import { checkWorkflow } from "../../src/engine/workflow/check-workflow.js";
import type { WorkflowAction, WorkflowDefinition } from "../../src/engine/workflow/workflow-definition.js";
import { shippedJson, shippedSetup } from "../support/shipped-setup.js";

const setup = shippedSetup("jordan");
const shipped = (name: string) => shippedJson<WorkflowDefinition>("workflows", "jordan", `${name}.json`);
const complaint = shipped("complaint");

const withAction = (code: string, action: Partial<WorkflowAction>): WorkflowDefinition => ({
  ...complaint,
  actions: { ...complaint.actions, [code]: { ...complaint.actions[code], ...action } as WorkflowAction },
});
const inEnglish = (before: WorkflowDefinition, after: WorkflowDefinition) =>
  workflowDifferences(before, after, setup).map(({ kind, what, details }) => [
    kind,
    what.en,
    details.map(({ en }) => en),
  ]);
const changesOf = (code: string, action: Partial<WorkflowAction>) =>
  workflowDifferences(complaint, withAction(code, action), setup).flatMap(({ details }) => details);

const expert: WorkflowAction = {
  name: { en: "Ask an expert", ar: "سؤال خبير" },
  from: ["in_progress"],
  to: [
    { when: { fact: "reviewRequired", operator: "equal", value: true }, to: "in_review", effects: ["appeal"] },
    { to: "resolved" },
  ],
  by: ["focal_point", "applicant", "system"],
  fields: {
    question: { name: { en: "Question", ar: "السؤال" }, type: "text", required: true, maxLength: 400 },
    how: {
      name: { en: "How", ar: "كيف" },
      type: "choice",
      required: false,
      choices: [
        { code: "a", name: { en: "By mail", ar: "بالبريد" } },
        { code: "b", name: { en: "By phone", ar: "بالهاتف" } },
      ],
    },
  },
  attachments: true,
  signOfLife: false,
  effects: ["note", "give"],
  guards: [
    {
      when: { fact: "importance", operator: "in", value: ["critical"] },
      otherwise: { en: "Not now.", ar: "ليس الآن." },
    },
  ],
};

describe("what applicants read of a state", () => {
  const withTold = (told: object | undefined) =>
    ({
      ...complaint,
      states: { ...complaint.states, triage: { ...complaint.states.triage, ...(told !== undefined && { told }) } },
    }) as WorkflowDefinition;

  it("is a difference of its own, and what it was before it was said is named", () => {
    const told = { en: "We are looking for the entity", ar: "نبحث عن الجهة" };
    expect(inEnglish(complaint, withTold(told))).toEqual([
      [
        "changed",
        expect.stringContaining("Waiting for an entity"),
        [expect.stringMatching(/^For applicants: .*by the type of the state.*We are looking for the entity/)],
      ],
    ]);
    expect(inEnglish(withTold(told), withTold(told))).toEqual([]);
  });

  it("is said in both languages or in none", () => {
    const faultsOf = (told: object) => checkWorkflow(withTold(told), setup, "complaint").map(({ path }) => path);
    expect(faultsOf({ en: "Only English" })).not.toEqual([]);
    expect(faultsOf({ en: "Both", ar: "معًا" })).toEqual([]);
  });
});

describe("an action that is new or goes", () => {
  it("says who may, from where to where, what is asked for, what it does and when it is refused", () => {
    const after = withAction("expert", expert);
    const details = [
      "From: Being worked on",
      "Leads to: if A quality review is required: yes: In quality review (“An appeal: another person, new deadlines”); else Answered",
      "Who may: Focal point, Applicant, The system itself",
      "What it does: “A note that only officials see”, “The case is assigned to a colleague”",
      "Files: can be attached",
      "Counts as an action of the entity: no",
      "Asked for: “Question” (Text, required, at most 400 characters)",
      "Asked for: “How” (Choice from a list, not required, choices: By mail / By phone)",
      "Only if Importance level: one of: Critical; message if not allowed: “Not now.”",
    ];
    expect(inEnglish(complaint, after)).toEqual([["added", "Action “Ask an expert”", details]]);
    expect(inEnglish(after, complaint)).toEqual([["removed", "Action “Ask an expert”", details]]);
  });

  it.each(["complaint", "compliment", "inquiry", "report", "suggestion"])(
    "of the shipped workflow %s has no code in its words",
    (name) => {
      const whole = shipped(name);
      const told = workflowDifferences({ ...whole, states: {}, actions: {}, timers: [] }, whole, setup);
      expect(told.length).toBeGreaterThan(5);
      for (const { what, details } of told) {
        expect(details.length).toBeGreaterThan(0);
        expect([what, ...details].map(({ ar }) => ar).join()).not.toMatch(/[a-z{}[\]]{2}/i);
        expect([what, ...details].map(({ en }) => en).join()).not.toMatch(/[a-z]_[a-z]|[{}[\]]/);
      }
    },
  );
});

describe("an action that changed", () => {
  const { ask } = complaint.actions;
  const question = ask?.fields.question;
  if (ask === undefined || question === undefined) throw new Error("the shipped complaint asks a question");

  it("tells effects by their words", () => {
    expect(changesOf("ask", { effects: ["ask"] })).toEqual([
      {
        en: "What it does: was “The applicant gets a question”, “The person who does it takes the case”, now “The applicant gets a question”",
        ar: "أثره: كان «سؤال إلى مقدم الطلب»، «من يقوم بالإجراء يتولى الطلب»، والآن «سؤال إلى مقدم الطلب»",
      },
    ]);
  });

  it("tells a field that changed in itself, one that is new, one that is gone, and another order", () => {
    const more = { name: { en: "More", ar: "المزيد" }, type: "text", required: false } as const;
    const english = (fields: WorkflowAction["fields"]) => changesOf("ask", { fields }).map(({ en }) => en);
    expect(english({ question: { ...question, required: false } })).toEqual([
      "Asked for: was “Question” (Text, required, at most 4,000 characters), now “Question” (Text, not required, at most 4,000 characters)",
    ]);
    expect(english({ question, more })).toEqual(["Now also asked for: “More” (Text, not required)"]);
    expect(english({ more })).toEqual([
      "Now also asked for: “More” (Text, not required)",
      "No longer asked for: “Question” (Text, required, at most 4,000 characters)",
    ]);
    expect(
      inEnglish(withAction("ask", { fields: { question, more } }), withAction("ask", { fields: { more, question } })),
    ).toEqual([
      [
        "changed",
        "Action “Ask the applicant”",
        ["Order in which it is asked for: was Question, More, now More, Question"],
      ],
    ]);
  });

  it("tells which condition is new and which is gone", () => {
    const guard = {
      when: { fact: "cycle", operator: "lessThan", value: 4 } as const,
      otherwise: { en: "Too often.", ar: "تكرر كثيرًا." },
    };
    const [only] = changesOf("ask", { guards: [guard] });
    expect(only?.en).toMatch(/^New condition: .+: less than 4; message if not allowed: “Too often\.”$/);
    expect(only?.ar).toMatch(/^شرط جديد: .+؛ الرسالة عند عدم السماح: «تكرر كثيرًا\.»$/);
    const [gone] = workflowDifferences(withAction("ask", { guards: [guard] }), complaint, setup);
    expect(gone?.details[0]?.en).toMatch(/^No longer a condition: /);
  });
});

it("a timer is told by the state that it watches and by what it does there", () => {
  const [first, ...rest] = complaint.timers;
  if (first === undefined) throw new Error("the shipped complaint has timers");
  const state = complaint.states[first.state]?.name;
  const [close, other] = [complaint.actions[first.action]?.name, complaint.actions.close?.name];
  const title = (action: string | undefined) => `Timer in the state “${state?.en}”: “${action}”`;
  expect(inEnglish(complaint, { ...complaint, timers: rest })).toEqual([
    ["removed", title(close?.en), ["After: 10 days, nights and days off included"]],
  ]);
  const moved = { ...first, state: "resolved", action: "close" };
  expect(inEnglish(complaint, { ...complaint, timers: [moved, ...rest] })).toEqual([
    [
      "changed",
      `Timer in the state “${complaint.states.resolved?.name.en}”: “${other?.en}”`,
      [
        `State: was ${state?.en}, now ${complaint.states.resolved?.name.en}`,
        `Action: was ${close?.en}, now ${other?.en}`,
      ],
    ],
  ]);
});
