import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { Actor } from "../../src/engine/access/permissions.js";
import { describeEvents } from "../../src/engine/explain/describe-event.js";
import { casesNamedIn } from "../../src/engine/explain/named-cases.js";
import { applyAction } from "../../src/engine/lifecycle/apply-action.js";
import type { Case } from "../../src/engine/lifecycle/case.js";
import { draftOf } from "../../src/engine/lifecycle/case-draft.js";
import { makeReference } from "../../src/engine/lifecycle/case-reference.js";
import { deskAct } from "../../src/engine/measures/desk-row.js";
import type { Facts } from "../../src/engine/rules/fact-catalogue.js";
import type { EffectName } from "../../src/engine/workflow/effects.js";
import { availableActions, interpretAction } from "../../src/engine/workflow/interpret-action.js";
import { theirActions } from "../../src/features/cases/act/offered-actions.js";
import {
  aCase,
  applicant,
  calendar,
  calendarOf,
  factsOf,
  hoursAfter,
  office,
  person,
  shippedWorkflow,
  sunday,
  system,
} from "../support/office.js";

const setup = office();
const names = ["complaint", "report", "inquiry", "suggestion", "compliment"] as const;
const workflows = Object.fromEntries(names.map((name) => [name, shippedWorkflow(name)]));

interface Try {
  workflow?: (typeof names)[number];
  actor?: Actor;
  fields?: Record<string, unknown>;
  now?: Date;
  facts?: Facts;
}
const focal = person(11);
const room = person(51);

function tried(
  action: string,
  theCase: Case,
  { workflow = "complaint", actor = focal, fields = {}, now = sunday, facts = {} }: Try = {},
) {
  const definition = workflows[workflow];
  if (definition === undefined) throw new Error(workflow);
  return interpretAction({
    workflow: definition,
    theCase,
    action,
    fields,
    actor,
    facts: factsOf(theCase, setup, now, facts),
    setup,
    now,
  });
}
/** Where it led, or the code of the problem with the places of its faults. */
function outcome(...args: Parameters<typeof tried>) {
  const result = tried(...args);
  return result.ok ? result.to : [result.problem.code, ...result.problem.faults.map((fault) => fault.field)].join(" ");
}
function words(...args: Parameters<typeof tried>): string {
  const result = tried(...args);
  if (result.ok) throw new Error("it was allowed");
  expect(result.problem.detail.ar).toMatch(/[\u0600-\u06ff]/);
  return result.problem.detail.en;
}

