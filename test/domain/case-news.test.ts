import { describe, expect, it } from "@jest/globals";
import type { Actor } from "../../src/engine/access/permissions.js";
import type { Case } from "../../src/engine/lifecycle/case.js";
import type { CaseEventType } from "../../src/engine/lifecycle/case-event.js";
import { caseNews, newsKinds, newsWords } from "../../src/engine/lifecycle/case-news.js";
import { aCase, applicant, office, person, shippedWorkflow, sunday, system } from "../support/office.js";

const workflow = shippedWorkflow("complaint");
const taken = aCase({ assignee: 11 });
const file = { id: "f", name: "a.jpg", type: "image/jpeg", bytes: 1, sha256: "0" };

interface Given {
  readonly theCase?: Case;
  readonly actor?: Actor;
  readonly data?: Record<string, unknown>;
}

function news(type: CaseEventType, { theCase = taken, actor = applicant, data = {} }: Given = {}) {
  return caseNews({ theCase, events: [{ type, at: sunday, actor, data, seq: 5 }], setup: office(), workflow });
}
/** `kind` to the holder's number, or `kind` to all of the place. */
const told = (...args: Parameters<typeof news>): string[] =>
  news(...args).map(({ kinds, holder }) => `${kinds.join(" and ")} to ${holder ?? "all"}`);

const ended = (reason: string, outcome: string): Given => ({ actor: person(12), data: { reason, outcome, tries: 1 } });

describe("what is news", () => {
  it.each<[string, CaseEventType, Given, string[]]>([
    [
      "a reply to a question",
      "applicant.replied",
      { data: { from: "waiting_applicant", reply: "Here" } },
      ["replied to 11"],
    ],
    ["what nobody asked for", "applicant.replied", { data: { from: "in_progress", reply: "Also" } }, ["added to 11"]],
    [
      "files without a word",
      "applicant.replied",
      { data: { from: "waiting_applicant", reply: null, attachments: [file] } },
      ["files to 11"],
    ],
    [
      "a reply with files",
      "applicant.replied",
      { data: { from: "waiting_applicant", reply: "See", attachments: [file] } },
      ["replied and files to 11"],
    ],
    ["a case that nobody took", "applicant.replied", { theCase: aCase(), data: { reply: "x" } }, ["added to all"]],
    ["a reopening", "case.reopened", { data: { reason: "Still broken" } }, ["reopened to 11"]],
    ["a low mark", "case.rated", { data: { rating: 2 } }, ["rated to 11"]],
    ["a good mark", "case.rated", { data: { rating: 5 } }, []],
    ["a withdrawal", "case.withdrawn", {}, ["withdrawn to 11"]],
    ["an answer sent back", "case.returned", { actor: person(30), data: { reason: "Too short" } }, ["returned to 11"]],
    ["a case given by a colleague", "case.given", { actor: person(12), data: { colleague: 11 } }, ["given to 11"]],
    ["a reminder from above", "case.reminded", { actor: person(13) }, ["reminded to 11"]],
    ["a transfer", "case.transferred", { theCase: aCase(), actor: person(30) }, ["transferred to all"]],
    ["a move of a whole entity", "case.transferred", { theCase: aCase(), actor: system, data: { changeSet: 4 } }, []],
    ["a note that names nobody", "case.noted", { actor: person(12), data: { note: "x" } }, []],
    ["what time did", "case.escalated", { actor: system }, []],
    ["a call-back to a wrong number", "call-back.done", ended("callerAsked", "wrongNumber"), ["callWrongNumber to 11"]],
    ["calls about an answer", "call-back.done", ended("answerNotDelivered", "notReached"), ["callNotReached to 11"]],
    ["a call-back refused", "call-back.done", ended("callerAsked", "refused"), ["callRefused to 11"]],
    ["a call-back that served", "call-back.done", ended("callerAsked", "reached"), []],
    ["a survey refused", "call-back.done", ended("survey", "refused"), []],
    ["a new case", "application.received", {}, []],
  ])("%s", (_what, type, given, expected) => {
    expect(told(type, given)).toEqual(expected);
  });

  it("who acted gets no news of it", () => {
    expect(news("case.reminded", { actor: person(11) })).toEqual([]);
    expect(news("case.noted", { actor: person(11), data: { mentions: [11] } })).toEqual([]);
    // All of the place share it, but for its author.
    const [shared] = news("case.reopened", { theCase: aCase(), actor: person(12) });
    expect([shared?.holder, shared?.knownTo]).toEqual([null, 12]);
  });

  it("each whom a note names, once; who has the case with all its other news", () => {
    const mentions = [12, "14", 12, 11, "nobody"];
    const found = news("case.noted", { actor: person(13), data: { note: "See", mentions } });
    expect(found.map(({ userId, holder }) => [userId, holder])).toEqual([
      [12, 12],
      [14, 14],
      [null, 11],
    ]);
  });

  it("an appeal against the person who has the case is news to all of the place", () => {
    expect(told("case.appealed", { theCase: aCase({ assignee: 11, answeredBy: 11 }) })).toEqual(["appealed to all"]);
    expect(told("case.appealed", { theCase: aCase({ assignee: 12, answeredBy: 11 }) })).toEqual(["appealed to 12"]);
  });

  it("a low mark that opens an appeal is one piece of news, which begins with the mark and has its words", () => {
    const at = { at: sunday, actor: applicant };
    const events = [
      { ...at, type: "case.rated" as const, data: { rating: 1, comment: "Still shut" }, seq: 5 },
      { ...at, type: "case.appealed" as const, data: {}, seq: 6 },
    ];
    const found = caseNews({ theCase: taken, events, setup: office(), workflow });
    expect(found.map(({ kinds, seq }) => [kinds, seq])).toEqual([[["appealed"], 5]]);
    expect(newsWords("appealed", { rating: 1, comment: "Still shut" })).toBe("Still shut");
    expect(newsWords("appealed", { reason: "Not at all" })).toBe("Not at all");
  });

  it("an imported history is none", () => {
    const imported = { ...taken, application: { ...taken.application, imported: true } };
    expect(news("case.reopened", { theCase: imported })).toEqual([]);
  });
});

describe("first words", () => {
  it("of what was written, on one line, cut where they are many, whole letters", () => {
    expect(newsWords("replied", { reply: "  The street\n is\tlong " })).toBe("The street is long");
    expect(newsWords("rated", { rating: 1, comment: null })).toBeNull();
    expect(newsWords("mentioned", { note: "   " })).toBeNull();
    const long = newsWords("added", { reply: "ردّ 😀 ".repeat(200) }) ?? "";
    expect([...long].length).toBeLessThanOrEqual(160);
    expect(long).toMatch(/…$/);
    expect(long).not.toMatch(/[\ud800-\udbff]…$/);
  });

  it("none of what has no words", () => {
    for (const kind of newsKinds) expect(newsWords(kind, {})).toBeNull();
    expect(newsWords("files", { reply: "x" })).toBeNull();
  });
});
