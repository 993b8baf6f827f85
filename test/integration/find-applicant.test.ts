/** Cases by who sent them: for whom it is, by what, and what is on record of it. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Actor } from "../../src/engine/access/permissions.js";
import { openWorkingOffice, problemOf, sundayNine, type WorkingOffice } from "../support/working-office.js";

let office: WorkingOffice;
let room: Actor;
const made: Record<string, string> = {};
const person = {
  category: "citizen",
  name: "عبد الله محمد الخطيب",
  phone: "0795550101",
  email: "Abdullah@Example.com",
  nationalNumber: "9871234560",
};

const ask = (applicant: unknown, actor: Actor = room) =>
  office.services.cases.findApplicant({ applicant, actor, now: sundayNine });
const found = async (applicant: unknown, actor: Actor = room): Promise<string[]> => {
  const { cases } = await ask(applicant, actor);
  return cases
    .map(({ reference }) => Object.entries(made).find(([, one]) => one === reference)?.[0] ?? reference)
    .sort();
};
const entries = async (): Promise<Record<string, unknown>[]> =>
  (await office.rows("select type, actor, data from audit_events where stream = 'personal' order by seq")).map(
    (row) => ({
      type: row.type,
      actor: JSON.parse(String(row.actor)),
      data: JSON.parse(String(row.data)),
    }),
  );

beforeAll(async () => {
  office = await openWorkingOffice();
  room = office.official("operation_room");
  made.here = (await office.receive({ applicant: person })).reference;
  made.there = (
    await office.receive({ applicant: { ...person, email: null }, entity: "MOH", sector: "HEALTH" })
  ).reference;
  made.secret = (
    await office.receive({ type: "report", subject: "A bribe", entity: null, applicant: person })
  ).reference;
  made.other = (await office.receive()).reference;
  made.nobody = (await office.receive({ type: "inquiry", applicant: null })).reference;
}, 60_000);
afterAll(() => office.close());

describe("an applicant", () => {
  it("is found by number, address and name, however they are written", async () => {
    for (const typed of ["0795550101", "+962 79 555 0101", "٠٧٩٥٥٥٠١٠١", "9871234560", "٩٨٧١٢٣٤٥٦٠"])
      expect([typed, await found(typed)]).toEqual([typed, ["here", "there"]]);
    expect(await found("abdullah@example.COM")).toEqual(["here"]);
    for (const typed of ["عبدالله الخطيب", "عَبد الله مح", "الخطيب محمد", "محمّد الخط"])
      expect([typed, await found(typed)]).toEqual([typed, ["here", "there"]]);
    expect(await found("rana had")).toEqual(["other"]);
    for (const typed of ["0795550102", "9871234561", "somebody@example.com", "عبد الله الحداد", "Rana Khatib"])
      expect([typed, await found(typed)]).toEqual([typed, []]);
  });

  it("is named by nothing of the answer", async () => {
    const { by, masked, cases, more } = await ask("0795550101");
    expect({ by, masked, more }).toEqual({ by: "phone", masked: "••••101", more: false });
    expect(JSON.stringify(cases)).not.toMatch(/5550101|الخطيب|bdullah|987123/);
    expect((await ask("عبدالله الخطيب")).masked).toBe("ع. خ.");
  });

  it("is not looked for by what could be anybody", async () => {
    for (const typed of ["", "محمد", "079", "a@", "12345", null, 5, ["0795550101"], "\u0000"]) {
      const refused = await problemOf(ask(typed));
      expect([typed, refused.code]).toEqual([typed, "invalid-input"]);
      expect(refused).toMatchObject({ faults: [{ field: "/applicant" }] });
    }
    for (const typed of ["a'b c'd", "x:* y:*", "a & !b", "<-> <->x"])
      expect(
        await ask(typed).then(
          ({ cases }) => cases,
          ({ code }) => code,
        ),
      ).toEqual(expect.anything());
  });
});

describe("for whom", () => {
  it("those are found alone of whom the asker may know it", async () => {
    expect(await found("0795550101", office.official("focal_point", "CSPD"))).toEqual(["here"]);
    expect(await found("0795550101", office.official("focal_point", "MOH"))).toEqual(["there"]);
    // The confidential one is its handlers' alone.
    expect(await found("0795550101", office.official("focal_point", "JIACC"))).toEqual(["secret"]);
    const secretaryGeneral = office.setup.seats.find(({ role }) => role === "secretary_general");
    for (const actor of [
      office.official("auditor"),
      office.official("prime_minister", "PM"),
      ...(secretaryGeneral ? [office.official("secretary_general", secretaryGeneral.entity)] : []),
      { kind: "system", job: "test" } as const,
      { kind: "applicant" } as const,
      { kind: "channel", channel: "web" } as const,
    ]) {
      const refused = await problemOf(ask("0795550101", actor));
      expect([actor.kind, refused.code]).toEqual([actor.kind, "forbidden"]);
    }
  });
});

describe("the record", () => {
  it("has every search, who searched and what came of it, and nobody's data", async () => {
    const before = (await entries()).length;
    await ask("0795550101", office.official("focal_point", "CSPD"));
    await ask("nobody@example.com");
    const after = await entries();
    expect(after).toHaveLength(before + 2);
    expect(after.slice(-2)).toMatchObject([
      {
        type: "applicant.sought",
        actor: { kind: "user", userId: (office.official("focal_point", "CSPD") as { userId: number }).userId },
        data: { programme: "jordan", by: "phone", sought: "••••101", found: [made.here] },
      },
      { data: { by: "email", sought: "n••••@example.com", found: [] } },
    ]);
    expect(JSON.stringify(after)).not.toMatch(/5550101|الخطيب|bdullah|987123|nobody@/);
  });

  it("reads as a sentence for the auditor", async () => {
    const [newest] = await office.services.operation.audit.page({
      actor: office.official("auditor"),
      filter: { types: ["applicant.sought"] },
      offset: 0,
      limit: 1,
    });
    expect(newest?.sentence.en).toMatch(/Searched for an applicant by email address .*Cases shown: 0/);
    expect(newest?.sentence.ar).toMatch(/البحث عن مقدم طلب/);
  });
});
