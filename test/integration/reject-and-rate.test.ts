/**
 * Ended with a reason, rated on scales, answered together: what it does to the case, the applicant, and the figures.
 */

import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { apart } from "../../src/engine/text/text.js";
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
let focal: Person;
let manager: Person;
let room: Person;
const at = (hours: number): Date => new Date(sundayNine.getTime() + hours * 3_600_000);
const follow = ({ reference, code }: ReceivedApplication, now = at(100)) =>
  office.services.cases.follow({ reference, code, now });
const letters = (template: string, caseId: number) =>
  office.rows("select data, receiver_case from messages where template = $1 and receiver_case = $2", template, caseId);
/** Figures of the test's own days, as of a moment. */
const kpi = (moment: Date, entity = "CSPD") =>
  office.services.reports.kpi({ programme, from: "2026-11-22", to: "2026-12-31", at: moment, entities: [entity] });
const rejection = { closingReason: "INSUFFICIENT_INFORMATION", explanation: "Which hall was it?" };

beforeAll(async () => {
  office = await openWorkingOffice();
  focal = office.official("focal_point", "CSPD");
  manager = office.official("entity_manager", "CSPD");
  room = office.official("operation_room");
}, 60_000);
afterAll(() => office.close());

describe("a rejection", () => {
  it("ends the case with its reason, tells the applicant, and is no answer", async () => {
    const sent = await office.receive();
    const done = await office.act(sent.reference, manager, "reject", rejection, at(2));
    expect(done).toMatchObject({ state: "rejected", dueAt: null });
    expect(await office.caseRow(sent.reference)).toMatchObject({
      state_kind: "final",
      closing_reason: "INSUFFICIENT_INFORMATION",
      rejected_at: at(2),
      closed_at: at(2),
      resolved_at: null,
      first_resolved_at: null,
      first_response_at: at(2),
      rating_invited_at: null,
    });
    // What was explained is among what a case is found by.
    const search = { actor: manager, now: at(3), filters: {}, search: "which hall", offset: 0, limit: 10 };
    expect((await office.services.cases.search(search)).rows.map((row) => row.reference)).toEqual([sent.reference]);
    const types = (await office.events(sent.reference)).map(({ type }) => type);
    expect(types).toEqual(expect.arrayContaining(["case.rejected", "clock.met", "clock.cancelled", "case.closed"]));
    expect(types).not.toContain("case.resolved");
    const followed = await follow(sent, at(3));
    expect(followed.conversation).toEqual([
      {
        at: at(2),
        kind: "rejection",
        recognised: null,
        shared: false,
        attachments: [],
        text: expect.stringMatching(/^What you sent does not say .*\n\nWhich hall was it\?$/),
      },
    ]);
    expect(followed.actions).toEqual(["reopen"]);
    const [letter] = await letters("applicant-rejected", sent.caseId);
    expect(letter?.data).toMatchObject({
      reason: { ar: expect.stringContaining("لم تتضمن"), en: expect.stringContaining("What you sent") },
      explanation: "Which hall was it?",
      reopenWindowDays: 14,
    });
    expect(await letters("applicant-rate", sent.caseId)).toEqual([]);
    const view = await office.services.cases.page({ reference: sent.reference, actor: focal, now: at(3) });
    expect(view.head.closingReason).toEqual({
      code: "INSUFFICIENT_INFORMATION",
      name: { en: "Insufficient information", ar: "معلومات غير كافية" },
    });
    expect(view.timeline).toContainEqual(
      expect.objectContaining({
        kind: "answer",
        text: "Which hall was it?",
        what: {
          en: `Rejected. Reason: ${apart("Insufficient information")}.`,
          ar: `رُفض الطلب. السبب: ${apart("معلومات غير كافية")}.`,
        },
      }),
    );
  });

  it("keeps what was told when the set-up says it differently later", async () => {
    const sent = await office.receive();
    await office.act(sent.reference, manager, "reject", { closingReason: "ABUSIVE" }, at(2));
    const before = (await follow(sent)).conversation;
    await office.services.setupEditor.update({
      programme,
      table: "closing_reasons",
      code: "ABUSIVE",
      values: { textEn: "Another text." },
      before: { textEn: office.setup.closingReasons.get("ABUSIVE")?.text.en },
      by: room,
      now: at(4),
    });
    expect((await follow(sent)).conversation).toEqual(before);
  });

  it("takes a reason from the list alone, and none that was retired", async () => {
    const { reference } = await office.receive();
    const reject = (fields: Record<string, unknown>) =>
      problemOf(office.act(reference, manager, "reject", fields, at(2)));
    for (const fields of [{}, { closingReason: "NOT_OURS" }, { closingReason: "constructor" }, { closingReason: 7 }]) {
      const refused = await reject(fields);
      expect([refused.code, refused.faults[0]?.field]).toEqual(["invalid-input", "/fields/closingReason"]);
    }
    const retire = { programme, table: "closing_reasons", code: "TIME_LIMIT_OVER", by: room, now: at(2) } as const;
    await office.services.setupEditor.retire(retire);
    expect((await reject({ closingReason: "TIME_LIMIT_OVER" })).faults[0]?.reason.en).toContain("is not one of");
    const view = await office.services.cases.page({ reference, actor: manager, now: at(2) });
    const field = view.actions.find(({ action }) => action === "reject")?.fields[0];
    expect(field?.choices?.map(({ value }) => value)).not.toContain("TIME_LIMIT_OVER");
    expect(field?.choices?.[0]).toMatchObject({
      value: "NOT_PUBLIC_SERVICE",
      label: { en: "Not about a public service", ar: "لا يتعلق بخدمة حكومية" },
    });
  });

  it("is not the focal point's to give, nor a stranger's, nor anybody's once the case has ended", async () => {
    const sent = await office.receive();
    const refusal = async (actor: Person) =>
      (await problemOf(office.act(sent.reference, actor, "reject", rejection, at(2)))).code;
    expect(await refusal(focal)).toBe("forbidden");
    expect(await refusal(office.official("entity_manager", "MOH"))).toBe("not-found");
    const own = office.applicantActs(sent, "reject", rejection, at(2));
    expect((await problemOf(own)).code).toBe("forbidden");
    await office.act(sent.reference, room, "reject", rejection, at(3));
    expect(await refusal(manager)).toBe("action-refused");
  });

  it("of a confidential report is its manager's, and the letter says nothing of it", async () => {
    const sent = await office.receive({ type: "report", pillar: null, fields: {} });
    expect((await problemOf(office.act(sent.reference, room, "reject", rejection, at(1)))).code).toBe("not-found");
    await office.act(sent.reference, manager, "reject", rejection, at(2));
    const [letter] = await letters("applicant-rejected", sent.caseId);
    expect(letter?.data).toEqual({ reference: sent.reference, confidential: true, reopenWindowDays: 14 });
    expect((await follow(sent)).conversation[0]?.text).toContain("Which hall was it?");
  });

  it("is reopened by the applicant inside the window, with new promises, and not after it", async () => {
    const sent = await office.receive();
    await office.act(sent.reference, manager, "reject", rejection, at(2));
    const late = office.applicantActs(sent, "reopen", { reason: "The hall of Amman." }, at(2 + 24 * 14));
    expect((await problemOf(late)).code).toBe("action-refused");
    const again = await office.applicantActs(sent, "reopen", { reason: "The hall of Amman." }, at(30));
    expect(again).toMatchObject({ state: "assigned", dueAt: expect.any(Date) });
    expect(await office.caseRow(sent.reference)).toMatchObject({
      closing_reason: null,
      rejected_at: null,
      closed_at: null,
      cycle: 2,
      reopen_count: 1,
      // No answer was reopened: the figure is a share of first answers.
      first_reopened_at: null,
    });
    await office.act(sent.reference, focal, "answer", { answer: "It opens on Sunday." }, at(31));
  });
});

