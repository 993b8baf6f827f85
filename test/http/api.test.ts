import { describe, expect, it } from "@jest/globals";
import request from "supertest";
import { createApi } from "../../src/features/intake/create-api.js";
import { createHttp } from "../../src/platform/http/create-http.js";
import { fakeServices, sampleCode, sampleKey, sampleReference } from "../support/fake-services.js";

const minimal = { programme: "jordan", type: "complaint", subject: "Long queue", description: "Three hours." };
const publicUrl = "https://diwan.example.jo";

function start() {
  const fake = fakeServices();
  const app = createHttp(fake.services, { publicUrl, limits: false, doors: [createApi(fake.services, { publicUrl })] });
  const send = (body: object | string, headers: Record<string, string> = {}) =>
    request(app)
      .post("/api/v1/applications")
      .set({ authorization: `Bearer ${sampleKey}`, "content-type": "application/json", ...headers })
      .send(body);
  return { ...fake, app, send };
}

describe("receiving", () => {
  it("answers 201 with reference, code, decisions and links", async () => {
    const { send, calls } = start();
    const answer = await send({ ...minimal, entity: "MOH" });
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      reference: sampleReference,
      code: sampleCode,
      state: "assigned",
      entity: "MOH",
      pillar: "time",
      importance: "normal",
      dueAt: "2026-12-01T09:00:00.000Z",
      links: {
        self: `${publicUrl}/api/v1/applications/${sampleReference}`,
        follow: `${publicUrl}/api/v1/applications/${sampleReference}/follow`,
        actions: `${publicUrl}/api/v1/applications/${sampleReference}/actions`,
        attachments: `${publicUrl}/api/v1/applications/${sampleReference}/attachments`,
      },
    });
    expect(answer.headers.location).toBe(`${publicUrl}/api/v1/applications/${sampleReference}`);
    expect(answer.headers["cache-control"]).toBe("no-store");
    expect(answer.headers.etag).toBeUndefined();
    expect(calls[0]?.argument).toMatchObject({ key: { channel: "web" }, idempotencyKey: null });
  });
  it("hands the Idempotency-Key on and says when it answers a retry", async () => {
    const { send, calls } = start();
    const first = await send(minimal, { "idempotency-key": "a 1" });
    const second = await send(minimal, { "idempotency-key": "a 1" });
    expect(calls.map((call) => call.argument.idempotencyKey)).toEqual(["a 1", "a 1"]);
    expect(first.headers["idempotency-replayed"]).toBeUndefined();
    expect(second.headers["idempotency-replayed"]).toBe("true");
    expect(second.body).toEqual(first.body);
  });
  it("reads JSON in any of its media types", async () => {
    const { send } = start();
    expect((await send(minimal, { "content-type": "application/json; charset=utf-8" })).status).toBe(201);
    expect((await send(JSON.stringify(minimal), { "content-type": "application/vnd.x+json" })).status).toBe(201);
  });
  it("takes the longest description that is allowed, in Arabic", async () => {
    const { send } = start();
    expect((await send({ ...minimal, description: "ش".repeat(10_000) })).status).toBe(201);
  });
});

describe("following and acting", () => {
  it("shows the application to who has the code", async () => {
    const { app } = start();
    const answer = await request(app).get(`/api/v1/applications/${sampleReference}`).query({ code: sampleCode });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      reference: sampleReference,
      state: "assigned",
      actions: ["reply", "withdraw"],
    });
    expect(answer.headers["cache-control"]).toBe("no-store");
  });
  it("performs the applicant's action with its fields", async () => {
    const { app, calls } = start();
    const answer = await request(app)
      .post(`/api/v1/applications/${sampleReference}/actions`)
      .send({ code: sampleCode, action: "reply", fields: { reply: "Yesterday." } });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ reference: sampleReference, state: "inProgress", entity: "MOH" });
    expect(calls[0]?.argument).toMatchObject({ action: "reply", fields: { reply: "Yesterday." } });
  });
});

