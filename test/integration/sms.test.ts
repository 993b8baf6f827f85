/** Text messages from the application to the telephone and back: over real HTTP to a stand-in gateway, through its faults and its callbacks. */
import { createServer, type Server } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import supertest from "supertest";
import type { Composed } from "../../src/app/compose.js";
import type { ApplicationInput } from "../../src/features/intake/application-input.js";
import type { ReceivedApplication } from "../../src/features/intake/receive-application.js";
import { createSmsDoor } from "../../src/features/notifications/create-sms-door.js";
import { createHttp } from "../../src/platform/http/create-http.js";
import { eventually, freePort, startInstance } from "../support/instances.js";
import { type Mailbox, openMailbox } from "../support/mailbox.js";
import { openSmsPeer, type SmsPeer } from "../support/sms-gateway.js";
import { complaint, openWorkingOffice, programme, sundayNine, type WorkingOffice } from "../support/working-office.js";

let office: WorkingOffice;
let peer: SmsPeer;
let mailbox: Mailbox;
let sending: Composed;
let server: Server;
let at = sundayNine;
const minutes = (n: number): Date => new Date(at.getTime() + n * 60_000);

beforeAll(async () => {
  peer = await openSmsPeer();
  mailbox = await openMailbox();
  office = await openWorkingOffice({ now: () => at, sms: peer.config, smtpUrl: mailbox.url });
  sending = office.services;
  const app = createHttp(sending, {
    limits: false,
    doors: [createSmsDoor(sending, { publicUrl: "https://diwan.example.jo" })],
  });
  server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await peer.close();
  await mailbox.close();
  await office.close();
});
beforeEach(async () => {
  at = sundayNine;
  peer.taken.length = 0;
  peer.asked = 0;
  peer.slow = 0;
  peer.answer = () => null;
  peer.beforeAnswer = async () => {};
  mailbox.letters.length = 0;
  mailbox.refuse = () => null;
  for (const table of ["sms_counts", "sms_opt_outs", "sms_callbacks"]) await office.asOwner(`delete from ${table}`);
  await office.asOwner("update messages set state = 'kept', next_attempt_at = null where state in ('pending', 'held')");
});

const byPhone = (more: object = {}): Partial<ApplicationInput> => ({
  applicant: { category: "citizen", name: "Rana Haddad", phone: "+962791234567", sms: true, ...more },
});
const run = (now = at, instance = sending) => instance.jobs.run("deliver-sms", now);
const messagesOf = (reference: string) =>
  office.rows(
    `select m.id::integer, m.template, m.way, m.state, m.last_error, m.segments, m.delivered_at, m.gateway_id, m.message_id, m.attempts, m.next_attempt_at
    from messages m join cases c on c.id = m.receiver_case where c.reference = $1 and m.receiver_case is not null order by m.id`,
    reference,
  );
/** What the health page says of the gateway. */
const health = async (now: Date, of = sending) => {
  const { checks } = await of.operation.health({ actor: office.official("operation_room"), now });
  return checks.find(({ id }) => id === "sms-gateway");
};
const post = (path: string, sent: { body: Buffer; headers: Readonly<Record<string, string>> }) =>
  supertest(server)
    .post(path)
    .set("content-type", "application/json")
    .set(sent.headers)
    .send(sent.body.toString("utf8"));
const setSettings = (values: object) =>
  office.asOwner(
    "update programmes set settings = settings || $1::jsonb where code = $2",
    JSON.stringify(values),
    programme,
  );

