/** Files through the door of the back office: sent by whoever may act, saved by whoever may read, and by nobody else. */
import { readdir } from "node:fs/promises";
import { request as ask } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { attachmentKinds } from "../../src/engine/files/attachment-types.js";
import type { CasePageView } from "../../src/engine/lifecycle/views/case-view.js";
import { type AdminApp, openAdminApp, type SignedIn, type Visitor } from "../support/admin-app.js";
import { aPng } from "../support/files.js";
import { complaint, programme, sundayNine } from "../support/working-office.js";

let app: AdminApp;
let focal: SignedIn;
let stranger: SignedIn;
let auditor: SignedIn;
let reference: string;
const later = new Date(sundayNine.getTime() + 3_600_000);

beforeAll(async () => {
  app = await openAdminApp({ now: later });
  ({ reference } = await app.office.receive());
  focal = await app.signIn("focal_point", "CSPD");
  stranger = await app.signIn("focal_point", "MOH");
  auditor = await app.signIn("auditor");
}, 90_000);
afterAll(() => app.close());

const disposition = (name: string): string => `attachment; filename*=UTF-8''${encodeURIComponent(name)}`;
const sameSite = { "sec-fetch-site": "same-origin" };
const at = (of: string) => `/admin/api/files?reference=${of}`;
const incoming = () => readdir(join(app.office.files, "incoming")).catch(() => []);

/** Binary answers as bytes. */
const save = (who: Visitor, address: string) =>
  who.agent
    .get(address)
    .buffer(true)
    .parse((response, done) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => done(null, Buffer.concat(chunks)));
    });

function upload(
  who: Visitor,
  content: string | Buffer,
  name = "seen.txt",
  of = reference,
  headers: Record<string, string> = {},
) {
  const sent = {
    ...sameSite,
    "content-type": "application/octet-stream",
    "content-disposition": disposition(name),
    ...headers,
  };
  return who.agent.post(at(of)).set(sent).send(Buffer.from(content));
}

async function noteWith(ids: readonly string[], of = reference, who: SignedIn = focal) {
  const page = (await who.get(`/admin/api/resources/cases/records/${of}/page`)).body.view as CasePageView;
  return who.post(`/admin/api/resources/cases/records/${of}/perform`, {
    action: "note",
    fields: { note: "See the file." },
    expectedSeq: page.expectedSeq,
    attachments: ids,
  });
}

describe("a file that is sent", () => {
  it("is told back, stands in the list of what waits, goes with the act, and is saved as it was", async () => {
    const answer = await upload(focal, "What I saw.", "ما رأيت.txt");
    expect(answer.status).toBe(201);
    const { file } = answer.body;
    expect(file).toMatchObject({ name: "ما رأيت.txt", type: "text/plain", bytes: 11 });
    expect((await focal.get(at(reference))).body).toMatchObject({
      files: [file],
      most: 10,
      mostBytes: 20 * 1024 * 1024,
      accept: expect.arrayContaining([".pdf", ".jpg", ".docx"]),
    });
    expect((await noteWith([file.id])).status).toBe(200);
    expect((await focal.get(at(reference))).body.files).toEqual([]);

    const saved = await save(focal, `/admin/files/${file.id}`);
    expect(saved.status).toBe(200);
    expect(saved.body.toString()).toBe("What I saw.");
    expect(saved.headers).toMatchObject({
      "content-type": "text/plain; charset=utf-8",
      "content-disposition": `attachment; filename="__ ____.txt"; filename*=UTF-8''${encodeURIComponent("ما رأيت.txt")}`,
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; sandbox",
      "cross-origin-resource-policy": "same-origin",
      "cache-control": "no-store, no-transform",
      "content-length": "11",
    });
    const { view } = (await focal.get(`/admin/api/resources/cases/records/${reference}/page`)).body;
    expect(view.timeline.at(-1).files).toEqual([file]);
  });

  it("comes in parts where parts are asked for", async () => {
    const { file } = (await upload(focal, "0123456789")).body;
    await noteWith([file.id]);
    const part = (range: string) => save(focal, `/admin/files/${file.id}`).set("range", range);
    expect(await part("bytes=2-4")).toMatchObject({
      status: 206,
      headers: { "content-range": "bytes 2-4/10", "content-length": "3" },
    });
    expect((await part("bytes=2-4")).body.toString()).toBe("234");
    expect((await part("bytes=-3")).body.toString()).toBe("789");
    expect(await part("bytes=10-")).toMatchObject({ status: 416, headers: { "content-range": "bytes */10" } });
    expect((await part("bytes=0-2,5-6")).status).toBe(200);
  });

  it("of a picture has a small one, made here", async () => {
    const { file } = (await upload(focal, aPng(900, 600), "plan.png")).body;
    await noteWith([file.id]);
    const small = await save(focal, `/admin/files/${file.id}/thumbnail`);
    expect(small).toMatchObject({
      status: 200,
      headers: { "content-type": "image/webp", "content-disposition": "inline" },
    });
    expect(small.body.toString("latin1", 8, 12)).toBe("WEBP");
    const { file: text } = (await upload(focal, "no picture")).body;
    await noteWith([text.id]);
    expect((await focal.get(`/admin/files/${text.id}/thumbnail`)).status).toBe(404);
  });

  it("can be taken back, by its sender only", async () => {
    const { file } = (await upload(focal, "second thoughts")).body;
    const manager = await app.signIn("entity_manager", "CSPD");
    const drop = `/admin/api/files/${file.id}/drop?reference=${reference}`;
    expect((await manager.post(drop)).status).toBe(404);
    expect((await focal.post(drop)).status).toBe(200);
    expect((await focal.post(drop)).status).toBe(404);
    expect((await noteWith([file.id])).body.problem).toMatchObject({
      code: "invalid-input",
      faults: [{ field: "/attachments/0" }],
    });
  });
});

