import { describe, expect, it } from "@jest/globals";
import type { Actor } from "../../src/engine/access/permissions.js";
import { startClock } from "../../src/engine/calendar/clocks.js";
import { messagesFor } from "../../src/engine/letters/messages-for.js";
import type { Case } from "../../src/engine/lifecycle/case.js";
import type { CaseEventType } from "../../src/engine/lifecycle/case-event.js";
import type { Seat, Setup } from "../../src/engine/setup/setup.js";
import {
  aCase,
  applicant,
  calendar,
  hoursAfter,
  person,
  seats,
  office as shipped,
  shippedWorkflow,
  sunday,
  system,
} from "../support/office.js";

interface Given {
  theCase?: Case;
  data?: Record<string, unknown>;
  actor?: Actor;
  reachable?: boolean;
  all?: readonly Seat[];
  lastAnswer?: string;
}
const workflow = shippedWorkflow("complaint");
/** All focal points of an entity hear at once: who is on duty has tests of its own (`letters-of-positions`). */
function office(change: Partial<Setup> = {}): Setup {
  const setup = shipped(change);
  const { programme } = setup;
  return { ...setup, programme: { ...programme, settings: { ...programme.settings, nextFocalPointHours: 0 } } };
}

function messages(
  type: CaseEventType,
  { theCase = aCase(), data = {}, actor = system, reachable = true, all = seats, lastAnswer }: Given = {},
) {
  const setup = office({ seats: all });
  const events = [{ type, at: sunday, actor, data, seq: 5 }];
  return messagesFor({
    theCase,
    events,
    setup,
    workflow,
    now: sunday,
    applicantWays: reachable ? ["email"] : [],
    ...(lastAnswer === undefined ? {} : { lastAnswer }),
  });
}
const keys = (...args: Parameters<typeof messages>) => messages(...args).map((intent) => intent.key);
const without = (...ids: number[]) => seats.map((one) => (ids.includes(one.id) ? { ...one, holders: [] } : one));

const clock = startClock({
  target: "resolution",
  cycle: 1,
  budget: { amount: 10, unit: "workingDays" },
  calendar,
  calendarVersionId: 1,
  at: sunday,
});
const due = clock.dueAt?.toISOString();
const ladder = [
  {
    ruleId: "late",
    kind: "escalation",
    level: 1,
    when: { clock: "resolution", percent: 100 },
    tell: ["entity.superior(1)"],
  },
] as const;
const escalated = {
  ruleId: "late",
  level: 1,
  dueAt: due,
  tell: ["entity.superior(1)"],
  receivers: [13],
  emptySeats: [],
};