describe("a receipt", () => {
  it("goes as a text message to applicants who have no address and agreed, with nothing that they wrote", async () => {
    const { reference } = await office.receive(byPhone());
    expect(await run()).toMatchObject({ sent: 1, failed: 0 });
    expect(peer.taken).toHaveLength(1);
    const [{ to, text, id }] = peer.taken as [(typeof peer.taken)[number]];
    expect(to).toBe("+962791234567");
    expect(text).toContain(reference);
    // Nobody has shown whose number it is: it leads to the button that does, and opens nothing.
    expect(text).toMatch(/Confirm your number: https:\/\/diwan\.example\.jo\/t\/[\w-]{22}$/);
    expect(text).not.toContain("code");
    for (const word of [complaint.subject, complaint.description, "Rana"]) expect(text).not.toContain(word);
    expect(await messagesOf(reference)).toMatchObject([
      { template: "sms-received", way: "sms", state: "sent", gateway_id: `gw-${id.slice(0, 8)}`, message_id: id },
    ]);
  });

  it("is a letter where there is an address, and nothing without consent or where none is wanted", async () => {
    const both = await office.receive(byPhone({ email: "rana@example.com" }));
    const silent = await office.receive(byPhone({ sms: false }));
    const none = await office.receive(byPhone({ email: "rana@example.com", contactBy: "none" }));
    const first = await office.receive(byPhone({ email: "rana@example.com", contactBy: "sms" }));
    expect((await messagesOf(both.reference)).map(({ template }) => template)).toEqual(["applicant-received"]);
    expect(await messagesOf(silent.reference)).toEqual([]);
    expect(await messagesOf(none.reference)).toEqual([]);
    expect((await messagesOf(first.reference)).map(({ template }) => template)).toEqual(["sms-received"]);
  });

  it("is kept and can be read where there is no gateway", async () => {
    const bare = office.instance({ sms: null, smtpUrl: null });
    const { reference } = await bare.intake.receive({
      input: { ...complaint, ...byPhone() },
      key: office.key,
      idempotencyKey: null,
      now: at,
    });
    const [row] = await messagesOf(reference);
    expect(row).toMatchObject({ way: "sms", state: "kept" });
    const actor = office.official("operation_room");
    const { rendered } = await bare.mail.show({ id: Number(row?.id), actor });
    expect(rendered.sms).toMatchObject({ segments: 1, alphabet: "gsm7" });
    expect(rendered.text).toContain(reference);
    // Lists show the text that is sent, with the link that it has.
    const listed = [
      await bare.mail.one({ id: Number(row?.id), actor }),
      ...(await bare.mail.list({ actor, template: "sms-received", limit: 1 })),
      ...(await bare.mail.page({ actor, filter: { reference, ways: ["sms"] }, offset: 0, limit: 1 })),
    ];
    expect(listed.map((one) => one?.subject)).toEqual([rendered.subject, rendered.subject, rendered.subject]);
    expect(rendered.subject).toContain("/t/****");
  });

  it("goes by email as well where there is no gateway and an address was left", async () => {
    const mailOnly = office.instance({ sms: null, smtpUrl: mailbox.url });
    const { reference } = await office.receive(byPhone({ email: "rana@example.com", contactBy: "sms" }));
    expect(await mailOnly.jobs.run("deliver-sms", at)).toMatchObject({ kept: 1 });
    expect(await messagesOf(reference)).toMatchObject([
      { template: "sms-received", state: "kept" },
      { template: "applicant-received", way: "email", state: "pending" },
    ]);
    // Nothing more the next minute.
    expect(await mailOnly.jobs.run("deliver-sms", at)).toMatchObject({ kept: 0 });
    expect(await messagesOf(reference)).toHaveLength(2);
  });

  it("goes in the place of an email where there is no mail server, once, to who hears by both", async () => {
    const textsOnly = office.instance({ smtpUrl: null });
    const both = await office.receive(byPhone({ email: "rana@example.com", contactBy: "email" }));
    const [noTexts, none] = [
      await office.receive(byPhone({ email: "rana@example.com", sms: false })),
      await office.receive({ applicant: { name: "A", email: "a@example.com" } }),
    ];
    await textsOnly.jobs.run("deliver-messages", at);
    await textsOnly.jobs.run("deliver-messages", at);
    expect(await messagesOf(both.reference)).toMatchObject([
      { template: "applicant-received", way: "email", state: "kept" },
      { template: "sms-received", way: "sms", state: "pending" },
    ]);
    for (const { reference } of [noTexts, none])
      expect(await messagesOf(reference)).toMatchObject([{ template: "applicant-received", state: "kept" }]);
    expect(await textsOnly.jobs.run("deliver-sms", at)).toMatchObject({ sent: 1 });
    expect(peer.taken.map(({ to }) => to)).toEqual(["+962791234567"]);
    // With neither there is nothing that could go in its place.
    const bare = office.instance({ smtpUrl: null, sms: null });
    const late = await office.receive(byPhone({ email: "rana@example.com", contactBy: "email" }));
    await bare.jobs.run("deliver-messages", at);
    expect(await messagesOf(late.reference)).toMatchObject([{ template: "applicant-received", state: "kept" }]);
  });

  it("that waits lapses when its applicant wants no messages any more", async () => {
    const { reference, code } = await office.receive(byPhone());
    await office.services.cases.changeContact({ reference, code, choice: "none", now: at });
    expect(await messagesOf(reference)).toMatchObject([{ template: "sms-received", state: "lapsed" }]);
    expect(await run()).toMatchObject({ sent: 0, failed: 0 });
  });
});

