/** Whether someone can be reached: what a limit holds goes on another way, what waited too long does not leave in a storm, and nothing ends without a sign. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { ApplicationInput } from "../../src/features/intake/application-input.js";
import { maxAttempts } from "../../src/features/notifications/deliver-messages.js";
import { type Mailbox, openMailbox } from "../support/mailbox.js";
import { openSmsPeer, type SmsPeer } from "../support/sms-gateway.js";
import { openWorkingOffice, type Person, sundayNine, type WorkingOffice } from "../support/working-office.js";

let office: WorkingOffice;
let peer: SmsPeer;
let mailbox: Mailbox;
let room: Person;
let focal: Person;
const hours = (n: number): Date => new Date(sundayNine.getTime() + n * 3_600_000);
const days = (n: number): Date => hours(24 * n);

beforeAll(async () => {
  peer = await openSmsPeer();
  mailbox = await openMailbox();
  office = await openWorkingOffice({ sms: peer.config, smtpUrl: mailbox.url });
  room = office.official("operation_room");
  focal = office.official("focal_point", "CSPD");
});
afterAll(async () => {
  await office?.close();
  await mailbox?.close();
  await peer?.close();
});
const settings = (values: object) =>
  office.asOwner(
    "update programmes set settings = settings || $1::jsonb where code = 'jordan'",
    JSON.stringify(values),
  );
beforeEach(async () => {
  for (const table of ["call_back_tries", "call_backs", "sms_counts", "case_links"])
    await office.asOwner(`delete from ${table}`);
  await office.asOwner("update messages set gathered_into = null");
  await office.asOwner("delete from messages");
  await office.asOwner("delete from checkpoints where name like 'call-backs/%'");
  await settings({
    smsPerDay: 20_000,
    smsQuietFrom: 0,
    smsQuietTo: 0,
    reviewSamplePercent: 0,
    surveyPercent: 0,
    heldHours: 12,
    callBacks: "failed",
  });
  mailbox.letters.length = 0;
  mailbox.refuse = () => null;
  peer.taken.length = 0;
});

const run = (job: "deliver-sms" | "deliver-messages" | "gather-letters" | "make-call-backs", now: Date) =>
  office.services.jobs.run(job, now);
const byPhone = (more: object = {}): Partial<ApplicationInput> => ({
  applicant: { category: "citizen", name: "Rana Haddad", phone: "+962791234567", sms: true, ...more },
});
const messagesOf = (reference: string) =>
  office.rows(
    `select m.template, m.way, m.state, m.last_error, m.next_attempt_at from messages m join cases c on c.id = m.receiver_case
     where c.reference = $1 order by m.id`,
    reference,
  );
const answer = async (reference: string, now: Date) => {
  await office.act(reference, focal, "answer", { answer: "The hall is open from Sunday." }, now);
  await office.act(reference, room, "approve", {}, now).catch(() => undefined);
};
const notReached = async (reference: string) =>
  (await office.events(reference)).filter(({ type }) => type === "applicant.not-reached").map(({ data }) => data);
const callBacks = (...references: string[]) =>
  office.rows(
    `select b.reason, b.outcome, b.ready_at from call_backs b join cases c on c.id = b.case_id where c.reference = any($1::text[])
     order by b.ready_at, b.id`,
    references,
  );
const health = async (id: string, now: Date) =>
  (await office.services.operation.health({ actor: room, now })).checks.find((one) => one.id === id);

/** A case that was answered, and its answer is held as text message: the receipt left before. */
async function heldAnswer(more: object = {}): Promise<string> {
  const { reference } = await office.receive(byPhone(more), sundayNine);
  await run("deliver-sms", sundayNine);
  await settings({ smsPerDay: 0 });
  await answer(reference, hours(1));
  expect(await run("deliver-sms", hours(1))).toMatchObject({ sent: 0, held: expect.any(Number) });
  await office.asOwner("delete from messages where template in ('sms-received', 'sms-rate')");
  return reference;
}

