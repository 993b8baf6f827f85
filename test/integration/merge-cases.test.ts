/** Several cases become duplicates of one in one act, all of them or none. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { actsIn, at, faultsOf } from "../support/acts.js";
import {
  openWorkingOffice,
  sundayNine,
  typesOf,
  unknownReference,
  type WorkingOffice,
} from "../support/working-office.js";

let office: WorkingOffice;
beforeAll(async () => {
  office = await openWorkingOffice();
});
afterAll(() => office.close());

const { focal, room, elsewhere, lastEvent, messages } = actsIn(() => office);

describe("merging", () => {
  it("makes duplicates of several cases in one act, and one answer reaches all their applicants", async () => {
    const main = await office.receive();
    const others = [await office.receive(), await office.receive({ entity: "CSPD" })];
    const written = `${others[0]?.reference}\n${others[1]?.reference?.replaceAll("-", " ")}`;
    await office.act(main.reference, focal(), "merge", { others: written }, at("11-22T07:00"));
    const { id } = await office.caseRow(main.reference);
    for (const { reference } of others) {
      expect(await office.caseRow(reference)).toMatchObject({
        state: "duplicate",
        duplicate_of: id,
        next_due_at: null,
      });
      expect(typesOf(await office.events(reference))).toContain("case.linked");
      expect(await messages(reference, "applicant-linked")).toHaveLength(1);
    }
    expect((await lastEvent(main.reference, "case.merged"))?.data.others).toEqual(
      others.map(({ reference }) => reference),
    );
    const done = await office.act(main.reference, focal(), "answer", { answer: "It is open." }, at("11-22T08:00"));
    if (done.state === "in_review") await office.act(main.reference, room(), "approve", {}, at("11-22T08:10"));
    const told = await messages(main.reference, "applicant-answered");
    const ids = await Promise.all([main, ...others].map(async ({ reference }) => (await office.caseRow(reference)).id));
    expect(told.map((row) => row.receiver_case).sort()).toEqual(ids.sort());
  });

  it("tells what is wrong with each, and then merges none", async () => {
    const [main, good, ended] = [await office.receive(), await office.receive(), await office.receive()];
    const hidden = await office.receive({ entity: "MOH", sector: "HEALTH" });
    const secret = await office.receive({ type: "report", entity: "CSPD", fields: { subjectOfReport: "safety" } });
    await office.applicantActs(ended, "withdraw", {}, sundayNine);
    const before = await office.caseRow(good.reference);
    const merge = (others: unknown, actor = focal()) =>
      faultsOf(office.act(main.reference, actor, "merge", { others }, at("11-22T07:00")));
    const faults = await merge(
      [good, hidden, secret, ended].map(({ reference }) => reference).concat(unknownReference),
    );
    expect(faults).toEqual([
      "invalid-input",
      `/fields/others: ${hidden.reference}: There is no such case among those that you may see.`,
      expect.stringMatching(new RegExp(`^/fields/others: ${secret.reference}: It is confidential`)),
      expect.stringMatching(new RegExp(`^/fields/others: ${ended.reference}: The case is “Withdrawn`)),
      `/fields/others: ${unknownReference}: There is no such case among those that you may see.`,
    ]);
    expect(await office.caseRow(good.reference)).toEqual(before);
    expect((await merge([main.reference]))[1]).toMatch(/cannot be a duplicate of itself/);
    expect(await merge("12, 34")).toHaveLength(3);
    expect((await merge([good.reference], elsewhere()))[0]).toBe("not-found");
    expect(typesOf(await office.events(main.reference))).not.toContain("case.merged");
  });

  it("of the same cases by two at once ends with one of them", async () => {
    const [a, b] = [await office.receive(), await office.receive()];
    const done = await Promise.allSettled([
      office.act(a.reference, focal(0), "merge", { others: [b.reference] }, at("11-22T07:00")),
      office.act(b.reference, focal(1), "merge", { others: [a.reference] }, at("11-22T07:00")),
    ]);
    expect(done.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const states = [(await office.caseRow(a.reference)).state, (await office.caseRow(b.reference)).state];
    expect(states.sort()).toEqual(["assigned", "duplicate"]);
  });

  it("carries the duplicates of a duplicate along", async () => {
    const [first, second, third] = [await office.receive(), await office.receive(), await office.receive()];
    await office.act(second.reference, focal(), "merge", { others: [third.reference] }, at("11-22T07:00"));
    await office.act(first.reference, focal(), "merge", { others: [second.reference] }, at("11-22T07:10"));
    const done = await office.act(first.reference, focal(), "answer", { answer: "It is open." }, at("11-22T08:00"));
    if (done.state === "in_review") await office.act(first.reference, room(), "approve", {}, at("11-22T08:10"));
    const told = (await messages(first.reference, "applicant-answered")).map((row) => row.receiver_case);
    expect(told).toContain((await office.caseRow(third.reference)).id);
  });
});