describe("the gateway", () => {
  it("that is slow keeps no letter waiting", async () => {
    await office.receive(byPhone());
    await office.receive({ applicant: { name: "A", email: "a@example.com" } });
    let answer = () => {};
    peer.beforeAnswer = () => new Promise<void>((resolve) => (answer = resolve));
    const texts = run();
    await eventually(() => peer.taken.length === 1, 60, 20);
    await sending.jobs.run("deliver-messages", at);
    expect(mailbox.letters.length).toBeGreaterThan(0);
    answer();
    expect(await texts).toMatchObject({ sent: 1 });
  });

  it("that says 200 and an error in the body took nothing; the id stays the same", async () => {
    const { reference } = await office.receive(byPhone());
    const ids: string[] = [];
    peer.answer = ({ id }) => {
      ids.push(id);
      return ids.length === 1 ? { status: 200, body: { result: "no credit" } } : null;
    };
    expect(await run()).toMatchObject({ sent: 0, retried: 1 });
    expect(await messagesOf(reference)).toMatchObject([
      { state: "pending", attempts: 1, last_error: "gateway: status 200" },
    ]);
    expect(await run(minutes(2))).toMatchObject({ sent: 1 });
    expect(new Set(ids).size).toBe(1);
    const [row] = await office.rows("select messages, segments from sms_counts where what = '*'");
    expect(row).toEqual({ messages: 1, segments: 1 });
  });

  it("that is down for an hour loses nothing and is asked little", async () => {
    // After all that left before.
    at = new Date("2026-11-22T10:00:00Z");
    const cases = [];
    for (let i = 0; i < 25; i++) cases.push(await office.receive(byPhone({ phone: `+96279123450${i % 10}` })));
    peer.answer = () => ({ status: 503, body: {} });
    for (let minute = 0; minute < 60; minute++) await run(minutes(minute));
    expect(peer.taken).toHaveLength(0);
    // Ten at a time, and no more of them while it is away.
    expect(peer.asked).toBeLessThan(60 * 10);
    const late = await health(minutes(60));
    expect(late).toMatchObject({
      state: "late",
      words: { en: expect.stringContaining("gateway: status 503") },
      advice: { en: expect.stringContaining("SMS_URL") },
    });
    // Since the first run, which counts the time that it takes itself: before the second one, however slow the machine is.
    expect(Date.parse(String(late?.at))).toBeGreaterThanOrEqual(at.getTime());
    expect(Date.parse(String(late?.at))).toBeLessThan(minutes(1).getTime());
    peer.answer = () => null;
    for (let minute = 60; minute < 180; minute += 5) await run(minutes(minute));
    expect(new Set(peer.taken.map(({ text }) => text)).size).toBe(25);
    expect(peer.taken).toHaveLength(25);
    const well = await health(minutes(180));
    // They left, and the gateway reports none of them.
    expect(well).toMatchObject({
      state: "near",
      advice: { en: expect.stringContaining("SMS_CALLBACKS") },
      words: { en: expect.stringContaining("are being sent") },
    });
    // When the last one left.
    expect(Date.parse(String(well?.at))).toBeGreaterThanOrEqual(minutes(60).getTime());
    expect(await health(minutes(180), office.instance({ sms: null }))).toMatchObject({ state: "off" });
  });

  it("is not said to take none because of one number; since when it takes none is its first failure", async () => {
    at = new Date("2026-11-22T16:00:00Z");
    const one = await office.receive(byPhone({ phone: "+962791234599" }));
    peer.answer = ({ to }) => (to === "+962791234599" ? { status: 500, body: {} } : null);
    expect(await run()).toMatchObject({ retried: 1 });
    await office.receive(byPhone());
    // The next try is a minute after the first one ended, which on a slow machine is later than its minute.
    expect(await run(minutes(2))).toMatchObject({ sent: 1, retried: 1 });
    expect(await health(minutes(3))).toMatchObject({
      state: "near",
      words: { en: expect.stringContaining("1 text message waits to be tried again") },
    });
    // Received in the quiet hours, tried in the morning: it has been failing since then.
    await office.receive(byPhone({ phone: "+962791234598" }), minutes(5 * 60));
    peer.answer = () => ({ status: 500, body: {} });
    await run(minutes(13 * 60 + 5));
    expect(await health(minutes(13 * 60 + 6))).toMatchObject({
      state: "near",
      words: { en: expect.stringContaining("does not take text messages") },
      at: expect.stringContaining("2026-11-23T05:05:"),
    });
    expect(await messagesOf(one.reference)).toMatchObject([{ state: "pending" }]);
  });

  it("is handed a message once though its sender was killed between the two", async () => {
    const { reference } = await office.receive(byPhone());
    // As a kill leaves it: handed over, and nothing written.
    peer.beforeAnswer = () => new Promise(() => {});
    const lost = run();
    lost.catch(() => {});
    while (peer.taken.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await messagesOf(reference)).toMatchObject([{ state: "pending", attempts: 1 }]);
    peer.beforeAnswer = async () => {};
    const other = office.instance();
    expect(await run(minutes(1), other)).toMatchObject({ sent: 0 });
    expect(await run(minutes(3), other)).toMatchObject({ sent: 1 });
    expect(peer.asked).toBe(2);
    expect(peer.taken).toHaveLength(1);
    expect(await messagesOf(reference)).toMatchObject([{ state: "sent", segments: 1 }]);
  });
});

