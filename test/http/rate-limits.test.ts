import { describe, expect, it } from "@jest/globals";
import { Router } from "express";
import request from "supertest";
import { createApi } from "../../src/features/intake/create-api.js";
import { createHttp, type HttpOptions } from "../../src/platform/http/create-http.js";
import { fakeServices, sampleCode, sampleKey, sampleReference } from "../support/fake-services.js";

const minimal = { programme: "jordan", type: "complaint", subject: "Long queue", description: "Three hours." };
const wide = {
  windowSeconds: 60,
  perAddress: 1000,
  perKey: 1000,
  refusalsPerAddress: 1000,
};

function start(limits: HttpOptions["limits"], trustProxy: HttpOptions["trustProxy"] = false) {
  const fake = fakeServices();
  const app = createHttp(fake.services, { limits, trustProxy, doors: [createApi(fake.services)] });
  const from = (address: string) =>
    request(app)
      .get("/api/v1/programmes")
      .set("x-forwarded-for", address)
      .then((answer) => answer.status);
  const send = (key: string) =>
    request(app).post("/api/v1/applications").set("authorization", `Bearer ${key}`).send(minimal);
  return { ...fake, app, from, send };
}

describe("limits on how often", () => {
  it("refuse an address with 429 and say when to come back", async () => {
    const { app, calls } = start({ ...wide, perAddress: 3 });
    for (let i = 0; i < 3; i++) expect((await request(app).get("/api/v1/programmes")).status).toBe(200);
    const answer = await request(app).get("/api/v1/programmes").set("accept-language", "ar");
    expect(answer.status).toBe(429);
    expect(Number(answer.headers["retry-after"])).toBeGreaterThanOrEqual(1);
    expect(Number(answer.headers["retry-after"])).toBeLessThanOrEqual(60);
    expect(answer.type).toBe("application/problem+json");
    expect(answer.body.type).toBe("urn:diwan:problem:too-many-requests");
    expect(answer.body.detail).toMatch(/[\u0600-\u06ff]/);
    expect(calls).toEqual([]);
  });
  it("wait for the end of an answer without a warning of a leak", async () => {
    const { services } = fakeServices();
    const router = Router().get("/api/v1/waiting", (_request, response) => {
      response.json({ waiting: response.listenerCount("close"), most: response.getMaxListeners() });
    });
    const app = createHttp(services, { limits: wide, doors: [{ router, askerOf: () => "somebody" }] });
    const { body } = await request(app).get("/api/v1/waiting");
    expect(body.waiting).toBeGreaterThan(2);
    // A form with files, compression and the door behind the limits wait too.
    expect(body.waiting + 8).toBeLessThan(body.most);
  });
  it("never refuse a health probe", async () => {
    const { app } = start({ ...wide, perAddress: 1 });
    for (let i = 0; i < 4; i++) expect((await request(app).get("/healthz")).status).toBe(200);
  });
  it("count a key wherever it comes from, before it is looked up", async () => {
    const { send, calls } = start({ ...wide, perKey: 2 });
    expect((await send(sampleKey)).status).toBe(201);
    expect((await send(sampleKey)).status).toBe(201);
    expect((await send(sampleKey)).status).toBe(429);
    expect((await send("dk_another-key")).status).toBe(401);
    expect(calls).toHaveLength(2);
  });
  it("do not count who has all that was asked for and leaves before the answer ends", async () => {
    const { services } = fakeServices();
    const door = Router().get("/api/v1/saved/:id", (_request, response) => {
      // All that the length announces; a file's end is not read yet.
      response.set("content-length", "2").write("ok");
    });
    const server = createHttp(services, { limits: { ...wide, refusalsPerAddress: 2 }, doors: [door] }).listen(0);
    const save = () => request(server).get("/api/v1/saved/1");
    for (let i = 0; i < 5; i++) expect((await save().set("connection", "close")).status).toBe(200);
    server.close();
  });
  it("do not count what applicants fill in wrongly at a channel, nor refused actions and forms of an action", async () => {
    const { app, send } = start({ ...wide, refusalsPerAddress: 2 });
    const bad = () =>
      request(app).post("/api/v1/applications").set("authorization", `Bearer ${sampleKey}`).send({ subject: "" });
    const act = (action: unknown) =>
      request(app).post(`/api/v1/applications/${sampleReference}/actions`).send({ code: sampleCode, action });
    for (let i = 0; i < 5; i++) {
      expect((await bad()).status).toBe(422);
      expect((await act("fly")).status).toBe(409);
      expect((await act(7)).status).toBe(422);
    }
    expect((await send(sampleKey)).status).toBe(201);
  });
  it("count wrong keys, and what a key may not do", async () => {
    const guessing = start({ ...wide, refusalsPerAddress: 2 });
    for (const key of ["dk_guess-1", "dk_guess-2"]) expect((await guessing.send(key)).status).toBe(401);
    expect((await guessing.send(sampleKey)).status).toBe(429);
    const { app } = start({ ...wide, refusalsPerAddress: 2 });
    const trespass = () =>
      request(app)
        .post("/api/v1/applications")
        .set("authorization", `Bearer ${sampleKey}`)
        .send({ ...minimal, programme: "other" });
    expect([(await trespass()).status, (await trespass()).status, (await trespass()).status]).toEqual([403, 403, 429]);
  });
  it("leave the door for applications open to a channel at an address from which others ask nonsense", async () => {
    const { app, send } = start({ ...wide, refusalsPerAddress: 2 });
    for (const status of [404, 404, 429])
      expect((await request(app).get("/api/v1/programmes/mars")).status).toBe(status);
    expect((await send(sampleKey)).status).toBe(201);
  });
  it("believe X-Forwarded-For only behind a trusted proxy", async () => {
    const direct = start({ ...wide, perAddress: 2 });
    expect([await direct.from("10.0.0.1"), await direct.from("10.0.0.2"), await direct.from("10.0.0.3")]).toEqual([
      200, 200, 429,
    ]);
    const proxied = start({ ...wide, perAddress: 2 }, 1);
    expect([await proxied.from("10.0.0.1"), await proxied.from("10.0.0.2"), await proxied.from("10.0.0.3")]).toEqual([
      200, 200, 200,
    ]);
  });
  it("take a household's IPv6 addresses for one", async () => {
    const { from } = start({ ...wide, perAddress: 2 }, 1);
    expect([await from("2001:db8:1:1::1"), await from("2001:db8:1:1::2"), await from("2001:db8:1:2::3")]).toEqual([
      200, 200, 429,
    ]);
  });
  it("write no address to the log", async () => {
    const { from, lines } = start({ ...wide, perAddress: 1 }, 1);
    await from("203.0.113.77");
    await from("203.0.113.77");
    expect(lines).toHaveLength(2);
    expect(JSON.stringify(lines)).not.toContain("203.0.113");
  });
  it("do not shut the applicants' pages for a town behind one address over forms filled in wrongly", async () => {
    const pages = Router();
    pages.get("/en", (_request, response) => response.send("page"));
    pages.post("/en/follow", (_request, response) => response.status(422).send("faults"));
    pages.post("/en/forged", (_request, response) => response.status(403).send("not ours"));
    const app = createHttp(fakeServices().services, { limits: { ...wide, refusalsPerAddress: 3 }, doors: [pages] });
    for (let i = 0; i < 8; i++) expect((await request(app).post("/en/follow")).status).toBe(422);
    expect((await request(app).get("/en")).status).toBe(200);
    for (let i = 0; i < 3; i++) expect((await request(app).post("/en/forged")).status).toBe(403);
    expect((await request(app).get("/en")).status).toBe(429);
  });
});
