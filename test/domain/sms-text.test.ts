/** Text messages as they go over the air: alphabets and segments, words, limits, quiet hours, ways. */
import { describe, expect, it } from "@jest/globals";
import { compileCalendar } from "../../src/engine/calendar/working-calendar.js";
import { byOther, byWay, keyByOther, waysOf, whyUnreached } from "../../src/engine/letters/applicant-ways.js";
import { smsOfLetter } from "../../src/engine/letters/message-kinds.js";
import { beyondLimit, leavesAt, smsDefaults } from "../../src/engine/letters/sms-limits.js";
import { replyMeaning } from "../../src/engine/letters/sms-replies.js";
import { keptInSms, smsSize, smsText } from "../../src/engine/letters/sms-text.js";
import { seededCalendar } from "../support/calendars.js";

describe("segments", () => {
  it.each([
    ["nothing", "", "gsm7", 0, 1],
    ["160 Latin letters", "a".repeat(160), "gsm7", 160, 1],
    ["161 Latin letters", "a".repeat(161), "gsm7", 161, 2],
    ["306 Latin letters", "a".repeat(306), "gsm7", 306, 2],
    ["307 Latin letters", "a".repeat(307), "gsm7", 307, 3],
    ["80 euro signs, two places each", "€".repeat(80), "gsm7", 160, 1],
    ["a sign of two places that is not split", `${"a".repeat(152)}€${"a".repeat(152)}`, "gsm7", 306, 3],
    ["70 Arabic letters", "ب".repeat(70), "ucs2", 70, 1],
    ["71 Arabic letters", "ب".repeat(71), "ucs2", 71, 2],
    ["134 Arabic letters", "ب".repeat(134), "ucs2", 134, 2],
    ["135 Arabic letters", "ب".repeat(135), "ucs2", 135, 3],
    ["one Arabic letter among Latin ones", `${"a".repeat(70)}ب`, "ucs2", 71, 2],
    ["a sign beyond 16 bits that is not split", `${"ب".repeat(66)}🙂${"ب".repeat(66)}`, "ucs2", 134, 3],
    ["accents of the alphabet", "èéùìòÇØøÅåÆæßÉÄÖÑÜ§¿äöñüà", "gsm7", 25, 1],
  ] as const)("%s", (_, text, alphabet, length, segments) => {
    expect(smsSize(text)).toEqual({ alphabet, length, segments });
  });
});

describe("the words", () => {
  it("lose what would make a Latin text one of 16 bits", () => {
    const text = smsText("We’ll answer \u2068482-739-1652\u2069 – “soon”…\u00a0 ok\n\n\nBye ");
    expect(text).toBe(`We'll answer 482-739-1652 - "soon"... ok\nBye`);
    expect(smsSize(text).alphabet).toBe("gsm7");
  });
  it("keep a number's groups in order after an Arabic word, and addresses as they are", () => {
    expect(keptInSms("482-739-1652", "ar")).toBe("\u200e482-739-1652");
    expect(keptInSms("482-739-1652", "en")).toBe("482-739-1652");
    expect(keptInSms("4827391652", "ar")).toBe("4827391652");
    expect(keptInSms("https://diwan.example.jo/f/1", "ar")).toBe("https://diwan.example.jo/f/1");
    expect(smsText("\u200e482")).toBe("\u200e482");
  });
});

describe("answers", () => {
  it.each([
    ["STOP", "stop"],
    [" stop. ", "stop"],
    ["إيقاف", "stop"],
    ["ايقاف", "stop"],
    ["Unsubscribe", "stop"],
    ["START", "start"],
    ["بدء", "start"],
    ["please stop the noise", null],
    ["", null],
    ["👍", null],
  ] as const)("%p means %p", (text, meaning) => {
    expect(replyMeaning(text)).toBe(meaning);
  });
});

describe("limits", () => {
  const counts = { all: 1, number: 1, country: 1, segments: 1 };
  it("hold what is beyond one, the nearest to the person first", () => {
    expect(beyondLimit(counts, {}, true)).toBeNull();
    expect(beyondLimit({ ...counts, number: smsDefaults.perNumber + 1 }, {}, false)).toContain("this number");
    expect(beyondLimit({ ...counts, country: 51 }, {}, true)).toContain("this country");
    expect(beyondLimit({ ...counts, country: 51 }, {}, false)).toBeNull();
    expect(beyondLimit({ ...counts, all: 3 }, { smsPerDay: 2 }, false)).toContain("today");
    expect(beyondLimit({ ...counts, segments: 3 }, { smsSegments: 2 }, false)).toContain("segments");
    expect(beyondLimit(counts, { smsPerDay: 0 }, false)).toContain("today");
  });
});

