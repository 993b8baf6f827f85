/** Bulk acts and files of cases at the door: for whom they are, and what strangers find there. */
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type AdminApp, openAdminApp, type SignedIn } from "../support/admin-app.js";
import { sundayNine } from "../support/working-office.js";

let app: AdminApp;
let folder: string;
let point: SignedIn;
let stranger: SignedIn;
let auditor: SignedIn;
let mine: string[];
let theirs: string;
let now = new Date(sundayNine.getTime() + 3_600_000);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "diwan-exports-http-"));
  app = await openAdminApp({ now, parts: { exportsFolder: folder } });
  const { receive } = app.office;
  mine = [];
  for (let i = 0; i < 3; i++) mine.push((await receive({ subject: `Mine ${i}` })).reference);
  theirs = (await receive({ subject: "Theirs", sector: "HEALTH", entity: "JFDA" })).reference;
  point = await app.signIn("focal_point", "CSPD");
  stranger = await app.signIn("focal_point", "JFDA");
  auditor = await app.signIn("auditor");
});
afterAll(async () => {
  await app?.close();
  rmSync(folder, { recursive: true, force: true });
});

const page = "my-work";
const settled = () => Promise.all([app.services.work.bulk.lane.settled(), app.services.work.exports.lane.settled()]);
const asked = { query: {}, format: "csv", language: "en", columns: ["reference", "subject"], reason: null };

async function exported(who: SignedIn, more: object = {}): Promise<string> {
  const answer = await who.send(page, "export-start", { ...asked, ...more });
  expect(answer.status).toBe(200);
  await settled();
  return answer.body.id;
}

