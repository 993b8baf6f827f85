/** What follows from an action, told before it is sent: read from the shipped workflows. */
import { describe, expect, it } from "@jest/globals";
import type { Case } from "../../src/engine/lifecycle/case.js";
import { foresee } from "../../src/engine/lifecycle/foresee.js";
import { compileRuleSet } from "../../src/engine/rules/compile-rule-set.js";
import type { RuleSetDefinition } from "../../src/engine/rules/rule-set.js";
import type { Policy } from "../../src/engine/setup/policy.js";
import { consequencesOf, type LetterReach } from "../../src/engine/workflow/consequences.js";
import type { WorkflowDefinition } from "../../src/engine/workflow/workflow-definition.js";
import {
  aCase,
  calendar,
  calendarOf,
  factsOf,
  hoursAfter,
  office,
  shippedWorkflow,
  sunday,
  system,
} from "../support/office.js";
import { shippedJson } from "../support/shipped-setup.js";

const quality = shippedJson<RuleSetDefinition>("rules", "jordan", "quality.json");
const setup = office({ ruleSets: new Map([["quality", { versionId: 10, version: 4, definition: quality }]]) });
const policy: Policy = { setup, calendar, runner: (set) => (set === "quality" ? compileRuleSet(quality) : null) };
const workflow = shippedWorkflow("complaint");

async function told(
  name: string,
  a: {
    theCase?: Case;
    duplicates?: number;
    mine?: boolean;
    reach?: LetterReach;
    mayAskCall?: boolean;
    of?: WorkflowDefinition;
    by?: Policy;
  } = {},
) {
  const {
    theCase = aCase(),
    duplicates = 0,
    mine = true,
    reach = "letter",
    mayAskCall = false,
    of = workflow,
    by = policy,
  } = a;
  const action = of.actions[name];
  if (action === undefined) throw new Error(name);
  const facts = factsOf(theCase, by.setup, sunday);
  const asked = { action, workflow: of, theCase, now: sunday };
  const foreseen = await foresee({ ...asked, policy: by, calendarOf, facts, actor: system });
  return consequencesOf({ ...asked, setup, duplicates, mine, reach, mayAskCall, foreseen });
}
const english = async (...args: Parameters<typeof told>) => (await told(...args)).map(({ en }) => en);

/** A case whose resolution clock is due so many hours from now; null: it stands. */
function due(hours: number | null): Case {
  const theCase = aCase();
  return {
    ...theCase,
    clocks: [
      {
        target: "resolution",
        cycle: theCase.cycle,
        calendarVersionId: 1,
        budget: { amount: 10, unit: "workingDays" },
        startedAt: hoursAfter(sunday, -48),
        consumedSeconds: 0,
        runningSince: hours === null ? null : hoursAfter(sunday, -48),
        pausedAt: hours === null ? sunday : null,
        dueAt: hours === null ? null : hoursAfter(sunday, hours),
        pausedSeconds: 0,
        metAt: null,
        breachedAt: null,
        cancelledAt: null,
        heldBy: null,
      },
    ],
  };
}

const drawn = "Some answers are drawn for a quality review. If this one is, the applicant sees it once it is approved.";
const always = "The answer is reviewed before it leaves. The applicant sees it once it is approved.";
const never = "No review comes before it: the answer leaves at once.";

