/** Files over the API: sent with the channel's key or the applicant's code, taken along, saved again, and by nobody else. */
import { createServer, type Server } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import supertest from "supertest";
import { createApi } from "../../src/features/intake/create-api.js";
import { createHttp } from "../../src/platform/http/create-http.js";
import { aPng } from "../support/files.js";
import { complaint, openWorkingOffice, programme, sundayNine, type WorkingOffice } from "../support/working-office.js";

let office: WorkingOffice;
let server: Server;
const keys: Record<"web" | "mobile", string> = { web: "", mobile: "" };

beforeAll(async () => {
  office = await openWorkingOffice();
  const { services } = office;
  const by = { kind: "system", job: "test" } as const;
  const channels = [...office.setup.channels.values()].filter(({ kind }) => kind === "web" || kind === "mobile");
  for (const { code: channel, kind } of channels) {
    const issued = await services.keys.issue({ programme, channel, label: "test", by, now: sundayNine });
    keys[kind as keyof typeof keys] = issued.key;
  }
  const doors = [createApi(services)];
  server = createServer(createHttp(services, { doors }));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  await new Promise((done) => server.close(done));
  await office.close();
});

const api = () => supertest(server);
const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
const asFile = { "content-type": "application/octet-stream" };

const stage = (content: string | Buffer, name = "ما رأيت.txt", key = keys.web) =>
  api()
    .post("/api/v1/attachments")
    .query({ name })
    .set({ ...bearer(key), ...asFile })
    .send(Buffer.from(content));
const apply = (attachments: unknown, key = keys.web, headers: Record<string, string> = {}) =>
  api()
    .post("/api/v1/applications")
    .set({ ...bearer(key), ...headers })
    .send({ ...complaint, attachments });
const addressOf = (reference: string): string => `/api/v1/applications/${reference}/attachments`;
const inHeader = (code: string) => ({ "X-Application-Code": code });
const stageAs = (
  { reference, code }: { reference: string; code: string },
  content: string | Buffer,
  name = "more.txt",
) => api().post(addressOf(reference)).query({ name }).set(inHeader(code)).set(asFile).send(Buffer.from(content));
const save = ({ reference, code }: { reference: string; code: string }, id: string) =>
  api()
    .get(`${addressOf(reference)}/${id}`)
    .set(inHeader(code))
    .buffer(true)
    .parse((response, done) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => done(null, Buffer.concat(chunks)));
    });
const filesWaiting = async () =>
  (await office.rows("select count(*)::integer as n from attachments where case_id is null"))[0]?.n;

describe("a channel's file", () => {
  it("is sent, taken along by an application, listed to who follows it, and saved", async () => {
    const staged = await stage("What I saw.");
    expect(staged.status).toBe(201);
    expect(staged.body).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{32}$/),
      name: "ما رأيت.txt",
      type: "text/plain",
      bytes: 11,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const sent = await apply([staged.body.id]);
    expect(sent.status).toBe(201);
    expect(sent.body.links.attachments).toBe(addressOf(sent.body.reference));
    const followed = await api().get(`/api/v1/applications/${sent.body.reference}`).query({ code: sent.body.code });
    expect(followed.body.attachments).toEqual([staged.body]);
    const saved = await save(sent.body, staged.body.id);
    expect([saved.status, saved.body.toString()]).toEqual([200, "What I saw."]);
    expect(saved.headers).toMatchObject({
      "content-type": "text/plain; charset=utf-8",
      "content-disposition": expect.stringMatching(/^attachment; /),
      "x-content-type-options": "nosniff",
      "cache-control": "no-store, no-transform",
    });
    const part = await save(sent.body, staged.body.id).set("range", "bytes=0-3");
    expect([part.status, part.body.toString()]).toEqual([206, "What"]);
    const none = await save(sent.body, staged.body.id).set("range", "bytes=11-");
    expect(none.status).toBe(416);
  });

  it("is taken along once, and a retry of the same request gets the same answer", async () => {
    const { id } = (await stage(aPng(), "plan.png")).body;
    const first = await apply([id], keys.web, { "idempotency-key": "files-1" });
    const again = await apply([id], keys.web, { "idempotency-key": "files-1" });
    expect([again.status, again.body, again.headers["idempotency-replayed"]]).toEqual([201, first.body, "true"]);
    const other = await apply([], keys.web, { "idempotency-key": "files-1" });
    expect(other.status).toBe(409);
    const twice = await apply([id]);
    expect(twice.status).toBe(422);
    expect(twice.body.errors).toMatchObject([{ field: "/attachments/0" }]);
  });

  it("is refused with the reason at the file, and nothing is kept of it", async () => {
    const before = await filesWaiting();
    const refusals = [
      [await stage("<script>alert(1)</script>", "page.txt"), 422, "/file"],
      [await stage(""), 422, "/file"],
      [await stage(Buffer.alloc(20 * 1024 * 1024 + 1)), 413, "/file"],
      [await stage("x", ""), 400, "name"],
      [await stage("x", "n".repeat(1001)), 400, "name"],
    ] as const;
    for (const [answer, status, field] of refusals) {
      expect([answer.status, answer.body.errors]).toEqual([status, [expect.objectContaining({ field })]]);
      expect(answer.headers["content-type"]).toContain("application/problem+json");
    }
    const packed = api()
      .post("/api/v1/attachments?name=a.txt")
      .set({ ...bearer(keys.web), "content-type": "text/plain" });
    expect((await packed.send("x")).status).toBe(415);
    expect((await api().get("/api/v1/attachments")).status).toBe(405);
    expect(await filesWaiting()).toBe(before);
  });

  it("is named by a list of ids and by nothing else", async () => {
    for (const attachments of ["x", {}, [1], Array.from({ length: 101 }, () => "x")]) {
      const answer = await apply(attachments);
      expect([answer.status, answer.body.errors]).toEqual([422, [expect.objectContaining({ field: "/attachments" })]]);
    }
  });
});

