import { describe, expect, it } from "@jest/globals";
import { auditChanges, auditSentence } from "../../src/domain/audit/audit-words.js";
import { failureWords, type messageStateNames, whyNotAgain } from "../../src/domain/notifications/message-names.js";

const plain = (text: string): string => text.replace(/[\u2068\u2069]/g, "");
const sentence = (type: string, data: Record<string, unknown>, person: string | null = null) => {
  const { en, ar } = auditSentence({ type, data, person });
  return [plain(en), plain(ar)];
};

describe("a change in words", () => {
  it.each([
    [
      "configuration.published",
      { kind: "rules", name: "sla", version: 3 },
      null,
      "Published: rules sla, version 3",
      "نُشر: قواعد sla، الإصدار 3",
    ],
    [
      "setup.retired",
      { table: "pillars", code: "TIME" },
      null,
      "Retired TIME of pillars",
      "أُوقف استخدام TIME من pillars",
    ],
    ["seat.held", { seat: "FP-1", userId: 5 }, "Huda", "Huda took the seat FP-1", "شغل Huda المقعد FP-1"],
    ["user.disabled", { email: "a@b.jo" }, null, "Account of a@b.jo disabled", "عُطّل حساب a@b.jo"],
    ["job.asked", { job: "housekeeping" }, null, "Job housekeeping run by hand", "شُغّلت المهمة housekeeping يدويًا"],
  ])("%s", (type, data, person, en, ar) => {
    expect(sentence(type, data, person)).toEqual([en, ar]);
  });

  it("of a kind that has no words yet: its name and what it names", () => {
    expect(sentence("thing.done", { code: "X" })).toEqual(["thing.done: X", "thing.done: X"]);
    expect(sentence("thing.done", {})[0]).toBe("thing.done: —");
  });
});

describe("from what to what", () => {
  it.each([
    [{ from: { a: 1, b: 2 }, to: { a: 1, b: 3 } }, [{ field: "b", from: "2", to: "3" }]],
    [{ before: { a: null }, after: { a: "x" } }, [{ field: "a", from: null, to: "x" }]],
    [
      { changes: { a: { from: 1, to: 2 }, b: ["x", "y"] } },
      [
        { field: "a", from: "1", to: "2" },
        { field: "b", from: "x", to: "y" },
      ],
    ],
    // A term: from and to are moments, not values of fields.
    [{ from: "2026-01-01", to: null }, []],
    [{ code: "X" }, []],
  ])("%j", (data, changes) => {
    expect(auditChanges(data)).toEqual(changes);
  });
});

describe("a letter that did not arrive", () => {
  it("says why in words where the words are ours", () => {
    expect(failureWords("the receiver has no address")?.en).toContain("no e-mail address");
    expect(failureWords("connect ECONNREFUSED 10.0.0.1:25")?.en).toContain("could not be reached");
    expect(failureWords("550 no such user")?.en).toContain("refused the letter");
    expect([failureWords("something else"), failureWords(null)]).toEqual([null, null]);
  });

  it("can be sent again unless nothing leaves, it is under way, or its link was used up", () => {
    const again = (state: keyof typeof messageStateNames, template = "official-assigned", canSend = true) =>
      whyNotAgain({ state, template }, canSend) === null;
    expect([again("failed"), again("kept"), again("sent"), again("failed", "account-reset")]).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect([again("pending"), again("sent", "account-reset"), again("failed", "official-assigned", false)]).toEqual([
      false,
      false,
      false,
    ]);
  });
});
