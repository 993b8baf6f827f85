/** The second step of signing in, over HTTP. */
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, expect, it } from "@jest/globals";
import { Secret, TOTP } from "otpauth";
import type supertest from "supertest";
import { rolesGranted } from "../../src/engine/access/permissions.js";
import { setupResource } from "../../src/features/setup/tables/setup-resources.js";
import { type AdminApp, openAdminApp, password } from "../support/admin-app.js";

import { programme, sundayNine } from "../support/working-office.js";

let app: AdminApp;
let email: string;
let userId: number;
let counter = 0;
const by = { kind: "system", job: "test" } as const;

beforeAll(async () => {
  app = await openAdminApp({ admin: { resources: [setupResource("sectors")], pages: [] } });
});
afterAll(() => app?.close());
beforeEach(async () => {
  // A test that begins at the end of a half minute would see its codes grow old between two lines.
  const left = 30_000 - (Date.now() % 30_000);
  if (left < 3000) await sleep(left);
  app.setNow(sundayNine);
  counter += 1;
  email = `person-${counter}@example.jo`;
  const asked = { email, name: `Person ${counter}`, language: "en", programme, by, now: sundayNine } as const;
  ({ userId } = await app.services.accounts.invite(asked));
  await app.givePassword(email);
});

type Agent = ReturnType<typeof supertest.agent>;
const submit = (agent: Agent, path: string, fields: Readonly<Record<string, string>>) =>
  agent.post(path).set("sec-fetch-site", "same-origin").type("form").send(fields);
const sessionOf = (answer: supertest.Response) =>
  /diwan_session=([^;]+)/.exec(String(answer.headers["set-cookie"] ?? ""))?.[1] ?? null;
const codeOf = (secret: string, steps = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret.replaceAll(" ", "")) }).generate({
    timestamp: Date.now() + steps * 30_000,
  });
/** Puts a second factor into use. */
async function enrol(): Promise<{ secret: string; codes: readonly string[] }> {
  const { secondFactor } = app.services.accounts;
  const { secret } = await secondFactor.begin({ userId, now: sundayNine });
  const code = codeOf(secret, -1);
  return { secret, codes: await secondFactor.confirm({ userId, code, sessionId: "", now: sundayNine }) };
}
const demand = (roles: readonly string[]) =>
  app.office.rows(
    "update programmes set settings = settings || jsonb_build_object('secondFactor', $2::jsonb) where code = $1",
    programme,
    JSON.stringify(roles),
  );

it("a password alone opens nothing; with a code the session has a new id and goes where it was asked to", async () => {
  const { secret } = await enrol();
  const { agent } = app.visitor();
  const first = await submit(agent, "/admin/login", { email, password, next: "/admin/resources/sectors" });
  expect(first.headers.location).toBe("/admin/second-factor?next=%2Fadmin%2Fresources%2Fsectors");
  expect((await agent.get("/admin")).headers.location).toBe("/admin/login");
  expect((await agent.get("/admin/api/resources/sectors/actions/list")).status).toBe(401);
  expect((await agent.get(first.headers.location as string)).text).toContain('autocomplete="one-time-code"');
  const wrong = await submit(agent, "/admin/second-factor", { code: "000000" });
  expect([wrong.status, /id="code-fault"/.test(wrong.text), wrong.text.includes('value="000000"')]).toEqual([
    422,
    true,
    false,
  ]);
  const fields = { code: codeOf(secret), next: "/admin/resources/sectors" };
  const done = await submit(agent, "/admin/second-factor", fields);
  expect([done.status, done.headers.location]).toEqual([303, "/admin/resources/sectors"]);
  expect(sessionOf(done)).not.toBe(sessionOf(first));
  expect((await agent.get("/admin")).status).toBe(200);
  // The same code again, by somebody who looked over the shoulder and knows the password.
  const { agent: thief } = app.visitor();
  await submit(thief, "/admin/login", { email, password });
  expect((await submit(thief, "/admin/second-factor", fields)).status).toBe(422);
  // A half-open session cannot put another factor in place.
  expect((await thief.get("/admin/enrol-second-factor")).headers.location).toBe("/admin/second-factor");
  expect((await submit(thief, "/admin/enrol-second-factor", { code: codeOf(secret, 1) })).headers.location).toBe(
    "/admin/second-factor",
  );
});

