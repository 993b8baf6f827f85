/** The pages around signing in, over HTTP: cookies, sessions, redirects, refusals. */

import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { Secret, TOTP } from "otpauth";
import type supertest from "supertest";
import { byItselfHeader } from "../../src/engine/access/by-itself.js";
import { disableUser } from "../../src/features/people/user-store.js";
import { setupResource } from "../../src/features/setup/tables/setup-resources.js";
import { type AdminApp, openAdminApp, password } from "../support/admin-app.js";

import { programme, sundayNine } from "../support/working-office.js";

let app: AdminApp;
let email: string;
let counter = 0;
const by = { kind: "system", job: "test" } as const;
const later = (seconds: number) => new Date(sundayNine.getTime() + seconds * 1000);

beforeAll(async () => {
  app = await openAdminApp({ admin: { resources: [setupResource("sectors")], pages: [] } });
});
afterAll(() => app?.close());
beforeEach(async () => {
  app.setNow(sundayNine);
  counter += 1;
  email = `person-${counter}@example.jo`;
  await app.services.accounts.invite({
    email,
    name: `Person ${counter}`,
    language: "en",
    programme,
    by,
    now: sundayNine,
  });
  await app.givePassword(email);
});

type Agent = ReturnType<typeof supertest.agent>;
const submit = (agent: Agent, path: string, fields: Readonly<Record<string, string>>) =>
  agent.post(path).set("sec-fetch-site", "same-origin").type("form").send(fields);
const cookieOf = (answer: supertest.Response, name = "diwan_session") =>
  ((answer.headers["set-cookie"] ?? []) as unknown as string[]).find((cookie) => cookie.startsWith(`${name}=`)) ?? null;
const idOf = (answer: supertest.Response) => /diwan_session=([^;]+)/.exec(cookieOf(answer) ?? "")?.[1] ?? null;
const sessions = async () => (await app.office.rows("select count(*)::integer as n from sessions"))[0]?.n as number;

describe("the cookie of a session", () => {
  it("comes at sign-in and not before, and no script, other site or plain line gets it", async () => {
    const { agent } = app.visitor();
    const before = await sessions();
    for (const path of ["/admin", "/admin/login", "/admin/forgot", "/admin/api/pages/x"]) {
      expect(cookieOf(await agent.get(path))).toBeNull();
    }
    expect(cookieOf(await submit(agent, "/admin/login", { email, password: "wrong" }))).toBeNull();
    expect(await sessions()).toBe(before);
    const answer = await submit(agent, "/admin/login", { email, password });
    expect(answer.status).toBe(303);
    expect(cookieOf(answer)).toMatch(/; Path=\/admin; Expires=[^;]+; HttpOnly; SameSite=Lax$/);
    expect(await sessions()).toBe(before + 1);
  });

  it("lives on with each answer of the API, and that it was used is noted", async () => {
    const { agent } = app.visitor();
    const signedIn = await submit(agent, "/admin/login", { email, password });
    const sid = decodeURIComponent(idOf(signedIn) ?? "")
      .slice(2)
      .split(".")[0];
    await app.office.rows("update sessions set seen_at = $2 where sid = $1", sid, later(-300));
    const seen = async () => (await app.office.rows("select seen_at from sessions where sid = $1", sid))[0]?.seen_at;
    const answer = await agent.get("/admin/api/pages/account");
    // Found, though without a seat it is nobody's; whoever is not signed in reads 401.
    expect(answer.status).not.toBe(401);
    expect(cookieOf(answer)).toMatch(/; Path=\/admin; Expires=[^;]+; HttpOnly; SameSite=Lax$/);
    expect(idOf(answer)).toBe(idOf(signedIn));
    expect(await seen()).toEqual(sundayNine);
    // Neither is there one for whoever shows none, or one that is over.
    await app.office.rows("delete from sessions where sid = $1", sid);
    const over = await agent.get("/admin/api/pages/account");
    expect([over.status, cookieOf(over)]).toEqual([401, null]);
  });

  it("is replaced at sign-in: one that somebody planted stays worthless", async () => {
    const { agent } = app.visitor();
    const planted = idOf(await submit(agent, "/admin/login", { email, password }));
    await submit(agent, "/admin/logout", {});
    const { agent: victim } = app.visitor();
    const answer = await submit(victim.set("cookie", `diwan_session=${planted}`), "/admin/login", { email, password });
    const fresh = idOf(answer);
    expect(fresh).not.toBeNull();
    expect(fresh).not.toBe(planted);
    const { agent: attacker } = app.visitor();
    expect((await attacker.get("/admin").set("cookie", `diwan_session=${planted}`)).status).toBe(303);
    expect((await attacker.get("/admin").set("cookie", `diwan_session=${fresh}`)).status).toBe(200);
  });

  it("is replaced when somebody signs in over a live session, which then is gone", async () => {
    const { agent } = app.visitor();
    const first = idOf(await submit(agent, "/admin/login", { email, password }));
    const second = idOf(await submit(agent, "/admin/login", { email, password }));
    expect(second).not.toBe(first);
    const { agent: other } = app.visitor();
    expect((await other.get("/admin").set("cookie", `diwan_session=${first}`)).status).toBe(303);
  });

  it("cannot be made up", async () => {
    const { agent } = app.visitor();
    const id = decodeURIComponent(idOf(await submit(agent, "/admin/login", { email, password })) ?? "");
    const [sid] = id.slice(2).split(".");
    const { agent: other } = app.visitor();
    for (const made of [sid, `s:${sid}`, `s:${sid}.`, `s:${sid}.${"A".repeat(43)}`, "s:.", "%", "s:%00.x"]) {
      const answer = await other.get("/admin").set("cookie", `diwan_session=${encodeURIComponent(String(made))}`);
      expect(answer.status).toBe(303);
    }
  });
});

