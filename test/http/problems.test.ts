import type { AddressInfo } from "node:net";
import { connect as connectSocket } from "node:net";
import { describe, expect, it } from "@jest/globals";
import request from "supertest";
import { Problem } from "../../src/engine/text/problems.js";
import { createApi } from "../../src/features/intake/create-api.js";
import { createHttp } from "../../src/platform/http/create-http.js";
import { fakeServices, sampleCode, sampleKey, sampleReference } from "../support/fake-services.js";

const minimal = { programme: "jordan", type: "complaint", subject: "Long queue", description: "Three hours." };
const applications = "/api/v1/applications";
const arabic = /[\u0600-\u06ff]/;

function start() {
  const fake = fakeServices();
  const app = createHttp(fake.services, { limits: false, doors: [createApi(fake.services)] });
  return { ...fake, app };
}
type App = ReturnType<typeof start>["app"];

function post(app: App, body: string, headers: Record<string, string> = {}) {
  const all = { authorization: `Bearer ${sampleKey}`, "content-type": "application/json", ...headers };
  const call = request(app).post(applications);
  for (const [name, value] of Object.entries(all)) if (value !== "") call.set(name, value);
  return call.send(body);
}
const follow = (app: App, reference: string, query: string) => request(app).get(`${applications}/${reference}${query}`);
const act = (app: App, body: unknown, reference = sampleReference) =>
  request(app)
    .post(`${applications}/${reference}/actions`)
    .send(body as object);

const cases: [string, number, string, (app: App) => request.Test][] = [
  ["no key", 401, "unauthenticated", (app) => post(app, JSON.stringify(minimal), { authorization: "" })],
  [
    "a wrong key",
    401,
    "unauthenticated",
    (app) => post(app, JSON.stringify(minimal), { authorization: "Bearer dk_wrongwrong" }),
  ],
  ["a user's password as key", 401, "unauthenticated", (app) => post(app, "{}", { authorization: "Basic YTpi" })],
  [
    "a key that is too long",
    401,
    "unauthenticated",
    (app) => post(app, "{}", { authorization: `Bearer ${"x".repeat(500)}` }),
  ],
  [
    "a key of another programme",
    403,
    "forbidden",
    (app) => post(app, JSON.stringify({ ...minimal, programme: "boston311" })),
  ],
  ["half a JSON", 400, "malformed-request", (app) => post(app, '{"programme": "jordan"')],
  ["no body", 422, "invalid-input", (app) => post(app, "")],
  [
    "a body nested without end",
    400,
    "malformed-request",
    (app) => post(app, `${"[".repeat(20_000)}${"]".repeat(20_000)}`),
  ],
  [
    "a form",
    415,
    "unsupported-media-type",
    (app) => post(app, "a=b", { "content-type": "application/x-www-form-urlencoded" }),
  ],
  ["no content type", 415, "unsupported-media-type", (app) => post(app, "", { "content-type": "" })],
  [
    "an unknown charset",
    415,
    "unsupported-media-type",
    (app) => post(app, "{}", { "content-type": "application/json; charset=klingon" }),
  ],
  ["a compressed body", 415, "unsupported-media-type", (app) => post(app, "{}", { "content-encoding": "gzip" })],
  [
    "more than 64 kB",
    413,
    "too-large",
    (app) => post(app, JSON.stringify({ ...minimal, description: "x".repeat(66_000) })),
  ],
  ["a list", 422, "invalid-input", (app) => post(app, "[]")],
  ["a number", 422, "invalid-input", (app) => post(app, "7")],
  ["nothing in it", 422, "invalid-input", (app) => post(app, "{}")],
  [
    "an Idempotency-Key too long",
    400,
    "malformed-request",
    (app) => post(app, JSON.stringify(minimal), { "idempotency-key": "k".repeat(256) }),
  ],
  [
    "an Idempotency-Key beyond ASCII",
    400,
    "malformed-request",
    (app) => post(app, JSON.stringify(minimal), { "idempotency-key": "clé-1" }),
  ],
  ["an address that does not exist", 404, "not-found", (app) => request(app).get("/api/v2/applications")],
  [
    "an address with a broken escape",
    400,
    "malformed-request",
    (app) => follow(app, "%E0%A4%A", `?code=${sampleCode}`),
  ],
  ["a programme that does not exist", 404, "not-found", (app) => request(app).get("/api/v1/programmes/atlantis")],
  ["an unknown reference", 404, "not-found", (app) => follow(app, "000", `?code=${sampleCode}`)],
  ["a wrong code", 404, "not-found", (app) => follow(app, sampleReference, "?code=WRONG")],
  ["no code", 400, "malformed-request", (app) => follow(app, sampleReference, "")],
  ["two codes", 400, "malformed-request", (app) => follow(app, sampleReference, "?code=a&code=b")],
  ["a reference without end", 404, "not-found", (app) => follow(app, "9".repeat(4000), "?code=a")],
  ["an action without anything", 422, "invalid-input", (app) => act(app, {})],
  ["an action that is a list", 422, "invalid-input", (app) => act(app, [])],
  [
    "an action with fields in a list",
    422,
    "invalid-input",
    (app) => act(app, { code: "a", action: "rate", fields: [] }),
  ],
  [
    "an action with more than it knows",
    422,
    "invalid-input",
    (app) => act(app, { code: "a", action: "rate", by: "me" }),
  ],
  ["an action with a wrong code", 404, "not-found", (app) => act(app, { code: "WRONG", action: "reply" })],
  [
    "an action that the state does not allow",
    409,
    "action-refused",
    (app) => act(app, { code: sampleCode, action: "rate" }),
  ],
  [
    "DELETE on an application",
    405,
    "method-not-allowed",
    (app) => request(app).delete(`${applications}/${sampleReference}`),
  ],
  ["GET on the collection", 405, "method-not-allowed", (app) => request(app).get(applications)],
  ["PUT on the health", 405, "method-not-allowed", (app) => request(app).put("/healthz")],
  ["POST on the description", 405, "method-not-allowed", (app) => request(app).post("/api/openapi.json")],
];

