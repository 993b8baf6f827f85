/** The ways by which the applicant's code may come: a header, a body, and the address, which is deprecated because proxies log it. */
import { describe, expect, it } from "@jest/globals";
import request from "supertest";
import { createApi } from "../../src/features/intake/create-api.js";
import { createHttp } from "../../src/platform/http/create-http.js";
import { fakeServices, sampleCode, sampleReference } from "../support/fake-services.js";

const place = `/api/v1/applications/${sampleReference}`;
const header = "X-Application-Code";

function start() {
  const fake = fakeServices();
  return { ...fake, app: createHttp(fake.services, { limits: false, doors: [createApi(fake.services)] }) };
}
type App = ReturnType<typeof start>["app"];

const ways: readonly [string, (app: App, code: string) => request.Test][] = [
  ["the header", (app, code) => request(app).get(place).set(header, code)],
  ["a body", (app, code) => request(app).post(`${place}/follow`).send({ code })],
  ["the header, for a body", (app, code) => request(app).post(`${place}/follow`).set(header, code).send({})],
  ["the address", (app, code) => request(app).get(place).query({ code })],
];

describe("the applicant's code", () => {
  it.each(ways)("by %s opens the application; a wrong one does not", async (way, follow) => {
    const { app, lines } = start();
    const answer = await follow(app, sampleCode);
    expect([answer.status, answer.body.reference, answer.body.state]).toEqual([200, sampleReference, "assigned"]);
    expect((await follow(app, "WRONG-CODE-1")).status).toBe(404);
    const old = way === "the address";
    expect(answer.headers.deprecation).toBe(old ? "@1795824000" : undefined);
    expect(answer.headers.link ?? "").toBe(old ? '</api/openapi.json>; rel="deprecation"' : "");
    // However it came, no address that goes back holds it, and nothing of it is logged.
    expect(JSON.stringify(answer.body.links)).not.toContain(sampleCode);
    expect(answer.body.links.follow).toBe(`${place}/follow`);
    expect(JSON.stringify(lines)).not.toContain(sampleCode);
  });

  it("comes with an action by the header as well", async () => {
    const { app, calls } = start();
    const act = (body: object) => request(app).post(`${place}/actions`).set(header, sampleCode).send(body);
    const answer = await act({ action: "reply", fields: { reply: "Yesterday." } });
    expect([answer.status, answer.body.links.self]).toEqual([200, place]);
    expect(calls[0]?.argument).toMatchObject({ action: "reply", code: sampleCode });
    expect((await act({ action: "reply", code: sampleCode })).status).toBe(200);
  });

  const contradictions: [string, (app: App) => request.Test][] = [
    ["header and address", (app) => request(app).get(place).set(header, sampleCode).query({ code: "OTHER" })],
    ["header and body", (app) => request(app).post(`${place}/follow`).set(header, sampleCode).send({ code: "OTHER" })],
    ["address and body", (app) => request(app).post(`${place}/follow?code=OTHER`).send({ code: sampleCode })],
    [
      "header and body of an action",
      (app) => request(app).post(`${place}/actions`).set(header, "OTHER").send({ code: sampleCode, action: "reply" }),
    ],
    [
      "header and address for a file",
      (app) => request(app).post(`${place}/attachments?name=a&code=A`).set(header, "B"),
    ],
    [
      "header and address of a file",
      (app) =>
        request(app)
          .get(`${place}/attachments/${"0".repeat(32)}?code=A`)
          .set(header, "B"),
    ],
    [
      "a code in the address twice",
      (app) => request(app).get(`${place}?code=${sampleCode}&code=OTHER`).set(header, sampleCode),
    ],
  ];
  it.each(contradictions)("that differs between %s is refused, and nothing is looked up", async (_what, ask) => {
    const { app, calls } = start();
    for (const language of ["en", "ar"]) {
      const { status, body } = await ask(app).set("accept-language", language);
      expect([status, body.type]).toEqual([400, "urn:diwan:problem:malformed-request"]);
      expect(body.errors[0].field).toBe(header);
      expect(body.detail).toContain(header);
      expect(JSON.stringify(body)).not.toContain(sampleCode);
    }
    expect(calls).toEqual([]);
  });

  it("that is missing is told, with the header that it is wanted in", async () => {
    const { app } = start();
    const read = await request(app).get(place);
    expect([read.status, read.body.errors[0].field]).toEqual([400, header]);
    const posted = await request(app).post(`${place}/follow`).send({ key: "x" });
    expect(posted.status).toBe(422);
    expect(posted.body.errors.map(({ field }: { field: string }) => field)).toEqual(["/code", "/key"]);
    expect((await request(app).get(`${place}/follow`).set(header, sampleCode)).headers.allow).toBe("POST");
  });

  it("that is wrong is counted by whichever way it comes, and a right one by none", async () => {
    const { app, wrongCodes } = start();
    const acting = (code: string) => request(app).post(`${place}/actions`).send({ code, action: "reply" });
    for (const ask of [
      ...ways.map(
        ([, follow]) =>
          (code: string) =>
            follow(app, code),
      ),
      acting,
    ]) {
      wrongCodes.length = 0;
      expect((await ask(sampleCode)).status).toBe(200);
      expect(wrongCodes).toEqual([]);
      expect((await ask("GUESS-1")).status).toBe(404);
      expect(wrongCodes).toEqual([sampleReference]);
    }
  });

  it("in the address is marked as deprecated wherever the description has it, with a header beside it", async () => {
    const { app } = start();
    const { paths } = (await request(app).get("/api/openapi.json")).body as {
      paths: Record<string, Record<string, { parameters?: { name: string; in: string; deprecated?: boolean }[] }>>;
    };
    const taking = Object.values(paths)
      .flatMap((methods) => Object.values(methods))
      .map(({ parameters = [] }) => parameters)
      .filter((parameters) => parameters.some((one) => one.name === "code" && one.in === "query"));
    expect(taking).toHaveLength(3);
    for (const parameters of taking) {
      expect(parameters.find(({ name }) => name === "code")?.deprecated).toBe(true);
      expect(parameters.find(({ name }) => name === header)?.in).toBe("header");
    }
  });
});
