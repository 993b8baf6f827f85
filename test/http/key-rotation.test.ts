/** Keys are exchanged while people work: one server whose SESSION_SECRET and SEAL_KEY change between two requests. */
import { createServer, type RequestListener, type Server } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { unsign } from "cookie-signature";
import { Router } from "express";
import { Secret, TOTP } from "otpauth";
import { pino } from "pino";
import supertest from "supertest";
import type { Composed } from "../../src/app/compose.js";
import { createAdmin } from "../../src/app/office/create-admin.js";
import { keyRing } from "../../src/engine/text/key-ring.js";
import { createPortal } from "../../src/features/portal/create-portal.js";
import { setupResource } from "../../src/features/setup/tables/setup-resources.js";
import { createHttp } from "../../src/platform/http/create-http.js";
import { type AccountOffice, by, openAccountOffice, password, tokenOf } from "../support/account-office.js";
import { fakeAssets } from "../support/admin-app.js";
import { problemOf, sundayNine } from "../support/working-office.js";

const plain = "k".repeat(64);
const fresh = "2027:".concat("n".repeat(64));
const both = `${fresh},old:${plain}`;
// Over plain HTTP: an agent of the tests keeps no cookie for TLS.
const publicUrl = "http://diwan.example.jo/";
const now = sundayNine;
const look = { style: "/assets/portal.0.css", icon: "/assets/icon.0.svg", preload: [] };

let made: AccountOffice;
let server: Server;
let listener: RequestListener;
let services: Composed;
/** What the server of now wrote into its log. */
let lines: string[] = [];

/** Restarts the server with other keys. */
async function restart(sessionSecret: string): Promise<void> {
  lines = [];
  const log = pino({ level: "error" }, { write: (line: string) => void lines.push(line) });
  services = made.office.instance({ sessionSecret, log });
  const admin = createAdmin(services, {
    ...{ db: made.office.db, sessionSecret, publicUrl, assets: fakeAssets },
    ...{ resources: [setupResource("sectors")], pages: [] },
  });
  await admin.ready;
  const assets = { lookOf: () => look, router: Router() };
  const portal = createPortal(services, { sessionSecret, publicUrl, assets });
  listener = createHttp(services, { publicUrl, limits: false, doors: [admin, portal] });
}

beforeAll(async () => {
  made = await openAccountOffice();
  server = createServer((request, response) => listener(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  server?.closeAllConnections();
  server?.close();
  await made?.office.close();
});
beforeEach(async () => {
  // A test that begins at the end of a half minute would see its codes grow old between two lines.
  const left = 30_000 - (Date.now() % 30_000);
  if (left < 5000) await sleep(left);
  await restart(plain);
});

type Agent = ReturnType<typeof supertest.agent>;
const submit = (agent: Agent, path: string, fields: Readonly<Record<string, string>>) =>
  agent.post(path).set("sec-fetch-site", "same-origin").set("accept", "text/html").type("form").send(fields);
const codeOf = (secret: string, steps = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret.replaceAll(" ", "")) }).generate({
    timestamp: Date.now() + steps * 30_000,
  });

/** An account with a second factor in use. */
async function enrolled() {
  const account = await made.account();
  const { secondFactor } = services.accounts;
  const { secret } = await secondFactor.begin({ userId: account.userId, now });
  const codes = await secondFactor.confirm({
    ...{ userId: account.userId, sessionId: "", now },
    code: codeOf(secret, -1),
  });
  return { ...account, secret, codes };
}
async function signIn(email: string, code: string, language = "en") {
  const agent = supertest.agent(server);
  await submit(agent, "/admin/language", { language });
  const first = await submit(agent, "/admin/login", { email, password });
  const second = await submit(agent, "/admin/second-factor", { code });
  return { agent, statuses: [first.status, second.status], text: second.text };
}

/** Reference and code typed into the form; the page of the case. */
async function follow(sent: { reference: string; code: string }): Promise<Agent> {
  const agent = supertest.agent(server);
  const answer = await submit(agent, "/en/follow", { reference: sent.reference, code: sent.code });
  expect([answer.status, answer.headers.location]).toEqual([303, `/en/follow/${sent.reference}`]);
  return agent;
}
const followed = async (agent: Agent, reference: string) => (await agent.get(`/en/follow/${reference}`)).status;
const signOf = (answer: { headers: Record<string, unknown> }) =>
  decodeURIComponent(/diwan_session=([^;]+)/.exec(String(answer.headers["set-cookie"] ?? ""))?.[1] ?? "");
const isSignedWith = (answer: { headers: Record<string, unknown> }, secret: string) =>
  unsign(signOf(answer).slice(2), secret) !== false;