describe("a text message that a limit holds", () => {
  it("says until when, is on the health page, and goes by email where its applicant hears by it", async () => {
    const reference = await heldAnswer({ email: "rana@example.com", contactBy: "sms" });
    await run("deliver-sms", hours(2));
    expect(await messagesOf(reference)).toMatchObject([
      { template: "sms-answered", state: "held", next_attempt_at: expect.any(Date) },
    ]);
    expect(await health("held-messages", hours(2))).toMatchObject({
      state: "near",
      words: { en: "1 message is held by a limit." },
      at: expect.stringMatching(/^2026-11-22T07:00:0/),
      link: "/admin/resources/messages?filters.state=held",
    });
    expect(Number((await messagesOf(reference))[0]?.next_attempt_at) - Number(hours(13))).toBeLessThan(60_000);
    await run("deliver-sms", hours(13.1));
    expect(await messagesOf(reference)).toMatchObject([
      { template: "sms-answered", state: "failed", last_error: "held back: too many text messages today" },
      { template: "applicant-answered", way: "email", state: "pending" },
    ]);
    await run("deliver-messages", hours(13.2));
    expect(mailbox.letters.filter(({ subject }) => subject?.startsWith("The answer to"))).toHaveLength(1);
    await run("make-call-backs", hours(14));
    expect(await callBacks(reference)).toEqual([]);
    expect(await health("held-messages", hours(14))).toMatchObject({ state: "good" });
  });

  it("tries once more where there is no email, by the hours of the programme", async () => {
    await settings({ heldHours: 3 });
    const reference = await heldAnswer();
    await settings({ smsPerDay: 20_000 });
    await run("deliver-sms", hours(3.9));
    expect(await messagesOf(reference)).toMatchObject([{ state: "held" }]);
    await run("deliver-sms", hours(4.1));
    expect(await messagesOf(reference)).toMatchObject([{ template: "sms-answered", state: "sent" }]);
    await settings({ heldHours: 12 });
  });

  it("has failed where the limit holds it still: its owner hears, and an answer is called, once", async () => {
    const reference = await heldAnswer();
    await run("make-call-backs", hours(2));
    expect(await callBacks(reference)).toEqual([]);
    for (const at of [13.1, 13.2, 30]) await run("deliver-sms", hours(at));
    expect(await messagesOf(reference)).toMatchObject([
      { template: "sms-answered", state: "failed", last_error: "held back: too many text messages today" },
    ]);
    expect(await notReached(reference)).toEqual([{ letter: "applicant-answered", way: "sms", next: null }]);
    for (const at of [31, 32]) await run("make-call-backs", hours(at));
    expect(await callBacks(reference)).toMatchObject([{ reason: "answerNotDelivered" }]);
  });

  it("lapses where it says nothing any more, and at once where its applicant wants no messages", async () => {
    const { reference } = await office.receive(byPhone(), sundayNine);
    const other = await office.receive(byPhone(), sundayNine);
    await settings({ smsPerDay: 0 });
    await run("deliver-sms", sundayNine);
    await answer(reference, hours(1));
    await office.services.cases.changeContact({ ...other, choice: "none", now: hours(2) });
    expect(await messagesOf(other.reference)).toMatchObject([
      { state: "lapsed", last_error: "the applicant wants no messages" },
    ]);
    await run("deliver-sms", hours(12.1));
    expect((await messagesOf(reference))[0]).toMatchObject({
      template: "sms-received",
      state: "lapsed",
      last_error: "lapsed: the applicant knows",
    });
    expect(await notReached(reference)).toEqual([]);
  });

  it("is no call about an answer where no one wrote one: a compliment was passed on", async () => {
    await settings({ callBacks: "unreached", surveyPercent: 100, surveyDays: 0 });
    const { reference, caseId } = await office.receive(
      {
        type: "compliment",
        pillar: null,
        fields: {},
        applicant: { category: "citizen", name: "Rana", phone: "+962791234567" },
      },
      sundayNine,
    );
    await office.act(reference, focal, "pass_on", { note: "The counter." }, hours(1));
    expect((await office.caseRow(reference)).resolved_at).not.toBeNull();
    const key = `answer/${caseId}/1`;
    await office.asOwner(
      `insert into call_backs (key, programme, case_id, reason, language, created_at, ready_at, due_at, promised_at)
       values ($1, 'jordan', $2, 'answerNotDelivered', 'en', $3, $3, $3, $3)`,
      ...[key, caseId, hours(1)],
    );
    // One that was made before is cancelled, and none is made.
    await run("make-call-backs", hours(2));
    expect(await callBacks(reference)).toMatchObject([{ reason: "answerNotDelivered", outcome: "cancelled" }]);
    await office.asOwner("delete from call_backs where key = $1", key);
    await office.asOwner("delete from checkpoints where name like 'call-backs/%'");
    await run("make-call-backs", hours(3));
    expect(await callBacks(reference)).toEqual([]);
    await settings({ callBacks: "failed", surveyPercent: 0 });
  });
});