describe("what is refused", () => {
  const refusal = async (
    sent: PromiseLike<{ status: number; body: { problem?: { code: string; faults: { reason: { ar: string } }[] } } }>,
  ) => {
    const { status, body } = await sent;
    return [status, body.problem?.code];
  };

  it("nothing is written of what is no file, too large, without a name, from elsewhere, for another method", async () => {
    const before = await app.office.rows("select count(*)::integer as n from attachments");
    expect(
      await refusal(upload(focal, "x", "x.txt", reference, { "content-type": "multipart/form-data; boundary=a" })),
    ).toEqual([415, "unsupported-media-type"]);
    expect(await refusal(upload(focal, "x", "x.txt", reference, { "content-encoding": "gzip" }))).toEqual([
      415,
      "unsupported-media-type",
    ]);
    expect(
      await refusal(upload(focal, "x", "x.txt", reference, { "content-disposition": "attachment; filename=x.txt" })),
    ).toEqual([400, "malformed-request"]);
    expect(
      await refusal(
        upload(focal, "x", "x.txt", reference, { "content-disposition": "attachment; filename*=UTF-8''%ff%zz" }),
      ),
    ).toEqual([400, "malformed-request"]);
    expect(await refusal(upload(focal, "x", "x.txt", reference, { "sec-fetch-site": "cross-site" }))).toEqual([
      403,
      "forbidden",
    ]);
    expect(await refusal(upload(focal, Buffer.alloc(20 * 1024 * 1024 + 1)))).toEqual([413, "too-large"]);
    expect(await refusal(upload(focal, ""))).toEqual([422, "invalid-input"]);
    expect(await refusal(upload(focal, "<script>alert(1)</script>", "page.txt"))).toEqual([422, "invalid-input"]);
    expect((await focal.agent.put(at(reference)).set(sameSite)).status).toBe(405);
    expect((await focal.agent.delete(`/admin/files/${"0".repeat(32)}`).set(sameSite)).status).toBe(405);
    expect((await focal.get(`${at(reference)}&more=1`)).status).toBe(400);
    expect((await focal.get(`/admin/files/${"0".repeat(32)}?reference=${reference}`)).status).toBe(400);
    expect(await incoming()).toEqual([]);
    expect(await app.office.rows("select count(*)::integer as n from attachments")).toEqual(before);
  });

  it("one that breaks off leaves nothing, and nothing is said to have gone wrong", async () => {
    const { port } = app.server.address() as AddressInfo;
    const cookie = (await focal.agent.get("/admin")).request.cookies;
    const sending = ask({
      port,
      method: "POST",
      path: at(reference),
      headers: {
        ...sameSite,
        cookie,
        "content-type": "application/octet-stream",
        "content-length": "1000000",
        "content-disposition": disposition("half.txt"),
      },
    });
    sending.on("error", () => undefined);
    sending.write("a".repeat(1000));
    for (let i = 0; i < 500 && (await incoming()).length === 0; i += 1) await sleep(20);
    expect(await incoming()).toHaveLength(1);
    sending.destroy();
    for (let i = 0; i < 500 && (await incoming()).length > 0; i += 1) await sleep(20);
    expect(await incoming()).toEqual([]);
  });

  it("the list of an act's files is a list of texts", async () => {
    for (const attachments of ["x", [1], { 0: "x" }, [null]]) {
      const answer = await focal.post(`/admin/api/resources/cases/records/${reference}/perform`, {
        action: "note",
        fields: { note: "x" },
        expectedSeq: 1,
        attachments,
      });
      expect(answer.body.problem).toMatchObject({ code: "invalid-input", faults: [{ field: "/attachments" }] });
    }
  });
});

