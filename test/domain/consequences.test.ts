/** What follows from an action, told before it is sent: read from the shipped workflows. */
import { describe, expect, it } from "@jest/globals";
import type { Case } from "../../src/domain/case.js";
import { consequencesOf } from "../../src/domain/workflow/consequences.js";
import { aCase, hoursAfter, office, shippedWorkflow, sunday } from "../support/office.js";

const setup = office();
const workflow = shippedWorkflow("complaint");

function told(name: string, a: { theCase?: Case; duplicates?: number } = {}) {
  const action = workflow.actions[name];
  if (action === undefined) throw new Error(name);
  const { theCase = aCase(), duplicates = 0 } = a;
  return consequencesOf({ action, workflow, theCase, setup, now: sunday, duplicates });
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
      "Where the quality rules ask for it, the answer is reviewed first and reaches the applicant once it is approved.",
    ]);
    expect(english("answer", { duplicates: 4 })[2]).toBe(
      "The applicants of 4 linked applications get the same answer.",
    );
    expect(english("answer", { duplicates: 1 })[2]).toMatch(/^The applicant of one linked application /);
  });

  it("from a question: the clock stands, unless it had run out, and the system ends what nobody replies to", () => {
    const [, clock, alone] = english("ask", { theCase: due(8) });
    expect(clock).toBe("The clock stands until the applicant replies.");
    expect(alone).toMatch(/^If nothing happens for 10 days, nights and days off included.*: .*“Close: no reply”/);
    expect(english("ask", { theCase: due(-1) })[1]).toMatch(/^The deadline has passed already/);
    expect(english("ask", { theCase: due(null) })).toHaveLength(2);
  });

  it("from an approval: the answer takes effect for all who wait for it", () => {
    expect(english("approve", { duplicates: 2 })).toEqual([
      "The answer takes effect: the applicant gets it, and the clock stops.",
      "The applicants of 2 linked applications get the same answer.",
    ]);
  });

  it("from taking a case: nothing that has to be told", () => {
    expect(told("take")).toEqual([]);
  });

  it.each(Object.keys(workflow.actions))("from %s is told in both languages, without a gap", (name) => {
    for (const { en, ar } of told(name, { theCase: due(8), duplicates: 3 })) {
      expect(en).toMatch(/^[A-Z].*\.$/);
      expect(ar).toMatch(/[؀-ۿ].*\.$/);
      expect(en + ar).not.toMatch(/undefined|null|\{/);
    }
  });
});
