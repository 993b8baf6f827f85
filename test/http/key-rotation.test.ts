/** Keys are exchanged while people work: one server whose SESSION_SECRET and SEAL_KEY change between two requests. */
import { createServer, type RequestListener, type Server } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { Router } from "express";
import { Secret, TOTP } from "otpauth";
import supertest from "supertest";
import { createAdmin } from "../../src/admin/create-admin.js";
import { sectors } from "../../src/admin/resources/sectors.js";
import type { Composed } from "../../src/compose.js";
import { createHttp } from "../../src/http/create-http.js";
import { createPortal } from "../../src/portal/create-portal.js";
import { type AccountOffice, by, openAccountOffice, password, tokenOf } from "../support/account-office.js";
import { fakeAssets } from "../support/admin-app.js";
import { sundayNine } from "../support/working-office.js";

const plain = "k".repeat(64);
const fresh = "2027:".concat("n".repeat(64));
const both = `${fresh},old:${plain}`;
const publicUrl = "https://diwan.example.jo/";
const now = sundayNine;
const look = { style: "/assets/portal.0.css", icon: "/assets/icon.0.svg", preload: [] };

let made: AccountOffice;
let server: Server;
let listener: RequestListener;
let services: Composed;

/** Restarts the server with other keys. */
async function restart(sessionSecret: string): Promise<void> {
  services = made.office.instance({ sessionSecret });
  const admin = createAdmin(services, {
    ...{ db: made.office.db, sessionSecret, publicUrl, assets: fakeAssets },
    ...{ resources: [sectors], pages: [] },
  });
  await admin.ready;
  const assets = { look: { ar: look, en: look }, router: Router() };
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
async function signIn(email: string, code: string) {
  const agent = supertest.agent(server);
  const first = await submit(agent, "/admin/login", { email, password });
  const second = await submit(agent, "/admin/second-factor", { code });
  return { agent, statuses: [first.status, second.status], text: second.text };
}

describe("with a new SESSION_SECRET", () => {
  it("before the old one, everything that was begun goes on", async () => {
    const { email, secret } = await enrolled();
    const { agent, statuses } = await signIn(email, codeOf(secret));
    expect(statuses).toEqual([303, 303]);
    await restart(both);
    expect((await agent.get("/admin")).status).toBe(200);
    const again = await signIn(email, codeOf(secret, 1));
    expect(again.statuses).toEqual([303, 303]);
  });

  it("and without the old one, two-step sign-in says what is wrong and what to do", async () => {
    const { email, secret } = await enrolled();
    await restart(fresh);
    const { statuses, text } = await signIn(email, codeOf(secret));
    expect(statuses).toEqual([303, 409]);
    expect(text).toContain("recovery code");
    expect(text).toContain("operation room");
  });
});

describe("links", () => {
  it("open under any of the keys", async () => {
    const { email } = await made.account({ password: false });
    const token = tokenOf((await services.accounts.resetFor({ email, by, now })).link);
    await restart(both);
    expect((await supertest(server).get(`/admin/link/${token}`)).status).toBe(200);
  });
});