describe("a receipt by email that a limit holds", () => {
  it("leaves when its address takes one more, goes as a text message, or lapses", async () => {
    const hold = (reference: string) =>
      office.asOwner(
        `update messages set state = 'held', next_attempt_at = null, held_at = created_at, last_error = 'held back: too many receipts to this address'
         where template = 'applicant-received' and receiver_case = (select id from cases where reference = $1)`,
        reference,
      );
    const mail = { applicant: { name: "A", email: "many@example.com" } };
    const [free, full] = [await office.receive(mail, sundayNine), await office.receive(mail, sundayNine)];
    const texting = await office.receive(byPhone({ email: "many@example.com", contactBy: "email" }), sundayNine);
    for (const { reference } of [free, full, texting]) await hold(reference);
    await settings({ receiptsMost: 1 });
    await run("deliver-messages", hours(11));
    for (const { reference } of [free, full, texting])
      expect(await messagesOf(reference)).toMatchObject([{ state: "held", next_attempt_at: hours(12) }]);
    await run("deliver-messages", hours(12));
    expect(await messagesOf(free.reference)).toMatchObject([{ state: "sent" }]);
    expect(await messagesOf(full.reference)).toMatchObject([
      { state: "lapsed", last_error: "lapsed: so many receipts went to this address" },
    ]);
    expect(await messagesOf(texting.reference)).toMatchObject([
      { state: "lapsed" },
      { template: "sms-received", way: "sms", state: "pending" },
    ]);
    await settings({ receiptsMost: 10 });
  });
});

