/** Gateways as they are: what they report and pass on, over real HTTP, in the shapes and with the proofs that real ones have. */
import { createHmac } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import supertest from "supertest";
import type { Composed } from "../../src/app/compose.js";
import type { ApplicationInput } from "../../src/features/intake/application-input.js";
import { createSmsDoor } from "../../src/features/notifications/create-sms-door.js";
import { createHttp } from "../../src/platform/http/create-http.js";
import type { CallbackChecks } from "../../src/platform/sms/callback-checks.js";
import { openSmsPeer, type SmsPeer, standInTemplate } from "../support/sms-gateway.js";
import { openWorkingOffice, programme, sundayNine, type WorkingOffice } from "../support/working-office.js";

const number = "+962791234567";
const secret = "a secret that both of us know";
const path = "a-path-of-sixteen-or-more";
const publicUrl = "https://diwan.example.jo";

let office: WorkingOffice;
let peer: SmsPeer;
const servers: Server[] = [];
let at = sundayNine;
const minutes = (n: number): Date => new Date(at.getTime() + n * 60_000);

interface Gateway {
  readonly services: Composed;
  readonly url: string;
}

/** The house with this gateway, behind one proxy. */
async function house(
  more: object,
  callbacks: CallbackChecks,
  limits?: { refusalsPerAddress: number },
): Promise<Gateway> {
  const services = office.instance({ sms: { ...peer.config, template: standInTemplate(more), callbacks } });
  const doors = [createSmsDoor(services, { publicUrl })];
  const server = createServer(createHttp(services, { limits: limits ?? false, trustProxy: 1, doors }));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  servers.push(server);
  return { services, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

beforeAll(async () => {
  peer = await openSmsPeer();
  office = await openWorkingOffice({ now: () => at, sms: peer.config });
});
afterAll(async () => {
  for (const server of servers) await new Promise((resolve) => server.close(resolve));
  await peer.close();
  await office.close();
});
beforeEach(async () => {
  at = sundayNine;
  peer.taken.length = 0;
  for (const table of ["sms_counts", "sms_opt_outs", "sms_callbacks"]) await office.asOwner(`delete from ${table}`);
  await office.asOwner("update messages set state = 'kept', next_attempt_at = null where state = 'pending'");
});

const byPhone = (more: object = {}): Partial<ApplicationInput> => ({
  applicant: { category: "citizen", name: "Rana Haddad", phone: number, sms: true, ...more },
});
/** Two receipts that left, by what the gateway calls them. */
async function twoSent(): Promise<readonly [string, string]> {
  await office.receive(byPhone());
  await office.receive(byPhone());
  await office.services.jobs.run("deliver-sms", at);
  const [one, other] = peer.taken.slice(-2).map(({ id }) => `gw-${id.slice(0, 8)}`);
  return [one as string, other as string];
}
const fates = async (...ids: string[]) => {
  const rows = await office.rows(
    "select gateway_id, state, delivered_at is not null as delivered from messages where gateway_id = any($1)",
    ids,
  );
  return ids.map((id) => {
    const row = rows.find(({ gateway_id }) => gateway_id === id);
    return row?.delivered ? "delivered" : row?.state;
  });
};
const stopped = async () => (await office.rows("select number from sms_opt_outs")).map((row) => row.number);
const setSettings = (values: object) =>
  office.asOwner(
    "update programmes set settings = settings || $1::jsonb where code = $2",
    JSON.stringify(values),
    programme,
  );

describe("a gateway that sends lists, with user and password", () => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await house(
      {
        reports: {
          ...{ each: "/results", id: "/messageId", status: "/status/groupName" },
          ...{ delivered: ["DELIVERED"], failed: ["UNDELIVERABLE", "REJECTED", "EXPIRED"] },
        },
        inbound: { each: "/results", from: "/from", text: "/cleanText", id: "/messageId", at: "/receivedAt" },
      },
      { basic: { user: "infobip", password: "sixteen characters" } },
    );
  });
  const post = (where: string, body: unknown, password = "sixteen characters") =>
    supertest(gateway.url)
      .post(where)
      .auth("infobip", password)
      .set("content-type", "application/json")
      .send(typeof body === "string" ? body : JSON.stringify(body));
  const reports = (...results: [id: string, groupName: string][]) => ({
    results: results.map(([messageId, groupName]) => ({ messageId, status: { groupId: 3, groupName } })),
  });
  const reply = (cleanText: string, more: object = {}) => ({ results: [{ from: "962791234567", cleanText, ...more }] });

  it("is believed of each one, and nothing comes true twice", async () => {
    const [one, other] = await twoSent();
    const body = reports([one, "DELIVERED"], ["nothing-of-ours", "DELIVERED"], [other, "REJECTED"]);
    for (let i = 0; i < 2; i++) expect((await post("/sms/reports", body)).status).toBe(200);
    expect(await fates(one, other)).toEqual(["delivered", "failed"]);
    await post("/sms/reports", reports([one, "REJECTED"], [other, "DELIVERED"]));
    expect(await fates(one, other)).toEqual(["delivered", "failed"]);
    const failed = await office.rows("select 1 from case_events where type = 'applicant.not-reached'");
    expect(failed).toHaveLength(1);
  });

  it("is told in plain words why it is refused, and nothing about messages", async () => {
    const [one] = await twoSent();
    const body = reports([one, "DELIVERED"]);
    const wrong = await post("/sms/reports", body, "sixteen character?");
    expect([wrong.status, wrong.headers["www-authenticate"]]).toEqual([401, 'Basic realm="Diwan"']);
    expect((await post(`/sms/reports/${path}`, body)).status).toBe(401);
    for (const unreadable of ["results=1", "{}", { results: [] }, { results: [{ status: 1 }] }]) {
      const answer = await post("/sms/reports", unreadable);
      expect([answer.status, answer.body.code ?? answer.body.type]).toEqual([
        400,
        expect.stringContaining("malformed"),
      ]);
    }
    expect((await post("/sms/reports", reports(["x".repeat(300_000), "DELIVERED"]))).status).toBe(413);
    expect((await supertest(gateway.url).get("/sms/reports").auth("infobip", "sixteen characters")).status).toBe(404);
    const [unknown, known] = [
      await post("/sms/reports", reports(["?", "DELIVERED"])),
      await post("/sms/reports", body),
    ];
    expect([unknown.status, unknown.text]).toEqual([known.status, known.text]);
    expect(await fates(one)).toEqual(["delivered"]);
  });

  it("has a STOP that an older START does not undo, whichever comes first", async () => {
    const stop = reply("STOP", { messageId: "m-2", receivedAt: minutes(-1).toISOString() });
    const start = reply("START", { messageId: "m-1", receivedAt: minutes(-5).toISOString() });
    for (const body of [start, stop, start, stop]) expect((await post("/sms/inbound", body)).status).toBe(200);
    expect(await stopped()).toEqual([number]);
    // Tried for the first time after it, since we were away.
    await post("/sms/inbound", reply("START", { messageId: "m-0", receivedAt: minutes(-9).toISOString() }));
    expect(await stopped()).toEqual([number]);
    await post("/sms/inbound", reply("START", { messageId: "m-3", receivedAt: at.toISOString() }));
    await post("/sms/inbound", stop);
    expect(await stopped()).toEqual([]);
  });
});