describe("the way of a complaint", () => {
  it.each<[string, string, Actor, Record<string, unknown>, string, string[]]>([
    ["assign", "triage", person(61), { entity: "MWI" }, "assigned", ["assign"]],
    ["take", "assigned", focal, {}, "in_progress", ["take"]],
    ["contact", "assigned", focal, { note: "Called back" }, "in_progress", ["note", "respond"]],
    ["ask", "in_progress", focal, { question: "Which street?" }, "waiting_applicant", ["ask", "take"]],
    ["reply", "waiting_applicant", applicant, { reply: "Rainbow Street" }, "in_progress", ["reply"]],
    ["add_information", "in_progress", applicant, { reply: "And the next street" }, "in_progress", ["reply"]],
    ["answer", "in_progress", focal, { answer: "Repaired" }, "resolved", ["answer"]],
    ["transfer", "in_progress", focal, { entity: "MWI", reason: "Not food" }, "assigned", ["transfer"]],
    ["reclassify", "in_progress", room, { importance: "high" }, "in_progress", ["reclassify"]],
    ["note", "resolved", focal, { note: "x" }, "resolved", ["note", "mention"]],
    ["withdraw", "in_progress", applicant, {}, "withdrawn", ["withdraw"]],
    ["close", "resolved", system, {}, "closed", []],
    ["close_no_reply", "waiting_applicant", system, {}, "closed_no_reply", []],
    ["reopen_unanswered", "closed_no_reply", room, { reason: "He was abroad" }, "assigned", ["reopen"]],
  ])("%s from %s", (action, state, actor, fields, to, effects) => {
    const entity = state === "triage" ? null : "JFDA";
    expect(tried(action, aCase({ state, entity }), { actor, fields })).toEqual({ ok: true, to, effects, fields });
  });

  it("goes through quality review where the quality rules ask for it, and a reviewer never reviews the own answer", () => {
    const answer = { fields: { answer: "Repaired" } };
    expect(outcome("answer", aCase(), { ...answer, facts: { reviewRequired: true } })).toBe("in_review");
    const review = aCase({ state: "in_review", answeredBy: 51 });
    expect(words("approve", review, { actor: room })).toMatch(/Someone else must review/);
    expect(outcome("approve", review, { actor: person(52) })).toBe("resolved");
    expect(outcome("return", review, { actor: person(52), fields: { reason: "When?" } })).toBe("in_progress");
    expect(outcome("approve", review, { actor: focal })).toBe("forbidden");
  });

  it("ends with a good rating; a poor one opens an appeal with a cycle of its own", () => {
    const answered = aCase({ state: "resolved", answeredBy: 11, resolvedAt: sunday });
    const rated = (rating: unknown, cycle = 1) =>
      tried("rate", { ...answered, cycle }, { actor: applicant, fields: { rating } });
    for (const rating of [3, 4, 5])
      expect(rated(rating)).toEqual({ ok: true, to: "closed", effects: ["rate"], fields: { rating } });
    for (const rating of [1, 2])
      expect(rated(rating)).toEqual({ ok: true, to: "appealed", effects: ["rate", "appeal"], fields: { rating } });
    expect(rated("٢")).toEqual({ ok: true, to: "appealed", effects: ["rate", "appeal"], fields: { rating: 2 } });
    expect(rated(1, 4)).toMatchObject({ to: "closed", effects: ["rate"] });
  });

  it("has an appeal handled by another person than who answered, to its end", () => {
    const appealed = aCase({ state: "appealed", answeredBy: 11, cycle: 2 });
    expect(words("take_appeal", appealed)).toMatch(/Someone else handles it/);
    expect(outcome("take_appeal", appealed, { actor: person(12) })).toBe("appeal_in_progress");
    const taken = { ...appealed, state: "appeal_in_progress", assignee: 12 };
    const fields = { answer: "We were wrong" };
    expect(words("answer_appeal", taken, { fields })).toMatch(/Only the person who took the appeal/);
    expect(outcome("answer", taken, { fields })).toBe("action-refused");
    expect(outcome("answer_appeal", taken, { actor: person(12), fields })).toBe("resolved");
    expect(outcome("answer_appeal", taken, { actor: person(12), fields, facts: { reviewRequired: true } })).toBe(
      "appeal_in_review",
    );
    const sentBack = { ...taken, answeredBy: 12 };
    expect(outcome("answer_appeal", sentBack, { actor: person(12), fields })).toBe("resolved");
  });

  it("is reopened within the window and not a moment later", () => {
    const answered = aCase({ state: "closed", resolvedAt: sunday });
    const reopen = (hours: number) =>
      outcome("reopen", answered, {
        actor: applicant,
        fields: { reason: "Still dry" },
        now: hoursAfter(sunday, hours),
      });
    expect(reopen(14 * 24 - 1)).toBe("assigned");
    expect(reopen(14 * 24)).toBe("action-refused");
    expect(
      words("reopen", answered, { actor: applicant, fields: { reason: "x" }, now: hoursAfter(sunday, 500) }),
    ).toMatch(/Send a new one/);
  });
});