describe("an applicant's file", () => {
  it("goes with the reply, and is theirs to save", async () => {
    const own = (await apply([])).body as { reference: string; code: string };
    const staged = await stageAs(own, aPng(), "plan.png");
    expect(staged.status).toBe(201);
    const performed = await api()
      .post(`/api/v1/applications/${own.reference}/actions`)
      .send({
        code: own.code,
        action: "add_information",
        fields: { reply: "See it." },
        attachments: [staged.body.id],
      });
    expect(performed.status).toBe(200);
    expect((await save(own, staged.body.id)).body.toString("latin1", 1, 4)).toBe("PNG");
    const again = await api()
      .post(`/api/v1/applications/${own.reference}/actions`)
      .send({ code: own.code, action: "add_information", fields: { reply: "x" }, attachments: ["x", 1] });
    expect(again.body.errors).toMatchObject([{ field: "/attachments" }]);
  });
});

describe("a stranger", () => {
  let own: { reference: string; code: string };
  let other: { reference: string; code: string };
  let kept: string;
  beforeAll(async () => {
    kept = (await stage("What I saw.")).body.id;
    own = (await apply([kept])).body;
    other = (await apply([])).body;
  });

  it("without a key or with one that is out of use sends nothing", async () => {
    const before = await filesWaiting();
    const post = () => api().post("/api/v1/attachments?name=a.txt").set(asFile);
    expect((await post().send("x")).status).toBe(401);
    expect((await post().set(bearer("dk_nobody_holds_this")).send("x")).status).toBe(401);
    const by = { kind: "system", job: "test" } as const;
    const channel = office.key.channel;
    const leaving = await office.services.keys.issue({ programme, channel, label: "leaving", by, now: sundayNine });
    expect((await stage("x", "x.txt", leaving.key)).status).toBe(201);
    await office.services.keys.revoke({ id: leaving.id, by, now: sundayNine });
    expect((await stage("x", "x.txt", leaving.key)).status).toBe(401);
    expect(await filesWaiting()).toBe(Number(before) + 1);
  });

  it("with another channel's key takes along nothing of this one", async () => {
    const { id } = (await stage("mine")).body;
    const before = await office.rows("select count(*)::integer as n from cases");
    for (const ids of [[id], [kept], ["0".repeat(32)], ["../../etc/passwd"]]) {
      const answer = await apply(ids, keys.mobile);
      expect([answer.status, answer.body.errors[0].field]).toEqual([422, "/attachments/0"]);
    }
    expect(await office.rows("select count(*)::integer as n from cases")).toEqual(before);
  });

  it("the code in the address opens and sends files as before, and the answer says that it is deprecated", async () => {
    const { reference, code } = own;
    const sent = await api().post(addressOf(reference)).query({ code, name: "more.txt" }).set(asFile).send("More.");
    const saved = await api()
      .get(`${addressOf(reference)}/${kept}`)
      .query({ code });
    expect([sent.status, saved.status]).toEqual([201, 200]);
    expect([sent, saved].map(({ headers }) => headers.deprecation)).toEqual(["@1795824000", "@1795824000"]);
    expect((await save(own, kept)).headers.deprecation).toBeUndefined();
  });

  it("with another application's code, a guessed id, or an id that only waits is told that there is nothing", async () => {
    const waiting = (await stageAs(own, "not sent yet")).body.id;
    const there = await save(own, kept);
    expect(there.status).toBe(200);
    for (const [who, id] of [
      [other, kept],
      [own, "0".repeat(32)],
      [own, waiting],
      [own, "..%2f..%2fetc%2fpasswd"],
    ] as const) {
      expect([id, (await save(who, id)).status]).toEqual([id, 404]);
    }
    expect((await api().get(`${addressOf(own.reference)}/${kept}`)).status).toBe(400);
    const forged = await api()
      .post(`/api/v1/applications/${other.reference}/actions`)
      .send({ code: other.code, action: "add_information", fields: { reply: "x" }, attachments: [waiting] });
    expect([forged.status, forged.body.errors[0].field]).toEqual([422, "/attachments/0"]);
  });

  it("does not see what an official noted, nor an answer before it took effect", async () => {
    const actor = office.official("focal_point", "CSPD");
    const content = (async function* () {
      yield Buffer.from("among us");
    })();
    const owner = { kind: "official", actor, reference: own.reference } as const;
    const stagedNote = { owner, name: "note.txt", content, declaredType: null, now: sundayNine };
    const { id } = await office.services.attachments.stage(stagedNote);
    await office.services.cases.perform({
      reference: own.reference,
      action: "note",
      fields: { note: "x" },
      actor,
      now: sundayNine,
      attachments: [id],
    });
    expect((await save(own, id)).status).toBe(404);
  });

  it("who guesses codes by way of files is stopped as early as one who follows", async () => {
    const guessed = async (n: number) => (await save({ ...other, code: `WRONG-${n}` }, kept)).status;
    const posted = async (n: number) => (await stageAs({ ...other, code: `WRONG-${n}` }, "x")).status;
    const answers = [];
    for (let n = 0; n < 6; n += 1) answers.push(await guessed(n), await posted(n));
    expect(answers).toContain(404);
    expect(answers.at(-1)).toBe(429);
  });
});
