/** An official withdraws for an applicant who asked for it: who may, how the applicant is recognised, what is told and counted. */

import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { ReceivedApplication } from "../../src/features/intake/receive-application.js";
import {
  openWorkingOffice,
  type Person,
  problemOf,
  programme,
  sundayNine,
  type WorkingOffice,
} from "../support/working-office.js";

let office: WorkingOffice;
let room: Person;
const action = "withdraw_for_applicant";
const at = (hours: number): Date => new Date(sundayNine.getTime() + hours * 3_600_000);
const asked = { recognisedBy: "called_back", reason: "He solved it with the office." };
const withdraw = ({ reference }: { reference: string }, fields: Record<string, unknown>, actor = room, hours = 2) =>
  office.act(reference, actor, action, fields, at(hours));
const lettersTo = (caseId: number) =>
  office.rows("select data from messages where template = 'applicant-withdrawn' and receiver_case = $1", caseId);
const follow = ({ reference, code }: ReceivedApplication, hours: number) =>
  office.services.cases.follow({ reference, code, now: at(hours) });
const anonymous = { type: "suggestion", pillar: null, importance: null, applicant: null } as const;

beforeAll(async () => {
  office = await openWorkingOffice();
  room = office.official("operation_room");
}, 60_000);
afterAll(() => office.close());

describe("withdrawn for the applicant", () => {
  it("ends without an answer; the record says by whom, for whom and how they were recognised", async () => {
    const sent = await office.receive();
    expect(await withdraw(sent, asked)).toMatchObject({ state: "withdrawn_on_request", dueAt: null });
    expect(await office.caseRow(sent.reference)).toMatchObject({
      state_kind: "final",
      withdrawn_at: at(2),
      withdrawn_by: room.userId,
      resolved_at: null,
      rating_invited_at: null,
      next_due_at: null,
    });
    const told = (await office.events(sent.reference)).find(({ type }) => type === "case.withdrawn");
    expect(told?.data).toMatchObject({ action, forApplicant: true, ...asked });
    const view = await office.services.cases.page({ reference: sent.reference, actor: room, now: at(3) });
    expect(view.timeline).toContainEqual(
      expect.objectContaining({
        text: asked.reason,
        what: {
          en: "Withdrew the application for the applicant. How the applicant's identity was checked: “Was called back on the recorded number”.",
          ar: "سحب الطلب نيابة عن مقدمه. طريقة التحقق من هويته: «معاودة الاتصال على الرقم المسجل».",
        },
      }),
    );
  });

  it("tells the applicant, who can open it again: with new targets, and no reopened answer in the figures", async () => {
    const sent = await office.receive();
    await withdraw(sent, asked);
    const [letter] = await lettersTo(sent.caseId);
    expect(letter?.data).toMatchObject({
      reason: asked.reason,
      recognised: { en: "Was called back on the recorded number" },
      role: "operation_room",
      at: at(2).toISOString(),
      reopenWindowDays: 14,
    });
    expect(await follow(sent, 3)).toMatchObject({ actions: ["reopen"], dueAt: null });
    const late = office.applicantActs(sent, "reopen", { reason: "It was not me." }, at(2 + 24 * 14));
    expect((await problemOf(late)).code).toBe("action-refused");
    const again = await office.applicantActs(sent, "reopen", { reason: "It was not me." }, at(30));
    expect(again).toMatchObject({ state: "assigned", dueAt: expect.any(Date) });
    expect(await office.caseRow(sent.reference)).toMatchObject({
      withdrawn_at: null,
      withdrawn_by: null,
      closed_at: null,
      cycle: 2,
      first_reopened_at: null,
    });
  });

  it("goes back to the queue when nobody had it", async () => {
    const sent = await office.receive({ entity: null, sector: "HEALTH" });
    expect((await office.caseRow(sent.reference)).state).toBe("triage");
    await withdraw(sent, asked);
    const again = await office.applicantActs(sent, "reopen", { reason: "It was not me." }, at(30));
    expect(again).toMatchObject({ state: "triage", entity: null });
  });

  it("asks for a reason and for how the applicant was recognised", async () => {
    const sent = await office.receive();
    for (const [fields, field] of [
      [{ recognisedBy: "called_back" }, "/fields/reason"],
      [{ ...asked, reason: "  " }, "/fields/reason"],
      [{ reason: "x" }, "/fields/recognisedBy"],
      [{ ...asked, recognisedBy: "constructor" }, "/fields/recognisedBy"],
      [{ ...asked, recognisedBy: "code" }, "/fields/code"],
      [{ ...asked, code: "AAAA-AAAA-AAAA" }, "/fields/code"],
      [{ ...asked, code: 7 }, "/fields/code"],
      [{ ...asked, code: "A".repeat(9000) }, "/fields/code"],
      [{ ...asked, forApplicant: "no" }, "/fields/forApplicant"],
    ] as const) {
      const refused = await problemOf(withdraw(sent, fields));
      expect([refused.code, refused.faults[0]?.field]).toEqual(["invalid-input", field]);
    }
    expect((await office.caseRow(sent.reference)).state).toBe("assigned");
  });

  it("keeps the code nowhere", async () => {
    const sent = await office.receive();
    const { drafts: _, keepDraft } = office.services.cases as never as {
      drafts: unknown;
      keepDraft: (a: object) => Promise<unknown>;
    };
    const draft = { reference: sent.reference, actor: room, action, tab: "t", counter: 1, based: 0, now: at(1) };
    expect((await problemOf(keepDraft({ ...draft, fields: { code: sent.code } }))).faults[0]?.field).toBe("/fields");
    // As people read it out: in small letters, with gaps.
    const spoken = sent.code.toLowerCase().replaceAll("-", " ");
    await withdraw(sent, { recognisedBy: "code", reason: "x", code: spoken });
    for (const table of ["case_events", "messages", "case_texts", "case_drafts"]) {
      const [row] = await office.asOwner(
        `select count(*)::integer as n from ${table} t where t::text ilike $1 or t::text ilike $2`,
        `%${spoken}%`,
        `%${sent.code}%`,
      );
      expect([table, row?.n]).toEqual([table, 0]);
    }
  });

  it("of an application without a name is done by its code alone", async () => {
    const sent = await office.receive(anonymous);
    const refused = await problemOf(withdraw(sent, { ...asked, recognisedBy: "in_person" }));
    expect([refused.code, refused.faults[0]?.field]).toEqual(["invalid-input", "/fields/code"]);
    await withdraw(sent, { recognisedBy: "code", reason: "x", code: sent.code });
    expect((await office.caseRow(sent.reference)).state).toBe("withdrawn_on_request");
    expect(await lettersTo(sent.caseId)).toEqual([]);
  });

  it("is the operation room's: not the office's whose delay it would end, a stranger's, or the applicant's", async () => {
    const sent = await office.receive();
    const code = async (actor: Person) => (await problemOf(withdraw(sent, asked, actor))).code;
    expect(await code(office.official("focal_point", "CSPD"))).toBe("forbidden");
    expect(await code(office.official("entity_manager", "CSPD"))).toBe("forbidden");
    expect(await code(office.official("focal_point", "MOH"))).toBe("not-found");
    expect(await code(office.official("auditor"))).toBe("forbidden");
    expect((await problemOf(office.applicantActs(sent, action, asked, at(2)))).code).toBe("forbidden");
    const report = await office.receive({ type: "report", pillar: null, fields: {} });
    expect((await problemOf(withdraw(report, { ...asked, code: report.code }))).code).toBe("not-found");
    await office.applicantActs(sent, "withdraw", {}, at(2));
    expect(await code(room)).toBe("action-refused");
    expect((await office.caseRow(sent.reference)).withdrawn_by).toBeNull();
  });

  it("is offered to the room alone, with the words of what follows", async () => {
    const { reference } = await office.receive();
    const page = (actor: Person) => office.services.cases.page({ reference, actor, now: at(1) });
    const offered = (await page(room)).actions.find((one) => one.action === action);
    expect(offered).toMatchObject({ allowed: true, letter: true, letterLeaves: true });
    expect(offered?.fields.map(({ name, type, required }) => [name, type, required])).toEqual([
      ["recognisedBy", "choice", true],
      ["code", "applicantCode", false],
      ["reason", "text", true],
    ]);
    expect(offered?.follows[0]?.en).toContain("A missed deadline stays missed");
    const focal = await page(office.official("focal_point", "CSPD"));
    expect(focal.actions.map((one) => one.action)).not.toContain(action);
  });
});

