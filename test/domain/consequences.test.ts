/** What follows from an action, told before it is sent: read from the shipped workflows. */
import { describe, expect, it } from "@jest/globals";
import type { Case } from "../../src/engine/lifecycle/case.js";
import { consequencesOf, type LetterReach } from "../../src/engine/workflow/consequences.js";
import type { WorkflowDefinition } from "../../src/engine/workflow/workflow-definition.js";
import { aCase, hoursAfter, office, shippedWorkflow, sunday } from "../support/office.js";

const setup = office();
const workflow = shippedWorkflow("complaint");

function told(
  name: string,
  a: { theCase?: Case; duplicates?: number; mine?: boolean; reach?: LetterReach; of?: WorkflowDefinition } = {},
) {
  const { theCase = aCase(), duplicates = 0, mine = true, reach = "letter", of = workflow } = a;
  const action = of.actions[name];
  if (action === undefined) throw new Error(name);
  return consequencesOf({ action, workflow: of, theCase, setup, now: sunday, duplicates, mine, reach });
}
const english = (...args: Parameters<typeof told>) => told(...args).map(({ en }) => en);

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
      },
    ],
  };
}

describe("what follows", () => {
  it("from an answer: the applicant gets it, perhaps after a review, with all whose applications were linked", () => {
    expect(english("answer")).toEqual([
      "The applicant gets this text as the answer.",
      "If the quality rules require it, the answer is reviewed first. The applicant sees it once it is approved.",
    ]);
    expect(english("answer", { duplicates: 4 })[2]).toBe(
      "The applicants of 4 linked duplicate cases get the same answer.",
    );
    expect(english("answer", { duplicates: 1 })[2]).toMatch(/^The applicant of the linked duplicate case /);
  });

  it("from a question: the clock stands, unless it had run out, and the system ends what nobody replies to", () => {
    const [, clock, alone] = english("ask", { theCase: due(8) });
    expect(clock).toBe("The clock is paused until the applicant replies.");
    expect(alone).toMatch(/^If nothing happens for 10 days, nights and days off included.*: .*“Close: no reply”/);
    expect(english("ask", { theCase: due(-1) })[1]).toMatch(/^The deadline has already passed/);
    expect(english("ask", { theCase: due(null) })).toHaveLength(2);
  });

  it("from an approval: the answer takes effect for all who wait for it", () => {
    expect(english("approve", { duplicates: 2 })).toEqual([
      "The answer takes effect: the applicant gets it, and the clock stops.",
      "The applicants of 2 linked duplicate cases get the same answer.",
    ]);
  });

  it("from taking a case: nothing that has to be told; from a question, that it takes the case", () => {
    expect(told("take", { mine: false })).toEqual([]);
    expect(english("ask", { mine: false }).at(-1)).toBe("With this you take the case: you get the reply.");
    expect(english("ask", { mine: true }).join(" ")).not.toMatch(/you take the case/);
  });

  it("from what is written to an applicant without an address: that no letter goes out, and where they see it", () => {
    expect(english("ask", { reach: "noAddress" }).slice(0, 2)).toEqual([
      "The applicant sees this question when they open their application.",
      "No email is sent: the applicant left no email address. They see it only when they open their application with its reference number and code.",
    ]);
    expect(told("ask", { reach: "noAddress" })[1]?.ar).toMatch(/^لا تُرسل رسالة/);
    const withdrawing = ["withdraw", "withdraw_for_applicant"];
    const writing = ["ask", "answer", "answer_appeal", "approve", "reject", "link", "split", ...withdrawing];
    for (const reach of ["noAddress", "imported"] as const) {
      for (const name of writing) {
        const sentences = english(name, { reach }).filter((sentence) => !/linked application/.test(sentence));
        expect([name, sentences.filter((one) => one.startsWith("No email is sent:")).length]).toEqual([name, 1]);
        expect(sentences.join(" ")).not.toMatch(/applicant gets|reaches the applicant/);
      }
    }
    expect(english("ask", { reach: "imported" })[1]).toBe(
      "No email is sent: the case was taken over from another system.",
    );
    for (const name of Object.keys(workflow.actions)) {
      if (!writing.includes(name)) expect(english(name, { reach: "noAddress" })).toEqual(english(name));
      expect(english(name).join(" ")).not.toMatch(/No email is sent/);
    }
  });

  it.each(Object.keys(workflow.actions))("from %s is told in both languages, without a gap", (name) => {
    for (const { en, ar } of told(name, { theCase: due(8), duplicates: 3 })) {
      expect(en).toMatch(/^[A-Z].*\.$/);
      expect(ar).toMatch(/[؀-ۿ].*\.$/);
      expect(en + ar).not.toMatch(/undefined|null|\{/);
    }
  });
});