describe("a process that is killed in the middle", () => {
  it("loses no text message, and the gateway knows a repeated one by its id", async () => {
    // Numbers of their own, and no quiet hour between them and the gateway.
    await setSettings({ smsQuietFrom: 0, smsQuietTo: 0 });
    const sent: ReceivedApplication[] = [];
    for (let n = 10; n < 40; n++) sent.push(await office.receive(byPhone({ phone: `+9627812345${n}` })));
    const asked: string[] = [];
    peer.answer = ({ id }) => {
      asked.push(id);
      return null;
    };
    // Taken, and for a while not said so: a kill then leaves what is in nobody's books.
    peer.beforeAnswer = () => sleep(700);
    const environment = (now: Date) => ({
      DATABASE_URL: office.database.url,
      PUBLIC_URL: "https://diwan.example.jo",
      SEAL_KEY: "s".repeat(64),
      SESSION_SECRET: "k".repeat(64),
      SMS_URL: peer.config.url,
      SMS_GATEWAY: JSON.stringify(peer.config.template),
      DIWAN_NOW: now.toISOString(),
    });
    const states = async () => (await Promise.all(sent.map(({ reference }) => messagesOf(reference)))).flat();
    const first = startInstance(await freePort(), environment(minutes(1)));
    try {
      expect([await eventually(() => peer.taken.length >= 12, 120, 20), first.output()]).toEqual([true, ""]);
    } finally {
      await first.kill();
    }
    const left = (await states()).filter(({ state }) => state === "pending").length;
    expect(left).toBeGreaterThan(0);
    // More were taken than anybody wrote down.
    expect(peer.taken.length).toBeGreaterThan(sent.length - left);
    peer.beforeAnswer = async () => {};
    // The claims of the killed one are over.
    const second = startInstance(await freePort(), environment(minutes(4)));
    try {
      const all = () => states().then((rows) => rows.every(({ state }) => state === "sent"));
      expect([await eventually(all, 120), second.output()]).toEqual([true, ""]);
    } finally {
      await second.kill();
      await setSettings({ smsQuietFrom: 21, smsQuietTo: 8 });
    }
    const ids = (await states()).map(({ message_id: id }) => id);
    expect(ids).toHaveLength(sent.length);
    // Each at least once, and what came again came under the id that it had.
    expect(new Set(peer.taken.map(({ id }) => id))).toEqual(new Set(ids));
    expect(new Set(peer.taken.map(({ to }) => to)).size).toBe(sent.length);
    expect(asked.length).toBeGreaterThan(sent.length);
    expect(new Set(asked)).toEqual(new Set(ids));
  }, 300_000);
});

