/** Whatever comes over the wire at the real services over a real database: never 5xx, and nothing half stored. */
import { type IncomingHttpHeaders, request, type Server } from "node:http";
import { type AddressInfo, connect as connectSocket } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { pino } from "pino";
import { compose } from "../../src/app/compose.js";
import { seed } from "../../src/features/config-files/seed.js";
import { createApi } from "../../src/features/intake/create-api.js";
import { issueChannelKey } from "../../src/features/people/channel-key-store.js";
import { createHttp } from "../../src/platform/http/create-http.js";
import { createTestDatabase, type TestDatabase } from "../support/database.js";

const now = new Date("2026-11-22T09:00:00Z");
const publicUrl = "https://diwan.example.jo";
const place = "/api/v1/applications";
const minimal = { programme: "jordan", type: "complaint", subject: "Long queue", description: "Three hours." };
const unexpected: string[] = [];
let database: TestDatabase;
let server: Server;
let port = 0;
let key = "";
let known = { reference: "", code: "" };

beforeAll(async () => {
  database = await createTestDatabase();
  const log = pino(
    { level: "error" },
    {
      write: (line: string) => {
        unexpected.push(line);
      },
    },
  );
  const services = compose({
    db: database.db,
    log,
    now: () => now,
    smtpUrl: null,
    publicUrl,
    sealKey: "k".repeat(40),
    sessionSecret: "s".repeat(40),
  });
  await seed(database.db, { now, programmes: ["jordan"] });
  const by = { kind: "system", job: "test" } as const;
  const random = { bytes: (n: number) => Buffer.alloc(n, 9) };
  ({ key } = await issueChannelKey(database.db, { programme: "jordan", channel: "web", label: "t", random, by, now }));
  server = createHttp(services, { limits: false, publicUrl, doors: [createApi(services)] }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  port = (server.address() as AddressInfo).port;
  known = JSON.parse((await post(JSON.stringify(minimal))).body);
}, 60_000);
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await database.close();
});

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

function call(
  method: string,
  path: string,
  headers: Record<string, string>,
  body: string | Buffer = "",
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, method, path, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
        }),
      );
    });
    sent.on("error", reject);
    sent.end(body);
  });
}
const post = (body: string | Buffer, headers: Record<string, string> = {}, path = place) =>
  call("POST", path, { authorization: `Bearer ${key}`, "content-type": "application/json", ...headers }, body);
const act = (body: unknown) => post(JSON.stringify(body), {}, `${place}/${known.reference}/actions`);

async function stored(): Promise<Record<string, number>> {
  const [[counts]] = (await database.db.query(
    `select (select count(*) from applications)::integer as applications, (select count(*) from cases)::integer as cases,
       (select count(distinct case_id) from case_events)::integer as chains`,
  )) as [Record<string, number>[], unknown];
  return counts ?? {};
}

/** Accepted wholly or refused with a reason; what was accepted can be followed. */
async function expectClean(answer: Answer): Promise<void> {
  expect(unexpected.splice(0)).toEqual([]);
  expect(answer.status).toBeLessThan(500);
  if (answer.status === 201) {
    const { reference, code } = JSON.parse(answer.body);
    const followed = await call("GET", `${place}/${reference}?code=${encodeURIComponent(code)}`, {});
    expect(followed.status).toBe(200);
    return;
  }
  if (answer.status === 200) return;
  const problem = JSON.parse(answer.body);
  expect(problem).toMatchObject({ status: answer.status, type: expect.stringMatching(/^urn:diwan:problem:/) });
  expect(problem.detail.length).toBeGreaterThan(10);
  for (const { field, reason } of problem.errors ?? [])
    expect([typeof field, reason.length > 3]).toEqual(["string", true]);
}

const json = (change: object) => JSON.stringify({ ...minimal, ...change });
const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;