describe("what the applicant hears", () => {
  it("that it was received, in the own language, and until when an answer is due", () => {
    const [intent, ...more] = messages("application.received", { theCase: aCase({ clocks: [clock] }) });
    expect(more).toEqual([]);
    expect(intent).toMatchObject({
      template: "applicant-received",
      receiver: { kind: "applicant", caseId: 7 },
      language: "ar",
      key: "case/7/5/applicant-received/applicant",
    });
    expect(intent?.data).toMatchObject({ reference: "123-456-7897", type: "complaint", entity: "JFDA", dueAt: due });
  });

  it("a question, with the day on which waiting ends", () => {
    const [intent] = messages("applicant.asked", {
      theCase: aCase({ state: "waiting_applicant" }),
      data: { question: "Which street?" },
    });
    expect(intent).toMatchObject({
      template: "applicant-question",
      data: { question: "Which street?", replyBy: hoursAfter(sunday, 240).toISOString() },
    });
  });

  it("the answer, written now or approved later", () => {
    const resolved = aCase({ state: "resolved", answeredBy: 11 });
    const setup = office();
    const events = [
      { type: "case.answered" as const, at: sunday, actor: person(11), data: { answer: "Repaired" }, seq: 5 },
      { type: "case.resolved" as const, at: sunday, actor: person(11), data: {}, seq: 6 },
    ];
    const now = messagesFor({ theCase: resolved, events, setup, workflow, now: sunday, applicantWays: ["email"] });
    expect(now.map((intent) => intent.key)).toEqual(["case/7/6/applicant-answered/applicant"]);
    expect(now[0]?.data.answer).toBe("Repaired");
    const later = messages("case.resolved", { theCase: resolved, lastAnswer: "Repaired" });
    expect(later.map((intent) => [intent.template, intent.data.answer])).toEqual([["applicant-answered", "Repaired"]]);
  });

  it("that the answer can be rated, and once more, with the day on which that ends", () => {
    const theCase = aCase({ state: "resolved", answeredBy: 11 });
    const rateBy = hoursAfter(sunday, 168).toISOString();
    const told = [false, true].map((reminder) => messages("applicant.invited", { theCase, data: { reminder } }));
    expect(told.map((intents) => intents.map(({ template, data }) => [template, data.rateBy]))).toEqual([
      [["applicant-rate", rateBy]],
      [["applicant-rate-reminder", rateBy]],
    ]);
  });

  it("that the application is handled together with another, whose reference is not told", () => {
    const [intent, ...more] = messages("case.linked", { data: { duplicateOf: "999-888-7776" } });
    expect(more).toEqual([]);
    expect(intent).toMatchObject({ template: "applicant-linked", receiver: { kind: "applicant", caseId: 7 } });
    expect(intent?.key).toBe("case/7/5/applicant-linked/applicant");
    expect(JSON.stringify(intent)).not.toContain("999-888-7776");
    expect(keys("case.linked", { reachable: false })).toEqual([]);
  });

  it("the answer also who sent a duplicate, under the own reference, but not of a confidential case", () => {
    const duplicates = [{ caseId: 8, reference: "111-222-3334", language: "en" as const, ways: ["email" as const] }];
    const telling = (theCase: Case, answer: string | null) =>
      messagesFor({
        theCase,
        events: [{ type: "case.resolved", at: sunday, actor: person(11), data: {}, seq: 6 }],
        setup: office(),
        workflow,
        now: sunday,
        applicantWays: [],
        lastAnswer: answer,
        duplicates,
      });
    const resolved = aCase({ state: "resolved", answeredBy: 11 });
    expect(telling(resolved, "Repaired")).toEqual([
      {
        template: "applicant-answered",
        receiver: { kind: "applicant", caseId: 8 },
        language: "en",
        data: { reference: "111-222-3334", confidential: false, answer: "Repaired", together: true },
        key: "case/7/6/applicant-answered/duplicate/8",
      },
    ]);
    expect(telling({ ...resolved, confidential: true }, "Repaired")).toEqual([]);
    expect(telling(resolved, null)).toEqual([]);
  });

  it("nothing of a compliment that was passed on, nor without an address", () => {
    expect(keys("case.resolved", { theCase: aCase({ state: "closed" }) })).toEqual([]);
    for (const type of ["application.received", "applicant.asked", "case.resolved"] as const) {
      expect(keys(type, { theCase: aCase({ answeredBy: 11 }), reachable: false })).toEqual([]);
    }
  });
});

describe("what officials hear", () => {
  it("of a new case: the focal points of its entity, each in the own language, but not who did it", () => {
    expect(messages("case.assigned").map((intent) => [intent.key, intent.language])).toEqual([
      ["case/7/5/official-assigned/user/11", "ar"],
      ["case/7/5/official-assigned/user/12", "en"],
    ]);
    expect(keys("case.transferred", { actor: person(12) })).toEqual(["case/7/5/official-assigned/user/11"]);
  });

  it("of a case for an entity without focal points: the next level, and the operation room", () => {
    expect(keys("case.assigned", { all: without(1, 2) })).toEqual([
      "case/7/5/official-assigned/user/13",
      "case/7/5/operation-room-alert/user/51",
      "case/7/5/operation-room-alert/user/52",
    ]);
  });

  it("of a deadline: whom the sweep found, with the target and when the case is due", () => {
    const theCase = aCase({ clocks: [clock], escalationSteps: [...ladder] });
    const [intent, ...more] = messages("case.escalated", { theCase, data: escalated });
    expect(more).toEqual([]);
    expect(intent).toMatchObject({
      template: "official-escalated",
      receiver: { kind: "user", userId: 13 },
      data: { ruleId: "late", level: 1, target: "resolution", dueAt: due, subject: theCase.application.subject },
    });
    expect(keys("deadline.warned", { theCase, data: { ...escalated, level: 0, receivers: [12, 11] } })).toEqual([
      "case/7/5/official-warning/user/11",
      "case/7/5/official-warning/user/12",
    ]);
  });

  it("of an escalation that is not theirs: a copy, which does not say that it is", () => {
    const theCase = aCase({ clocks: [clock], escalationSteps: [{ ...ladder[0], template: "step-due" }] });
    const told = messages("case.escalated", {
      theCase,
      data: { ...escalated, receivers: [13, 11, 51], escalatedTo: [13] },
    });
    expect(told.map(({ key, data }) => [key, data.level, data.wording])).toEqual([
      ["case/7/5/official-escalated/user/13", 1, "step-due"],
      ["case/7/5/official-escalated-copy/user/11", 1, undefined],
      ["case/7/5/official-escalated-copy/user/51", 1, undefined],
    ]);
  });

  it("of empty seats: the operation room, with the seat's title", () => {
    const told = messages("case.escalated", {
      data: {
        ...escalated,
        receivers: [31],
        emptySeats: [
          { level: 1, seat: 3 },
          { level: 2, seat: null },
        ],
      },
    });
    expect(told.map((intent) => intent.key)).toEqual([
      "case/7/5/official-escalated/user/31",
      "case/7/5/operation-room-alert/user/51",
      "case/7/5/operation-room-alert/user/52",
    ]);
    expect(told[1]?.data).toMatchObject({ kind: "empty-seat", seat: { en: "Seat 3" }, level: 1, levels: [1, 2] });
  });

  it("of a faulty rule: the operation room", () => {
    const data = { set: "sla", version: 2, ruleId: "sla-high", message: "boom" };
    const told = messages("rule.faulted", { data });
    expect(told.map((intent) => intent.key)).toEqual([
      "case/7/5/operation-room-alert/user/51",
      "case/7/5/operation-room-alert/user/52",
    ]);
    expect(told[0]?.data).toMatchObject({ kind: "rule-faulted", ...data, reference: "123-456-7897" });
  });
});