describe("a bulk act at the door", () => {
  it("is offered, looked at and started; a forged reference of another entity is as if it did not exist", async () => {
    const references = [...mine, theirs];
    const offer = await point.send(page, "bulk-offer", { references });
    expect(offer.body.references).toEqual(mine);
    const byList = await point.send(page, "bulk-offer", { query: { "filters.entity": "CSPD" } });
    expect([...byList.body.references].sort()).toEqual([...mine].sort());
    const act = { references, action: "take", fields: {} };
    expect((await point.send(page, "bulk-preview", act)).body).toEqual({ can: 3, cannot: [] });
    const id = randomUUID();
    const started = await point.send(page, "bulk-start", { ...act, id });
    expect(started.status).toBe(200);
    expect(started.body).toMatchObject({ id, total: 3 });
    await settled();
    expect((await point.page(page, { run: id })).body.run).toMatchObject({ state: "done", done: 3 });
    expect(await app.office.caseRow(theirs)).toMatchObject({ assignee: null });
    for (const other of [stranger, auditor]) {
      expect((await other.page(page, { run: id })).status).toBe(404);
      expect((await other.send(page, "bulk-cancel", { id })).status).toBe(404);
      expect((await other.page(page)).body.runs).toEqual([]);
    }
  });

  it("closes duplicates of one case, in a run: what is out of reach is neither closed nor named as the original", async () => {
    const { receive, caseRow } = app.office;
    const original = (await receive({ subject: "The first of them" })).reference;
    const same = [(await receive({ subject: "The same" })).reference, (await receive({ subject: "Again" })).reference];
    const link = (references: string[], duplicateOf: string) => ({
      ...{ references, action: "link", fields: { duplicateOf }, id: randomUUID() },
    });
    // An original of another entity is as if it did not exist.
    const forged = await point.send(page, "bulk-start", link(same, theirs));
    expect([forged.status, forged.body.problem.faults[0].field]).toEqual([422, "/fields/duplicateOf"]);
    // Nobody closes what they cannot see, whatever original of their own they name.
    expect((await stranger.send(page, "bulk-start", link(same, theirs))).status).toBe(422);
    const run = link([...same, theirs], original);
    expect((await point.send(page, "bulk-start", run)).body).toMatchObject({ total: 2 });
    await settled();
    expect((await point.page(page, { run: run.id })).body.run).toMatchObject({ state: "done", done: 2, refused: 0 });
    const { id } = await caseRow(original);
    for (const reference of same)
      expect(await caseRow(reference)).toMatchObject({ state: "duplicate", duplicate_of: id });
    expect(await caseRow(theirs)).toMatchObject({ state: "assigned", duplicate_of: null });
    expect((await stranger.page(page, { run: run.id })).status).toBe(404);
  });

  it("places what waits in the queue of a sector, in a run; another sector's queue is out of reach", async () => {
    const { receive, caseRow } = app.office;
    const unplaced = { entity: null, service: null };
    const queue: string[] = [];
    for (let i = 0; i < 2; i++) queue.push((await receive({ subject: `Whose is it? ${i}`, ...unplaced })).reference);
    const health = (await receive({ subject: "Whose clinic?", sector: "HEALTH", ...unplaced })).reference;
    const main = await app.signIn("main_focal_point", "INTERIOR");
    const other = await app.signIn("main_focal_point", "HEALTH");
    const references = [...queue, health, mine[0] as string];
    const offer = (await main.send(page, "bulk-offer", { references })).body;
    expect(offer.references).toEqual(queue);
    expect(offer.actions.map(({ action }: { action: string }) => action)).toContain("assign");
    const assign = (id: string, fields: object) => ({ references, action: "assign", fields, id });
    const id = randomUUID();
    expect((await main.send(page, "bulk-start", assign(id, {}))).status).toBe(422);
    const fields = { entity: "CSPD", reason: "Identity cards are theirs." };
    // A focal point places nothing: the act is not among theirs.
    expect(
      (await stranger.send(page, "bulk-start", { ...assign(randomUUID(), fields), references: queue })).status,
    ).toBe(422);
    expect((await main.send(page, "bulk-start", assign(id, fields))).body).toMatchObject({ total: 2 });
    await settled();
    for (const reference of queue)
      expect(await caseRow(reference)).toMatchObject({ entity: "CSPD", state: "assigned" });
    expect(await caseRow(health)).toMatchObject({ entity: null, state: "triage" });
    expect(await caseRow(mine[0] as string)).toMatchObject({ entity: "CSPD" });
    expect((await other.page(page, { run: id })).status).toBe(404);
    // Sent again after an answer that got lost, it is the same run, and nothing is placed twice.
    const times = (await app.office.events(queue[0] as string)).length;
    await main.send(page, "bulk-start", assign(id, fields));
    await settled();
    expect(await app.office.events(queue[0] as string)).toHaveLength(times);
  });

  it("offers an auditor nothing, and refuses what an auditor sends all the same", async () => {
    expect((await auditor.send(page, "bulk-offer", { references: mine })).body.actions).toEqual([]);
    const id = randomUUID();
    const started = await auditor.send(page, "bulk-start", { references: mine, action: "take", fields: {}, id });
    expect(started.status).toBe(409);
    expect((await auditor.page(page)).body.runs).toEqual([]);
  });

  it.each([
    [{ references: "all" }, "/references"],
    [{ references: [1] }, "/references"],
    [{ references: ["x".repeat(21)] }, "/references"],
    [{ references: [] }, "/selection"],
    [{ query: [] }, "/query"],
  ])("refuses %j with a fault at its place", async (body, field) => {
    const answer = await point.send(page, "bulk-offer", body);
    expect(answer.status).toBe(422);
    expect(answer.body.problem.faults[0].field).toBe(field);
  });

  it("refuses filters that the list does not know, acts that are not for many, and numbers that are none", async () => {
    expect((await point.send(page, "bulk-offer", { query: { "filters.codeHash": "x" } })).status).toBe(400);
    expect((await point.send(page, "bulk-offer", { query: { "filters.late": "sometimes" } })).status).toBe(400);
    const answer = { references: mine, action: "answer", fields: { answer: "Same to all" } };
    expect((await point.send(page, "bulk-start", { ...answer, id: randomUUID() })).status).toBe(422);
    const take = { references: mine, action: "take", fields: {} };
    for (const id of ["1", "", "../x", 7])
      expect((await point.send(page, "bulk-start", { ...take, id })).status).toBe(404);
    expect((await point.send(page, "bulk-start", { ...take, action: 7, id: randomUUID() })).status).toBe(422);
    expect((await point.send(page, "bulk-start", { ...take, fields: [], id: randomUUID() })).status).toBe(422);
  });

  it("is never done by GET, nor from another site, nor without a session", async () => {
    expect((await app.visitor().page(page)).status).toBe(401);
    expect((await app.visitor().send(page, "bulk-offer", { references: mine })).status).toBe(401);
    const foreign = await point.agent
      .post("/admin/api/pages/my-work")
      .set("sec-fetch-site", "cross-site")
      .send({ do: "bulk-offer", references: mine });
    expect(foreign.status).toBe(403);
  });
});