describe("a session", () => {
  const enter = async () => {
    const visitor = app.visitor();
    expect((await submit(visitor.agent, "/admin/login", { email, password })).headers.location).toBe("/admin");
    expect((await visitor.get("/admin")).status).toBe(200);
    return visitor;
  };

  it("ends with signing out, in the database, whatever a copied cookie says", async () => {
    const { agent } = app.visitor();
    const copy = idOf(await submit(agent, "/admin/login", { email, password }));
    expect((await agent.get("/admin/logout")).status).not.toBe(303);
    const before = await sessions();
    expect((await submit(agent, "/admin/logout", {})).headers.location).toBe("/admin/login?notice=out");
    expect(await sessions()).toBe(before - 1);
    const { agent: thief } = app.visitor();
    expect((await thief.get("/admin").set("cookie", `diwan_session=${copy}`)).headers.location).toBe("/admin/login");
    const told = async () =>
      (
        await app.office.rows(
          "select data from audit_events where type = 'account.signed-out' and data like $1",
          `%"${email}"%`,
        )
      ).length;
    expect(await told()).toBe(1);
    // Whoever is out already leaves no more lines.
    await submit(agent, "/admin/logout", {});
    expect(await told()).toBe(1);
  });

  it("ends after two hours without use, and after twelve in all", async () => {
    const idle = await enter();
    app.setNow(later(2 * 3600 - 60));
    expect((await idle.get("/admin")).status).toBe(200);
    app.setNow(later(4 * 3600 - 180));
    expect((await idle.get("/admin")).status).toBe(200);
    app.setNow(later(6 * 3600 - 180));
    expect((await idle.get("/admin")).status).toBe(303);
    app.setNow(sundayNine);
    const busy = await enter();
    for (let hour = 1; hour < 12; hour++) {
      app.setNow(later(hour * 3600));
      expect((await busy.get("/admin")).status).toBe(200);
    }
    app.setNow(later(12 * 3600 - 1));
    expect((await busy.get("/admin")).status).toBe(200);
    app.setNow(later(12 * 3600));
    expect((await busy.get("/admin")).status).toBe(303);
    expect((await busy.get("/admin/api/resources/sectors/actions/list")).status).toBe(401);
  });

  it("is not kept by what a screen sends by itself", async () => {
    const list = "/admin/api/pages/home";
    const alone = (visitor: Awaited<ReturnType<typeof enter>>) => visitor.agent.get(list).set(byItselfHeader, "1");
    app.setNow(sundayNine);
    const away = await enter();
    for (let n = 1; n < 8; n++) {
      app.setNow(later(n * 900));
      const answer = await alone(away);
      expect([answer.status === 401, answer.headers["set-cookie"]]).toEqual([false, undefined]);
    }
    app.setNow(later(2 * 3600 + 60));
    expect((await alone(away)).status).toBe(401);
    // Somebody who does something is there as long as they are.
    app.setNow(sundayNine);
    const there = await enter();
    for (let n = 1; n < 12; n++) {
      app.setNow(later(n * 900));
      expect((await there.get(list)).status).not.toBe(401);
    }
    // What pretends to be a timer lets nobody in and keeps nobody.
    expect((await app.visitor().agent.get(list).set(byItselfHeader, "1")).status).toBe(401);
    app.setNow(sundayNine);
  });

  it("is noted as used once in half a minute, and what one instance noted lets nobody in", async () => {
    const visitor = await enter();
    const [user] = await app.office.rows("select id from users where email = $1", email);
    const seen = async () =>
      (await app.office.rows("select seen_at from sessions where owner_id = $1", user?.id)).map(
        ({ seen_at }) => seen_at,
      );
    await visitor.get("/admin");
    const [first] = await seen();
    app.setNow(later(29));
    expect((await visitor.get("/admin")).status).toBe(200);
    expect(await seen()).toEqual([first]);
    app.setNow(later(31));
    expect((await visitor.get("/admin")).status).toBe(200);
    expect(await seen()).toEqual([later(31)]);
    await app.office.asOwner("delete from sessions where owner_id = $1", user?.id);
    expect((await visitor.get("/admin")).status).toBe(303);
    expect((await visitor.get("/admin/api/resources/sectors/actions/list")).status).toBe(401);
    expect(await seen()).toEqual([]);
  });

  it("is out at the next request when the account is disabled", async () => {
    const visitor = await enter();
    await disableUser(app.office.db, { email, by, now: sundayNine });
    expect((await visitor.get("/admin")).status).toBe(303);
  });

  it("that ended during a request is not written back by it", async () => {
    const visitor = await enter();
    const [user] = await app.office.rows("select id from users where email = $1", email);
    const reading = Array.from({ length: 10 }, () => visitor.get("/admin"));
    await disableUser(app.office.db, { email, by, now: sundayNine });
    await Promise.all(reading);
    expect(await app.office.rows("select 1 from sessions where owner_id = $1", user?.id)).toEqual([]);
  });
});

