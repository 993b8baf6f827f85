/** The frame of the applicant's pages: the first page, both languages, and what is refused. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { openPortalApp, type PortalApp } from "../support/portal-app.js";
import { answerAll, begin, sameOrigin } from "../support/portal-ways.js";
import { sundayNine } from "../support/working-office.js";

let app: PortalApp;
beforeAll(async () => {
  app = await openPortalApp();
});
afterAll(() => app.close());

describe("the first page", () => {
  it("comes in the language that the browser prefers, in Arabic where it names neither", async () => {
    const asked = async (header: string) =>
      (await app.visitor().agent.get("/").set("accept-language", header)).headers.location;
    expect(await asked("en-GB,en;q=0.9")).toBe("/en");
    expect(await asked("de")).toBe("/ar");
    expect(await asked("ar-JO,en;q=0.4")).toBe("/ar");
  });

  it("has no script, sets no cookie, is kept nowhere, and leads staff to their door", async () => {
    const { text, headers, status } = await app.visitor().get("/ar");
    expect(status).toBe(200);
    expect(text).not.toMatch(/<script|style=|onclick/i);
    expect(headers["set-cookie"]).toBeUndefined();
    expect(headers["cache-control"]).toBe("no-store");
    expect(headers["content-security-policy"]).not.toContain("script");
    expect(headers["content-security-policy"]).toContain("default-src 'none'");
    expect(text).toContain('href="/admin"');
    expect(text).toContain('lang="ar" dir="rtl"');
  });

  it("says that pages are closed where the programme is set so, and takes nothing then", async () => {
    const { setupEditor } = app.services;
    const by = app.office.official("operation_room");
    const place = { programme: "jordan", table: "programmes", code: "jordan", by, now: sundayNine } as const;
    const who = app.visitor();
    const id = await begin(who);
    await answerAll(who, id);
    await setupEditor.update({ ...place, values: { publicPages: false }, before: { publicPages: true } });
    try {
      expect((await app.visitor().get("/en")).text).toContain("You cannot send anything here at the moment");
      expect((await app.visitor().post("/en/apply", { programme: "jordan" })).status).toBe(404);
      expect((await who.post(`/en/apply/${id}/check`)).status).toBe(404);
      expect((await app.office.rows("select 1 from cases where programme = 'jordan'")).length).toBe(0);
    } finally {
      await setupEditor.update({ ...place, values: { publicPages: true }, before: { publicPages: false } });
    }
    expect((await who.post(`/en/apply/${id}/check`)).status).toBe(303);
  });
});

describe("the name of the service", () => {
  it("is the programme's on every page, also on those that belong to no application", async () => {
    const fresh = await openPortalApp();
    try {
      const site = (html: string) => /<span class="site-name">([^<]+)</.exec(html)?.[1];
      const title = (html: string) => /<title>([^<]+)</.exec(html)?.[1];
      const who = fresh.visitor();
      // The very first page that anybody asks for.
      expect(site((await who.get("/ar/nowhere")).text)).toBe("بخدمتكم");
      const id = await begin(who, "ar");
      for (const path of ["/ar", "/ar/follow", "/ar/follow/482-739-1652", `/ar/apply/${id}/type`, "/ar/apply/x/type"]) {
        const { text } = await who.get(path);
        expect([path, site(text)]).toEqual([path, "بخدمتكم"]);
        expect(title(text)).not.toContain("ديوان");
      }
      expect(title((await who.get("/en")).text)).toBe("Contact a government entity – At your service");
    } finally {
      await fresh.close();
    }
  });
});

describe("refusals", () => {
  it("are pages in the portal's look in both languages, and JSON for programs", async () => {
    const page = await app.visitor().get("/en/nothing");
    expect([page.status, page.type]).toEqual([404, "text/html"]);
    expect(page.text).toContain("Page not found");
    expect(page.text).toContain("الصفحة غير موجودة");
    const mistyped = await app.visitor().agent.get("/arr").set("accept", "text/html");
    expect([mistyped.status, mistyped.type]).toEqual([404, "text/html"]);
    const program = await app.visitor().agent.get("/nothing").set("accept", "application/json");
    expect(program.type).toBe("application/problem+json");
  });

  it("meet whatever our pages did not send, what is too large and what is no form", async () => {
    const who = app.visitor();
    const id = await begin(who);
    const path = `/en/apply/${id}/description`;
    const foreign = { "sec-fetch-site": "cross-site", accept: "text/html" };
    expect((await who.agent.post(path).set(foreign).type("form").send({ subject: "x" })).status).toBe(403);
    expect((await who.agent.post(path).set({ accept: "text/html" }).type("form").send({ subject: "x" })).status).toBe(
      403,
    );
    expect((await who.post(path, { subject: "x", description: "y".repeat(300_000) })).status).toBe(413);
    expect((await who.agent.post(path).set(sameOrigin).type("json").send("{}")).status).toBe(415);
    const broken = { ...sameOrigin, "content-type": "multipart/form-data; boundary=x" };
    expect((await who.agent.post(`/en/apply/${id}/files`).set(broken).send("--x\r\nnothing")).status).toBe(400);
    expect((await who.agent.put(path).set(sameOrigin)).status).toBe(404);
  });
});
