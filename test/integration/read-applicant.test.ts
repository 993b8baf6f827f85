/** Who sent it: masked, whole on record, and for strangers nothing. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Actor } from "../../src/engine/access/permissions.js";
import { openWorkingOffice, sundayNine, type WorkingOffice } from "../support/working-office.js";

let office: WorkingOffice;
beforeAll(async () => {
  office = await openWorkingOffice();
});
afterAll(() => office.close());

const read = (reference: string, actor: Actor, unmask: boolean) =>
  office.services.cases.readApplicant({ reference, actor, unmask, now: sundayNine });

/** A report of corruption goes to the commission, whom it is confidential to. */
const bribe = {
  type: "report",
  subject: "An official asked for a bribe",
  entity: null,
  pillar: null,
  importance: null,
};

describe("the applicant of a case", () => {
  it("is masked until asked for, and asking is on record", async () => {
    const { reference } = await office.receive();
    const focal = office.official("focal_point", "CSPD");
    const before = (await office.events(reference)).length;

    const masked = await read(reference, focal, false);
    expect(masked).toEqual({
      masked: true,
      applicant: { name: "R. H.", nationalNumber: null, phone: "••••567", email: "r••••@example.com" },
    });
    expect(await office.events(reference)).toHaveLength(before);

    const whole = await read(reference, focal, true);
    expect(whole.applicant).toMatchObject({ name: "Rana Haddad", phone: "+962791234567" });
    const events = await office.events(reference);
    expect(events).toHaveLength(before + 1);
    expect(events.at(-1)).toMatchObject({ type: "personal.read", data: { fields: ["name", "phone", "email"] } });
    expect(JSON.stringify(events)).not.toContain("Rana");
  });

  it("is nobody's business elsewhere: another entity, the auditor, a confidential case", async () => {
    const { reference } = await office.receive();
    await expect(read(reference, office.official("focal_point", "MOH"), false)).rejects.toMatchObject({
      code: "not-found",
    });
    await expect(read(reference, office.official("auditor"), true)).rejects.toMatchObject({ code: "forbidden" });
    await expect(read("123-456-7890", office.official("operation_room"), false)).rejects.toMatchObject({
      code: "not-found",
    });
    const report = await office.receive(bribe);
    await expect(read(report.reference, office.official("operation_room"), true)).rejects.toMatchObject({
      code: "not-found",
    });
    expect((await office.events(report.reference)).some(({ type }) => type === "personal.read")).toBe(false);
  });

  it("does not exist when it was sent anonymously", async () => {
    const { reference } = await office.receive({ ...bribe, applicant: null });
    const row = await office.caseRow(reference);
    const handler = office.official("focal_point", row.entity as string);
    expect(await read(reference, handler, true)).toEqual({ applicant: null, masked: true });
  });
});