describe("where one way fails", () => {
  it("the next one tries, once, and then its owner hears of it", async () => {
    const { reference } = await office.receive(byPhone({ email: "rana@example.com", contactBy: "sms" }));
    peer.answer = () => ({ status: 200, body: { result: "invalid number" } });
    expect(await run()).toMatchObject({ failed: 1 });
    expect(await messagesOf(reference)).toMatchObject([
      { way: "sms", state: "failed" },
      { way: "email", template: "applicant-received", state: "pending" },
    ]);
    mailbox.refuse = () => 550;
    await sending.jobs.run("deliver-messages", minutes(1));
    expect((await messagesOf(reference)).map(({ state }) => state)).toEqual(["failed", "failed"]);
    const told = (await office.events(reference)).filter(({ type }) => type === "applicant.not-reached");
    expect(told.map(({ data }) => data)).toEqual([
      { letter: "applicant-received", way: "sms", next: "email" },
      { letter: "applicant-received", way: "email", next: null },
    ]);
    const news = await office.rows(
      "select items from case_news n join cases c on c.id = n.case_id where c.reference = $1",
      reference,
    );
    expect(JSON.stringify(news)).toContain("notReached");
    // Who may ask is offered that the applicant is called, until a call was asked for; of who left no number nobody is.
    const focal = office.official("focal_point", "CSPD");
    const offered = async (sent: string) => {
      const { rows } = await office.services.news.read({ actor: focal, now: sundayNine, page: 1, rows: 50 });
      return rows.find((row) => row.reference === sent)?.mayAskCall;
    };
    expect(await offered(reference)).toBe(true);
    await office.services.contactCentre.callBacks.ask({ reference, note: "", actor: focal, now: minutes(2) });
    expect(await offered(reference)).toBe(false);
    // One that the job made is no reason not to ask, here and on the page of the case.
    const byJob =
      "update call_backs set reason = 'answerNotDelivered' where case_id = (select id from cases where reference = $1)";
    await office.asOwner(byJob, reference);
    expect(await offered(reference)).toBe(true);
    const silent = await office.receive({
      applicant: { category: "citizen", name: "Rana", email: "rana@example.com" },
    });
    await sending.jobs.run("deliver-messages", minutes(3));
    expect(await offered(silent.reference)).toBe(false);
  });

  const undelivered = async () => {
    const filters = { happened: "answerUndelivered" as const };
    const { rows, total } = await office.services.cases.search({
      ...{ actor: office.official("focal_point", "CSPD"), now: minutes(9), filters },
      ...{ offset: 0, limit: 50 },
    });
    expect(total).toBe(rows.length);
    return rows.map((row) => row.reference);
  };

  /** An answer with effect, whatever the review sample draws. */
  async function answered(contactBy: "email" | "sms"): Promise<string> {
    for (;;) {
      const { reference } = await office.receive(byPhone({ email: "rana@example.com", contactBy }));
      await run(minutes(1));
      const focal = office.official("focal_point", "CSPD");
      await office.act(reference, focal, "answer", { answer: "The hall is open from Sunday." }, minutes(5));
      if ((await office.caseRow(reference)).resolved_at !== null) return reference;
    }
  }

  it("the case of an answer that none took is found by that, until a message of it is on its way again", async () => {
    const reference = await answered("sms");
    peer.answer = () => ({ status: 200, body: { result: "invalid number" } });
    await run(minutes(6));
    // Email has its try.
    expect(await undelivered()).not.toContain(reference);
    mailbox.refuse = () => 550;
    await sending.jobs.run("deliver-messages", minutes(7));
    const answers = (await messagesOf(reference)).filter(({ template }) => /answered$/.test(String(template)));
    expect(answers.map(({ way, state }) => [way, state])).toEqual([
      ["sms", "failed"],
      ["email", "failed"],
    ]);
    expect(await undelivered()).toContain(reference);
    const [, { id } = {}] = answers;
    await office.asOwner("update messages set state = 'pending', next_attempt_at = created_at where id = $1", id);
    expect(await undelivered()).not.toContain(reference);
  });

  it("a letter that was kept hides no text message that failed after it, where there is no mail server", async () => {
    const textsOnly = office.instance({ smtpUrl: null });
    const reference = await answered("email");
    await textsOnly.jobs.run("deliver-messages", minutes(6));
    expect(await undelivered()).not.toContain(reference);
    peer.answer = () => ({ status: 200, body: { result: "invalid number" } });
    await run(minutes(7), textsOnly);
    const answers = (await messagesOf(reference)).filter(({ template }) => /answered$/.test(String(template)));
    expect(answers.map(({ way, state }) => [way, state])).toEqual([
      ["email", "kept"],
      ["sms", "failed"],
    ]);
    expect(await undelivered()).toContain(reference);
  });
});