describe("when the applicant waits again", () => {
  const heard = (...args: Parameters<typeof messages>) => {
    const told = messages(...args).filter(({ template }) => template === "official-news");
    return told.map(({ receiver, data }) => [receiver.kind === "user" ? receiver.userId : null, data.kind]);
  };
  const reply = { from: "waiting_applicant", to: "in_progress", reply: "SECRET street" };
  const files = [{ id: "a".repeat(32), name: "a.png", type: "image/png", bytes: 7, sha256: "b".repeat(64) }];

  it("who took the case hears of a reply, of what is added, of a reopening and of a low rating", () => {
    const theCase = aCase({ assignee: 12, rating: 2 });
    const by = { theCase, actor: applicant };
    expect(heard("applicant.replied", { ...by, data: reply })).toEqual([[12, "replied"]]);
    expect(heard("applicant.replied", { ...by, data: { ...reply, from: "in_progress" } })).toEqual([[12, "added"]]);
    expect(heard("case.reopened", { ...by, data: { reason: "It is not" } })).toEqual([[12, "reopened"]]);
    expect(heard("case.rated", { ...by, data: { rating: 2 } })).toEqual([[12, "rated"]]);
    expect(heard("case.rated", { ...by, data: { rating: 3 } })).toEqual([]);
    const [intent] = messages("applicant.replied", { ...by, data: { ...reply, attachments: files } });
    expect(intent).toMatchObject({
      language: "en",
      key: "case/7/5/official-news/user/12",
      data: { kind: "replied", files: 1, reference: "123-456-7897", subject: theCase.application.subject },
    });
    expect(JSON.stringify(intent)).not.toContain("SECRET");
  });

  it("the focal points hear where nobody took it, or who did left; above them where there are none", () => {
    expect(heard("applicant.replied", { actor: applicant, data: reply })).toEqual([
      [11, "replied"],
      [12, "replied"],
    ]);
    expect(heard("case.reopened", { theCase: aCase({ assignee: 21 }), actor: applicant })).toEqual([
      [11, "reopened"],
      [12, "reopened"],
    ]);
    expect(keys("applicant.replied", { actor: applicant, data: reply, all: without(1, 2) })).toEqual([
      "case/7/5/official-news/user/13",
      "case/7/5/operation-room-alert/user/51",
      "case/7/5/operation-room-alert/user/52",
    ]);
    // Nobody has placed it yet: those who have to.
    const waiting = aCase({ entity: null, state: "triage" });
    expect(heard("applicant.replied", { theCase: waiting, actor: applicant, data: {} })).toEqual([[61, "added"]]);
  });

  it("an appeal is heard by those who may take it, once, with the rating that opened it", () => {
    const theCase = aCase({ assignee: 11, answeredBy: 11, rating: 1, state: "appealed", cycle: 2 });
    const events = (["case.rated", "case.appealed"] as const).map((type, i) => ({
      ...{ type, at: sunday, actor: applicant, seq: 5 + i },
      data: type === "case.rated" ? { rating: 1 } : { reason: "SECRET" },
    }));
    const told = (all: readonly Seat[]) =>
      messagesFor({ theCase, events, setup: office({ seats: all }), workflow, now: sunday, applicantWays: ["email"] })
        .filter(({ template }) => template === "official-news")
        .map(({ receiver, data }) => [receiver.kind === "user" ? receiver.userId : null, data.kind, data.rating]);
    expect(told(seats)).toEqual([
      [11, "appealed", 1],
      [12, "appealed", 1],
    ]);
    // The author of the answer may not take it: with nobody else at the entity it is the level above.
    expect(told(without(2))).toEqual([
      [11, "appealed", 1],
      [13, "appealed", 1],
    ]);
  });

  it("an official's own act is not told to them, and theirs names them", () => {
    const theCase = aCase({ assignee: 51 });
    expect(heard("case.reopened", { theCase, actor: person(51) })).toEqual([]);
    const [intent] = messages("case.reopened", { theCase: aCase({ assignee: 11 }), actor: person(51) });
    expect(intent).toMatchObject({ receiver: { userId: 11 }, data: { kind: "reopenedFor", by: "Person 51" } });
  });

  it("how low a rating has to be is the programme's", () => {
    const set = (lowRatingMost: number) => {
      const setup = office();
      const { programme } = setup;
      return { ...setup, programme: { ...programme, settings: { ...programme.settings, lowRatingMost } } };
    };
    const told = (lowRatingMost: number, rating: number) =>
      messagesFor({
        ...{ theCase: aCase({ rating }), setup: set(lowRatingMost), workflow, now: sunday, applicantWays: ["email"] },
        events: [{ type: "case.rated", at: sunday, actor: applicant, data: { rating }, seq: 5 }],
      }).length;
    expect([told(0, 1), told(1, 1), told(1, 2), told(3, 3), told(3, 4)]).toEqual([0, 2, 0, 2, 0]);
  });

  it("imported cases say nothing", () => {
    const theCase = aCase({ assignee: 12 }, { imported: true });
    expect(heard("applicant.replied", { theCase, actor: applicant, data: reply })).toEqual([]);
  });
});