describe("a rating that opens no appeal", () => {
  const rate = async (rating: number) => {
    const sent = await office.receive({ type: "inquiry", pillar: null });
    await office.act(sent.reference, focal, "take", {}, at(1));
    const { state } = await office.act(sent.reference, focal, "answer", { answer: "From nine." }, at(2));
    if (state === "in_review") await office.act(sent.reference, room, "approve", {}, at(2.5));
    await office.applicantActs(sent, "rate", { rating }, at(3));
    const news = "select receiver_user, data from messages where template = 'official-news' and case_id = $1";
    return office.rows(news, sent.caseId);
  };
  const settings = (values: Record<string, number>, before: Record<string, number>) =>
    office.services.setupEditor.update({
      ...{ programme, table: "programmes", code: programme, by: room, now: at(4) },
      ...{ values, before },
    });

  it("reaches the official who took the case where it is as low as the programme says", async () => {
    expect(await rate(3)).toEqual([]);
    expect(await rate(2)).toEqual([
      { receiver_user: focal.userId, data: expect.objectContaining({ kind: "rated", rating: 2 }) },
    ]);
    await settings({ lowRatingMost: 3 }, { lowRatingMost: 2 });
    expect(await rate(3)).toHaveLength(1);
    await settings({ lowRatingMost: 0 }, { lowRatingMost: 3 });
    expect(await rate(1)).toEqual([]);
    const refused = await problemOf(settings({ lowRatingMost: 5 }, { lowRatingMost: 0 }));
    expect(refused.code).toBe("invalid-input");
  });
});