const wrong: [string, string | Buffer, string][] = [
  ["NUL in the subject", json({ subject: "a\u0000b" }), "/subject"],
  ["NUL in the description", json({ description: "a\u0000b" }), "/description"],
  ["NUL in a code", json({ entity: "MO\u0000H" }), "/entity"],
  ["NUL in a name", json({ applicant: { name: "a\u0000" } }), "/applicant/name"],
  ["NUL in the name of a property", json({ "a\u0000b": 1 }), "/a\u0000b"],
  ["NUL in the name of an extra field", json({ fields: { "a\u0000b": "x" } }), "/fields/a\u0000b"],
  ["a lone surrogate in the subject", json({}).replace("Long queue", "\\ud800 queue"), "/subject"],
  ["a lone surrogate in the description", json({}).replace("Three hours", "\\udfff hours"), "/description"],
  ["numbers as strings", json({ subject: 7 }), "/subject"],
  ["a list as text", json({ description: ["a"] }), "/description"],
  ["an object as code", json({ entity: { $ne: null } }), "/entity"],
  ["__proto__", `{"__proto__":{"admin":true},${json({}).slice(1)}`, "/__proto__"],
  ["constructor", json({ constructor: { prototype: {} } }), "/constructor"],
  ["a code that every object has", json({ entity: "constructor" }), "/entity"],
  ["a type that every object has", json({ type: "__proto__" }), "/type"],
  ["a field that every object has", json({ fields: { toString: "x" } }), "/fields/toString"],
  ["nothing but blanks", json({ subject: " \u00a0\u3000 " }), "/subject"],
  ["a subject too long by one", json({ subject: "ش".repeat(201) }), "/subject"],
  ["a text direction that hides", json({ applicant: { email: "a\u202eb@example.jo" } }), "/applicant/email"],
  ["a telephone number of thousands", json({ applicant: { phone: "7".repeat(5000) } }), "/applicant/phone"],
  [
    "a number beyond all numbers",
    '{"programme":"jordan","type":"complaint","subject":1e999,"description":"x"}',
    "/subject",
  ],
];

describe("an application that is wrong", () => {
  it.each(wrong)("%s: refused with the field's name", async (_what, body, field) => {
    const before = await stored();
    for (const language of ["en", "ar"]) {
      const answer = await post(body, { "accept-language": language });
      await expectClean(answer);
      expect(answer.status).toBe(422);
      expect(JSON.parse(answer.body).errors.map((error: { field: string }) => error.field)).toContain(field);
    }
    expect(await stored()).toEqual(before);
  });
  it.each<[string, string | Buffer, number]>([
    [
      "bytes that are no UTF-8",
      Buffer.concat([Buffer.from('{"subject":"'), Buffer.from([0xff, 0xfe, 0xc0, 0xaf]), Buffer.from('"}')]),
      400,
    ],
    ["Arabic in Windows-1256", Buffer.from(json({ subject: "X" }).replace('"X"', '"\xd4\xdf\xe6\xec"'), "latin1"), 400],
    [
      "half a character at the end of a text",
      Buffer.from(json({ subject: "X" }).replace('"X"', '"\xd8"'), "latin1"),
      400,
    ],
    ["UTF-16", Buffer.from(json({}), "utf16le"), 400],
    ["a byte order mark", `\ufeff${json({})}`, 201],
    ["nesting without end", deep(5000), 400],
    ["two values", `${json({})}${json({})}`, 400],
    ["NaN", '{"subject":NaN}', 400],
    ["a million characters", json({ description: "x".repeat(1_000_000) }), 413],
    [
      "ten thousand properties",
      JSON.stringify(Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`p${i}`, 1]))),
      422,
    ],
  ])("%s", async (_what, body, status) => {
    const answer = await post(body);
    await expectClean(answer);
    expect(answer.status).toBe(status);
  });
  it.each([
    ["en", /^"description" is written twice, in line 1 and in line 2, and only the last would count/],
    ["ar", /^كُتب "description" مرتين/],
  ])(
    "a name that is written twice is told (%s), with its place, and neither text is stored",
    async (language, words) => {
      const before = await stored();
      const twice = `{"description":"What nobody would have read",\n${json({}).slice(1)}`;
      const answer = await post(twice, { "accept-language": language });
      await expectClean(answer);
      expect(answer.status).toBe(400);
      expect(JSON.parse(answer.body)).toMatchObject({ type: "urn:diwan:problem:malformed-request" });
      expect(JSON.parse(answer.body).errors).toEqual([{ field: "/description", reason: expect.stringMatching(words) }]);
      const inside = json({ applicant: "X" }).replace('"X"', '{"email":"a@example.com","email":"b@example.com"}');
      const places = JSON.parse((await post(inside)).body).errors.map((error: { field: string }) => error.field);
      expect(places).toEqual(["/applicant/email"]);
      expect(await stored()).toEqual(before);
    },
  );
  it.each([
    ["en", /Send the body in UTF-8/],
    ["ar", /أرسل نص الطلب بترميز UTF-8/],
  ])("text of another encoding is refused in words (%s), and nothing of it is stored", async (language, words) => {
    const before = await stored();
    const arabic = Buffer.from(json({ subject: "X" }).replace('"X"', '"\xd4\xdf\xe6\xec"'), "latin1");
    const answer = await post(arabic, { "accept-language": language });
    expect(JSON.parse(answer.body)).toMatchObject({ type: "urn:diwan:problem:malformed-request" });
    expect(JSON.parse(answer.body).detail).toMatch(words);
    expect(await stored()).toEqual(before);
  });
  it("arbitrary JSON is refused or wholly stored", async () => {
    const before = await stored();
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(fc.json({ maxDepth: 6, stringUnit: "binary" }), async (body) => {
        const answer = await post(body);
        await expectClean(answer);
        if (answer.status === 201) accepted += 1;
      }),
      { numRuns: 150, seed: 4 },
    );
    expect(accepted).toBe(0);
    expect(await stored()).toEqual(before);
  });
  it("a good application with one part replaced by anything is refused or wholly stored", async () => {
    const before = await stored();
    const good = {
      ...minimal,
      language: "ar",
      sector: "HEALTH",
      entity: "MOH",
      service: null,
      governorate: null,
      pillar: "TIME",
      importance: "high",
      applicant: { category: null, name: "Rania", nationalNumber: null, phone: "0790123456", email: "r@example.jo" },
      fields: {},
    };
    const anything = fc.oneof(
      fc.jsonValue({ maxDepth: 3, stringUnit: "binary" }),
      fc.string({ unit: "binary", maxLength: 300 }),
      fc.constantFrom(
        "\u0000",
        "\ud800",
        "__proto__",
        "constructor",
        "1",
        "null",
        "' or 1=1 --",
        "#{7*7}",
        "{{x}}",
        "\u202e",
        "<b>",
      ),
    );
    const part = fc.oneof(
      fc
        .record({ name: fc.constantFrom(...Object.keys(good).slice(1)), value: anything })
        .map(({ name, value }) => ({ ...good, [name]: value })),
      fc
        .record({ name: fc.constantFrom(...Object.keys(good.applicant)), value: anything })
        .map(({ name, value }) => ({ ...good, applicant: { ...good.applicant, [name]: value } })),
      fc
        .dictionary(fc.string({ unit: "binary", maxLength: 20 }), anything, { maxKeys: 4 })
        .map((fields) => ({ ...good, fields })),
    );
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(part, async (body) => {
        const answer = await post(JSON.stringify(body));
        await expectClean(answer);
        if (answer.status === 201) accepted += 1;
      }),
      { numRuns: 250, seed: 5 },
    );
    expect(accepted).toBeGreaterThan(10);
    const after = await stored();
    expect(after).toEqual({
      applications: (before.applications ?? 0) + accepted,
      cases: (before.cases ?? 0) + accepted,
      chains: (before.chains ?? 0) + accepted,
    });
  });
});

