/** What applicants meet when something is away or too much, and that what they typed is not lost; and a second programme. */
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { seed } from "../../src/features/config-files/seed.js";
import { openPortalApp, type PortalApp } from "../support/portal-app.js";
import { answerAll, begin, followed, keysIn, sameOrigin } from "../support/portal-ways.js";
import { sundayNine } from "../support/working-office.js";

let app: PortalApp;
beforeAll(async () => {
  app = await openPortalApp();
});
afterAll(() => app.close());
afterEach(() => {
  jest.restoreAllMocks();
});

/** As Sequelize says it when PostgreSQL does not answer. */
const away = Object.assign(new Error("connect ECONNREFUSED"), { name: "SequelizeConnectionRefusedError" });
const hidden = (html: string) =>
  Object.fromEntries(
    [...html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)].map(([, name, value]) => [name, value]),
  );

describe("with the database away", () => {
  it("a page says so in both languages, and the form is sent again by a button with what was typed", async () => {
    const who = app.visitor();
    const id = await begin(who);
    const path = `/en/apply/${id}/description`;
    jest.spyOn(app.services.publicPages.drafts, "open").mockRejectedValue(away);
    const seen = await who.get(path);
    expect([seen.status, seen.headers["retry-after"]]).toEqual([503, "5"]);
    expect(seen.text).toContain("Sorry, the service is unavailable");
    expect(seen.text).toContain("نعتذر، الخدمة غير متاحة مؤقتًا");
    expect(seen.text).not.toContain("What you wrote is not lost");
    const typed = "Half <b>a</b> page";
    const posted = await who.post(path, { description: typed, go: "on" });
    expect(posted.status).toBe(503);
    expect(posted.text).toContain(`<form method="post" action="${path}">`);
    expect(hidden(posted.text)).toEqual({ description: "Half &lt;b&gt;a&lt;/b&gt; page", go: "on" });
    jest.restoreAllMocks();
    expect((await who.post(path, { description: typed, go: "on" })).status).toBe(303);
    expect((await who.get(path)).text).toContain("Half &lt;b&gt;a&lt;/b&gt; page</textarea>");
  });

  it("the text of a form with files is kept too; what no page of ours sent is repeated nowhere", async () => {
    const sent = await app.office.receive();
    const who = await followed(app, sent);
    const path = `/ar/follow/${sent.reference}/do/add_information`;
    jest.spyOn(app.services.cases, "followPage").mockRejectedValue(away);
    const form = who.agent.post(path).set(sameOrigin).field("reply", "نص طويل");
    const posted = await form.attach("file", Buffer.from("a file"), "a.txt");
    expect(posted.status).toBe(503);
    expect(hidden(posted.text)).toEqual({ reply: "نص طويل" });
    const foreign = await who.agent
      .post(path)
      .set({ "sec-fetch-site": "cross-site", accept: "text/html" })
      .type("form")
      .send({ reply: "forged" });
    expect(foreign.status).toBe(403);
    expect(foreign.text).not.toContain("forged");
  });
});

describe("the limit of sending", () => {
  it("says how long to wait, and keeps the application for then", async () => {
    const who = app.visitor();
    const id = await begin(who);
    await answerAll(who, id, { description: { description: "Kept over the limit" } });
    // Everybody behind this address has sent a lot.
    const other = app.visitor();
    const before = await begin(other);
    await answerAll(other, before);
    await other.post(`/en/apply/${before}/check`);
    await app.office.asOwner("update sign_in_failures set tries = 100000");
    const over = await who.post(`/en/apply/${id}/check`, { go: "on" });
    expect(over.status).toBe(429);
    expect(Number(over.headers["retry-after"])).toBeGreaterThan(0);
    expect(over.text).toContain("Too many attempts. Wait");
    expect(over.text).toContain("What you wrote is not lost");
    expect(over.text).toContain(`action="/en/apply/${id}/check"`);
    expect((await who.get(`/en/apply/${id}/check`)).text).toContain("Kept over the limit");
    app.setNow(new Date(sundayNine.getTime() + 16 * 60_000));
    try {
      const sent = await who.post(`/en/apply/${id}/check`, { go: "on" });
      expect(sent.headers.location).toBe(`/en/apply/${id}/sent`);
    } finally {
      await app.office.asOwner("delete from sign_in_failures");
      app.setNow(sundayNine);
    }
  });
});

describe("what was kept too long", () => {
  it("is told in the other language too without losing what was sent just now", async () => {
    const who = app.visitor();
    const gone = "/en/apply/AAAAAAAAAAAAAAAA/description";
    const expired = await who.post(gone, { description: "A long text" });
    expect(expired.status).toBe(404);
    expect(expired.text).toContain(`formaction="/ar/apply/AAAAAAAAAAAAAAAA/description"`);
    const turned = await who.post(gone.replace("/en/", "/ar/"), { description: "A long text", go: "show" });
    expect(turned.text).toContain('name="description" value="A long text"');
    expect(turned.text).toContain('lang="ar"');
  });
});

describe("a second programme", () => {
  beforeAll(async () => {
    await seed(app.office.db, { now: sundayNine, programmes: ["boston311"] });
    await app.office.asOwner(
      `update programmes set settings = settings || '{"publicPages": true}' where code = 'boston311'`,
    );
  });

  it("stands beside the first, asks its own questions and answers under its own name", async () => {
    const who = app.visitor();
    const start = (await who.get("/en")).text;
    expect(
      [...start.matchAll(/<input type="hidden" name="programme" value="([^"]+)">/g)].map(([, code]) => code),
    ).toEqual(["jordan", "boston311"]);
    // One heading a page, and one a programme below it.
    expect(start.match(/<h1/g)).toHaveLength(1);
    const id = await begin(who, "en", "boston311");
    const page = (await who.get(`/en/apply/${id}/type`)).text;
    expect(page).toContain('<span class="site-name">Boston 311</span>');
    expect(page).toContain("Pick up Dead Animal");
    expect(page).not.toContain("Complaint");
    const type = /name="type" type="radio" value="([^"]+)"|type="radio" value="([^"]+)"/
      .exec(page)
      ?.slice(1)
      .find(Boolean);
    const pages = await answerAll(who, id, {
      type: { type: String(type) },
      sector: { sector: "-" },
      details: {},
      files: {},
    });
    for (const absent of ["service", "match"]) expect(pages).not.toContain(absent);
    await who.post(`/en/apply/${id}/check`);
    const { reference, code } = keysIn((await who.get(`/en/apply/${id}/sent`)).text);
    const row = await app.office.rows("select programme from cases where reference = $1", reference);
    expect(row).toEqual([{ programme: "boston311" }]);
    const later = await followed(app, { reference, code });
    expect((await later.get(`/en/follow/${reference}`)).text).toContain('<span class="site-name">Boston 311</span>');
    // Its types are not the first one's.
    const other = await begin(who);
    expect((await who.post(`/en/apply/${other}/type`, { type: String(type) })).status).toBe(422);
  });
});