describe("a new SESSION_SECRET before the old one", () => {
  it("signs people in, and everything that was begun goes on", async () => {
    const { email, secret } = await enrolled();
    const { agent, statuses } = await signIn(email, codeOf(secret));
    expect(statuses).toEqual([303, 303]);
    const half = supertest.agent(server);
    await submit(half, "/admin/login", { email, password });
    const sent = await made.office.receive();
    const applicant = await follow(sent);
    const { email: invited } = await made.account({ password: false });
    const token = tokenOf((await services.accounts.resetFor({ email: invited, by, now })).link);

    await restart(both);
    // The API reads sessions by itself; its answer hands the cookie on under the new key.
    const asked = await agent.get("/admin/api/resources/sectors/actions/list");
    // Who holds no seat finds nothing there, and is not asked who they are (401).
    expect([asked.status, isSignedWith(asked, fresh.slice(5)), isSignedWith(asked, plain)]).toEqual([404, true, false]);
    expect((await agent.get("/admin")).status).toBe(200);
    expect((await submit(half, "/admin/second-factor", { code: codeOf(secret, 1) })).status).toBe(303);
    expect(await followed(applicant, sent.reference)).toBe(200);
    expect((await supertest(server).get(`/admin/link/${token}`)).status).toBe(200);

    // A day later the old one is not needed any more: what is in use was written anew meanwhile.
    expect(await services.handlers.housekeeping?.(now)).toMatchObject({ sealedAnew: expect.any(Number) });
    await restart(fresh);
    expect((await agent.get("/admin")).status).toBe(200);
    expect(await followed(applicant, sent.reference)).toBe(200);
    // Taken above or not, by how much time has passed; in any case it is known what the code should be.
    expect([303, 422]).toContain((await signIn(email, codeOf(secret, 1))).statuses[1]);
  });

  it("also while one instance still writes with the old one", async () => {
    const { email, secret } = await enrolled();
    await restart(both);
    const { agent, statuses } = await signIn(email, codeOf(secret));
    expect(statuses).toEqual([303, 303]);
    await restart(`old:${plain},${fresh}`);
    expect((await agent.get("/admin")).status).toBe(200);
    expect((await signIn(email, codeOf(secret, 1))).statuses).toEqual([303, 303]);
  });

  it("neither forgets how often somebody tried nor locks anybody out", async () => {
    const { email } = await made.account();
    const tries = async (n: number) => {
      const found = [];
      for (let i = 0; i < n; i++) {
        found.push((await submit(supertest.agent(server), "/admin/login", { email, password: "not it" })).status);
      }
      return found;
    };
    expect(await tries(5)).toEqual([401, 401, 401, 401, 401]);
    await restart(`old:${plain},${fresh}`);
    expect(await tries(3)).toEqual([401, 401, 401]);
    await restart(both);
    expect(await tries(3)).toEqual([401, 401, 429]);
    const { email: other } = await made.account();
    expect((await submit(supertest.agent(server), "/admin/login", { email: other, password })).status).toBe(303);
  });
});

describe("a new SESSION_SECRET without the old one", () => {
  it("opens nothing of before, in clear words, and a recovery code lets people in", async () => {
    const { email, userId, secret, codes } = await enrolled();
    const { agent } = await signIn(email, codeOf(secret));
    const sent = await made.office.receive();
    const applicant = await follow(sent);
    const { email: invited } = await made.account({ password: false });
    const token = tokenOf((await services.accounts.resetFor({ email: invited, by, now })).link);

    await restart(fresh);
    expect((await agent.get("/admin")).headers.location).toBe("/admin/login");
    expect((await agent.get("/admin/api/resources/sectors/actions/list")).status).toBe(401);
    expect((await supertest(server).get(`/admin/link/${token}`)).status).toBe(404);
    expect(await followed(applicant, sent.reference)).toBe(200);
    expect((await applicant.get(`/en/follow/${sent.reference}`)).text).toContain('name="code"');

    for (const [language, words] of [
      ["en", ["recovery code", "operation room", "missing on the server"]],
      ["ar", ["رموز الاسترداد", "غرفة العمليات", "غير موجود على الخادم"]],
    ] as const) {
      // More often than wrong codes may be typed: none was looked at, and none counts.
      for (let n = 0; n < (language === "en" ? 11 : 1); n++) {
        const { statuses, text } = await signIn(email, codeOf(secret, 1), language);
        expect(statuses).toEqual([303, 409]);
        for (const word of words) expect(text).toContain(word);
      }
    }
    expect(lines.join("")).toContain(`"sealedWith":"${keyRing(plain)[0].label}"`);
    const entered = await signIn(email, codes[0] as string);
    expect(entered.statuses).toEqual([303, 303]);
    await services.accounts.secondFactor.removeFor({ email, by, now });
    expect(await services.accounts.secondFactor.status({ userId, now })).toMatchObject({ on: false });
  });

  it("begins a set-up of the second factor anew", async () => {
    const { userId } = await made.account();
    await services.accounts.secondFactor.begin({ userId, now });
    await restart(fresh);
    expect(await services.accounts.secondFactor.begun({ userId, now })).toBeNull();
    const asked = { userId, code: "123456", sessionId: "", now };
    expect((await problemOf(services.accounts.secondFactor.confirm(asked))).code).toBe("conflict");
    expect(await services.accounts.secondFactor.begin({ userId, now })).toMatchObject({ uri: expect.any(String) });
  });
});