describe("an invitation to rate", () => {
  const answered = async (input: Parameters<WorkingOffice["receive"]>[0] = {}) => {
    const sent = await office.receive({ type: "inquiry", pillar: null, ...input });
    const { state } = await office.act(sent.reference, focal, "answer", { answer: "From nine." }, at(2));
    if (state === "in_review") await office.act(sent.reference, room, "approve", {}, at(2));
    return sent;
  };
  const sweep = (hours: number) => office.services.deadlines.enforce({ now: at(hours) });
  const asked = async ({ caseId }: ReceivedApplication) =>
    (
      await office.rows(
        "select template, created_at from messages where template like '%-rate%' and receiver_case = $1 order by id",
        caseId,
      )
    ).map(({ template, created_at }) => [template, (Number(created_at) - Number(sundayNine)) / 3_600_000]);

  it("leaves a day after the answer, with one reminder, by the way in which they hear; never after the time to rate", async () => {
    const byText = { applicant: { category: "citizen", phone: "+962791234568", sms: true } };
    const [one, other] = [await answered(), await answered(byText)];
    expect(await asked(one)).toEqual([]);
    await sweep(25.9);
    expect(await asked(one)).toEqual([]);
    expect((await sweep(26)).invitations).toBeGreaterThanOrEqual(2);
    await sweep(26);
    // The second one is reckoned from the first, which was late.
    await sweep(97.9);
    expect(await asked(one)).toEqual([["applicant-rate", 26]]);
    await sweep(98);
    expect(await asked(one)).toEqual([
      ["applicant-rate", 26],
      ["applicant-rate-reminder", 98],
    ]);
    expect((await asked(other)).map(([template]) => template)).toEqual(["sms-rate", "sms-rate-reminder"]);
    const said = (await office.events(one.reference)).filter(({ type }) => type === "applicant.invited");
    expect(said.map(({ data }) => data)).toEqual([{ reminder: false }, { reminder: true }]);
    await sweep(170);
    expect(await office.caseRow(one.reference)).toMatchObject({ state: "closed", remind_to_rate_at: null });
    expect(await asked(one)).toHaveLength(2);
  });

  it("is none for who rated, reopened or wants no messages, and for what was answered before there were any", async () => {
    const rated = await answered();
    await office.applicantActs(rated, "rate", { rating: 4 }, at(27));
    const reopened = await answered();
    await office.applicantActs(reopened, "reopen", { reason: "There is more." }, at(27));
    const silent = await answered();
    await office.asOwner("update applicants set contact_by = 'none' where case_id = $1", silent.caseId);
    const before = await answered();
    await office.asOwner("update cases set invite_to_rate_at = null where id = $1", before.caseId);
    const compliment = await office.receive({ type: "compliment", pillar: null });
    await office.act(compliment.reference, focal, "pass_on", { note: "To the hall." }, at(2));
    await sweep(120);
    for (const one of [rated, reopened, silent, before, compliment]) expect(await asked(one)).toEqual([]);
    const said = (await office.events(silent.reference)).map(({ type }) => type);
    expect(said).not.toContain("applicant.invited");
    expect(await office.caseRow(silent.reference)).toMatchObject({ invite_to_rate_at: null });
    expect(await office.services.audit.verify({ seals: [] })).toMatchObject({ ok: true });
  });

  it("follows the programme, which may want no reminder", async () => {
    const hours = (values: Record<string, number>, before: Record<string, number>) =>
      office.services.setupEditor.update({
        ...{ programme, table: "programmes", code: programme, by: room, now: at(4) },
        ...{ values, before },
      });
    await hours({ ratingInviteHours: 0, ratingReminderHours: 0 }, { ratingInviteHours: 24, ratingReminderHours: 72 });
    const sent = await answered();
    await sweep(2);
    await sweep(160);
    expect(await asked(sent)).toEqual([["applicant-rate", 2]]);
    await hours({ ratingInviteHours: 24, ratingReminderHours: 72 }, { ratingInviteHours: 0, ratingReminderHours: 0 });
  });
});

