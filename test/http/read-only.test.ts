/**
 * A database that does not accept changes: what is there can be looked at, and whatever would be stored is refused with words in both
 * languages at every door; nothing that was typed is lost.
 */
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from "@jest/globals";
import supertest from "supertest";
import { allPages } from "../../src/app/office/all-pages.js";
import { allResources } from "../../src/app/office/all-resources.js";
import { createPortal } from "../../src/features/portal/create-portal.js";
import type { DatabaseFault } from "../../src/platform/db/connect.js";
import { type AdminApp, openAdminApp, password, type SignedIn } from "../support/admin-app.js";
import { noAssets } from "../support/portal-app.js";
import { sundayNine } from "../support/working-office.js";

const sameSite = { "sec-fetch-site": "same-origin", accept: "text/html" };
const arabic = "قاعدة البيانات لا تقبل التعديل";
const english = "the database does not accept changes";

let app: AdminApp;
let room: SignedIn;
let clerk: SignedIn;
let reference: string;
let fault: DatabaseFault | null = null;
let applicant: ReturnType<typeof supertest.agent>;
let draft: string;

beforeAll(async () => {
  app = await openAdminApp({
    parts: { databaseFault: () => fault },
    doors: (services, parts) => [createPortal(services, { ...parts, assets: noAssets })],
  });
  room = await app.signIn("operation_room");
  clerk = await app.signIn("focal_point", "CSPD");
  ({ reference } = await app.office.receive());
  applicant = supertest.agent(app.server);
  const begun = await applicant.post("/en/apply").set(sameSite).type("form").send({ programme: "jordan" });
  draft = String(begun.headers.location).split("/")[3] as string;
  const name = new URL(app.office.database.url).pathname.slice(1);
  await app.office.asOwner(`alter role diwan in database ${name} set default_transaction_read_only = on`);
  // Sessions that are open know nothing of it.
  await app.office.asOwner(
    "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'diwan' and datname = current_database()",
  );
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(await app.office.rows("select current_setting('transaction_read_only') as is")).toEqual([{ is: "on" }]);
  // The next request notes that the session is used, which cannot be noted: that is nobody's business.
  app.setNow(new Date(sundayNine.getTime() + 60_000));
});
afterAll(() => app?.close());
afterEach(() => {
  fault = null;
  jest.restoreAllMocks();
});

describe("an official who is signed in", () => {
  it("sees every list and page as ever", async () => {
    const seen: string[] = [];
    for (const { id } of allResources) seen.push(`${id} ${(await room.list(id)).status}`);
    for (const { name } of allPages) seen.push(`${name} ${(await room.page(name)).status}`);
    expect(seen.filter((one) => / 5\d\d$/.test(one))).toEqual([]);
    expect(seen.filter((one) => / 200$/.test(one)).length).toBeGreaterThan(20);
    const shown = await clerk.show("cases", reference);
    expect(shown.status).toBe(200);
  });

  it("is told in both languages that an act cannot be stored, and when to try again", async () => {
    const take = { action: "take", fields: {}, expectedSeq: 1 };
    const acted = await clerk.act("cases", reference, "perform", take);
    expect([acted.status, acted.headers["retry-after"]]).toEqual([503, "30"]);
    expect(acted.body.problem).toMatchObject({ code: "unavailable", retryAfter: 30 });
    expect(acted.body.problem.detail.en).toContain(english);
    expect(acted.body.problem.detail.ar).toContain(arabic);
  });

  it("reads at the health page what is wrong and what to do", async () => {
    fault = "read-only";
    const { body } = await room.page("health");
    expect(body.checks.find((check: { id: string }) => check.id === "database")).toMatchObject({
      state: "late",
      words: { en: "the database does not accept changes (read-only)" },
      advice: { en: expect.stringContaining("DATABASE_URL"), ar: expect.stringContaining("DATABASE_URL") },
    });
    fault = "full";
    const full = (await room.page("health")).body.checks.find((check: { id: string }) => check.id === "database");
    expect(full.advice.en).toContain("Make room");
  });
});

describe("anybody who signs in", () => {
  it("is told in both languages that this cannot be stored now", async () => {
    const answer = await supertest(app.server)
      .post("/admin/login")
      .set(sameSite)
      .type("form")
      .send({ email: room.email, password });
    expect([answer.status, answer.headers["retry-after"]]).toEqual([503, "30"]);
    for (const words of [english, arabic]) expect(answer.text).toContain(words);
    expect(answer.text).not.toContain(password);
  });
});

describe("an applicant", () => {
  it("reads the pages, and what was typed is kept for later", async () => {
    expect((await applicant.get("/en").set("accept", "text/html")).status).toBe(200);
    const path = `/en/apply/${draft}/type`;
    expect((await applicant.get(path).set("accept", "text/html")).status).toBe(200);
    const posted = await applicant.post(path).set(sameSite).type("form").send({ type: "complaint" });
    expect([posted.status, posted.headers["retry-after"]]).toEqual([503, "30"]);
    for (const words of [english, arabic, "What you wrote is not lost"]) expect(posted.text).toContain(words);
    expect(posted.text).toContain('<input type="hidden" name="type" value="complaint">');
  });
});
