/**
 * A third language is files: with a folder of catalogues beside ours, pages, answers and commands speak it. Words that are neither of
 * the pseudo-language nor data have escaped the catalogues.
 */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { allPages } from "../../src/app/office/all-pages.js";
import { allResources } from "../../src/app/office/all-resources.js";
import { type AdminApp, openAdminApp } from "../support/admin-app.js";
import { runCommand } from "../support/command-line.js";
import { openPortalApp, type PortalApp } from "../support/portal-app.js";
import { answerAll, begin, keysIn } from "../support/portal-ways.js";
import { escapedFrom, pseudo, speakPseudo, textsOf } from "../support/pseudo-language.js";

let hush: () => void;
let portal: PortalApp;
let app: AdminApp;
beforeAll(async () => {
  hush = speakPseudo();
  portal = await openPortalApp();
  app = await openAdminApp();
});
afterAll(async () => {
  await portal?.close();
  await app?.close();
  hush();
});

/** What the test itself wrote. */
const typed = ["Nobody opened the hall.", "The hall was closed", "Rana Haddad", "rana@example.com"];
/** Numbers of requests are no words. */
const numbers = /\b[0-9a-f]{8,}(?:-[0-9a-f]+)*\b/g;
const escapedIn = (html: string) => escapedFrom(textsOf(html.replace(numbers, "")), typed);

describe("the applicant's pages", () => {
  it("speak it from the first page to the application that is followed", async () => {
    const who = portal.visitor();
    const pages: [string, string[]][] = [];
    const look = async (path: string) => {
      const { text, status } = await who.get(path);
      expect([path, status, /<html lang="(\w+)"/.exec(text)?.[1]]).toEqual([path, status, pseudo]);
      const escaped = escapedIn(text);
      if (escaped.length > 0) pages.push([path.replace(/\/[\w-]{16,}/, "/…"), escaped]);
      return text;
    };
    await look(`/${pseudo}`);
    await look(`/${pseudo}/follow`);
    await look(`/${pseudo}/nothing-here`);
    const id = await begin(who, pseudo);
    for (const page of await answerAll(who, id, {}, pseudo)) await look(`/${pseudo}/apply/${id}/${page}`);
    await look(`/${pseudo}/apply/${id}/check`);
    const sent = await who.post(`/${pseudo}/apply/${id}/check`);
    const { reference, code } = keysIn(await look(String(sent.headers.location)));
    const opened = await who.post(`/${pseudo}/follow`, { reference, code });
    await look(String(opened.headers.location));
    expect(pages).toEqual([]);
  });

  it("are reached by who prefers it, and offer the other languages by their names", async () => {
    const { headers } = await portal.visitor().agent.get("/").set("accept-language", `${pseudo},en;q=0.5`);
    expect(headers.location).toBe(`/${pseudo}`);
    const { text } = await portal.visitor().get(`/${pseudo}`);
    expect(text).toContain(">العربية</a>");
    expect(text).toContain(">English</a>");
  });
});

const ownSite = { "sec-fetch-site": "same-origin" };

describe("the pages around signing in", () => {
  it("speak it once it is chosen", async () => {
    const { agent } = app.visitor();
    const chosen = await agent
      .post("/admin/language")
      .set(ownSite)
      .type("form")
      .send({ language: pseudo, back: "/admin/login" });
    expect(chosen.status).toBe(303);
    for (const path of ["/admin/login", "/admin/forgot"]) {
      const { text } = await agent.get(path).set("accept", "text/html");
      expect([path, text.includes(`<html lang="${pseudo}"`), escapedIn(text)]).toEqual([path, true, []]);
    }
  });
});

describe("refusals of the API", () => {
  it("are written in it", async () => {
    const { body, headers } = await portal.visitor().agent.get("/api/v1/programmes").set("accept-language", pseudo);
    expect(headers["content-language"]).toBe(pseudo);
    expect(escapedFrom([body.title, body.detail])).toEqual([]);
  });
});

/** Words in both languages of the set-up that a third cannot be told in: their English. */
function escapedWords(value: unknown, found: string[] = []): string[] {
  if (typeof value !== "object" || value === null) return found;
  const { ar, en, [pseudo]: said } = value as Record<string, unknown>;
  // Files of words, which have an address a language.
  if (typeof ar === "string" && ar.startsWith("/admin/assets/")) return found;
  if (typeof ar === "string" && typeof en === "string") found.push(typeof said === "string" ? said : en);
  else for (const child of Object.values(value)) escapedWords(child, found);
  return found;
}

describe("the back office", () => {
  it("sends every word in it, for lists, pages and the navigation", async () => {
    const who = await app.signIn("operation_room");
    const found: [string, string[]][] = [];
    const addresses = [
      ...allResources.map(({ id }) => `/admin/api/resources/${id}/actions/list`),
      ...allPages.map(({ name }) => `/admin/api/pages/${name}`),
    ];
    for (const address of addresses) {
      const { body, status } = await who.get(address);
      if (status >= 300) continue;
      const escaped = escapedFrom(escapedWords(body), typed);
      if (escaped.length > 0) found.push([address, escaped]);
    }
    const { text } = await who.get("/admin");
    const boot = JSON.parse(/window\.DIWAN = (.*?);<\/script>/.exec(text)?.[1] ?? "null");
    expect(Object.keys(boot.languages)).toContain(pseudo);
    const office = JSON.parse(/id="office" type="application\/json">(.*?)<\/script>/.exec(text)?.[1] ?? "null");
    for (const [name, part] of Object.entries({ boot, office })) {
      const escaped = escapedFrom(escapedWords(part), typed);
      if (escaped.length > 0) found.push([name, escaped]);
    }
    expect(found).toEqual([]);
  });
});

describe("commands", () => {
  it("write it where it is asked for", async () => {
    const { reference } = await app.office.receive();
    const explained = await runCommand(app.services, ["explain", reference, "--lang", pseudo]);
    expect([explained.status, escapedFrom([explained.out], typed)]).toEqual([0, []]);
    expect((await runCommand(app.services, ["explain", reference, "--lang", "xx"])).errors).toContain(pseudo);
  });
});