describe("the programme's limits", () => {
  const room = async () => app.signIn("operation_room");
  const inForce = { attachmentsMost: 10, attachmentMegabytes: 20, attachmentKinds: [...attachmentKinds] };
  const change = async (
    to: Partial<Record<keyof typeof inForce, unknown>>,
    before: Record<string, unknown> = inForce,
  ) => (await room()).edit("programmes", programme, to, before);

  it("hold as they are edited, for what is sent and for what waits already", async () => {
    const own = (await app.office.receive()).reference;
    const [first, second] = [
      (await upload(focal, "one", "one.txt", own)).body.file,
      (await upload(focal, "two", "two.txt", own)).body.file,
    ];
    const limits = { attachmentsMost: 1, attachmentMegabytes: 1, attachmentKinds: ["image", "document"] };
    expect((await change(limits)).status).toBe(200);
    expect((await focal.get(at(own))).body).toMatchObject({ most: 1, mostBytes: 1024 * 1024 });
    expect((await focal.get(at(own))).body.accept).not.toContain(".txt");
    expect((await noteWith([first.id, second.id], own)).body.problem).toMatchObject({
      code: "invalid-input",
      faults: [{ field: "/attachments", reason: { en: expect.stringContaining("at most 1 file") } }],
    });
    // Too many wait: no more is taken, and what waits is still listed, so that some can be taken off.
    expect((await upload(focal, aPng(), "a.png", own)).body.problem).toMatchObject({ code: "not-now" });
    expect((await focal.get(at(own))).body.files).toHaveLength(2);
    expect((await noteWith([first.id], own)).status).toBe(200);
    expect((await upload(focal, "a text", "a.txt", own)).body.problem).toMatchObject({
      code: "invalid-input",
      faults: [{ field: "/file", reason: { en: expect.not.stringContaining("Plain text") } }],
    });
    expect((await upload(focal, Buffer.alloc(1024 * 1024 + 1), "a.png", own)).body.problem).toMatchObject({
      code: "too-large",
      faults: [{ field: "/file", reason: { en: expect.stringContaining("1 MB or smaller") } }],
    });
    expect((await upload(focal, aPng(), "a.png", own)).status).toBe(201);

    expect((await change({ attachmentsMost: 0 }, limits)).status).toBe(200);
    expect((await focal.get(at(own))).body.problem).toMatchObject({ code: "invalid-input" });
    expect((await upload(focal, aPng(), "a.png", own)).status).toBe(422);
    expect((await change(inForce, { ...limits, attachmentsMost: 0 })).status).toBe(200);
    expect((await upload(focal, "a text", "a.txt", own)).status).toBe(201);
  });

  it("are refused in words where they make no sense, each at its field", async () => {
    for (const [field, value] of [
      ["attachmentsMost", 51],
      ["attachmentsMost", -1],
      ["attachmentMegabytes", 0],
      ["attachmentMegabytes", 201],
      ["attachmentKinds", ["programs"]],
    ] as const) {
      const { status, body } = await change({ [field]: value });
      expect([field, status, body.problem.faults[0].field]).toEqual([field, 422, expect.stringContaining(field)]);
    }
    expect((await focal.get(at(reference))).body).toMatchObject({ most: 10, mostBytes: 20 * 1024 * 1024 });
  });
});