describe("reports", () => {
  it("say that it was delivered, once, by our id or theirs; what nobody knows is taken quietly", async () => {
    const { reference } = await office.receive(byPhone());
    await run();
    const id = peer.taken[0]?.id;
    const delivered = () => messagesOf(reference).then(([row]) => row?.delivered_at);
    expect((await post("/sms/reports", peer.callback({ id: "unknown", status: "delivered" }, at))).status).toBe(200);
    expect((await post("/sms/reports", peer.callback({ id, status: "on its way" }, at))).status).toBe(200);
    expect(await delivered()).toBeNull();
    expect((await post("/sms/reports", peer.callback({ id, status: "delivered" }, at))).status).toBe(200);
    const first = await delivered();
    expect(first).toEqual(at);
    at = minutes(2);
    await post("/sms/reports", peer.callback({ id, status: "delivered" }, at));
    await post("/sms/reports", peer.callback({ id, status: "failed" }, at));
    expect(await messagesOf(reference)).toMatchObject([{ state: "sent", delivered_at: first }]);
    expect((await office.events(reference)).map(({ type }) => type)).not.toContain("applicant.not-reached");
  });

  it("that it failed come true once", async () => {
    const { reference } = await office.receive(byPhone());
    await run();
    const id = `gw-${peer.taken[0]?.id.slice(0, 8)}`;
    for (let i = 0; i < 3; i++) await post("/sms/reports", peer.callback({ id, status: "failed" }, at));
    expect(await messagesOf(reference)).toMatchObject([{ state: "failed", last_error: "gateway: not delivered" }]);
    const told = (await office.events(reference)).filter(({ type }) => type === "applicant.not-reached");
    expect(told).toHaveLength(1);
  });

  it("that it failed are no news where the applicant acted on it meanwhile", async () => {
    const sent = await office.receive(byPhone());
    await run();
    await office.applicantActs(sent, "withdraw", { reason: "It works again." }, minutes(1));
    at = minutes(2);
    const first = peer.taken[0]?.id;
    await post("/sms/reports", peer.callback({ id: first, status: "failed" }, at));
    expect((await messagesOf(sent.reference))[0]).toMatchObject({ state: "failed" });
    expect((await office.events(sent.reference)).map(({ type }) => type)).not.toContain("applicant.not-reached");
  });

  it("of a stranger change nothing", async () => {
    const { reference } = await office.receive(byPhone());
    await run();
    const good = peer.callback({ id: peer.taken[0]?.id, status: "failed" }, at);
    const forged = [
      { ...good, headers: {} },
      { ...good, headers: { ...good.headers, "x-diwan-signature": "0".repeat(64) } },
      { ...good, body: Buffer.from(good.body.toString().replace("failed", "Failed")) },
      peer.callback({ id: peer.taken[0]?.id, status: "failed" }, new Date(at.getTime() - 3_600_000)),
    ];
    for (const sent of forged) {
      expect((await post("/sms/reports", sent)).status).toBe(401);
      expect((await post("/sms/inbound", sent)).status).toBe(401);
    }
    expect((await supertest(server).get("/sms/reports")).status).toBe(404);
    expect((await post("/sms/reports", peer.callback({ id: "x".repeat(20_000) }, at))).status).toBe(413);
    expect(await messagesOf(reference)).toMatchObject([{ state: "sent", delivered_at: null }]);
  });
});

describe("STOP", () => {
  it("ends text messages to a number, START takes it back, and an old START does not come true again", async () => {
    const answer = (text: string, from = "00962 79 123 4567") => peer.callback({ from, text }, at);
    const start = answer("START");
    expect((await post("/sms/inbound", start)).status).toBe(200);
    at = minutes(1);
    expect((await post("/sms/inbound", answer("إيقاف"))).status).toBe(200);
    await post("/sms/inbound", start);
    expect(await office.rows("select number, by from sms_opt_outs")).toEqual([
      { number: "+962791234567", by: "reply" },
    ]);
    const { reference } = await office.receive(byPhone(), at);
    expect(await messagesOf(reference)).toEqual([]);
    at = minutes(1);
    await post("/sms/inbound", answer("ابدأ"));
    expect(await office.rows("select 1 from sms_opt_outs")).toEqual([]);
  });

  it("holds for what waits already", async () => {
    const { reference } = await office.receive(byPhone());
    await post("/sms/inbound", peer.callback({ from: "+962791234567", text: "stop" }, at));
    expect(await run()).toMatchObject({ sent: 0, failed: 1 });
    expect(peer.asked).toBe(0);
    expect(await messagesOf(reference)).toMatchObject([
      { state: "failed", last_error: "the number wants no text messages" },
    ]);
  });
});

describe("limits", () => {
  it("hold what is beyond the number of a day, until somebody sends it", async () => {
    const sent = [];
    for (let i = 0; i < 11; i++) sent.push(await office.receive(byPhone()));
    expect(await run()).toMatchObject({ sent: 10, held: 1 });
    const held = await office.rows("select id::integer, last_error from messages where state = 'held' and way = 'sms'");
    expect(held).toMatchObject([{ last_error: "held back: too many text messages to this number" }]);
    const room = office.official("operation_room");
    await sending.operation.resend({ id: Number(held[0]?.id), actor: room, now: at });
    expect(await run(minutes(1))).toMatchObject({ sent: 1, held: 0 });
    expect(await run(minutes(2))).toMatchObject({ sent: 0, held: 0 });
  });

  it("hold numbers of another country, and what is beyond the segments of the day", async () => {
    await setSettings({ smsPerCountry: 1 });
    for (const phone of ["+447911123456", "+447911123457", "+962791234567"]) await office.receive(byPhone({ phone }));
    expect(await run()).toMatchObject({ sent: 2, held: 1 });
    await setSettings({ smsPerCountry: 50, smsSegments: 2 });
    await office.receive(byPhone());
    expect(await run(minutes(1))).toMatchObject({ sent: 0, held: 1 });
    await setSettings({ smsSegments: 40_000 });
  });

  it("do not count a message that they hold, nor the day before", async () => {
    await setSettings({ smsPerDay: 1 });
    await office.receive(byPhone());
    await office.receive(byPhone({ phone: "+962791234568" }));
    expect(await run()).toMatchObject({ sent: 1, held: 1 });
    expect(await office.rows("select messages from sms_counts where what = '*'")).toEqual([{ messages: 1 }]);
    await office.receive(byPhone());
    // The one of yesterday tries once more: one of the two leaves.
    const { sent, held, failed } = (await run(minutes(24 * 60))) as Record<string, number>;
    expect([sent, Number(held) + Number(failed)]).toEqual([1, 1]);
    expect(peer.taken).toHaveLength(2);
    await setSettings({ smsPerDay: 20_000 });
  });
});