describe("an action that is wrong", () => {
  it.each<[string, object]>([
    ["NUL in a field", { action: "comment", fields: { comment: "a\u0000b" } }],
    ["a lone surrogate in a field", { action: "comment", fields: { comment: "a\ud800b" } }],
    ["NUL in the name of a field", { action: "withdraw", fields: { "a\u0000": "x" } }],
    ["an action that every object has", { action: "constructor" }],
    ["an action that every object has, too", { action: "toString", fields: {} }],
    ["a rating beyond all numbers", { action: "rate", fields: { rating: 1e300 } }],
    ["a rating as text", { action: "rate", fields: { rating: "5" } }],
    ["a reason as a list", { action: "withdraw", fields: { reason: ["a"] } }],
    ["a reason without end", { action: "withdraw", fields: { reason: "x".repeat(30_000) } }],
    [
      "fields that every object has",
      { action: "withdraw", fields: JSON.parse('{"__proto__":{"a":1},"constructor":1}') },
    ],
    ["an official's action", { action: "transfer", fields: { entity: "MOH" } }],
  ])("%s: refused, and the case stays as it was", async (_what, body) => {
    const before = (await call("GET", `${place}/${known.reference}?code=${known.code}`, {})).body;
    const answer = await act({ code: known.code, ...body });
    await expectClean(answer);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect((await call("GET", `${place}/${known.reference}?code=${known.code}`, {})).body).toBe(before);
  });
  it("arbitrary fields are never answered with 5xx", async () => {
    const fields = fc.dictionary(
      fc.string({ unit: "binary", maxLength: 12 }),
      fc.jsonValue({ maxDepth: 2, stringUnit: "binary" }),
      { maxKeys: 4 },
    );
    const action = fc.constantFrom("reply", "rate", "reopen", "comment", "close", "ask", "valueOf", "hasOwnProperty");
    await fc.assert(
      fc.asyncProperty(action, fields, async (name, given) =>
        expectClean(await act({ code: known.code, action: name, fields: given })),
      ),
      { numRuns: 100, seed: 6 },
    );
  });
});