describe("a gateway that signs the address and a form", () => {
  const token = "an auth token of the gateway";
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await house(
      {
        reports: {
          ...{ as: "form", id: "/MessageSid", status: "/MessageStatus" },
          ...{ delivered: ["delivered"], failed: ["failed", "undelivered"] },
        },
        inbound: { as: "form", from: "/From", text: "/Body", id: "/MessageSid" },
      },
      {
        hmac: {
          ...{ secret: token, header: "X-Twilio-Signature", algorithm: "sha1", encoding: "base64", prefix: "" },
          of: "{address}{fields}",
        },
      },
    );
    await setSettings({ country: "US" });
  });
  afterAll(() => setSettings({ country: "JO" }));
  const post = (where: string, form: Readonly<Record<string, string>>, signed = form) => {
    const fields = Object.keys(signed).sort();
    const text = publicUrl + where + fields.map((name) => name + signed[name]).join("");
    return supertest(gateway.url)
      .post(where)
      .type("form")
      .set("x-twilio-signature", createHmac("sha1", token).update(text).digest("base64"))
      .send(new URLSearchParams(form).toString());
  };

  it("reports and passes on a STOP, of a number as the programme's country dials it", async () => {
    await office.receive(byPhone({ phone: "(617) 555-0123" }));
    await office.services.jobs.run("deliver-sms", at);
    expect(peer.taken.map(({ to }) => to)).toEqual(["+16175550123"]);
    const id = `gw-${peer.taken[0]?.id.slice(0, 8)}`;
    expect((await post("/sms/reports?of=1", { MessageSid: id, MessageStatus: "sent" })).status).toBe(200);
    expect(await fates(id)).toEqual(["sent"]);
    const forged = await post(
      "/sms/reports",
      { MessageSid: id, MessageStatus: "delivered" },
      { MessageSid: id, MessageStatus: "sent" },
    );
    expect([forged.status, await fates(id)]).toEqual([401, ["sent"]]);
    await post("/sms/reports", { MessageSid: id, MessageStatus: "delivered" });
    expect(await fates(id)).toEqual(["delivered"]);
    expect((await post("/sms/inbound", { MessageSid: "SM1", From: "6175550123", Body: "Stop." })).status).toBe(200);
    expect(await stopped()).toEqual(["+16175550123"]);
  });
});