describe("after a mail server was away for a week", () => {
  const toOfficials = () =>
    office.rows("select state, template, last_error from messages where receiver_user is not null order by id");

  it("no storm leaves: old letters to officials lapse, gathered ones too, and the room hears of it once, with the list", async () => {
    const { reference } = await office.receive({}, sundayNine);
    await office.act(reference, focal, "take", {}, hours(1));
    await answer(reference, hours(2));
    const owed = await toOfficials();
    expect(owed.length).toBeGreaterThan(0);
    await office.asOwner(
      `insert into messages (key, programme, template, receiver_user, language, data, created_at, state, gather_at)
       values ('waits/1', 'jordan', 'official-news', $1, 'en', '{}', $2, 'gathering', $2)`,
      ...[focal.userId, hours(2)],
    );
    await office.asOwner(
      `insert into messages (key, programme, template, receiver_user, language, data, created_at, state, next_attempt_at)
       values ('seal/x', 'jordan', 'audit-seal', $1, 'en', $3, $2, 'pending', $2)`,
      ...[room.userId, hours(2), JSON.stringify({ number: 1, mac: "a".repeat(64), events: 1, keyId: "k" })],
    );
    // Sent again by someone after a week: that waits since then.
    await office.asOwner(
      `insert into messages (key, case_id, programme, template, receiver_user, language, data, created_at, state, next_attempt_at)
       select 'again/1', case_id, programme, template, receiver_user, language, data, created_at, 'pending', $1 from messages
       where receiver_user is not null and case_id is not null order by id limit 1`,
      days(7),
    );
    for (let n = 0; n < 2; n++) {
      await run("gather-letters", days(7));
      await run("deliver-messages", days(7));
    }
    const states = await office.rows(
      "select key, state, last_error from messages where key in ('waits/1', 'seal/x', 'again/1') order by key",
    );
    expect(states.map(({ key, state }) => [key, state])).toEqual([
      ["again/1", "sent"],
      ["seal/x", expect.not.stringMatching("lapsed")],
      ["waits/1", "lapsed"],
    ]);
    const late = (await toOfficials()).filter(({ last_error }) => last_error === "lapsed: it waited too long");
    expect(late).toHaveLength(owed.length + 1);
    // Their applicant is sent the answer, and no receipt that says less.
    expect((await messagesOf(reference)).map(({ template, state }) => [template, state])).toEqual(
      expect.arrayContaining([
        ["applicant-received", "lapsed"],
        ["applicant-answered", "sent"],
      ]),
    );
    const alerts = await office.rows(
      "select receiver_user from messages where template = 'operation-room-alert' and data->>'kind' = 'letters-late'",
    );
    expect(new Set(alerts.map(({ receiver_user }) => receiver_user)).size).toBe(alerts.length);
    expect(alerts.length).toBeGreaterThan(0);
    const list = await office.services.mail.count({
      actor: room,
      filter: { unsent: ["tooLate"], lapsed: { from: days(6), to: null } },
    });
    expect(list.total).toBeGreaterThanOrEqual(late.length);
    expect(await health("lapsed-messages", days(7))).toMatchObject({
      state: "near",
      link: expect.stringContaining("filters.unsent=tooLate"),
      groups: expect.arrayContaining([
        {
          words: expect.objectContaining({ en: `Waited too long: ${list.total}.` }),
          link: expect.stringMatching(/filters\.state=lapsed&filters\.lapsedAt~~from=.*&filters\.unsent=tooLate$/),
        },
      ]),
    });
    expect(await health("lapsed-messages", days(20))).toMatchObject({ state: "good" });
    const home = (await office.services.home({ actor: room, now: days(7) })).desks.find(({ kind }) => kind === "room");
    expect(home).toMatchObject({ lateLetters: { count: list.total } });
    // A stranger counts none of them.
    const filter = { unsent: ["tooLate" as const] };
    expect(await office.services.mail.count({ actor: office.official("focal_point", "MOH"), filter })).toMatchObject({
      total: 0,
    });
  });

  it("answers that never left become calls, spread over days by the limit of the programme", async () => {
    await settings({ callBacksPerDay: 2 });
    mailbox.refuse = () => 550;
    const references: string[] = [];
    for (let n = 0; n < 5; n++) {
      const { reference } = await office.receive(
        byPhone({ email: `p${n}@example.com`, sms: false, phone: `+96279123450${n}` }),
        sundayNine,
      );
      await answer(reference, hours(1));
      references.push(reference);
    }
    for (let n = 0; n < maxAttempts; n++) await run("deliver-messages", hours(2 + n));
    for (const at of [3, 4]) await run("make-call-backs", hours(at));
    const made = await callBacks(...references);
    expect(made).toHaveLength(5);
    const byDay = new Map<string, number>();
    for (const { ready_at } of made) {
      const day = (ready_at as Date).toISOString().slice(0, 10);
      byDay.set(day, (byDay.get(day) ?? 0) + 1);
    }
    expect([...byDay]).toEqual([
      ["2026-11-22", 2],
      ["2026-11-23", 2],
      ["2026-11-24", 1],
    ]);
    await settings({ callBacksPerDay: 100 });
  });
});