describe("asking", () => {
  const photo = { id: "a".repeat(32), name: "a.png", type: "image/png", bytes: 7, sha256: "b".repeat(64) };
  const asked = (theCase: Case, effects: readonly EffectName[] = ["ask", "take"]) =>
    applyAction({
      ...{
        draft: draftOf(theCase, focal, sunday),
        workflow: shippedWorkflow("complaint"),
        setup,
        calendar,
        calendarOf,
      },
      ...{ action: "ask", to: "waiting_applicant", effects, fields: { question: "Which street?" } },
      ...{ attachments: [photo], original: null, splitInto: null },
    });

  it.each(names.filter((name) => name !== "compliment"))("takes the case, as shipped for a %s", (name) => {
    expect(shippedWorkflow(name).actions.ask?.effects).toEqual(["ask", "take"]);
  });

  it("makes the case the asker's, once, and leaves the files with the question", () => {
    const first = asked(aCase());
    expect(first.theCase.assignee).toBe(11);
    expect(first.events.map(({ type }) => type)).toEqual(["applicant.asked", "case.taken"]);
    const again = asked(aCase({ assignee: 11 }));
    expect(again.events.map(({ type }) => type)).toEqual(["applicant.asked"]);
    expect(asked(aCase({ assignee: 12 })).theCase.assignee).toBe(11);
    for (const order of [["ask", "take"] as const, ["take", "ask"] as const]) {
      const { events } = asked(aCase(), order);
      expect(events.filter(({ data }) => data.attachments !== undefined).map(({ type }) => type)).toEqual([
        "applicant.asked",
      ]);
    }
    // Who has the case and takes it anew, as after a reopening, is on record with that.
    expect(asked(aCase({ assignee: 11 }), ["take"]).events.map(({ type }) => type)).toEqual(["case.taken"]);
  });

  it("stays a question to those who work: in its place, by its key, and possible for the one who has the case", () => {
    const { ask, take } = shippedWorkflow("complaint").actions;
    if (ask === undefined || take === undefined) throw new Error("the shipped workflow has both");
    expect(deskAct("ask", ask, true)).toEqual({ action: "ask", deed: "ask", atOnce: false });
    expect(deskAct("take", take, true)).toEqual({ action: "take", deed: "take", atOnce: true });
    const workflow = shippedWorkflow("complaint");
    const offered = (theCase: Case, of = workflow) =>
      theirActions({ theCase, workflow: of, setup, facts: factsOf(theCase, setup, sunday), actor: focal, now: sunday });
    const untaken = offered(aCase({ state: "assigned" }));
    expect(untaken.primary?.name).toBe("take");
    expect(untaken.allowed.slice(0, 3).map(({ name }) => name)).toEqual(["take", "answer", "ask"]);
    // A workflow in which the case stays where it is while somebody is asked.
    const staying = { ...workflow, actions: { ...workflow.actions, ask: { ...ask, to: "in_progress" } } };
    const mine = offered(aCase({ assignee: 11 }), staying);
    expect(mine.allowed.map(({ name }) => name)).toContain("ask");
    expect(mine.primary?.name).toBe("answer");
  });
});

