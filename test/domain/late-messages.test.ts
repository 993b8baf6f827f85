/** What becomes of messages that wait too long. */
import { describe, expect, it } from "@jest/globals";
import { type ApplicantReach, endedBy, waysOf, whyUnreached } from "../../src/engine/letters/applicant-ways.js";
import { lateReasons, whyTooLate } from "../../src/engine/letters/late-messages.js";
import type { MessageTemplate } from "../../src/engine/letters/message-kinds.js";

const day = 86_400_000;
const why = (template: MessageTemplate, waited: number, known = false) =>
  whyTooLate({ template, waitedMs: waited * day, lateDays: 3, known });

describe("a message that waited", () => {
  it.each<[MessageTemplate, number, boolean, string | null]>([
    ["official-assigned", 2.9, false, null],
    ["official-assigned", 3, false, lateReasons.tooLate],
    ["official-gathered", 3, false, lateReasons.tooLate],
    ["digest-executive", 8, false, lateReasons.tooLate],
    ["audit-seal", 30, false, null],
    ["account-invitation", 30, false, null],
    ["contact-code", 30, false, null],
    ["sms-received", 5, false, null],
    ["sms-received", 5, true, lateReasons.known],
    ["applicant-received", 2, true, null],
    ["applicant-received", 14, false, lateReasons.tooLate],
    ["applicant-question", 30, false, null],
    ["sms-question", 5, true, lateReasons.known],
    ["applicant-answered", 300, true, null],
    ["sms-rejected", 300, true, null],
  ])("%s for %d days, known: %s", (template, waited, known, reason) => {
    expect(why(template, waited, known)).toBe(reason);
  });
});

describe("a number that is another's", () => {
  const wrong: ApplicantReach = { email: false, sms: false, phone: true, wrongNumber: true, contactBy: null };
  it("is no way to its applicant, anyone who sends", () => {
    expect([waysOf(wrong), whyUnreached(wrong), endedBy(wrong, "sms")]).toEqual([[], "wrongNumber", "wrongNumber"]);
    expect([waysOf({ ...wrong, email: true }), endedBy({ ...wrong, email: true }, "email")]).toEqual([["email"], null]);
    expect(whyUnreached({ ...wrong, contactBy: "none" })).toBe("noMessages");
  });
});