describe.each(["en", "ar"])("whatever is wrong is a problem that helps (%s)", (language) => {
  it.each(cases)("%s", async (_what, status, code, call) => {
    const { app } = start();
    const answer = await call(app).set("accept-language", language);
    expect(answer.status).toBe(status);
    expect(answer.type).toBe("application/problem+json");
    expect(answer.headers["content-language"]).toBe(language);
    expect(answer.body).toMatchObject({
      type: `urn:diwan:problem:${code}`,
      status,
      title: expect.any(String),
      detail: expect.any(String),
      instance: `urn:diwan:request:${answer.headers["x-request-id"]}`,
    });
    const words = [answer.body.title, ...(answer.body.errors ?? []).map((e: { reason: string }) => e.reason)];
    for (const word of [answer.body.detail, ...words]) {
      expect(word.length).toBeGreaterThan(3);
      expect(arabic.test(word)).toBe(language === "ar");
    }
    if (status === 422) expect(answer.body.errors.length).toBeGreaterThan(0);
    if (status === 401) expect(answer.headers["www-authenticate"]).toMatch(/^Bearer/);
    if (status === 405) expect(answer.headers.allow).toMatch(/GET|POST/);
  });
});

describe("the caller's language", () => {
  it.each<[string | undefined, string | undefined, string]>([
    ["ar", "en", "ar"],
    ["en-GB,ar;q=0.5", undefined, "en"],
    ["ar-JO;q=0.4, en;q=0.3", undefined, "ar"],
    ["fr, ar;q=0.1", "en", "ar"],
    ["ar;q=0, en;q=0.1", undefined, "en"],
    ["*", "ar", "ar"],
    [undefined, "ar", "ar"],
    [undefined, undefined, "en"],
    ["fr", undefined, "en"],
    [";;,q=;en;q=x", undefined, "en"],
  ])("Accept-Language %s, body %s: %s", async (header, body, expected) => {
    const { app } = start();
    const call = post(app, JSON.stringify({ ...minimal, type: 7, language: body }));
    if (header !== undefined) call.set("accept-language", header);
    expect((await call).headers["content-language"]).toBe(expected);
  });
});