describe("the figures", () => {
  it("are no better for a rejection: neither kept nor answered, and a deadline that had passed stays missed", async () => {
    const entity = "MOH";
    const boss = office.official("entity_manager", entity);
    const send = () => office.receive({ entity, sector: "HEALTH", importance: "critical" });
    const [inTime, tooLate, answered, reopened] = [await send(), await send(), await send(), await send()];
    await office.act(inTime.reference, boss, "reject", rejection, at(1));
    await office.act(reopened.reference, boss, "reject", rejection, at(1));
    await office.act(answered.reference, boss, "answer", { answer: "Yes." }, at(2));
    const { state } = await office.caseRow(answered.reference);
    if (state === "in_review") await office.act(answered.reference, room, "approve", {}, at(2.5));
    const before = await kpi(at(3), entity);
    expect(before).toMatchObject({
      received: 4,
      closed: 2,
      rejected: { numerator: 2, denominator: 4 },
      resolved: 1,
      clearance: { numerator: 1, denominator: 4 },
      backlog: { open: 1 },
    });
    // A critical case has a working day: on Wednesday it is late.
    await office.act(tooLate.reference, boss, "reject", rejection, at(72));
    await office.applicantActs(reopened, "reopen", { reason: "There is more." }, at(73));
    const now = await kpi(at(74), entity);
    expect(now.rejected).toMatchObject({ numerator: 3, denominator: 4 });
    expect(now.onTimeResolution.denominator - now.onTimeResolution.numerator).toBe(1);
    expect(now.reopened.numerator).toBe(0);
    // The report of Sunday stays the report of Sunday.
    expect(await kpi(at(3), entity)).toEqual(before);
  });
});

describe("a rating on scales", () => {
  const resolved = async (language: "ar" | "en" = "en") => {
    const sent = await office.receive({ type: "inquiry", pillar: null, entity: "MOF", sector: "FINANCE", language });
    const taxman = office.official("focal_point", "MOF");
    await office.act(sent.reference, taxman, "answer", { answer: "Until two." }, at(2));
    const { state } = await office.caseRow(sent.reference);
    if (state === "in_review") await office.act(sent.reference, room, "approve", {}, at(2.5));
    return { sent, taxman };
  };

  it("is kept with the case, told in the timeline, and averaged by scale", async () => {
    const one = await resolved();
    await office.applicantActs(one.sent, "rate", { rating: 4, time: 5, clarity: "٢", comment: "Good." }, at(3));
    expect(await office.caseRow(one.sent.reference)).toMatchObject({
      rating: 4,
      rating_scales: { time: 5, clarity: 2 },
    });
    const view = await office.services.cases.page({ reference: one.sent.reference, actor: one.taxman, now: at(4) });
    expect(view.head.ratingScales).toEqual([
      { code: "time", name: { en: "Time it took", ar: "سرعة الرد" }, value: 5 },
      { code: "clarity", name: { en: "Clarity of the answer", ar: "وضوح الرد" }, value: 2 },
    ]);
    expect(view.timeline).toContainEqual(
      expect.objectContaining({
        text: "Good.",
        what: {
          en: "Rated the answer 4 of 5 (Time it took 5, Clarity of the answer 2).",
          ar: "تقييم الرد: 4 من 5 (سرعة الرد 5، وضوح الرد 2).",
        },
      }),
    );
    const two = await resolved();
    await office.applicantActs(two.sent, "rate", { rating: 5, time: 4 }, at(3.5));
    const three = await resolved();
    await office.applicantActs(three.sent, "rate", { rating: 1 }, at(3.6));
    expect(await office.caseRow(three.sent.reference)).toMatchObject({ rating: 1, rating_scales: null });
    const figures = await kpi(at(5), "MOF");
    expect(figures.satisfaction).toMatchObject({ numerator: 2, denominator: 3 });
    expect(figures.satisfactionByScale).toEqual({ clarity: { n: 1, mean: 2 }, time: { n: 2, mean: 4.5 } });
    expect((await kpi(at(3.2), "MOF")).satisfactionByScale).toEqual({
      clarity: { n: 1, mean: 2 },
      time: { n: 1, mean: 5 },
    });
  });

  it("takes 1 to 5 on each, and no scale that there is not", async () => {
    const { sent } = await resolved();
    for (const [fields, place] of [
      [{ rating: 4, time: 6 }, "/fields/time"],
      [{ rating: 4, courtesy: 2.5 }, "/fields/courtesy"],
      [{ rating: 4, beauty: 5 }, "/fields/beauty"],
      [{ time: 5 }, "/fields/rating"],
    ] as const) {
      const refused = await problemOf(office.applicantActs(sent, "rate", fields, at(3)));
      expect(refused.faults.map(({ field }) => field)).toEqual([place]);
    }
  });
});