describe("a field that a programme asks for by itself", () => {
  const complaint = shippedWorkflow("complaint");
  const name = { en: "Why it came here", ar: "سبب وصوله إلينا" };
  const asked = {
    cause: {
      ...({ name, type: "choice", required: true } as const),
      choices: [{ code: "form", name: { en: "The form sent it", ar: "أرسله النموذج" } }],
    },
    lesson: { name: { en: "Lesson", ar: "الدرس" }, type: "text", required: false },
    like: { name: { en: "Similar case", ar: "حالة مشابهة" }, type: "reference", required: false },
    code: { name: { en: "Code", ar: "الرمز" }, type: "applicantCode", required: false },
  } as const;
  const given = {
    cause: "form",
    lesson: "Ask\nfirst",
    like: makeReference(Buffer.from("0123456789abcdef", "hex")),
    code: "ABCD-EFGH",
  };
  const secondMatter = { subject: "Two", description: "A second matter" };

  it.each(Object.entries(complaint.actions))(
    "is kept with %s, shown by its name, and no code is",
    (action, shipped) => {
      const workflow = { ...complaint, actions: { [action]: { ...shipped, fields: { ...shipped.fields, ...asked } } } };
      const known = { entity: "MWI", reason: "Why", rating: 4, colleague: 12, answer: "Repaired", note: "Look" };
      const { events } = applyAction({
        ...{ draft: draftOf(aCase({ state: "in_progress" }), focal, sunday), workflow, action, to: "in_progress" },
        ...{ effects: shipped.effects, fields: { ...known, ...given, ...secondMatter }, setup, calendar, calendarOf },
        ...{ original: null, splitInto: "482-739-1659" },
      });
      const kept = events.filter(({ data }) => data.otherFields !== undefined);
      expect(kept).toHaveLength(1);
      expect(kept[0]?.data.otherFields).toMatchObject({ cause: "form", lesson: "Ask\nfirst" });
      expect(JSON.stringify(events)).not.toContain(given.code);
      if (shipped.effects.includes("split")) expect(JSON.stringify(events)).not.toContain(secondMatter.description);
      const stored = kept.map((event, i) => ({ ...event, caseId: 1, seq: i + 1, at: sunday, actor: focal }) as never);
      const shown = (reached: string[]) =>
        describeEvents(stored, { setup, workflow, reached: new Set(reached) })[0]?.fields ?? [];
      expect(shown(casesNamedIn(stored))).toEqual(
        expect.arrayContaining([
          { name, value: { en: "The form sent it", ar: "أرسله النموذج" } },
          { name: asked.lesson.name, value: { en: given.lesson, ar: given.lesson } },
          {
            name: asked.like.name,
            value: { en: `case \u2068${given.like}\u2069`, ar: expect.stringContaining(given.like) },
          },
        ]),
      );
      expect(JSON.stringify(shown([]))).not.toContain(given.like);
    },
  );
});

describe("the other types", () => {
  const move = (
    workflow: (typeof names)[number],
    action: string,
    state: string,
    more: Try = {},
    change: Partial<Case> = {},
  ) => outcome(action, aCase({ state, ...change }), { workflow, ...more });

  it("a suggestion is adopted or not, with a reason", () => {
    expect(move("suggestion", "adopt", "in_progress", { fields: { answer: "From May" } })).toBe("adopted");
    expect(move("suggestion", "not_adopt", "in_progress", { fields: { answer: "The law" } })).toBe("not_adopted");
    expect(move("suggestion", "not_adopt", "in_progress")).toBe("invalid-input /fields/answer");
    expect(move("suggestion", "rate", "adopted", { actor: applicant, fields: { rating: 1 } })).toBe("closed");
  });

  it("a compliment is passed on and closed at once", () => {
    expect(move("compliment", "pass_on", "assigned", { fields: { note: "To the night shift" } })).toBe("closed");
    expect(move("compliment", "answer", "assigned", { fields: { answer: "Thanks" } })).toBe("invalid-input /action");
  });

  it("an inquiry is answered", () => {
    expect(move("inquiry", "answer", "assigned", { fields: { answer: "At window 3" } })).toBe("resolved");
  });

  it("a confidential report is moved by its handlers alone", () => {
    const secret = { confidential: true };
    const fields = { entity: "MWI", reason: "Not ours" };
    expect(move("report", "transfer", "in_progress", { fields }, secret)).toBe("assigned");
    for (const user of [21, 31, 32, 41, 51, 61, 71]) {
      expect(move("report", "transfer", "in_progress", { actor: person(user), fields }, secret)).toBe("forbidden");
      expect(move("report", "note", "in_progress", { actor: person(user), fields: { note: "x" } }, secret)).toBe(
        "forbidden",
      );
    }
    expect(move("report", "approve", "in_review", { actor: person(13) }, { ...secret, answeredBy: 11 })).toBe(
      "resolved",
    );
    expect(move("report", "approve", "in_review", {}, { ...secret, answeredBy: 11 })).toBe("action-refused");
  });

  it("the room cannot even act on a confidential case of a workflow that names it", () => {
    expect(outcome("note", aCase({ confidential: true }), { actor: room, fields: { note: "x" } })).toBe("forbidden");
  });
});