describe("what follows", () => {
  it("from an answer: the applicant gets it, perhaps after a review, with all whose applications were linked", async () => {
    expect(await english("answer")).toEqual(["The applicant gets this text as the answer.", drawn]);
    expect((await english("answer", { duplicates: 4 }))[2]).toBe(
      "The applicants of 4 linked duplicate cases get the same answer.",
    );
    expect((await english("answer", { duplicates: 1 }))[2]).toMatch(/^The applicant of the linked duplicate case /);
  });

  it("from an answer that the quality rules want reviewed whatever is drawn: that it is reviewed first", async () => {
    for (const theCase of [aCase({ importance: "critical" }), aCase({ cycle: 2 }), due(-1)]) {
      expect((await english("answer", { theCase }))[1]).toBe(always);
    }
    const without: Policy = { ...policy, setup: office(), runner: () => null };
    // Without quality rules every answer is reviewed.
    expect((await english("answer", { by: without }))[1]).toBe(always);
  });

  it("from an answer that no draw can reach: that it leaves at once", async () => {
    const { settings } = setup.programme;
    const programme = { ...setup.programme, settings: { ...settings, reviewSamplePercent: 0 } };
    expect((await english("answer", { by: { ...policy, setup: { ...setup, programme } } }))[1]).toBe(never);
    const compliment = aCase({}, { type: "compliment" });
    expect((await english("answer", { theCase: compliment }))[1]).toBe(never);
  });

  it("from an answer: nobody learns how the draw fell", async () => {
    const references = Array.from({ length: 60 }, (_, n) => `123-456-${7000 + n}`);
    const sentences = await Promise.all(
      references.map(async (reference) => (await english("answer", { theCase: aCase({ reference }) }))[1]),
    );
    expect(new Set(sentences)).toEqual(new Set([drawn]));
  });

  it("from a question: the clock stands, unless it had run out, and the system ends what nobody replies to, by when", async () => {
    const [, clock, alone] = await english("ask", { theCase: due(8) });
    expect(clock).toBe("The clock is paused until the applicant replies.");
    expect(alone).toMatch(
      /^If no reply comes by .*2 December.* \(10 days, nights and days off included.*\), .*“Close: no reply”/,
    );
    expect((await english("ask", { theCase: due(-1) }))[1]).toMatch(/^The deadline has already passed/);
    expect(await english("ask", { theCase: due(null) })).toHaveLength(2);
  });

  it("from a question where the workflow does not wait for the reply: nothing of a clock that stands", async () => {
    const ask = { ...workflow.actions.ask, to: null } as WorkflowDefinition["actions"][string];
    const of = { ...workflow, actions: { ...workflow.actions, ask } };
    expect((await english("ask", { theCase: due(8), of })).join(" ")).not.toMatch(/clock|If no reply/);
  });

  it("from an approval: the answer takes effect for all who wait for it", async () => {
    expect(await english("approve", { duplicates: 2 })).toEqual([
      "The answer takes effect: the applicant gets it, and the clock stops.",
      "The applicants of 2 linked duplicate cases get the same answer.",
    ]);
  });

  it("from taking a case: nothing that has to be told; from a question, that it takes the case", async () => {
    expect(await told("take", { mine: false })).toEqual([]);
    expect((await english("ask", { mine: false })).at(-1)).toBe("With this you take the case: you get the reply.");
    expect((await english("ask", { mine: true })).join(" ")).not.toMatch(/you take the case/);
  });

  it("from what is written to an applicant without an address: that no letter goes out, and where they see it", async () => {
    expect((await english("ask", { reach: "noAddress" })).slice(0, 2)).toEqual([
      "The applicant sees this question when they open their application.",
      "No message is sent: the applicant left neither an email address nor a phone number. They see it only when they open their application with its reference number and code.",
    ]);
    expect((await english("ask", { reach: "stopped", mayAskCall: true }))[1]).toMatch(
      /^No message is sent: the applicant stopped text messages.* You can ask for a call-back\.$/,
    );
    expect((await told("ask", { reach: "noAddress" }))[1]?.ar).toMatch(/^لا تُرسل رسالة/);
    const withdrawing = ["withdraw", "withdraw_for_applicant"];
    const writing = ["ask", "answer", "answer_appeal", "approve", "reject", "link", "split", ...withdrawing];
    for (const reach of ["noAddress", "noMessages", "stopped", "callsOnly", "wrongNumber", "imported"] as const) {
      for (const name of writing) {
        const sentences = (await english(name, { reach })).filter((sentence) => !/linked application/.test(sentence));
        expect([name, sentences.filter((one) => one.startsWith("No message is sent:")).length]).toEqual([name, 1]);
        expect(sentences.join(" ")).not.toMatch(/applicant gets|reaches the applicant/);
      }
    }
    expect((await english("ask", { reach: "imported" }))[1]).toBe(
      "No message is sent: the case was taken over from another system.",
    );
    for (const name of Object.keys(workflow.actions)) {
      if (!writing.includes(name)) expect(await english(name, { reach: "noAddress" })).toEqual(await english(name));
      expect((await english(name)).join(" ")).not.toMatch(/No message is sent/);
    }
  });

  it("from what is written to an applicant whose last letter came back, or of a confidential case: what the letter does", async () => {
    expect((await english("ask", { reach: "undelivered" })).slice(0, 2)).toEqual([
      "The applicant sees this question when they open their application.",
      "The last email to the applicant could not be delivered, so this one may not arrive either. They see it only when they open their application with its reference number and code.",
    ]);
    expect((await english("ask", { theCase: aCase({ confidential: true }) }))[1]).toBe(
      "The case is confidential: the email does not carry this text. The applicant reads it with the reference number and code.",
    );
  });

  it.each(Object.keys(workflow.actions))("from %s is said in both languages, without a gap", async (name) => {
    for (const { en, ar } of await told(name, { theCase: due(8), duplicates: 3 })) {
      expect(en).toMatch(/^[A-Z].*\.$/);
      expect(ar).toMatch(/[؀-ۿ].*\.$/);
      expect(en + ar).not.toMatch(/undefined|null|\{/);
    }
  });
});