describe("many cases classified at once", () => {
  it("changes what it names of each, with its deadlines, and refuses those that have it already", async () => {
    const room = await app.signIn("operation_room");
    const { receive, caseRow } = app.office;
    const references = [];
    for (let i = 0; i < 3; i++) references.push((await receive({ subject: `Unclassified ${i}` })).reference);
    const before = (await caseRow(references[0] ?? "")).due_at as Date;
    const offer = await room.send(page, "bulk-offer", { references });
    const act = offer.body.actions.find(({ action }: { action: string }) => action === "reclassify");
    expect(act).toMatchObject({ can: 3, cannot: [] });
    const classify = { references, action: "reclassify", fields: { importance: "critical" } };
    expect((await room.send(page, "bulk-preview", classify)).body).toEqual({ can: 3, cannot: [] });
    expect((await room.send(page, "bulk-start", { ...classify, id: randomUUID() })).status).toBe(200);
    await settled();
    for (const reference of references) {
      const row = await caseRow(reference);
      expect(row.importance).toBe("critical");
      expect((row.due_at as Date) < before).toBe(true);
    }
    expect((await room.send(page, "bulk-preview", classify)).status).toBe(422);
    // Not a focal point's to do, whichever of the cases.
    const theirs = { ...classify, fields: { importance: "low" }, id: randomUUID() };
    expect((await point.send(page, "bulk-preview", theirs)).body.can ?? 0).toBe(0);
    expect((await point.send(page, "bulk-start", theirs)).status).toBe(409);
  });
});

describe("a forward taken back at the door", () => {
  it("is for its author alone, and lists nothing of what is out of reach", async () => {
    const { reference } = await app.office.receive({ subject: "Wrongly sent" });
    const done = await app.office.act(
      reference,
      point.person,
      "transfer",
      { entity: "JFDA", reason: "Not ours at all" },
      now,
    );
    const seq = done.takeBack?.seq;
    const [listed] = (await point.page("forwarded")).body.cases;
    // They knew its subject when they forwarded it; what it is now is not theirs to know.
    expect(listed).toMatchObject({ reference, seq, subject: "Wrongly sent", state: null });
    expect((await point.page("forwarded", { page: "0" })).status).toBe(400);
    expect((await stranger.page("forwarded")).body).toEqual({ cases: [], page: 1, total: 0, together: [] });
    for (const who of [stranger, auditor])
      expect((await who.send("forwarded", "take-back", { reference, seq })).status).toBe(404);
    expect((await app.visitor().send("forwarded", "take-back", { reference, seq })).status).toBe(401);
    for (const wrong of [
      { reference, seq: "1" },
      { reference, seq: 0 },
    ])
      expect((await point.send("forwarded", "take-back", wrong)).status).toBe(422);
    expect((await point.send("forwarded", "take-back", { reference: 7, seq })).status).toBe(404);
    expect((await point.send("forwarded", "take-back", { reference, seq })).body).toEqual({ reference });
    // A run goes back by who started it alone; what is no number of a run finds nothing.
    const runs = { id: "6f6e0b5e-0000-4000-8000-000000000032", run: "6f6e0b5e-0000-4000-8000-000000000033" };
    for (const who of [stranger, auditor, point])
      expect((await who.send("my-work", "bulk-take-back", runs)).status).toBe(404);
    expect((await point.send("my-work", "bulk-take-back", { id: 7, run: {} })).status).toBe(404);
    expect((await app.visitor().send("my-work", "bulk-take-back", runs)).status).toBe(401);
    // Sent again, it is done already.
    expect((await point.send("forwarded", "take-back", { reference, seq })).body).toEqual({ reference });
  });
});

describe("what a classification would do", () => {
  it("says which deadlines move before it is sent, to who may do it alone", async () => {
    const { reference } = await app.office.receive({ subject: "To be classified" });
    const room = await app.signIn("operation_room");
    const asked = { action: "reclassify", fields: { importance: "critical" } };
    const path = `/admin/api/resources/cases/records/${reference}/deadlines`;
    const { body, status } = await room.post(path, asked);
    expect(status).toBe(200);
    const moved = body.view.deadlines.find(({ target }: { target: string }) => target === "resolution");
    expect(moved.to < moved.from).toBe(true);
    const before = await app.office.caseRow(reference);
    // What cannot be sent yet is refused when it is sent, not while it is written.
    const same = await room.post(path, { ...asked, fields: { importance: before.importance } });
    expect([same.status, same.body.view.deadlines]).toEqual([200, null]);
    expect((await stranger.post(path, asked)).status).toBe(404);
    expect((await point.post(path, asked)).status).toBe(403);
    expect(await app.office.caseRow(reference)).toEqual(before);
    const suggested = await point.get(`/admin/api/resources/cases/records/${reference}/suggested`);
    expect(suggested.body.view.entities).toEqual(expect.any(Array));
    expect((await stranger.get(`/admin/api/resources/cases/records/${reference}/suggested`)).status).toBe(404);
  });
});