describe("when something is not well here", () => {
  it("says 503 with Retry-After while the database is away", async () => {
    const { app, fail } = start();
    fail(
      Object.assign(new Error("connect ECONNREFUSED"), {
        name: "SequelizeConnectionRefusedError",
        code: "ECONNREFUSED",
      }),
    );
    const calls = [
      post(app, JSON.stringify(minimal)),
      follow(app, sampleReference, `?code=${sampleCode}`),
      request(app).get("/api/v1/programmes/jordan"),
    ];
    for (const call of calls) {
      const answer = await call;
      expect(answer.status).toBe(503);
      expect(Number(answer.headers["retry-after"])).toBeGreaterThan(0);
      expect(answer.body.type).toBe("urn:diwan:problem:unavailable");
    }
    fail(null);
    expect((await post(app, JSON.stringify(minimal))).status).toBe(201);
  });
  it.each([
    ["53100", "60", "no room left", "لا مساحة"],
    ["25006", "30", "does not accept changes", "لا تقبل التعديل"],
    ["53300", "10", "overloaded", "مشغولة"],
  ])("says what a database that cannot store is short of (%s), and when to try again", async (code, wait, en, ar) => {
    const { app, fail } = start();
    fail(Object.assign(new Error("values that nobody may read"), { name: "SequelizeDatabaseError", parent: { code } }));
    for (const [language, words] of [
      ["en", en],
      ["ar", ar],
    ] as const) {
      const answer = await post(app, JSON.stringify(minimal), { "accept-language": language });
      expect([answer.status, answer.headers["retry-after"]]).toEqual([503, wait]);
      expect(answer.body.detail).toContain(words);
    }
  });
  it("never says 503 without Retry-After", async () => {
    const { app, fail } = start();
    fail(new Problem("unavailable", { en: "Away.", ar: "غير متاحة." }));
    const answer = await post(app, JSON.stringify(minimal));
    expect([answer.status, answer.headers["retry-after"]]).toEqual([503, "30"]);
  });
  it("tells nothing of an unexpected error but its number", async () => {
    const { app, fail, lines } = start();
    fail(new TypeError("cannot read secrets of the data folder"));
    const answer = await post(app, JSON.stringify(minimal));
    expect(answer.status).toBe(500);
    expect(JSON.stringify(answer.body)).not.toMatch(/secrets|TypeError|at /);
    expect(lines.find((line) => line.msg === "unexpected")).toMatchObject({ id: answer.headers["x-request-id"] });
  });
});

describe("garbage on the wire", () => {
  it("is never answered with 5xx", async () => {
    const { app } = start();
    const server = app.listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as AddressInfo;
    const raw = (text: string) =>
      new Promise<string>((resolve, reject) => {
        const socket = connectSocket(port, "127.0.0.1", () => socket.end(text, "latin1"));
        let answer = "";
        socket.on("data", (chunk) => {
          answer += chunk;
        });
        socket.on("close", () => resolve(answer));
        socket.on("error", reject);
      });
    const end = "Host: x\r\nConnection: close\r\n\r\n";
    try {
      for (const text of [
        `GET /%00 HTTP/1.1\r\n${end}`,
        `GET /%ff%fe/%c0%ae HTTP/1.1\r\n${end}`,
        `GET //evil.example/..%2f..%2fetc HTTP/1.1\r\n${end}`,
        `GET ${applications}/%C3%28?code=%ZZ&__proto__[x]=1 HTTP/1.1\r\n${end}`,
        `GET ${applications}/x?code[$ne]=1 HTTP/1.1\r\n${end}`,
        `GET http://[::1 HTTP/1.1\r\n${end}`,
        `OPTIONS * HTTP/1.1\r\n${end}`,
        `GET /readyz HTTP/1.1\r\nX-Forwarded-For: \x01garbage\r\nAccept-Language: \xff\xfe\r\n${end}`,
        `POST ${applications} HTTP/1.1\r\nAuthorization: Bearer ${sampleKey}\r\nContent-Type: application/json\r\nContent-Length: 5\r\n${end}\xff\xfe\xfd\xfc\xfb`,
        "BREW /coffee HTTP/1.1\r\n\r\n",
      ]) {
        expect(await raw(text)).toMatch(/^HTTP\/1\.1 [24]\d\d /);
      }
    } finally {
      server.close();
    }
  });
});