describe("who may not", () => {
  it.each<[string, Actor, string]>([
    ["a focal point of another entity", person(21), "take"],
    ["the applicant, to an official's act", applicant, "answer"],
    ["the auditor", person(71), "note"],
    ["the main focal point, once the case is placed", person(61), "link"],
    ["the minister, whom the workflow does not name", person(32), "answer"],
    ["the system, to a person's act", system, "answer"],
    ["an official, to the timer's act", focal, "close_no_reply"],
    ["a channel's key", { kind: "channel", channel: "web" }, "withdraw"],
  ])("%s", (_who, actor, action) => {
    expect(outcome(action, aCase(), { actor, fields: { answer: "x", note: "x" } })).toBe("forbidden");
  });

  it("staff never rate themselves, nor withdraw or reply for the applicant", () => {
    for (const user of [11, 13, 51, 61, 71]) {
      expect(outcome("rate", aCase({ state: "resolved" }), { actor: person(user), fields: { rating: 5 } })).toBe(
        "forbidden",
      );
      expect(outcome("withdraw", aCase(), { actor: person(user) })).toBe("forbidden");
      expect(
        outcome("reply", aCase({ state: "waiting_applicant" }), { actor: person(user), fields: { reply: "x" } }),
      ).toBe("forbidden");
    }
  });

  it("are told for whom it is", () => {
    expect(words("take", aCase(), { actor: person(21) })).toBe(
      "“Take the case” is for a focal point of the entity or the manager of the entity, for cases that they can see.",
    );
  });
});

describe("a state that does not allow it", () => {
  it("is named with those that would", () => {
    expect(words("answer", aCase({ state: "closed" }), { fields: { answer: "x" } })).toBe(
      "The case is “Closed”. “Answer” is possible while it is “With the entity” or “Being worked on”.",
    );
  });

  it("lets nobody take twice what is theirs", () => {
    expect(words("take", aCase({ assignee: 11 }))).toBe("You have already taken this case.");
    expect(outcome("take", aCase({ assignee: 12 }))).toBe("in_progress");
  });
});

describe("what is filled in", () => {
  const own = aCase();
  const other = makeReference(Buffer.from("0123456789abcdef", "hex"));
  const retired = new Map([
    ...setup.entities,
    ["WAJ", { ...(setup.entities.get("WAJ") as never as object), retired: true } as never],
  ]);
  it.each<[string, string, Record<string, unknown>, string]>([
    ["nothing", "ask", {}, "invalid-input /fields/question"],
    ["only blanks", "ask", { question: "  \n " }, "invalid-input /fields/question"],
    ["no text", "ask", { question: 5 }, "invalid-input /fields/question"],
    ["a list for a text", "ask", { question: ["a"] }, "invalid-input /fields/question"],
    ["too long a text", "ask", { question: "x".repeat(4001) }, "invalid-input /fields/question"],
    ["control characters", "ask", { question: "a\u0000b" }, "invalid-input /fields/question"],
    ["a field it does not have", "ask", { question: "a", "un/known": 1 }, "invalid-input /fields/un~1known"],
    ["a field to an action that takes none", "take", { x: 1 }, "invalid-input /fields/x"],
    ["no such entity", "transfer", { entity: "XYZ", reason: "Not ours" }, "invalid-input /fields/entity"],
    ["no code of an entity", "transfer", { entity: 5, reason: "Not ours" }, "invalid-input /fields/entity"],
    ["the entity it is with", "transfer", { entity: "JFDA", reason: "Not ours" }, "invalid-input /fields/entity"],
    ["a reason of a letter", "transfer", { entity: "MOH", reason: "x" }, "invalid-input /fields/reason"],
    ["a reason of signs", "transfer", { entity: "MOH", reason: "........ :-)" }, "invalid-input /fields/reason"],
    ["two things missing", "transfer", {}, "invalid-input /fields/entity /fields/reason"],
    ["no such reference", "link", { duplicateOf: "12" }, "invalid-input /fields/duplicateOf"],
    ["a name of Object's own", "constructor", {}, "invalid-input /action"],
    ["an unknown action", "explode", {}, "invalid-input /action"],
  ])("%s", (_what, action, fields, expected) => {
    expect(outcome(action, own, { fields })).toBe(expected);
  });

  it.each([0, 6, 2.5, "x", "", true, null, [3]])("a rating of %p", (rating) => {
    expect(outcome("rate", aCase({ state: "resolved" }), { actor: applicant, fields: { rating } })).toBe(
      "invalid-input /fields/rating",
    );
  });

  it("a change of nothing", () => {
    expect(outcome("reclassify", own, { actor: room, fields: {} })).toBe("invalid-input /fields");
    expect(outcome("reclassify", own, { actor: room, fields: { importance: "normal" } })).toBe("invalid-input /fields");
    expect(outcome("reclassify", own, { actor: room, fields: { pillar: "NONE" } })).toBe(
      "invalid-input /fields/pillar",
    );
    expect(words("reclassify", own, { actor: room, fields: { pillar: "NONE" } })).toContain("QUALITY");
  });

  it("an entity that does not receive cases, with its name", () => {
    const interpreted = interpretAction({
      workflow: workflows.complaint as never,
      theCase: own,
      action: "transfer",
      fields: { entity: "WAJ", reason: "Not ours" },
      actor: focal,
      facts: factsOf(own, setup, sunday),
      setup: { ...setup, entities: retired },
      now: sunday,
    });
    expect(interpreted.ok ? "" : interpreted.problem.detail.en).toMatch(/^Water Authority.* does not receive cases/);
  });

  it("a reference however it was typed; never the case's own", () => {
    const typed = other.replaceAll("-", " ").replace(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit)));
    expect(tried("link", own, { fields: { duplicateOf: typed } })).toEqual({
      ok: true,
      to: "duplicate",
      effects: ["link"],
      fields: { duplicateOf: other },
    });
    expect(outcome("link", { ...own, reference: other }, { fields: { duplicateOf: other } })).toBe(
      "invalid-input /fields/duplicateOf",
    );
  });

  it("text is trimmed and composed, and what was left empty is absent", () => {
    expect(
      tried("rate", aCase({ state: "resolved" }), { actor: applicant, fields: { rating: 5, comment: " " } }),
    ).toMatchObject({ fields: { rating: 5 } });
    expect(tried("ask", own, { fields: { question: " cafe\u0301 " } })).toMatchObject({ fields: { question: "café" } });
  });
});

