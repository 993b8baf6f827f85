/** Limits on how often, below `/admin`: told in the office's own manner, and one of many behind an address does not shut out the rest. */
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { defaultLimits } from "../../src/platform/http/rate-limits.js";
import { type AdminApp, openAdminApp, password, type Visitor } from "../support/admin-app.js";

const refusals = 12;
let app: AdminApp;
let focal: Visitor;
let room: Visitor;
beforeAll(async () => {
  app = await openAdminApp({ limits: { ...defaultLimits, refusalsPerAddress: refusals } });
  focal = await app.signIn("focal_point", "CSPD");
  room = await app.signIn("operation_room");
});
afterAll(() => app.close());

const nowhere = "/admin/api/pages/nowhere";

it("one who asks for what is not there is stopped, and nobody else behind the same address", async () => {
  const answers = [];
  for (let i = 0; i <= refusals; i++) answers.push((await focal.get(nowhere)).status);
  expect(answers).toEqual([...Array(refusals).fill(404), 429]);
  const stopped = await focal.get("/admin/api/pages/home");
  expect(stopped.status).toBe(429);
  expect(Number(stopped.headers["retry-after"])).toBeGreaterThan(0);
  expect(stopped.headers["cache-control"]).toBe("no-store");
  // What the screens read: both languages, and after how long to try again.
  expect(stopped.body.problem).toMatchObject({
    code: "too-many-requests",
    title: { en: expect.stringMatching(/[a-z]/), ar: expect.stringMatching(/[\u0600-\u06ff]/) },
    detail: { en: expect.stringMatching(/^Wait \d+ seconds/), ar: expect.stringMatching(/[\u0600-\u06ff]/) },
    retryAfter: Number(stopped.headers["retry-after"]),
  });
  expect((await room.page("home")).status).toBe(200);
  expect((await app.visitor().get("/admin/login")).status).toBe(200);
});

it("a page is told by a page, without script, in both languages", async () => {
  const page = await focal.agent.get("/admin");
  expect([page.status, page.type]).toEqual([429, "text/html"]);
  expect(page.text).toContain('<html lang="ar" dir="rtl">');
  expect(page.text).toMatch(/Wait \d+ seconds/);
  expect(page.headers["content-security-policy"]).toContain("script-src 'none'");
  expect(page.headers["x-frame-options"]).toBe("DENY");
});

it("a session that somebody made up counts as the address it comes from", async () => {
  const asked = (cookie: string) => app.visitor().agent.get(nowhere).set("cookie", cookie);
  for (let i = 0; i < refusals; i++) {
    expect((await asked(`diwan_session=s%3Aguess${i}.${"x".repeat(43)}`)).status).toBe(401);
  }
  expect((await asked("diwan_session=s%3Aanother.one")).status).toBe(429);
  expect((await app.visitor().get("/admin/login")).status).toBe(429);
  // Whoever is signed in works on behind that address.
  expect((await room.page("home")).status).toBe(200);
});

it("many sessions of one address have no more than ten times its measure, and signing in counts as the address", async () => {
  const crowd = await openAdminApp({ limits: { ...defaultLimits, refusalsPerAddress: 4 } });
  try {
    const person = await crowd.signIn("focal_point", "CSPD");
    const sessions: Visitor[] = [];
    for (let i = 0; i < 11; i++) sessions.push(await crowd.signInAs(person.email));
    const answers: number[] = [];
    for (const session of sessions) {
      for (let i = 0; i < 4; i++) answers.push((await session.get(nowhere)).status);
    }
    expect(answers.indexOf(429)).toBe(40);
  } finally {
    await crowd.close();
  }
  const door = await openAdminApp({ limits: { ...defaultLimits, refusalsPerAddress: 4 } });
  try {
    const { agent } = await door.signIn("focal_point", "CSPD");
    const wrong = () =>
      agent
        .post("/admin/login")
        .set("sec-fetch-site", "same-origin")
        .type("form")
        .send({ email: "x@example.jo", password: "no" });
    const seen = [];
    for (let i = 0; i < 5; i++) seen.push((await wrong()).status);
    expect(seen.at(-1)).toBe(429);
    // The session itself is not shut out by that.
    expect((await agent.get("/admin/api/pages/home")).status).toBe(200);
  } finally {
    await door.close();
  }
});

it("strangers who guess at an address do not shut out a device there at which somebody signed in before", async () => {
  const door = await openAdminApp({ limits: { ...defaultLimits, refusalsPerAddress: 4 } });
  try {
    const person = await door.signIn("focal_point", "CSPD");
    expect((await person.get("/admin")).status).toBe(200);
    const enter = ({ agent }: Visitor) =>
      agent
        .post("/admin/login")
        .set("sec-fetch-site", "same-origin")
        .type("form")
        .send({ email: person.email, password });
    const strangers = door.visitor();
    for (let i = 0; i < 4; i++) await strangers.agent.get("/admin/link/1.x");
    expect((await enter(strangers)).status).toBe(429);
    expect((await enter(door.visitor())).status).toBe(429);
    expect((await enter(person)).status).toBe(303);
  } finally {
    await door.close();
  }
});