describe("a gateway that asks an address with a query", () => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await house(
      {
        reports: { as: "query", id: "/msgid", status: "/dlr", delivered: [1], failed: [2, 16] },
        inbound: { as: "query", from: "/msisdn", text: "/msg" },
      },
      { path, addresses: ["203.0.113.0/24"] },
    );
  });
  const get = (where: string, query: Readonly<Record<string, string>>, from = "203.0.113.5") =>
    supertest(gateway.url).get(where).query(query).set("x-forwarded-for", from);

  it("is believed from its own addresses, with the path that it was given", async () => {
    const [one, other] = await twoSent();
    expect((await get(`/sms/reports/${path}`, { msgid: one, dlr: "1" }, "198.51.100.9")).status).toBe(403);
    expect((await get("/sms/reports", { msgid: one, dlr: "1" })).status).toBe(401);
    expect((await get(`/sms/reports/${path}x`, { msgid: one, dlr: "1" })).status).toBe(401);
    expect((await get(`/sms/reports/${path}`, { dlr: "1" })).status).toBe(400);
    expect(await fates(one, other)).toEqual(["sent", "sent"]);
    expect((await get(`/sms/reports/${path}`, { msgid: one, dlr: "1" })).status).toBe(200);
    expect((await get(`/sms/reports/${path}`, { msgid: other, dlr: "16" })).status).toBe(200);
    expect(await fates(one, other)).toEqual(["delivered", "failed"]);
  });

  it("that names neither a message nor a time has a STOP each time, and a START once", async () => {
    const say = (msg: string) => get(`/sms/inbound/${path}`, { msisdn: "00962791234567", msg });
    await say("start");
    await say("stop");
    expect(await stopped()).toEqual([number]);
    // As the first one that is sent once more.
    await say("start");
    expect(await stopped()).toEqual([number]);
    await office.asOwner("delete from sms_opt_outs");
    await say("stop");
    expect(await stopped()).toEqual([number]);
  });

  it("is refused less and less often: a stranger cannot try paths for long", async () => {
    const guarded = await house({}, { path }, { refusalsPerAddress: 3 });
    const tried: number[] = [];
    for (let i = 0; i < 5; i++) tried.push((await supertest(guarded.url).post(`/sms/reports/guess-${i}`)).status);
    expect(tried).toEqual([401, 401, 401, 429, 429]);
  });
});