describe("a file at the door", () => {
  it("is fetched by its owner as a download that runs nowhere and is kept by nobody", async () => {
    const id = await exported(point);
    const file = await point.get(`/admin/exports/${id}`);
    expect(file.status).toBe(200);
    expect(file.headers).toMatchObject({
      "content-type": "text/csv; charset=utf-8",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; sandbox",
      "content-disposition": "attachment; filename=\"cases-2026-11-22.csv\"; filename*=UTF-8''cases-2026-11-22.csv",
    });
    expect(file.text).toContain("Mine 0");
    expect(file.text).not.toContain("Theirs");
    const arabic = await exported(point, { language: "ar", format: "xlsx" });
    const book = await point.get(`/admin/exports/${arabic}`);
    expect(book.headers["content-disposition"]).toMatch(
      /^attachment; filename="2026-11-22\.xlsx"; filename\*=UTF-8''%D8/,
    );
    expect(Number(book.headers["content-length"])).toBeGreaterThan(500);
  });

  it("is not there for anybody else, for a guessed number, for another method or without a session", async () => {
    const id = await exported(point);
    for (const other of [stranger, auditor]) {
      expect((await other.get(`/admin/exports/${id}`)).status).toBe(404);
      expect((await other.send(page, "export-remove", { id })).status).toBe(404);
      expect((await other.send(page, "export-cancel", { id })).status).toBe(404);
    }
    for (const guess of [randomUUID(), "1", "..%2f..%2fsecrets.json", `${id}.csv`, "constructor"]) {
      expect((await point.get(`/admin/exports/${guess}`)).status).toBe(404);
    }
    expect((await point.post(`/admin/exports/${id}`)).status).toBe(405);
    const nobody = await app.visitor().get(`/admin/exports/${id}`);
    expect(nobody.status).toBe(303);
    expect(nobody.headers.location).toContain("/admin/login");
    expect((await point.get(`/admin/exports/${id}`)).status).toBe(200);
  });

  it("refuses forged columns, personal ones for whoever may not, and other kinds of file", async () => {
    const faultOf = async (who: SignedIn, more: object) => {
      const answer = await who.send(page, "export-start", { ...asked, ...more });
      return [answer.status, answer.body.problem?.faults?.[0]?.field];
    };
    expect(await faultOf(auditor, { columns: ["phone"], reason: "For the yearly report" })).toEqual([422, "/columns"]);
    expect(await faultOf(point, { columns: ["code_hash"] })).toEqual([422, "/columns"]);
    expect(await faultOf(point, { columns: { 0: "reference" } })).toEqual([422, "/columns"]);
    expect(await faultOf(point, { columns: ["phone"], reason: " " })).toEqual([422, "/reason"]);
    expect(await faultOf(point, { format: "html" })).toEqual([422, "/format"]);
    expect(await faultOf(point, { language: "fr" })).toEqual([422, "/language"]);
    const choices = await auditor.send(page, "export-choices");
    expect(choices.body.columns.filter((column: { personal: boolean }) => column.personal)).toEqual([]);
  });

  it("is gone with the seat, with the session, with the account and after a day", async () => {
    const id = await exported(point);
    const terms = await app.office.rows(
      "update seat_holders set held_to = $2 where user_id = $1 and held_to is null returning id",
      point.person.userId,
      now,
    );
    expect((await point.get(`/admin/exports/${id}`)).status).toBe(404);
    for (const term of terms) await app.office.rows("update seat_holders set held_to = null where id = $1", term.id);
    expect((await point.get(`/admin/exports/${id}`)).status).toBe(200);
    const other = await app.signInAs(point.email);
    await other.agent.post("/admin/logout").set("sec-fetch-site", "same-origin");
    expect((await other.get(`/admin/exports/${id}`)).status).toBe(303);
    now = new Date(now.getTime() + 25 * 3_600_000);
    app.setNow(now);
    const tomorrow = await app.signInAs(point.email);
    expect((await tomorrow.get(`/admin/exports/${id}`)).status).toBe(404);
  });
});