describe("the buttons of a screen", () => {
  const actors = [11, 12, 13, 21, 31, 51, 61, 71].map((user) => person(user));
  const anyone = fc.constantFrom<Actor>(applicant, system, ...actors);
  const anyCase = fc.record({
    workflow: fc.constantFrom(...names),
    entity: fc.constantFrom("JFDA", "MWI", null),
    confidential: fc.boolean(),
    assignee: fc.constantFrom(11, 12, null),
    answeredBy: fc.constantFrom(11, 51, null),
    resolvedAt: fc.constantFrom(null, sunday, hoursAfter(sunday, -1000)),
    position: fc.nat(),
  });

  it("are those that are then allowed, for anybody and any case; and each refusal has words", () => {
    let allowed = 0;
    fc.assert(
      fc.property(anyone, anyCase, (actor, { workflow, position, ...change }) => {
        const definition = workflows[workflow];
        if (definition === undefined) throw new Error(workflow);
        const states = Object.keys(definition.states);
        const theCase = aCase({ ...change, state: states[position % states.length] ?? "" });
        const facts = factsOf(theCase, setup, sunday);
        const buttons = availableActions({
          workflow: definition,
          theCase,
          actor,
          facts,
          now: sunday,
          entities: setup.entities,
        });
        expect(buttons.map((button) => button.action)).toEqual(Object.keys(definition.actions));
        for (const button of buttons) {
          const result = tried(button.action, theCase, { workflow, actor });
          const refusedBefore = !result.ok && result.problem.code !== "invalid-input";
          expect(button.allowed).toBe(!refusedBefore);
          if (button.allowed) allowed += 1;
          else expect(Object.values(button.reason ?? {}).every((text) => text.length > 10)).toBe(true);
        }
      }),
      { numRuns: 400 },
    );
    expect(allowed).toBeGreaterThan(100);
  });
});