describe("signing in", () => {
  it("shows faults where they are, keeps the address that was typed and never the password", async () => {
    const { agent } = app.visitor();
    const wrong = await submit(agent, "/admin/login", { email: `${email}"><b>`, password: "my wrong password" });
    expect(wrong.status).toBe(401);
    expect(wrong.text).toContain(`value="${email}&quot;&gt;&lt;b&gt;"`);
    expect(wrong.text).not.toContain("my wrong password");
    expect(wrong.headers["cache-control"]).toBe("no-store");
    expect(wrong.headers["content-security-policy"]).not.toMatch(/unsafe|script/);
    const empty = await submit(agent, "/admin/login", { email: "", password: "" });
    expect(empty.status).toBe(422);
    expect(empty.text).toMatch(/id="email"[^>]*aria-invalid="true" aria-describedby="email-fault"/);
  });

  it("looks the same for a wrong password and for nobody", async () => {
    const page = async (to: string) => {
      const answer = await submit(app.visitor().agent, "/admin/login", { email: to, password: "wrong" });
      const headers = Object.keys(answer.headers).filter((name) => name !== "date");
      return [answer.status, headers, answer.text.replaceAll(to, "")];
    };
    expect(await page("nobody@example.jo")).toEqual(await page(email));
  });

  it("is refused after too many tries with a time to wait and the way in, which a link from the mailbox opens", async () => {
    const { agent } = app.visitor();
    const guess = async (count: number) => {
      const { agent: stranger } = app.visitor();
      for (let n = 0; n < count; n++) await submit(stranger, "/admin/login", { email, password: "wrong" });
    };
    await guess(10);
    const answer = await submit(agent, "/admin/login", { email, password });
    expect(answer.status).toBe(429);
    expect(Number(answer.headers["retry-after"])).toBeGreaterThan(0);
    expect(answer.text).toMatch(/href="\/admin\/forgot">طلب رابط<[\s\S]*غرفة العمليات/);
    await submit(agent, "/admin/language", { language: "en", back: "" });
    expect((await submit(agent, "/admin/login", { email, password })).text).toMatch(
      /href="\/admin\/forgot">Ask for a link<[\s\S]*ask the operation room/,
    );
    const { link } = await app.services.accounts.resetFor({ email, by, now: sundayNine });
    const fields = { password: "the chosen one", repeat: "the chosen one" };
    const set = await submit(agent, new URL(link ?? "").pathname, fields);
    expect(cookieOf(set, "diwan_device")).toMatch(/; Max-Age=15552000; Path=\/admin; .*HttpOnly; SameSite=Lax$/);
    await guess(11);
    const fresh = app.visitor().agent;
    expect((await submit(fresh, "/admin/login", { email, password: "the chosen one" })).status).toBe(429);
    expect((await submit(agent, "/admin/login", { email, password: "the chosen one" })).status).toBe(303);
    await app.office.rows("delete from sign_in_failures");
  });

  it("makes the browser known, not before it is whole; that outlives signing out and what ends the other sessions", async () => {
    const visitor = app.visitor();
    const { agent } = visitor;
    const device = async () => cookieOf(await visitor.get("/admin"), "diwan_device");
    expect(cookieOf(await submit(agent, "/admin/login", { email, password: "wrong" }), "diwan_device")).toBeNull();
    expect(await device()).toBeNull();
    const [user] = await app.office.rows("select id from users where email = $1", email);
    const { secondFactor } = app.services.accounts;
    const userId = user?.id as number;
    const { secret } = await secondFactor.begin({ userId, now: sundayNine });
    const totp = new TOTP({ secret: Secret.fromBase32(secret.replaceAll(" ", "")) });
    const confirmed = { userId, code: totp.generate(), sessionId: "", now: sundayNine };
    const [recovery] = await secondFactor.confirm(confirmed);
    expect(cookieOf(await submit(agent, "/admin/login", { email, password }), "diwan_device")).toBeNull();
    expect(await device()).toBeNull();
    expect((await submit(agent, "/admin/second-factor", { code: recovery as string })).status).toBe(303);
    const first = await device();
    expect(first).toMatch(/; Max-Age=15552000; Path=\/admin; .*HttpOnly; SameSite=Lax$/);
    expect(await device()).toBeNull();
    // The session goes on and its device stays known, by a new entry; a copy of the old one is a stranger's.
    const sid = (await app.office.rows("select sid from sessions where user_id = $1", userId))[0]?.sid as string;
    await app.services.accounts.sessions.endOthers({ userId, current: sid, now: sundayNine });
    const answer = await agent.get("/admin/api/pages/account");
    const second = cookieOf(answer, "diwan_device");
    expect([second === null, second?.split(";")[0] === first?.split(";")[0]]).toEqual([false, false]);
    await submit(agent, "/admin/logout", {});
    const { agent: stranger } = app.visitor();
    for (let n = 0; n < 11; n++) await submit(stranger, "/admin/login", { email, password: "wrong" });
    const copied = app.visitor().agent.set("cookie", String(first?.split(";")[0]));
    expect((await submit(copied, "/admin/login", { email, password })).status).toBe(429);
    const back = await submit(agent, "/admin/login", { email, password });
    expect([back.status, back.headers.location]).toEqual([303, "/admin/second-factor"]);
    await app.office.rows("delete from sign_in_failures");
  });

  it("goes back to the page that was asked for, and to no other place", async () => {
    const asked = await app.visitor().get("/admin/resources/sectors?page=2");
    expect(asked.headers.location).toBe("/admin/login?next=%2Fadmin%2Fresources%2Fsectors%3Fpage%3D2");
    const { agent } = app.visitor();
    expect((await agent.get(asked.headers.location as string)).text).toContain(
      'value="/admin/resources/sectors?page&#x3D;2"',
    );
    const places: Readonly<Record<string, string>> = {
      "/admin/resources/sectors?page=2#x": "/admin/resources/sectors?page=2#x",
      "https://evil.example/admin": "/admin",
      "//evil.example/admin": "/admin",
      "/\\evil.example/admin": "/admin",
      "/admin/../..//evil.example": "/admin",
      "/admin\\@evil.example": "/admin",
      "/admin@evil.example": "/admin",
      "/admin/..//evil.example": "/admin",
      "/\t/evil.example": "/admin",
      "/admin\r\nx-evil: 1": "/admin",
      "javascript:alert(1)": "/admin",
      "/administrator": "/admin",
      "/api/openapi.json": "/admin",
      "/admin/login": "/admin",
      "/admin/logout": "/admin",
      "/admin/link/1.x": "/admin",
    };
    for (const [next, place] of Object.entries(places)) {
      const answer = await submit(app.visitor().agent, "/admin/login", { email, password, next });
      expect([next, answer.status, answer.headers.location]).toEqual([next, 303, place]);
      const page = await app.visitor().agent.get("/admin/login").query({ next });
      expect([next, page.text.includes(`value="${place.replaceAll("=", "&#x3D;")}"`)]).toEqual([next, true]);
    }
  });

  it("takes forms of our own pages only, small ones, and no files", async () => {
    const { agent } = app.visitor();
    const send = (headers: Record<string, string>, body: string) => agent.post("/admin/login").set(headers).send(body);
    const own = { "sec-fetch-site": "same-origin" };
    const form = { ...own, "content-type": "application/x-www-form-urlencoded" };
    const good = new URLSearchParams({ email, password }).toString();
    expect((await send({ ...form, "sec-fetch-site": "cross-site" }, good)).status).toBe(403);
    expect((await send({ "content-type": form["content-type"] }, good)).status).toBe(403);
    expect((await send({ ...form, origin: "https://evil.example", "sec-fetch-site": "same-site" }, good)).status).toBe(
      403,
    );
    expect(
      (await send({ ...own, "content-type": "application/json" }, JSON.stringify({ email, password }))).status,
    ).toBe(415);
    expect((await send({ ...own, "content-type": "multipart/form-data; boundary=x" }, "--x--")).status).toBe(415);
    const large = await send(form, `${good}&x=${"y".repeat(9000)}`);
    expect([large.status, large.text]).toEqual([413, expect.stringContaining("At most 8 kilobytes are allowed here.")]);
    expect((await send(form, `${good}&${"x&".repeat(50)}`)).status).toBe(400);
    for (const odd of [
      "email=%00&password=x",
      "email[]=a&password=b",
      "email=a&email=b&password=c",
      "%",
      "__proto__=1&password=%ff",
    ]) {
      const answer = await send(form, odd);
      expect([odd, answer.status < 500 && answer.status >= 400]).toEqual([odd, true]);
    }
    expect((await send(form, good)).status).toBe(303);
  });

  it("speaks both languages, and the switch comes back to the page", async () => {
    const { agent } = app.visitor();
    const arabic = await agent.get("/admin/login");
    expect(arabic.text).toMatch(/<html lang="ar" dir="rtl">[\s\S]*<h1>تسجيل الدخول<\/h1>/);
    expect(arabic.text).not.toMatch(/<script|style=|https?:\/\//);
    const switched = await submit(agent, "/admin/language", { language: "en", back: "/admin/login?next=%2Fadmin%2Fx" });
    expect(switched.headers.location).toBe("/admin/login?next=%2Fadmin%2Fx");
    expect(cookieOf(switched, "diwan_language")).toMatch(/^diwan_language=en; Max-Age=31536000; Path=\/;/);
    expect((await agent.get("/admin/login")).text).toMatch(/<html lang="en" dir="ltr">[\s\S]*<h1>Sign in<\/h1>/);
    expect((await submit(agent, "/admin/language", { language: "en", back: "//evil.example" })).headers.location).toBe(
      "/admin/login",
    );
  });
});

describe("a link", () => {
  const link = async () => {
    const handed = await app.services.accounts.resetFor({ email, by, now: sundayNine });
    return new URL(handed.link ?? "").pathname;
  };

  it("shows its form, uses it once, and ends whoever was signed in", async () => {
    const path = await link();
    const { agent } = app.visitor();
    await submit(agent, "/admin/login", { email, password });
    expect((await agent.get(path)).text).toContain('autocomplete="new-password"');
    expect((await agent.get(path)).status).toBe(200);
    const differs = await submit(agent, path, { password: "the chosen one", repeat: "another one" });
    expect([differs.status, differs.text.includes("the chosen one")]).toEqual([422, false]);
    expect((await submit(agent, path, { password: "short", repeat: "short" })).status).toBe(422);
    // Both things that are wrong are named at once.
    const both = await submit(agent, path, { password: "short", repeat: "other" });
    expect([both.text.includes('id="password-fault"'), both.text.includes('id="repeat-fault"')]).toEqual([true, true]);
    const done = await submit(agent, path, { password: "the chosen one", repeat: "the chosen one" });
    expect(done.headers.location).toBe("/admin/login?notice=set");
    expect((await agent.get("/admin")).status).toBe(303);
    for (const answer of [await agent.get(path), await submit(agent, path, { password, repeat: password })]) {
      expect([answer.status, /رابط جديد/.test(answer.text)]).toEqual([404, true]);
    }
    expect((await submit(agent, "/admin/login", { email, password: "the chosen one" })).headers.location).toBe(
      "/admin",
    );
  });

  it("that is nonsense is 404 and nothing else", async () => {
    const { agent } = app.visitor();
    for (const token of ["x", "1.%00", "%F0%9F%98%80", `1.${"a".repeat(43)}`, `${"9".repeat(300)}.a`, "..%2f.."]) {
      const answer = await agent.get(`/admin/link/${token}`);
      expect([token, answer.status]).toEqual([token, 404]);
    }
  });

  it("is asked for with the same page for anybody", async () => {
    const ask = async (to: string) => (await submit(app.visitor().agent, "/admin/forgot", { email: to })).text;
    expect(await ask("nobody-at-all@example.jo")).toBe(await ask(email));
    expect((await submit(app.visitor().agent, "/admin/forgot", { email: "no address" })).status).toBe(422);
    const stranger = async (n: number) =>
      (await submit(app.visitor().agent, "/admin/forgot", { email: `nobody-${n}@example.jo` })).status;
    await Promise.all(Array.from({ length: 20 }, (_, n) => stranger(n)));
    const stopped = await submit(app.visitor().agent, "/admin/forgot", { email });
    expect([stopped.status, stopped.text.includes("فاطلب الرابط من غرفة العمليات")]).toEqual([429, true]);
    await app.office.rows("delete from sign_in_failures");
  });
});
