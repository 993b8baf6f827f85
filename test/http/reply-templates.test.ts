/** Reply templates from the set-up to the case: what fits is offered, filled in by the case, and nothing is told to strangers. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type AdminApp, openAdminApp, type SignedIn } from "../support/admin-app.js";
import { programme, sundayNine, unknownReference } from "../support/working-office.js";

let app: AdminApp;
let focal: SignedIn;
let room: SignedIn;
let reference: string;
const now = new Date(sundayNine.getTime() + 3_600_000);
const name = { en: "A template of ours", ar: "نموذج لنا" };

beforeAll(async () => {
  app = await openAdminApp({ now });
  ({ reference } = await app.office.receive());
  focal = await app.signIn("focal_point", "CSPD");
  room = await app.signIn("operation_room");
}, 90_000);
afterAll(() => app.close());

const templatesOf = (who: SignedIn, of = reference) => who.get(`/admin/api/resources/cases/records/${of}/templates`);
const fill = (who: SignedIn, body: unknown, of = reference) => who.act("cases", of, "fill", body);
const codesOf = ({ body }: { body: { view: { templates: { code: string }[] } } }) =>
  body.view.templates.map(({ code }) => code);

describe("templates of a case", () => {
  it("are those for its type, named in both languages and for a field", async () => {
    const answer = await templatesOf(focal);
    expect(answer.status).toBe(200);
    expect(answer.body.view.templates[0]).toEqual({
      code: "ANSWER_REMEDIED",
      name: { en: "The problem was solved", ar: "تمت المعالجة" },
      field: "answer",
    });
    expect(codesOf(answer)).toEqual(expect.arrayContaining(["ANSWER_DELAY", "ASK_DOCUMENTS"]));
    expect(codesOf(answer)).not.toContain("ANSWER_INQUIRY");
    const inquiry = await app.office.receive({ type: "inquiry", pillar: null });
    const others = codesOf(await templatesOf(focal, inquiry.reference));
    expect(others).toContain("ANSWER_INQUIRY");
    expect(others).not.toContain("ANSWER_DELAY");
  });

  it("are filled in by the case, in the applicant's language or another", async () => {
    const mine = await fill(focal, { template: "ANSWER_DELAY" });
    expect(mine.status).toBe(200);
    expect(mine.body.view.language).toBe("en");
    expect(mine.body.view.text).toContain(`your complaint ${reference} about the delay of your transaction`);
    expect(mine.body.view.text).toContain(`${focal.person.name}\nCivil Status and Passports Department`);
    // Nobody's personal data are looked at for it, so nothing is on record.
    expect(mine.text).not.toMatch(/Haddad|rana@/);
    const arabic = await fill(focal, { template: "ANSWER_DELAY", language: "ar" });
    expect(arabic.body.view).toMatchObject({ language: "ar", text: expect.stringContaining("دائرة الأحوال المدنية") });
    const sent = await app.office.receive({ language: "ar", service: "CSPD-PASSPORT" });
    const theirs = await fill(focal, { template: "ANSWER_DELAY" }, sent.reference);
    expect(theirs.body.view).toMatchObject({
      language: "ar",
      text: expect.stringContaining("خدمة «إصدار جواز سفر أو تجديده»"),
    });
    expect((await app.office.caseRow(reference)).last_seq).toBe((await app.office.events(reference)).length);
  });

  it("are refused where none is meant: another type's, one that is none, a language there is not", async () => {
    for (const [body, field] of [
      [{ template: "ANSWER_INQUIRY" }, "/template"],
      [{ template: "constructor" }, "/template"],
      [{}, "/template"],
      [{ template: "ANSWER_DELAY", language: "fr" }, "/language"],
    ] as const) {
      const { status, body: answer } = await fill(focal, body);
      expect([status, answer.problem.faults[0].field]).toEqual([422, field]);
    }
  });

  it("do not exist for strangers, for ended sessions, and in no confidential case of others", async () => {
    const stranger = await app.signIn("focal_point", "MOH");
    const report = await app.office.receive({ type: "report", pillar: null, fields: {} });
    for (const [who, of] of [
      [stranger, reference],
      [focal, unknownReference],
      [room, report.reference],
    ] as const) {
      expect((await templatesOf(who, of)).status).toBe(404);
      expect((await fill(who, { template: "ASK_CLARIFY" }, of)).status).toBe(404);
    }
    const gone = await app.signIn("entity_manager", "CSPD");
    await gone.agent.post("/admin/logout").set("Sec-Fetch-Site", "same-origin");
    expect((await fill(gone, { template: "ASK_CLARIFY" })).status).toBe(401);
    // A reference in the body changes nothing of whose case it is.
    const forged = await fill(stranger, { template: "ASK_CLARIFY", reference, id: reference }, report.reference);
    expect(forged.status).toBe(404);
  });
});

describe("the set-up of templates", () => {
  const values = {
    code: "OURS",
    name,
    field: "answer",
    types: ["complaint"],
    body: { en: "About {{reference}}", ar: "بشأن {{reference}}" },
  };

  it("refuses what cannot be filled in, with the place", async () => {
    const body = { en: "One\n{{refrence}}", ar: "{{{subject}}}" };
    const refused = await room.create(
      "reply-templates",
      { ...values, body, types: ["complaint", "complain"] },
      programme,
    );
    expect(refused.status).toBe(422);
    const faults = refused.body.problem.faults as { field: string; reason: { en: string } }[];
    expect(faults.find(({ field }) => field === "/bodyEn")?.reason.en).toContain("Line 2, character 1");
    expect(faults.find(({ field }) => field === "/bodyAr")?.reason.en).toContain("two braces");
    const types = await room.create("reply-templates", { ...values, types: ["complaint", "complain"] }, programme);
    expect(types.body.problem.faults[0]).toMatchObject({ field: "/types/1" });
  });

  it("adds, previews, offers at once, and offers no more what is retired", async () => {
    const made = await room.create("reply-templates", values, programme);
    expect(made.status).toBe(200);
    const { id } = made.body.record;
    const preview = await room.get(`/admin/api/resources/reply-templates/records/${id}/preview`);
    expect(preview.body.view.en).toBe("About 482-739-1652");
    expect(codesOf(await templatesOf(focal))).toContain("OURS");
    expect((await fill(focal, { template: "OURS" })).body.view.text).toBe(`About ${reference}`);
    expect((await room.act("reply-templates", id, "retire")).status).toBe(200);
    expect(codesOf(await templatesOf(focal))).not.toContain("OURS");
    expect((await fill(focal, { template: "OURS" })).status).toBe(422);
  });

  it("is nobody's but the operation room's to change, and not a focal point's to open", async () => {
    expect((await focal.list("reply-templates")).status).toBe(404);
    const { id } = (await room.list("reply-templates", { search: "ASK_CLARIFY" })).body.records[0];
    expect((await focal.get(`/admin/api/resources/reply-templates/records/${id}/preview`)).status).toBe(404);
    const auditor = await app.signIn("auditor");
    expect((await auditor.get(`/admin/api/resources/reply-templates/records/${id}/preview`)).status).toBe(200);
    const before = { sortOrder: 1 };
    expect([403, 404]).toContain((await auditor.edit("reply-templates", id, { sortOrder: 9 }, before)).status);
  });
});