it("a recovery code opens in place of the telephone, once", async () => {
  const { codes } = await enrol();
  for (const status of [303, 422]) {
    const { agent } = app.visitor();
    await submit(agent, "/admin/login", { email, password });
    expect((await submit(agent, "/admin/second-factor", { code: codes[0] as string })).status).toBe(status);
  }
});

it("is owed within ten minutes, and nobody comes to it without a password", async () => {
  const { secret } = await enrol();
  const { agent } = app.visitor();
  for (const path of ["/admin/second-factor", "/admin/enrol-second-factor"]) {
    expect((await agent.get(path)).headers.location).toBe("/admin/login?notice=late");
    expect((await submit(agent, path, { code: codeOf(secret) })).headers.location).toBe("/admin/login?notice=late");
  }
  await submit(agent, "/admin/login", { email, password });
  app.setNow(new Date(sundayNine.getTime() + 601_000));
  const late = await submit(agent, "/admin/second-factor", { code: codeOf(secret), next: "/admin/x" });
  expect(late.headers.location).toBe("/admin/login?next=%2Fadmin%2Fx&notice=late");
});

it("where a role demands it, the first sign-in sets it up and shows recovery codes once", async () => {
  const seat = `OR-${counter}`;
  await app.office.rows(
    "insert into seats (programme, code, role, title_ar, title_en) values ($1, $2, 'operation_room', 'أ', 'A')",
    programme,
    seat,
  );
  await app.services.people.takeSeat({ programme, seat, email, from: sundayNine, to: null, by, now: sundayNine });
  // One that the password alone had opened, before the second step was demanded.
  const { agent: elsewhere } = app.visitor();
  await submit(elsewhere, "/admin/login", { email, password });
  expect((await elsewhere.get("/admin")).status).toBe(200);
  await demand(["operation_room"]);
  const { agent } = app.visitor();
  expect((await submit(agent, "/admin/login", { email, password })).headers.location).toBe(
    "/admin/enrol-second-factor",
  );
  expect((await agent.get("/admin")).status).toBe(303);
  const shown = async () => {
    const { text } = await agent.get("/admin/enrol-second-factor");
    expect(text).toMatch(/<svg[\s\S]*<\/svg>/);
    return /<code[^>]*>([A-Z2-7 ]+)<\/code>/.exec(text)?.[1] as string;
  };
  const earlier = await shown();
  const secret = await shown();
  expect(secret).not.toBe(earlier);
  const wrong = await submit(agent, "/admin/enrol-second-factor", { code: codeOf(earlier) });
  expect([wrong.status, wrong.text.includes(secret)]).toEqual([422, true]);
  const done = await submit(agent, "/admin/enrol-second-factor", { code: codeOf(secret), next: "/admin/x?a=1" });
  expect(done.status).toBe(200);
  expect(done.text.match(/<code>[A-Z2-7-]{19}<\/code>/g)).toHaveLength(10);
  expect(done.text).toContain('href="/admin/x?a&#x3D;1"');
  expect((await agent.get("/admin")).status).toBe(200);
  expect(
    (
      await app.office.rows("select data from audit_events where type = 'account.signed-in' order by seq desc limit 1")
    )[0]?.data,
  ).toContain('"secondFactor":true');
  await demand([]);
  expect((await elsewhere.get("/admin")).status).toBe(303);
  expect((await agent.get("/admin")).status).toBe(200);
});

it("the first administrator of a new installation comes in by setting it up", async () => {
  const first = `first-${counter}@example.jo`;
  await demand([...rolesGranted("personal.read")]);
  await app.services.people.createAdministrator({
    ...{ email: first, name: "First", password, programme, by, now: sundayNine },
  });
  const { agent } = app.visitor();
  const enrolment = "/admin/enrol-second-factor";
  expect((await submit(agent, "/admin/login", { email: first, password })).headers.location).toBe(enrolment);
  const { text } = await agent.get(enrolment);
  const secret = /<code[^>]*>([A-Z2-7 ]+)<\/code>/.exec(text)?.[1] as string;
  expect((await submit(agent, enrolment, { code: codeOf(secret) })).status).toBe(200);
  expect((await agent.get("/admin")).status).toBe(200);
  await demand([]);
});