describe("the figures", () => {
  it("leave it out, but for what had fallen due: nobody withdraws a delay", async () => {
    const entity = "MOH";
    const send = () => office.receive({ entity, sector: "HEALTH", importance: "critical" });
    const kpi = (hours: number) =>
      office.services.reports.kpi({
        programme,
        from: "2026-11-22",
        to: "2026-12-31",
        at: at(hours),
        entities: [entity],
      });
    const [inTime, tooLate, byThemselves, reopened] = [await send(), await send(), await send(), await send()];
    await withdraw(inTime, asked, room, 1);
    await withdraw(reopened, asked, room, 1);
    const before = await kpi(2);
    expect(before).toMatchObject({ received: 2, closed: 0, onTimeResolution: { denominator: 0 } });
    // A critical case has a working day: on Wednesday it is late.
    const late = await kpi(71);
    expect(late).toMatchObject({ received: 2, onTimeResolution: { numerator: 0, denominator: 2 }, delayed: 2 });
    await withdraw(tooLate, asked, room, 72);
    await office.applicantActs(byThemselves, "withdraw", {}, at(72));
    expect(await kpi(73)).toMatchObject({
      received: 0,
      closed: 0,
      resolved: 0,
      delayed: 0,
      backlog: { open: 0 },
      onTimeResolution: { numerator: 0, denominator: 1 },
      onTimeAmongResolved: { denominator: 0 },
    });
    await office.applicantActs(reopened, "reopen", { reason: "It was not me." }, at(74));
    expect(await kpi(75)).toMatchObject({ received: 1, backlog: { open: 1 }, onTimeResolution: { denominator: 1 } });
    // The reports of Sunday and of Wednesday morning stay what they were.
    expect(await kpi(2)).toEqual(before);
    expect(await kpi(71)).toEqual(late);
  });
});