describe("a stranger", () => {
  let kept: string;
  beforeAll(async () => {
    const { file } = (await upload(focal, aPng(), "proof.png")).body;
    await noteWith([file.id]);
    kept = file.id;
  });

  it("without a session saves nothing and sends nothing", async () => {
    const nobody = app.visitor();
    expect((await nobody.get(`/admin/files/${kept}`)).status).toBe(303);
    expect((await nobody.get(at(reference))).status).toBe(401);
    expect((await upload(nobody, "x")).status).toBe(401);
    expect((await nobody.post(`/admin/api/files/${kept}/drop?reference=${reference}`)).status).toBe(401);
  });

  it("of another entity is told that there is nothing, as for a guessed id", async () => {
    for (const address of [
      `/admin/files/${kept}`,
      `/admin/files/${kept}/thumbnail`,
      `/admin/files/${"0".repeat(32)}`,
    ]) {
      expect((await stranger.get(address)).status).toBe(404);
    }
    const [theirs, none] = [await stranger.get(at(reference)), await stranger.get(at("000-000-0000"))];
    expect([theirs.status, none.status]).toEqual([404, 404]);
    expect(theirs.body.problem.detail).toEqual(none.body.problem.detail);
    expect((await upload(stranger, "x")).status).toBe(404);
    expect((await focal.get(`/admin/files/${"0".repeat(32)}`)).status).toBe(404);
    for (const path of [
      "/admin/files",
      `/admin/files/${kept}/other`,
      `/admin/files/${kept}/`,
      `/admin/files/../files/${kept.toUpperCase()}`,
    ]) {
      expect((await focal.get(path)).status).toBe(404);
    }
  });

  it("cannot have another's file carried by an own case", async () => {
    const { file } = (await upload(focal, "mine", "mine.txt")).body;
    const own = await app.office.receive({ entity: "MOH", sector: "HEALTH" });
    expect((await noteWith([file.id], own.reference, stranger)).body.problem).toMatchObject({ code: "invalid-input" });
    expect((await noteWith([kept], own.reference, stranger)).body.problem).toMatchObject({ code: "invalid-input" });
  });

  it("who only reads saves, and sends nothing", async () => {
    expect((await auditor.get(`/admin/files/${kept}`)).status).toBe(200);
    expect((await upload(auditor, "x")).status).toBe(403);
  });

  it("whose seat or session ended is out at once", async () => {
    const leaving = await app.signIn("entity_manager", "CSPD");
    expect((await leaving.get(`/admin/files/${kept}`)).status).toBe(200);
    await app.services.people.disable({ email: leaving.email, by: { kind: "system", job: "test" }, now: later });
    expect((await leaving.get(`/admin/files/${kept}`)).status).toBe(303);
    expect((await upload(leaving, "x")).status).toBe(401);
  });

  it("of a confidential case: the room sees nothing, the handler's look is recorded once a save", async () => {
    const { id } = await app.services.attachments.stage({
      owner: { kind: "channel", key: app.office.key },
      name: "proof.txt",
      content: (async function* () {
        yield Buffer.from("0123456789");
      })(),
      declaredType: null,
      now: later,
    });
    const sent = await app.services.intake.receive({
      input: { ...complaint, type: "report", applicant: null },
      key: app.office.key,
      idempotencyKey: null,
      now: later,
      attachments: [id],
    });
    const room = await app.signIn("operation_room");
    expect((await room.get(`/admin/files/${id}`)).status).toBe(404);
    const looks = async () =>
      (await app.office.events(sent.reference)).filter(({ type }) => type === "attachment.read").length;
    expect(await looks()).toBe(0);
    expect((await focal.get(`/admin/files/${id}`)).status).toBe(200);
    expect((await save(focal, `/admin/files/${id}`).set("range", "bytes=5-")).status).toBe(206);
    expect(await looks()).toBe(1);
    expect((await focal.get(`/admin/files/${id}/thumbnail`)).status).toBe(404);
  });
});