describe("what nobody hears", () => {
  it("anything of an imported case", () => {
    const theCase = aCase({ answeredBy: 11 }, { imported: true });
    for (const type of [
      "application.received",
      "case.assigned",
      "case.resolved",
      "case.escalated",
      "rule.faulted",
    ] as const) {
      expect(keys(type, { theCase, data: escalated })).toEqual([]);
    }
  });

  it("the contents of a confidential case: the reference alone, to whomever", () => {
    const theCase = aCase(
      { confidential: true, answeredBy: 11, clocks: [clock], escalationSteps: [...ladder] },
      { subject: "SECRET subject" },
    );
    const data = {
      ...escalated,
      question: "SECRET?",
      reply: "SECRET reply",
      reason: "SECRET reason",
      rating: 1,
      message: "SECRET fault",
      receivers: [13, 41],
      emptySeats: [{ level: 1, seat: 3 }],
    };
    const types = [
      "application.received",
      "applicant.asked",
      "case.assigned",
      "case.transferred",
      "case.resolved",
      "applicant.invited",
      "deadline.warned",
      "case.escalated",
      "applicant.replied",
      "case.reopened",
      "case.rated",
      "rule.faulted",
    ] as const;
    const intents = types.flatMap((type) => messages(type, { theCase, data, lastAnswer: "SECRET answer" }));
    expect(new Set(intents.map((intent) => intent.template)).size).toBe(9);
    const allowed = [
      "reference",
      "confidential",
      "dueAt",
      "replyBy",
      "rateBy",
      "reopenWindowDays",
      "ruleId",
      "level",
      "levels",
      "target",
      "at",
      "kind",
      "set",
      "version",
    ];
    for (const { data: told } of intents) {
      expect(told.reference).toBe("123-456-7897");
      expect(Object.keys(told).filter((name) => !allowed.includes(name))).toEqual([]);
      expect(JSON.stringify(told)).not.toMatch(/SECRET|JFDA|HEALTH|QUALITY|Seat 3/);
    }
  });

  it("what happens beside: notes, moves, clocks", () => {
    for (const type of [
      "case.noted",
      "case.moved",
      "clock.paused",
      "clock.breached",
      "case.closed",
      "case.taken",
      "personal.read",
      "caller.served",
    ] as const) {
      expect(keys(type, { data: escalated })).toEqual([]);
    }
  });
});

describe("keys", () => {
  it("are the same for the same events and different for every message", () => {
    const events = (["application.received", "case.assigned", "rule.faulted", "case.assigned"] as const).map(
      (type, i) => ({ type, at: sunday, actor: system, data: {}, seq: i + 1 }),
    );
    const once = () =>
      messagesFor({ theCase: aCase(), events, setup: office(), workflow, now: sunday, applicantWays: ["email"] }).map(
        (intent) => intent.key,
      );
    expect(once()).toEqual(once());
    expect(new Set(once()).size).toBe(once().length);
    expect(once()).toHaveLength(7);
  });
});
