/** Which acts fit many cases, who hears of them, and what a file may say to whom. */
import { describe, expect, it } from "@jest/globals";
import type { HeldSeat } from "../../src/engine/access/permissions.js";
import type { MessageIntent } from "../../src/engine/letters/message-intent.js";
import { groupRefusals, isInBulk } from "../../src/engine/lifecycle/bulk-actions.js";
import { gatheredLetters, holdBack } from "../../src/engine/lifecycle/gather-messages.js";
import { defaultWorkLimits, workLimits } from "../../src/engine/setup/work-limits.js";
import { columnsFor } from "../../src/features/cases/export/export-columns.js";
import { stillHolds } from "../../src/features/cases/export/export-store.js";
import { applicant, person, shippedWorkflow, system } from "../support/office.js";
import { shippedSetup } from "../support/shipped-setup.js";

describe("acts on many cases", () => {
  it("are those inside the office: nothing is said to applicants, nothing is confirmed that a second person looks at", () => {
    const { actions } = shippedWorkflow("complaint");
    const inBulk = Object.entries(actions).flatMap(([name, action]) => (isInBulk(action) ? [name] : []));
    expect(inBulk).toEqual(expect.arrayContaining(["assign", "take", "transfer", "link", "note"]));
    for (const name of [
      "answer",
      "ask",
      "approve",
      "return",
      "answer_appeal",
      "withdraw",
      "rate",
      "reopen",
      "contact",
    ]) {
      expect(inBulk).not.toContain(name);
    }
  });

  it("are not those whose branch does more", () => {
    const branch = { to: [{ to: "a", effects: ["appeal" as const] }], effects: ["note" as const] };
    expect(isInBulk(branch)).toBe(false);
    expect(isInBulk({ to: "a", effects: [] })).toBe(false);
  });

  it("refusals stand together by their reason, the most frequent first", () => {
    const [one, other] = [
      { en: "One", ar: "واحد" },
      { en: "Other", ar: "آخر" },
    ];
    expect(
      groupRefusals([
        { reference: "1", reason: one },
        { reference: "2", reason: other },
        { reference: "3", reason: other },
      ]),
    ).toEqual([
      { reason: other, count: 2, references: ["2", "3"] },
      { reason: one, count: 1, references: ["1"] },
    ]);
  });
});

describe("letters of a bulk act", () => {
  const letter = (template: MessageIntent["template"], userId: number, data = {}): MessageIntent => ({
    template,
    receiver: { kind: "user", userId },
    language: "ar",
    data,
    key: `k/${template}/${userId}`,
  });
  const toApplicant: MessageIntent = {
    ...letter("applicant-linked", 0),
    receiver: { kind: "applicant", caseId: 7 },
  };

  it("to applicants go by themselves; alerts that tell of one case do, too", () => {
    const alert = letter("operation-room-alert", 5, { kind: "rule-faulted" });
    const empty = letter("operation-room-alert", 5, { kind: "empty-seat" });
    const { now, held } = holdBack([toApplicant, alert, empty, letter("official-assigned", 3)], {
      programme: "jordan",
      runId: "one",
    });
    expect(now).toEqual([toApplicant, alert]);
    expect(held.map(({ template, userId }) => [template, userId])).toEqual([
      ["operation-room-alert", 5],
      ["official-assigned", 3],
    ]);
  });

  it("are one a person and kind, with their references", () => {
    const held = { template: "official-assigned", userId: 3, language: "en", programme: "jordan" } as const;
    const items = Array.from({ length: 150 }, (_, i) => ({ reference: `r${i}`, held: [held] }));
    const action = { en: "Assign", ar: "إحالة" };
    const letters = gatheredLetters({ runId: "x", action, by: "Rana", items }).get("jordan") ?? [];
    expect(letters).toHaveLength(1);
    expect(letters[0]).toMatchObject({
      template: "official-bulk",
      receiver: { kind: "user", userId: 3 },
      language: "en",
      data: { kind: "official-assigned", count: 150, by: "Rana" },
    });
    expect(letters[0]?.data.references).toHaveLength(100);
  });
});

describe("a file", () => {
  const personal = (userId: number) =>
    columnsFor(person(userId))
      .filter((column) => column.personal)
      .map(({ code }) => code);

  it("says who applicants are to those alone who have to write to them", () => {
    const all = ["applicantName", "nationalNumber", "phone", "email"];
    expect(personal(11)).toEqual(all); // focal point
    expect(personal(13)).toEqual(all); // entity manager
    expect(personal(51)).toEqual(all); // operation room
    for (const other of [31, 32, 41, 61, 71, 81, 91]) expect(personal(other)).toEqual([]);
    for (const nobody of [applicant, system]) expect(columnsFor(nobody).some((column) => column.personal)).toBe(false);
  });

  it("has no personal column unless it is asked for", () => {
    expect(columnsFor(person(51)).filter(({ usual, personal: says }) => usual && says)).toEqual([]);
  });

  it("belongs to whoever still holds every seat by which it was asked for", () => {
    const one: HeldSeat = { role: "focal_point", programme: "jordan", entity: "JFDA", sector: null };
    const other: HeldSeat = { role: "operation_room", programme: "jordan", entity: null, sector: null };
    expect(stillHolds([other, one], [one])).toBe(true);
    expect(stillHolds([one], [one, other])).toBe(false);
    expect(stillHolds([{ ...one, entity: "MOH" }], [one])).toBe(false);
    expect(stillHolds([one], [])).toBe(false);
  });
});

it("of several programmes the smallest limit holds, and of none the usual one", () => {
  const { settings } = shippedSetup("jordan").programme;
  expect(workLimits([settings])).toEqual(defaultWorkLimits);
  expect(workLimits([{ ...settings, bulkMostCases: 30 }, settings])).toEqual({
    ...defaultWorkLimits,
    bulkMostCases: 30,
  });
});