describe("an address or a header that is wrong", () => {
  const strange = [
    "%FF",
    "%00",
    "%C0%AE",
    "..%2f..%2fetc",
    "%E2%80%AE",
    "'--",
    "%F0%9F%98%80",
    "constructor",
    "__proto__",
    "%0d%0aSet-Cookie:a=b",
    "9".repeat(3000),
    "000-000-0000",
  ];
  it.each(strange)("%s", async (text) => {
    for (const [method, path] of [
      ["GET", `${place}/${text}?code=${text}`],
      ["GET", `${place}/${known.reference}?code=${text}`],
      ["GET", `/api/v1/programmes/${text}`],
      ["GET", `/${text}`],
      ["GET", `/readyz?${text}`],
      ["DELETE", `${place}/${text}`],
      ["POST", `${place}/${text}/actions`],
    ] as const) {
      await expectClean(
        await call(
          method,
          path,
          { "content-type": "application/json" },
          method === "POST" ? '{"code":"x","action":"rate"}' : "",
        ),
      );
    }
  });
  it("methods that nobody offers", async () => {
    for (const method of ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "PURGE", "M-SEARCH"]) {
      const answer = await call(method, place, {});
      await expectClean(answer);
      expect([method, answer.status, answer.headers.allow]).toEqual([method, 405, "POST"]);
    }
  });
  it("headers of any kind", async () => {
    const name = fc.constantFrom(
      "authorization",
      "idempotency-key",
      "accept-language",
      "content-type",
      "x-request-id",
      "x-forwarded-for",
      "if-none-match",
      "host",
      "accept",
      "range",
      "cookie",
    );
    const value = fc.string({
      unit: fc
        .integer({ min: 0x20, max: 0xff })
        .filter((c) => c !== 0x7f)
        .map((c) => String.fromCharCode(c)),
      maxLength: 300,
    });
    await fc.assert(
      fc.asyncProperty(name, value, async (header, text) =>
        expectClean(await post(json({ subject: "" }), { [header]: text.trim() })),
      ),
      { numRuns: 150, seed: 7 },
    );
  });
  it("an Idempotency-Key that comes again with another request is refused, at the same moment too", async () => {
    const send = (subject: string) => post(json({ subject }), { "idempotency-key": "again-1" });
    const answers = await Promise.all([send("one"), send("one"), send("two"), send("two"), send("one")]);
    for (const answer of answers) await expectClean(answer);
    const accepted = answers
      .filter((answer) => answer.status === 201)
      .map((answer) => JSON.parse(answer.body).reference);
    expect(new Set(accepted).size).toBe(1);
    expect(answers.filter((answer) => answer.status !== 201).map((answer) => answer.status)).toEqual(
      accepted.length === 2 ? [409, 409, 409] : [409, 409],
    );
  });
});

describe("a connection that misbehaves", () => {
  const raw = (text: string, afterwards: "end" | "destroy") =>
    new Promise<string>((resolve) => {
      const socket = connectSocket(port, "127.0.0.1", () => {
        socket.write(text, "latin1", () => {
          if (afterwards === "destroy") socket.destroy();
          else socket.end();
        });
      });
      let answer = "";
      socket.on("data", (chunk) => {
        answer += chunk;
      });
      socket.on("error", () => undefined);
      socket.on("close", () => resolve(answer));
    });
  const head = () =>
    `POST ${place} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${key}\r\nContent-Type: application/json\r\n`;
  it("stores nothing of half a request and goes on serving", async () => {
    const before = await stored();
    const body = json({});
    for (const [text, afterwards] of [
      [`${head()}Content-Length: ${body.length + 10}\r\n\r\n${body}`, "end"],
      [`${head()}Content-Length: ${body.length + 10}\r\n\r\n${body}`, "destroy"],
      [`${head()}Transfer-Encoding: chunked\r\n\r\nzz\r\n`, "end"],
      [`${head()}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, "end"],
      [`${head()}Content-Length: -1\r\n\r\n{}`, "end"],
      [`${head()}X: ${"x".repeat(40_000)}\r\n\r\n`, "end"],
      ["\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", "end"],
      [`GET ${place}/\xff\xfe?code=\x01 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`, "end"],
    ] as const) {
      expect(await raw(text, afterwards)).not.toMatch(/^HTTP\/1\.1 5/);
    }
    expect(unexpected.splice(0)).toEqual([]);
    expect(await stored()).toEqual(before);
    expect((await call("GET", "/readyz", {})).status).toBe(200);
  });
});