describe("describing a programme", () => {
  it("gives what may be chosen now and nothing retired, not live or personal", async () => {
    const { app } = start();
    const { body } = await request(app).get("/api/v1/programmes/jordan");
    const codes = (list: { code: string }[]) => list.map((one) => one.code);
    expect(codes(body.types)).toEqual(["complaint", "report"]);
    expect(codes(body.sectors)).toEqual(["water", "health"]);
    expect(codes(body.entities)).not.toContain("NEW");
    expect(codes(body.services)).toEqual(["vaccination", "water-connection"]);
    expect(body.types[0].fields).toHaveLength(5);
    expect(JSON.stringify(body)).not.toContain("seats");
  });
  it("is cached until the set-up changes", async () => {
    const { app } = start();
    const first = await request(app).get("/api/v1/programmes/jordan");
    expect(first.headers.etag).toBe('"revision-7"');
    expect(first.headers["cache-control"]).toContain("public");
    const again = await request(app).get("/api/v1/programmes/jordan").set("if-none-match", '"revision-7"');
    expect(again.status).toBe(304);
    const changed = await request(app).get("/api/v1/programmes/jordan").set("if-none-match", '"revision-6"');
    expect(changed.status).toBe(200);
  });
  it("lists the programmes", async () => {
    const { app } = start();
    expect((await request(app).get("/api/v1/programmes")).body).toEqual({ programmes: ["jordan"] });
  });
});

describe("the log", () => {
  it("has a line a request: number, method, pattern, status; nothing of what was sent", async () => {
    const { app, send, lines } = start();
    await send(
      { ...minimal, applicant: { name: "Rania Haddad", phone: "0790123456" } },
      { "x-request-id": "call-0001" },
    );
    await request(app).get(`/api/v1/applications/${sampleReference}`).query({ code: sampleCode });
    await request(app).get("/nowhere/Rania");
    expect(lines.map(({ id, method, route, status }) => ({ id, method, route, status }))).toEqual([
      { id: "call-0001", method: "POST", route: "/api/v1/applications", status: 201 },
      { id: expect.any(String), method: "GET", route: "/api/v1/applications/:reference", status: 200 },
      { id: expect.any(String), method: "GET", route: "unmatched", status: 404 },
    ]);
    const written = JSON.stringify(lines);
    for (const secret of ["Rania", "0790123456", sampleKey, sampleCode, sampleReference, "queue"]) {
      expect(written).not.toContain(secret);
    }
  });
  it("honours a sane x-request-id and replaces any other", async () => {
    const { app } = start();
    const sane = await request(app).get("/healthz").set("x-request-id", "trace-12345");
    expect(sane.headers["x-request-id"]).toBe("trace-12345");
    for (const odd of ["short", "a".repeat(65), "with space and more", '{"a":"bbbbbbb"}']) {
      const answer = await request(app).get("/healthz").set("x-request-id", odd);
      expect(answer.headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
    }
  });
  it("keeps the values that a database error repeats out of the log", async () => {
    const { send, lines, fail } = start();
    const error = Object.assign(new Error('Key (name)=("Rania Haddad") exists'), {
      name: "SequelizeUniqueConstraintError",
      parent: { code: "23505", constraint: "applicants_pkey" },
    });
    fail(error);
    const answer = await send(minimal);
    expect(answer.status).toBe(500);
    expect(JSON.stringify(answer.body)).not.toContain("Rania");
    const line = lines.find((one) => one.msg === "unexpected");
    expect(line).toMatchObject({ error: { kind: "SequelizeUniqueConstraintError", errorCode: "23505" } });
    expect(JSON.stringify(lines)).not.toContain("Rania");
  });
});

describe("health", () => {
  it("says that the process lives and that it can serve", async () => {
    const { app } = start();
    expect((await request(app).get("/healthz")).body).toEqual({ status: "ok" });
    expect((await request(app).get("/readyz")).body).toEqual({ status: "ready" });
  });
  it("says what an operator has to see to, and serves all the same", async () => {
    const { app, services } = start();
    services.health.warnings = () => [{ en: "moved", ar: "نُقل" }];
    const { status, body } = await request(app).get("/readyz");
    expect([status, body]).toEqual([200, { status: "ready", warnings: [{ en: "moved", ar: "نُقل" }] }]);
  });
  it("is not ready while something is missing, and names it; alive it stays", async () => {
    const { app, services, fail } = start();
    services.health.notReady = async () => "migrations: 2026-12-04-set-up";
    const waiting = await request(app).get("/readyz");
    expect(waiting.status).toBe(503);
    expect(waiting.headers["retry-after"]).toBe("5");
    expect(waiting.type).toBe("application/problem+json");
    expect(waiting.body.detail).toContain("2026-12-04-set-up");
    fail(Object.assign(new Error("connect"), { code: "ECONNREFUSED" }));
    expect((await request(app).get("/healthz")).status).toBe(200);
  });
  it("is not ready when the check itself fails", async () => {
    const { app, services } = start();
    services.health.notReady = () => Promise.reject(new Error("broken"));
    const answer = await request(app).get("/readyz");
    expect(answer.status).toBe(503);
    expect(answer.body.detail).toContain("readiness check failed");
  });
});
