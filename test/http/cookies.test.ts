/** What our cookies are called and how browsers keep them, over TLS and without. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { Router } from "express";
import supertest from "supertest";
import { createPortal } from "../../src/features/portal/create-portal.js";
import { setupResource } from "../../src/features/setup/tables/setup-resources.js";
import { cookiesOf } from "../../src/platform/http/cookies.js";
import { type AdminApp, openAdminApp, password } from "../support/admin-app.js";
import { programme, sundayNine } from "../support/working-office.js";

const by = { kind: "system", job: "test" } as const;
const look = { style: "/assets/portal.0.css", icon: "/assets/icon.0.svg", preload: [] };
let app: AdminApp;

/** A browser at a server that knows of no TLS: what it was given, by name, and sent back whole. */
function browser() {
  const jar = new Map<string, string>();
  const given: string[] = [];
  async function send(asked: supertest.Test): Promise<supertest.Response> {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await asked.set("sec-fetch-site", "same-origin").set("cookie", cookie);
    for (const set of (answer.headers["set-cookie"] ?? []) as unknown as string[]) {
      given.push(set);
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      if (value === "") jar.delete(name);
      else jar.set(name, value);
    }
    return answer;
  }
  return {
    jar,
    given,
    get: (path: string) => send(supertest(app.server).get(path)),
    post: (path: string, fields: Record<string, string>) =>
      send(supertest(app.server).post(path).type("form").send(fields)),
  };
}

describe.each([
  ["https://diwan.example.jo/", true],
  ["http://diwan.example.jo/", false],
])("at %s", (publicUrl, secure) => {
  const email = "somebody@example.jo";
  beforeAll(async () => {
    app = await openAdminApp({
      publicUrl,
      admin: { resources: [setupResource("sectors")], pages: [] },
      doors: (services, parts) => [
        createPortal(services, { ...parts, assets: { lookOf: () => look, router: Router() } }),
      ],
    });
    await app.services.accounts.invite({ email, name: "Somebody", language: "en", programme, by, now: sundayNine });
    await app.givePassword(email);
  });
  afterAll(() => app?.close());
  const named = (name: string) => (secure ? `__Host-${name}` : name);

  it("each of our cookies has its name, its path and its flags, whatever the socket is, and serves", async () => {
    const { jar, given, get, post } = browser();
    expect((await post("/admin/login", { email, password })).headers.location).toBe("/admin");
    expect((await get("/admin")).status).toBe(200);
    expect((await get("/admin/api/pages/account")).status).not.toBe(401);
    await post("/admin/language", { language: "en", back: "/admin" });
    expect((await get("/admin")).text).toMatch(/<html lang="en"/);
    expect((await get("/admin")).text).toContain(
      `"languageCookie":{"name":"${named("diwan_language")}","secure":${secure}}`,
    );
    const begun = await post("/en/apply", { programme });
    expect(begun.status).toBe(303);
    expect((await get(begun.headers.location as string)).status).toBe(200);

    expect([...jar.keys()].sort()).toEqual(
      ["diwan_device", "diwan_draft", "diwan_language", "diwan_session"].map(named).sort(),
    );
    for (const cookie of given) {
      const path = /(session|device)=/.test(cookie) && !secure ? "/admin" : "/";
      const script = /language=/.test(cookie);
      expect([
        cookie,
        cookie.includes(`; Path=${path}; `),
        /; Secure/.test(cookie),
        /; HttpOnly/.test(cookie),
        /; SameSite=Lax/.test(cookie),
        /Domain/i.test(cookie),
      ]).toEqual([cookie, true, secure, !script, true, false]);
    }
    await post("/admin/logout", {});
    expect(jar.has(named("diwan_session"))).toBe(false);
    expect((await get("/admin")).status).toBe(303);
    expect(jar.has(named("diwan_device"))).toBe(true);
  });

  it("a case is followed by one of its own, and only so many at once", async () => {
    const { jar, given, get, post } = browser();
    let later = 0;
    const follow = async () => {
      const sent = await app.office.receive({});
      later += 1000;
      app.setNow(new Date(sundayNine.getTime() + later));
      const { reference, code } = sent;
      expect((await post("/en/follow", { reference, code })).status).toBe(303);
      return reference;
    };
    const reference = await follow();
    const name = named(`diwan_case_${reference.replaceAll("-", "")}`);
    expect([...jar.keys()]).toEqual([name]);
    expect(given.at(-1)).toMatch(
      secure ? /; Path=\/; HttpOnly; Secure; SameSite=Lax$/ : /; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    expect((await get(`/en/follow/${reference}`)).status).toBe(200);
    for (let n = 0; n < 8; n++) await follow();
    expect(jar.size).toBe(8);
    expect(jar.has(name)).toBe(false);
  });

  it("what a neighbouring host could plant, or is left of before, is not read", async () => {
    if (!secure) return;
    const { jar, get, post } = browser();
    await post("/admin/login", { email, password });
    const session = jar.get(named("diwan_session")) as string;
    jar.clear();
    jar.set("diwan_session", session);
    jar.set("diwan_language", "en");
    expect((await get("/admin")).status).toBe(303);
    expect((await get("/admin/login")).text).toMatch(/<html lang="ar"/);
  });
});

it("only PUBLIC_URL decides", () => {
  expect(cookiesOf("https://diwan.example.jo").session.name).toBe("__Host-diwan_session");
  expect(cookiesOf("http://127.0.0.1:3000/").session).toEqual({
    name: "diwan_session",
    options: { path: "/admin", httpOnly: true, sameSite: "lax", secure: false },
  });
});