describe("quiet hours", () => {
  it("put it off until the morning, which is no attempt", async () => {
    at = new Date("2026-11-22T19:30:00Z");
    const { reference } = await office.receive(byPhone(), at);
    expect(await run()).toMatchObject({ sent: 0, putOff: 1 });
    expect(peer.asked).toBe(0);
    expect(await messagesOf(reference)).toMatchObject([
      { state: "pending", attempts: 0, next_attempt_at: new Date("2026-11-23T05:00:00Z") },
    ]);
    expect(await run(new Date("2026-11-23T04:59:59Z"))).toMatchObject({ sent: 0, putOff: 0 });
    expect(await run(new Date("2026-11-23T05:00:00Z"))).toMatchObject({ sent: 1 });
  });

  it("keep no digits that somebody waits for; digits whose time is over are not sent", async () => {
    const { reference, code } = await office.receive(byPhone());
    await run();
    const send = (now: Date) => sending.applicantLinks.sendCode({ reference, way: "sms", by: { code }, now });
    const digits = async () => (await messagesOf(reference)).filter(({ template }) => template === "contact-code-sms");
    // Ten in the evening in Amman.
    at = new Date("2026-11-22T19:00:00Z");
    await send(at);
    expect(await run()).toMatchObject({ sent: 1, putOff: 0, lapsed: 0 });
    expect(peer.taken.at(-1)?.text).toMatch(/\b\d{6}\b/);
    await send(minutes(5));
    peer.answer = () => ({ status: 503, body: {} });
    expect(await run(minutes(5))).toMatchObject({ sent: 0, retried: 1 });
    peer.answer = () => null;
    expect(await run(minutes(40))).toMatchObject({ sent: 0, lapsed: 1 });
    expect(await digits()).toMatchObject([
      { state: "sent" },
      { state: "lapsed", last_error: "lapsed: its time is over", next_attempt_at: null },
    ]);
  });
});