describe("a free answer to a text message", () => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await house(
      { inbound: { as: "query", from: "/from", text: "/text", id: "/id" } },
      { basic: { user: "gateway", password: secret } },
    );
  });
  let said = 0;
  const say = (text: string, from = "962791234567") => {
    said += 1;
    return supertest(gateway.url)
      .get("/sms/inbound")
      .auth("gateway", secret)
      .query({ from, text, id: `m-${said}` });
  };
  const run = () => office.services.jobs.run("deliver-sms", at);
  /** A receipt that left, and nothing of it in the hands of the gateway any more. */
  async function wroteTo(more: object = {}, language: "ar" | "en" = "en") {
    const received = await office.receive({ ...byPhone(more), language }, at);
    await run();
    peer.taken.length = 0;
    return received;
  }

  it("is answered where to write, in the language of the last message, once a day, at whatever hour", async () => {
    await wroteTo({}, "ar");
    at = minutes(10);
    const { reference } = await wroteTo();
    // Quiet hours began.
    at = new Date("2026-11-22T20:30:00Z");
    for (const words of ["When will you come?", "Hello??"]) expect((await say(words)).status).toBe(200);
    expect(await run()).toMatchObject({ sent: 1, putOff: 0 });
    expect(peer.taken).toMatchObject([{ to: number }]);
    const [{ text } = { text: "" }] = peer.taken;
    expect(text).toContain("No one reads replies to this number");
    expect(text).toContain(reference);
    expect(text).toMatch(/https:\/\/diwan\.example\.jo\/\S+.* Or call \+962/);
    // The next day once more.
    at = new Date("2026-11-22T21:30:00Z");
    await say("Hello?");
    await say("Hello!");
    expect(await run()).toMatchObject({ sent: 1 });
    // What they wrote is nowhere.
    const stored = await office.rows(
      "select 1 from messages where data::text like '%Hello%' union select 1 from case_events where data::text like '%Hello%'",
    );
    expect(stored).toEqual([]);
    const listed = await office.services.mail.list({ actor: office.official("operation_room"), limit: 5 } as never);
    expect(JSON.stringify(listed)).toContain("sms-reply");
  });

  it("takes no place of what its sender is owed, and lapses where a limit of all is reached", async () => {
    await setSettings({ smsPerNumber: 2 });
    const { reference } = await wroteTo();
    await say("Hello?");
    await run();
    await office.act(
      reference,
      office.official("focal_point", "CSPD"),
      "answer",
      { answer: "It is open." },
      minutes(5),
    );
    at = minutes(10);
    await run();
    expect(await office.rows("select state from messages where template = 'sms-answered'")).toEqual([
      { state: "sent" },
    ]);
    await office.asOwner("delete from sms_callbacks");
    await office.asOwner("update messages set key = key || '/before', message_id = null where template = 'sms-reply'");
    await setSettings({ smsPerNumber: 10, smsPerDay: 1 });
    await say("And now?");
    expect(await run()).toMatchObject({ sent: 0, held: 0, lapsed: 1 });
    await setSettings({ smsPerDay: 20_000 });
  });

  it("is none where it stops or starts something, to machines, strangers, after a month or where that is the policy", async () => {
    await wroteTo({ phone: "+962781234567" });
    const later = new Date(at.getTime() + 31 * 86_400_000);
    const mine = "962781234567";
    const silent: (readonly [string, string, Date])[] = [
      ["Hello", "JOPOST", at],
      ["Hello", "97123", at],
      ["Hello", "962770000000", at],
      ["   ", mine, at],
      ["Hello", mine, later],
      ["START", mine, at],
      ["stop", mine, at],
      // They want nothing any more.
      ["Hello", mine, at],
    ];
    for (const [text, from, now] of silent) {
      at = now;
      expect((await say(text, from)).status).toBe(200);
    }
    at = sundayNine;
    await say("start", mine);
    await setSettings({ smsReplies: false });
    await say("Hello", mine);
    await setSettings({ smsReplies: true });
    expect(await office.rows("select 1 from messages where template = 'sms-reply' and state = 'pending'")).toEqual([]);
    await say("Hello", mine);
    expect(await run()).toMatchObject({ sent: 1 });
  });
});

describe("the health page", () => {
  it("says that the gateway reports nothing of many, and how many answers were told where to write", async () => {
    await office.asOwner("update messages set sent_at = null where way = 'sms'");
    const gateway = await house({}, { path });
    const look = async (services = gateway.services) => {
      const { checks } = await services.operation.health({ actor: office.official("operation_room"), now: at });
      return checks.find(({ id }) => id === "sms-gateway");
    };
    await setSettings({ smsPerNumber: 100 });
    for (let i = 0; i < 10; i++) await twoSent();
    await setSettings({ smsPerNumber: 10 });
    expect(await look()).toMatchObject({ state: "good" });
    at = minutes(61);
    expect(await look()).toMatchObject({ state: "near", advice: { en: expect.stringContaining("/sms/reports") } });
    const silent = office.instance({ sms: { ...peer.config, callbacks: null } });
    expect(await look(silent)).toMatchObject({ state: "good" });
    const id = `gw-${peer.taken[0]?.id.slice(0, 8)}`;
    await supertest(gateway.url).post(`/sms/reports/${path}`).send({ id, status: "delivered" });
    expect(await look()).toMatchObject({ state: "good", words: { en: "Set up: text messages are being sent." } });
    await supertest(gateway.url).post(`/sms/inbound/${path}`).send({ from: number, text: "Who is this?" });
    await office.services.jobs.run("deliver-sms", at);
    expect(await look()).toMatchObject({ words: { en: expect.stringContaining("1 person who replied") } });
  });
});
