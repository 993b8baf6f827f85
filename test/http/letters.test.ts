/** Letters and digests at the back office's door: who may look, write and try, and that no guess and no odd body opens more. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { shippedDefinition } from "../../src/features/policy/versions/shipped-definitions.js";
import { type AdminApp, openAdminApp, type SignedIn } from "../support/admin-app.js";

let app: AdminApp;
let operator: SignedIn;
let auditor: SignedIn;
let focalPoint: SignedIn;
let committee: SignedIn;
beforeAll(async () => {
  app = await openAdminApp();
  operator = await app.signIn("operation_room");
  auditor = await app.signIn("auditor");
  focalPoint = await app.signIn("focal_point", "CSPD");
  committee = await app.signIn("steering_committee");
}, 60_000);
afterAll(() => app.close());

const programme = "jordan";
const thing = { programme, kind: "message", name: "applicant-answered" };
const definition = shippedDefinition("message", "applicant-answered");
const tried = { ...thing, definition, reference: null };

describe("who is told what", () => {
  it("the operation room writes, the auditor reads, nobody else is told that there is anything", async () => {
    const { body } = await operator.page("policy", thing);
    expect(body.opened).toMatchObject({ versions: [], current: null, mayPublish: true, inForce: definition });
    expect(body.opened.vocabulary.letter.fields.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining(["reference", "quote"]),
    );
    expect((await auditor.page("policy", thing)).body.opened).toMatchObject({ mayPublish: false, inForce: definition });
    const overview = (await auditor.page("policy")).body;
    expect(overview.mayPublish).toBe(false);
    expect(overview.shipped.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining(["applicant-received", "digest-committee", "digest-focal-point"]),
    );
    for (const stranger of [focalPoint, committee]) {
      expect((await stranger.page("policy", thing)).status).toBe(404);
      for (const act of ["letter", "letter-test", "begin", "check"])
        expect((await stranger.send("policy", act, { ...tried, language: "en", basedOn: null })).status).toBe(404);
    }
    expect((await app.visitor().page("policy", thing)).status).toBe(401);
    for (const act of ["letter", "letter-test"])
      expect((await auditor.send("policy", act, { ...tried, language: "en" })).status).toBe(403);
  });

  it("another programme and a guessed name are not there", async () => {
    expect((await operator.page("policy", { ...thing, programme: "boston311" })).status).toBe(404);
    expect((await operator.send("policy", "letter", { ...tried, programme: "boston311" })).status).toBe(404);
    for (const name of [
      "account-reset",
      "account-invitation",
      "audit-seal",
      "__proto__",
      "constructor",
      "step-",
      "STEP-x",
    ]) {
      expect([name, (await operator.page("policy", { ...thing, name })).status]).toEqual([name, 404]);
      const { status, body } = await operator.send("policy", "letter", { ...tried, name });
      expect([name, status === 404 || body.letters.length === 0]).toEqual([name, true]);
      expect((await operator.send("policy", "letter-test", { ...tried, name, language: "en" })).status).not.toBe(200);
    }
    expect((await operator.page("policy", { ...thing, kind: "digest" })).status).toBe(404);
    expect((await operator.page("policy", { ...thing, name: "step-health" })).status).toBe(200);
  });

  it("a case that is not theirs is no case, and a confidential one is not told to all who read messages", async () => {
    const { office } = app;
    const type = (await app.services.setup.of(programme)).types.get("report");
    const fields = Object.fromEntries(
      (type?.fields ?? [])
        .filter(({ required }) => required)
        .map((field) => [field.code, field.type === "choice" ? field.choices?.[0]?.code : "here"]),
    );
    const secret = await office.receive({ type: "report", fields });
    for (const reference of [secret.reference, "482-739-1652", "' or 1=1 --"]) {
      expect((await operator.send("policy", "letter", { ...tried, reference })).status).toBe(404);
      expect((await operator.send("policy", "letter-test", { ...tried, reference, language: "ar" })).status).toBe(404);
    }
    const open = await office.receive();
    const { status, body } = await operator.send("policy", "letter", { ...tried, reference: open.reference });
    expect(status).toBe(200);
    expect(JSON.stringify(body)).not.toMatch(/Rana Haddad|rana@example|962791234567/);
  });
});

describe("odd bodies", () => {
  it("break nothing, and show nothing", async () => {
    const deep = {
      subject: { ar: "x", en: "x" },
      message: "applicant-answered",
      body: { ar: "{{#if reference}}".repeat(900), en: "x" },
    };
    for (const odd of [
      null,
      7,
      "x",
      [],
      {},
      { message: 7 },
      { ...definition, body: 7 },
      { ...definition, body: { ar: 1, en: [] } },
      deep,
    ]) {
      const { status, body } = await operator.send("policy", "letter", { ...tried, definition: odd });
      expect([status, body.letters]).toEqual([200, []]);
      const checked = await operator.send("policy", "check", { ...thing, definition: odd });
      expect(checked.status).toBe(200);
      expect(checked.body.faults.length).toBeGreaterThan(0);
      expect((await operator.send("policy", "letter-test", { ...tried, definition: odd, language: "en" })).status).toBe(
        422,
      );
    }
    expect((await operator.send("policy", "letter-test", { ...tried, language: "fr" })).status).toBe(422);
    expect((await operator.page("policy", thing)).status).toBe(200);
  });
});