describe("quiet hours", () => {
  const calendar = compileCalendar(seededCalendar("jordan"));
  const at = (text: string) => new Date(`${text}+03:00`);
  const leaves = (text: string, settings = {}) => leavesAt(at(text), settings, calendar).toISOString();
  it("are from nine in the evening to eight in the morning in the programme's zone, unless it says otherwise", () => {
    expect(leaves("2026-11-29T20:59:59")).toBe(at("2026-11-29T20:59:59").toISOString());
    expect(leaves("2026-11-29T21:00:00")).toBe(at("2026-11-30T08:00:00").toISOString());
    expect(leaves("2026-11-30T02:10:00")).toBe(at("2026-11-30T08:00:00").toISOString());
    expect(leaves("2026-11-30T08:00:00")).toBe(at("2026-11-30T08:00:00").toISOString());
  });
  it("may be within a day, or none", () => {
    expect(leaves("2026-11-29T13:30:00", { smsQuietFrom: 13, smsQuietTo: 15 })).toBe(
      at("2026-11-29T15:00:00").toISOString(),
    );
    expect(leaves("2026-11-29T03:00:00", { smsQuietFrom: 0, smsQuietTo: 0 })).toBe(
      at("2026-11-29T03:00:00").toISOString(),
    );
  });
  it("are days off as a whole where only working days are wanted", () => {
    // Friday and Saturday are off.
    expect(leaves("2026-12-04T12:00:00", { smsWorkingDays: true })).toBe(at("2026-12-06T08:00:00").toISOString());
    expect(leaves("2026-12-03T22:00:00", { smsWorkingDays: true })).toBe(at("2026-12-06T08:00:00").toISOString());
    expect(leaves("2026-12-06T12:00:00", { smsWorkingDays: true })).toBe(at("2026-12-06T12:00:00").toISOString());
  });
});

describe("ways", () => {
  it("is a call to who ended letters and left a number, unless they want no messages", () => {
    const ended = { email: false, emailStopped: true, sms: false, contactBy: null } as const;
    expect(whyUnreached({ ...ended, phone: true })).toBe("callsOnly");
    expect(whyUnreached({ ...ended, phone: true, contactBy: "none" })).toBe("noMessages");
    expect(whyUnreached(ended)).toBe("noMessages");
    expect(whyUnreached({ ...ended, phone: true, stopped: true })).toBe("stopped");
    expect(whyUnreached({ ...ended, sms: true })).toBeNull();
  });

  it("are what is there, what is asked for first; none where nothing is wanted", () => {
    const ways = (email: boolean, sms: boolean, contactBy: "email" | "sms" | "none" | null = null) =>
      waysOf({ email, sms, contactBy });
    expect(ways(true, true)).toEqual(["email", "sms"]);
    expect(ways(true, true, "sms")).toEqual(["sms", "email"]);
    expect(ways(false, true, "email")).toEqual(["sms"]);
    expect(ways(true, false, "sms")).toEqual(["email"]);
    expect(ways(true, true, "none")).toEqual([]);
    expect(ways(false, false)).toEqual([]);
  });
  it("tell one event under a key a way, each leading to the other", () => {
    const email = byWay("email", "applicant-answered", "case/1/2/applicant-answered/applicant");
    const sms = byWay("sms", "applicant-answered", "case/1/2/applicant-answered/applicant");
    expect(email).toEqual({ template: "applicant-answered", key: "case/1/2/applicant-answered/applicant" });
    expect(sms).toEqual({ template: smsOfLetter["applicant-answered"], key: `${email.key}/sms`, way: "sms" });
    expect(keyByOther(email.key)).toEqual({ way: "sms", key: sms.key });
    expect(keyByOther(sms.key)).toEqual({ way: "email", key: email.key });
  });
  it("stand in for each other, whichever cannot go, for who hears by both", () => {
    const letter = "applicant-answered";
    const [email, sms] = [byWay("email", letter, "a/applicant"), byWay("sms", letter, "a/applicant")];
    for (const contactBy of ["email", "sms", null] as const) {
      const both = { email: true, sms: true, contactBy };
      expect([byOther(both, letter, email.key), byOther(both, letter, sms.key)]).toEqual([sms, email]);
      // Sent again, it is the same message still.
      expect(byOther(both, letter, `${email.key}/again/2`)).toEqual(sms);
      expect(byOther({ ...both, sms: false }, letter, email.key)).toBeNull();
      expect(byOther({ ...both, email: false }, letter, sms.key)).toBeNull();
    }
    expect(byOther({ email: true, sms: true, contactBy: "none" }, letter, email.key)).toBeNull();
  });
});
