/** Letters looked at and sent again, against a real SMTP peer. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Composed } from "../../src/app/compose.js";
import type { Standing } from "../../src/platform/db/folder-place.js";
import { plainTemplate } from "../../src/platform/sms/gateway-template.js";
import { type Mailbox, openMailbox } from "../support/mailbox.js";
import {
  openWorkingOffice,
  type Person,
  problemOf,
  programme,
  sundayNine,
  type WorkingOffice,
} from "../support/working-office.js";

let office: WorkingOffice;
let mailbox: Mailbox;
let sending: Composed;
let room: Person;
const minutesAfter = (minutes: number): Date => new Date(sundayNine.getTime() + minutes * 60_000);

beforeAll(async () => {
  office = await openWorkingOffice();
  mailbox = await openMailbox();
  sending = office.instance({ smtpUrl: mailbox.url });
  room = office.official("operation_room");
  await office.receive();
});
afterAll(async () => {
  await mailbox.close();
  await office.close();
});

const message = async (template: string) => {
  const [row] = await office.rows("select * from messages where template = $1 order by id limit 1", template);
  return row as { id: number; key: string; state: string; message_id: string | null; attempts: number };
};
const setState = (id: number, state: string, error: string | null = null) =>
  office.rows(
    "update messages set state = $2, last_error = $3, next_attempt_at = null where id = $1",
    id,
    state,
    error,
  );
const audited = () => office.rows("select data from audit_events where type = 'message.resent' order by seq");

describe("the list of messages", () => {
  it("is filtered by state, template, receiver and case, and counted alike", async () => {
    const { mail } = office.services;
    const focal = office.official("focal_point", "CSPD");
    const reference = String((await office.rows("select reference from cases"))[0]?.reference);
    const page = async (filter: object) => {
      const rows = await mail.page({ actor: room, filter, offset: 0, limit: 50 });
      expect(await mail.count({ actor: room, filter })).toEqual({ total: rows.length, more: false });
      return rows.map(({ template }) => template).sort();
    };
    const all = await page({ reference });
    expect(all).toContain("applicant-received");
    expect(all).toContain("official-assigned");
    expect(await page({ reference, templates: ["applicant-received"] })).toEqual(["applicant-received"]);
    expect(await page({ reference, states: ["failed"] })).toEqual([]);
    expect(await page({ receiver: focal.name.slice(1, 6) })).toContain("official-assigned");
    expect(await page({ receiver: "100%_nobody" })).toEqual([]);
    expect(await page({ programmes: ["boston311"] })).toEqual([]);
  });

  it("shows of a confidential case its handlers alone", async () => {
    const secret = await office.receive({ type: "report", pillar: null, importance: null });
    const filter = { reference: secret.reference };
    const count = async (actor: Person) => (await office.services.mail.count({ actor, filter })).total;
    expect(await count(room)).toBe(0);
    expect(await count(office.official("focal_point", "CSPD"))).toBeGreaterThan(0);
    const [row] = await office.rows(
      "select m.id from messages m join cases c on c.id = m.case_id where c.reference = $1 limit 1",
      secret.reference,
    );
    const resent = sending.operation.resend({ id: Number(row?.id), actor: room, now: sundayNine });
    expect((await problemOf(resent)).code).toBe("not-found");
  });
});

describe("sending again", () => {
  it("a failed one goes out once, under its own Message-ID, whoever presses how often", async () => {
    const { id } = await message("applicant-received");
    await setState(id, "pending");
    await office.rows("update messages set next_attempt_at = $2 where id = $1", id, sundayNine);
    // A first attempt that gave it its Message-ID and failed for good.
    await office.rows("update messages set message_id = '<kept@diwan>', attempts = 10 where id = $1", id);
    await setState(id, "failed", "550 no such mailbox");
    const asked = await Promise.all(
      [1, 2, 3].map(() => sending.operation.resend({ id, actor: room, now: minutesAfter(1) }).catch(() => null)),
    );
    expect(asked.filter((one) => one?.queued)).toEqual([{ id, queued: true }]);
    expect(await message("applicant-received")).toMatchObject({ state: "pending", attempts: 0 });
    await sending.handlers["deliver-messages"](minutesAfter(1));
    await sending.handlers["deliver-messages"](minutesAfter(2));
    const received = mailbox.letters.filter((letter) => letter.messageId === "<kept@diwan>");
    expect(received).toHaveLength(1);
    expect(await audited()).toEqual([{ data: expect.stringContaining(`"messageId":${id}`) as unknown as string }]);
  });

  it("a kept one leaves once there is a mail server", async () => {
    const { id, state } = await message("official-assigned");
    expect(state).toBe("kept");
    expect((await problemOf(office.services.operation.resend({ id, actor: room, now: sundayNine }))).code).toBe(
      "not-now",
    );
    expect(await sending.operation.resend({ id, actor: room, now: minutesAfter(3) })).toEqual({ id, queued: true });
    expect((await problemOf(sending.operation.resend({ id, actor: room, now: minutesAfter(3) }))).code).toBe("not-now");
    await sending.handlers["deliver-messages"](minutesAfter(3));
    expect((await message("official-assigned")).state).toBe("sent");
  });

  it("a sent one becomes one letter more with a Message-ID of its own, and one only for the same page", async () => {
    const first = await message("official-assigned");
    const before = mailbox.letters.length;
    const again = (copies?: number) =>
      sending.operation.resend({ id: first.id, actor: room, now: minutesAfter(5), copies });
    const both = await Promise.all([again(0), again(0)]);
    expect(both.filter(({ queued }) => queued)).toHaveLength(1);
    expect((await again(0)).queued).toBe(false);
    expect(await office.services.mail.copies({ id: first.id, actor: room })).toBe(1);
    await sending.handlers["deliver-messages"](minutesAfter(5));
    expect(mailbox.letters.length).toBe(before + 1);
    const copy = await office.rows(
      "select message_id, state, case_id from messages where key = $1",
      `${first.key}/again/1`,
    );
    expect(copy[0]?.state).toBe("sent");
    expect(copy[0]?.message_id).not.toBe(first.message_id);
    // A page opened anew asks for the next one; nobody skips ahead.
    expect((await again(900)).queued).toBe(true);
    expect(await office.services.mail.copies({ id: first.id, actor: room })).toBe(2);
  });

  it("is the operation room's; a link to an account is not sent twice", async () => {
    const { id } = await message("official-assigned");
    const focal = office.official("focal_point", "CSPD");
    expect((await problemOf(sending.operation.resend({ id, actor: focal, now: sundayNine }))).code).toBe("forbidden");
    expect((await problemOf(sending.operation.resend({ id: 999_999, actor: room, now: sundayNine }))).code).toBe(
      "not-found",
    );
    const [row] = await office.rows(
      `insert into messages (key, programme, template, receiver_user, language, data, created_at, state)
       values ('a/1', $1, 'account-invitation', $2, 'en', '{"link":1,"nonce":"AAAAAAAAAAAAAAAAAAAAAA","name":"X"}', $3, 'sent') returning id`,
      programme,
      room.userId,
      sundayNine,
    );
    const refused = await problemOf(sending.operation.resend({ id: Number(row?.id), actor: room, now: sundayNine }));
    expect([refused.code, refused.detail.en]).toEqual(["not-now", expect.stringContaining("used only once")]);
  });
});

it("from a data folder that may be a copy nothing leaves until someone says which it is; a copy keeps it", async () => {
  let standing: Standing = "unsure";
  const sms = { url: "http://127.0.0.1:9/", template: plainTemplate, callbacks: null };
  const moved = office.instance({ smtpUrl: mailbox.url, sms, standing: () => standing });
  await office.rows("update messages set state = 'kept' where state = 'pending'");
  const { id } = await message("official-assigned");
  const run = async () => {
    const before = mailbox.letters.length;
    const report = await moved.handlers["deliver-messages"](minutesAfter(30));
    const [row] = await office.rows("select state from messages where id = $1", id);
    return { report, letters: mailbox.letters.length - before, state: row?.state };
  };
  const due = () =>
    office.rows("update messages set state = 'pending', next_attempt_at = $2 where id = $1", id, minutesAfter(20));
  await due();
  expect(await run()).toMatchObject({ report: { sent: 0, waiting: 1 }, letters: 0, state: "pending" });
  expect(await moved.handlers["deliver-sms"](minutesAfter(30))).toMatchObject({ sent: 0, waiting: expect.any(Number) });
  standing = "real";
  expect(await run()).toMatchObject({ report: { sent: 1 }, letters: 1, state: "sent" });
  await due();
  standing = "copy";
  expect(await run()).toMatchObject({ report: { sent: 0, kept: 1 }, letters: 0, state: "kept" });
});
