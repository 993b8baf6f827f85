import { describe, expect, it } from "@jest/globals";
import { contactOf } from "../../src/engine/applicant/applicant-code.js";
import { applicantKeys, isLinkToken, linkHash } from "../../src/engine/applicant/applicant-keys.js";
import { linkInMessage, linkLeadsTo } from "../../src/engine/letters/link-in-message.js";
import { shownByLink } from "../../src/engine/lifecycle/views/shown-by-link.js";
import { dialled, helpLineOf } from "../../src/engine/setup/help-line.js";
import { keyRing } from "../../src/engine/text/key-ring.js";
import { type EffectName, effectNames, mayByLink } from "../../src/engine/workflow/effects.js";

const old = keyRing(`old:${"k".repeat(64)}`);
const both = keyRing(`2027:${"n".repeat(64)},old:${"k".repeat(64)}`);

describe("tokens of links", () => {
  it("have 128 bits, of which each is as often set as not, and none comes twice", () => {
    const { linkTokens } = applicantKeys(old);
    const tokens = Array.from({ length: 4000 }, (_, id) => linkTokens(id, "open")[0]);
    expect(new Set(tokens).size).toBe(tokens.length);
    const set = Array<number>(128).fill(0);
    for (const token of tokens) {
      expect(isLinkToken(token)).toBe(true);
      const bytes = Buffer.from(token, "base64url");
      expect(bytes.length).toBe(16);
      for (let bit = 0; bit < 128; bit++) set[bit] = (set[bit] ?? 0) + (((bytes[bit >> 3] ?? 0) >> (bit & 7)) & 1);
    }
    // Six standard deviations of 4,000 throws of a coin.
    for (const n of set) expect(Math.abs(n - 2000)).toBeLessThan(190);
  });

  it("are the same for a retry, others for another message or purpose, and those of a former key are known", () => {
    const keys = applicantKeys(old);
    expect(keys.linkTokens(7, "open")).toEqual(applicantKeys(old).linkTokens(7, "open"));
    expect(keys.linkTokens(7, "open")[0]).not.toBe(keys.linkTokens(7, "prove")[0]);
    expect(keys.linkTokens(7, "open")[0]).not.toBe(keys.linkTokens(8, "open")[0]);
    expect(applicantKeys(both).linkTokens(7, "open")[1]).toBe(keys.linkTokens(7, "open")[0]);
    expect(linkHash("a".repeat(22))).toHaveLength(32);
  });

  it.each([
    "",
    "a",
    "a".repeat(21),
    "a".repeat(23),
    "a".repeat(21).concat("+"),
    `${"a".repeat(20)}/b`,
    "é".repeat(22),
    `${"a".repeat(22)}\n`,
  ])("are not what %j is", (text) => expect(isLinkToken(text)).toBe(false));
});

describe("six digits", () => {
  const sent = { id: 3, nonce: Buffer.alloc(16, 5), key: applicantKeys(old).writesWith };
  it("are made of the key that wrote them, and known by it after an exchange", () => {
    const code = applicantKeys(old).proofCode(sent);
    expect(code).toMatch(/^\d{6}$/);
    expect(applicantKeys(both).isProof(sent, String(code))).toBe(true);
    for (const typed of ["", "12345", "1234567", `${code} `, "abcdef"])
      expect(applicantKeys(both).isProof(sent, typed)).toBe(false);
    expect(applicantKeys(keyRing("n".repeat(64))).proofCode(sent)).toBeNull();
    expect(applicantKeys(keyRing("n".repeat(64))).isProof(sent, String(code))).toBe(false);
  });
});

describe("what a link may", () => {
  it("is a reply and a rating, and nothing else that an action does", () => {
    expect(effectNames.filter((effect) => mayByLink({ effects: [effect] }))).toEqual(["reply", "rate"]);
    const both: EffectName[] = ["rate", "withdraw"];
    expect([mayByLink({ effects: [] }), mayByLink({ effects: both })]).toEqual([false, false]);
  });

  it("is in no message about a confidential case, to no address that nobody has proven, and in none where a programme has none", () => {
    const a = { confidential: false, proven: true, onlyHeard: false, days: 30 };
    expect(linkInMessage(a)).toBe("open");
    expect(linkInMessage({ ...a, proven: false })).toBe("prove");
    expect(linkInMessage({ ...a, onlyHeard: true })).toBe("open");
    expect(linkInMessage({ ...a, onlyHeard: true, proven: false })).toBeNull();
    expect(linkInMessage({ ...a, confidential: true })).toBeNull();
    expect(linkInMessage({ ...a, proven: false, confidential: true })).toBeNull();
    expect(linkInMessage({ ...a, days: 0 })).toBeNull();
    expect([
      linkLeadsTo("applicant-rate"),
      linkLeadsTo("sms-question"),
      linkLeadsTo("applicant-answered"),
      linkLeadsTo("official-rate"),
    ]).toEqual(["rate", "reply", null, null]);
  });

  it("shows what the office wrote and nothing that the applicant did", () => {
    const turn = (kind: string) => ({
      kind,
      text: `the ${kind}`,
      at: new Date(0),
      recognised: null,
      attachments: [],
      shared: false,
    });
    const page = {
      subject: "own",
      contact: null,
      description: "own",
      answers: [{ label: "own", value: "own" }],
      attachments: ["own"],
      written: ["own"],
      conversation: ["question", "reply", "answer", "rating", "rejection", "withdrawal"].map(turn),
      offered: [
        { action: "rate", effects: ["rate"] },
        { action: "reply", effects: ["reply"] },
        { action: "withdraw", effects: ["withdraw"] },
      ],
    };
    const shown = shownByLink(page as never, { way: "email", used: ["reply"] }) as unknown as typeof page & {
      needCode: string[];
    };
    expect(JSON.stringify({ ...shown, offered: [] })).not.toContain("own");
    expect(shown.conversation.map(({ kind }) => kind)).toEqual(["question", "answer", "rejection"]);
    expect(shown.needCode).toEqual(["reply", "withdraw"]);
  });
});

describe("what is typed for a lost code", () => {
  it.each([
    [" Rana@Example.COM ", "rana@example.com"],
    ["+962 79 123 4567", "91234567"],
    ["٠٧٩-١٢٣-٤٥٦٧", "91234567"],
    ["00962791234567", "91234567"],
    ["+1 (617) 555-0111", "75550111"],
    ["rana@example", null],
    ["ra na@example.com", null],
    ["1234567", null],
    ["", null],
  ])("%s", (typed, contact) => {
    expect(contactOf(typed)).toBe(contact);
  });
});

describe("the phone of a programme", () => {
  it.each([
    ["+962 6 500 0000", "+96265000000"],
    ["+1 (617) 555-0111", "+16175550111"],
    ["06 500 0000", null],
    ["+0 123 4567", null],
    ["+962 abc", null],
  ])("%s", (written, number) => {
    expect(dialled(written)).toBe(number);
    const hours = { ar: "كل يوم", en: null };
    expect(helpLineOf({ helpPhone: written, helpHours: hours })).toEqual(
      number && { phone: written, dial: number, hours: null },
    );
  });
});