describe("how they hear", () => {
  it("is shown without the whole number and changed by people with the code", async () => {
    const { reference, code } = await office.receive(byPhone({ email: "rana@example.com" }));
    const contact = () => sending.cases.followPage({ reference, code, now: at }).then((page) => page.contact);
    expect(await contact()).toEqual({
      ways: [
        { way: "email", to: "r••••@example.com" },
        { way: "sms", to: "••••567" },
      ],
      callsOnly: false,
      wrongNumber: false,
      chosen: "both",
      choices: ["email", "sms", "both", "none"],
      stopped: null,
      stopping: { to: "••••567", proven: false, cases: null },
      letters: null,
    });
    const change = (choice: string) => sending.cases.changeContact({ reference, code, choice, now: at });
    const stop = () => sending.cases.changeContact({ reference, code, stopNumber: true, now: at });
    await change("sms");
    expect((await contact())?.ways.map(({ way }) => way)).toEqual(["sms", "email"]);
    await change("none");
    expect(await contact()).toMatchObject({ ways: [], chosen: "none" });
    await expect(change("pigeon")).rejects.toMatchObject({ code: "invalid-input" });
    await expect(
      sending.cases.changeContact({ reference, code: "WRONG", choice: "sms", now: at }),
    ).rejects.toMatchObject({ code: "not-found" });
    // Anybody can type somebody else's number: until it is shown whose it is, nobody ends what others get there.
    expect(await change("both")).toBe("saved");
    await expect(stop()).rejects.toMatchObject({ code: "not-now" });
    const proven = (of: string) =>
      office.asOwner(
        "update applicants set phone_proven_at = now() where case_id = (select id from cases where reference = $1)",
        of,
      );
    await proven(reference);
    const cases = (await contact())?.stopping?.cases ?? 0;
    const other = await office.receive(byPhone({ email: "rana@example.com" }));
    expect((await contact())?.stopping).toEqual({ to: "••••567", proven: true, cases: cases + 1 });
    expect(await stop()).toBe("stopped");
    expect(await office.rows("select by from sms_opt_outs")).toEqual([{ by: "page" }]);
    expect(await contact()).toMatchObject({
      stopped: "page",
      stopping: null,
      choices: ["email", "sms", "both", "none"],
    });
    const ofOther = () => sending.cases.followPage({ ...other, now: at }).then((page) => page.contact);
    expect(await ofOther()).toMatchObject({ ways: [{ way: "email" }], stopped: "page", choices: ["email", "none"] });
    await expect(sending.cases.changeContact({ ...other, choice: "both", now: at })).rejects.toMatchObject({
      code: "invalid-input",
    });
    expect(await change("both")).toBe("resumed");
    expect(await change("both")).toBe("same");
    expect((await ofOther())?.ways.map(({ way }) => way)).toEqual(["email", "sms"]);
    expect(await office.rows("select by from sms_opt_outs")).toEqual([]);
    const changed = (await office.events(reference)).filter(({ type }) => type === "applicant.ways-changed");
    expect(changed.map(({ data }) => data.choice)).toEqual(["sms", "none", "both", "email", "both"]);
  });

  it("letters that wait when they are ended go as text messages; digits go still, and nobody sends one again", async () => {
    const { reference, code } = await office.receive(
      byPhone({ email: "hears-no-more@example.com", contactBy: "email" }),
    );
    await sending.jobs.run("deliver-messages", at);
    const ofCase = "where case_id = (select id from cases where reference = $1)";
    await office.asOwner(`update applicants set email_proven_at = now() ${ofCase}`, reference);
    await office.act(reference, office.official("focal_point", "CSPD"), "ask", { question: "Which door?" }, minutes(5));
    await office.asOwner(
      `insert into messages (key, programme, template, receiver_case, language, data, created_at, state, next_attempt_at)
      select 'proof/of-test', programme, 'contact-code', receiver_case, language, '{}', created_at, state, next_attempt_at
      from messages where template = 'applicant-question' and receiver_case = (select id from cases where reference = $1)`,
      reference,
    );
    const stopped = await sending.cases.changeLetters({ reference, code, go: false, now: minutes(6) });
    expect(stopped).toBe("letters-stopped");
    expect(await messagesOf(reference)).toMatchObject([
      { template: "applicant-received", state: "sent" },
      { template: "applicant-question", state: "lapsed" },
      { template: "contact-code", state: "pending" },
      { template: "sms-question", state: "pending" },
    ]);
    await office.asOwner("delete from messages where key = 'proof/of-test'");
    expect(await run(minutes(7))).toMatchObject({ sent: 1 });
    // One that left before is not sent there again: no official does, and what they had asked for already leaves no more.
    const [first] = await messagesOf(reference);
    const room = office.official("operation_room");
    const again = sending.operation.resend({ id: Number(first?.id), actor: room, now: minutes(8) });
    await expect(again).rejects.toMatchObject({
      code: "not-now",
      detail: { en: "The applicant stopped emails about this application" },
    });
    const asked = "update messages set state = 'pending', next_attempt_at = created_at where id = $1";
    await office.asOwner(asked, first?.id);
    mailbox.letters.length = 0;
    await sending.jobs.run("deliver-messages", minutes(9));
    expect(mailbox.letters.filter(({ to }) => JSON.stringify(to).includes("hears-no-more"))).toEqual([]);
  });

  it("a STOP from the telephone is not taken back by a page", async () => {
    const { reference, code } = await office.receive(byPhone());
    await post("/sms/inbound", peer.callback({ from: "+962791234567", text: "STOP" }, at));
    const { contact } = await sending.cases.followPage({ reference, code, now: at });
    expect(contact).toMatchObject({ ways: [], choices: ["none"], stopped: "reply" });
    await expect(sending.cases.changeContact({ reference, code, choice: "sms", now: at })).rejects.toMatchObject({
      code: "invalid-input",
    });
  });
});

describe("an answer", () => {
  it("comes as a text message that says there is one, not what it says", async () => {
    const { reference } = await office.receive(byPhone());
    await run();
    const focal = office.official("focal_point", "CSPD");
    await office.act(reference, focal, "answer", { answer: "The hall is open from Sunday." }, minutes(5));
    await run(minutes(10));
    const told = await messagesOf(reference);
    expect(told.map(({ template }) => template)).toContain("sms-answered");
    expect(peer.taken.at(-1)?.text).not.toContain("The hall is open");
  });
});