describe("applications about the same matter", () => {
  const link = (from: ReceivedApplication, to: ReceivedApplication, now: Date) =>
    office.act(from.reference, focal, "link", { duplicateOf: to.reference }, now);

  it("read the answer of the first once it takes effect, through duplicates of duplicates, and nothing internal", async () => {
    const [first, second, third] = [await office.receive(), await office.receive(), await office.receive()];
    await link(third, second, at(1));
    await link(second, first, at(2));
    await office.act(first.reference, focal, "note", { note: "INTERNAL" }, at(2));
    await office.act(first.reference, focal, "ask", { question: "Which hall, Rana?" }, at(2.5));
    await office.applicantActs(first, "reply", { reply: "PRIVATE" }, at(3));
    expect((await follow(third)).conversation).toEqual([]);
    await office.act(first.reference, focal, "answer", { answer: "It is open again." }, at(4));
    const { state } = await office.caseRow(first.reference);
    if (state === "in_review") {
      expect((await follow(second)).conversation).toEqual([]);
      await office.act(first.reference, room, "approve", {}, at(5));
    }
    for (const one of [second, third]) {
      const { conversation } = await follow(one);
      expect(conversation).toEqual([
        { at: at(4), kind: "answer", recognised: null, shared: true, attachments: [], text: "It is open again." },
      ]);
      const told = await letters("applicant-answered", one.caseId);
      expect(told.map(({ data }) => data)).toEqual([
        { reference: one.reference, confidential: false, answer: "It is open again.", together: true },
      ]);
    }
  });

  it("hear of its rejection too, and none is linked to a rejected one", async () => {
    const [first, second, third] = [await office.receive(), await office.receive(), await office.receive()];
    await link(second, first, at(1));
    await office.act(first.reference, manager, "reject", rejection, at(2));
    expect((await follow(second)).conversation).toMatchObject([{ kind: "rejection", shared: true }]);
    const [letter] = await letters("applicant-rejected", second.caseId);
    expect(letter?.data).toMatchObject({
      reference: second.reference,
      together: true,
      explanation: "Which hall was it?",
    });
    expect((await problemOf(link(third, first, at(3)))).faults[0]?.field).toBe("/fields/duplicateOf");
  });

  it("never read what was said of a confidential one", async () => {
    const report = { type: "report", pillar: null, fields: {} } as const;
    const [first, second] = [await office.receive(report), await office.receive(report)];
    await link(second, first, at(1));
    await office.act(first.reference, manager, "reject", rejection, at(2));
    expect((await follow(second)).conversation).toEqual([]);
    expect(await letters("applicant-rejected", second.caseId)).toEqual([]);
  });
});
