/** Files: staged for somebody, taken along by a case in its own statement, opened by whoever may see it, swept otherwise. */

import { readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text as textOf } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { AttachmentOwner } from "../../src/features/files/attachments.js";
import { takePlaceFor } from "../../src/features/files/take-place.js";
import type { ReceivedApplication } from "../../src/features/intake/receive-application.js";
import { aPng } from "../support/files.js";
import { complaint, openWorkingOffice, problemOf, sundayNine, type WorkingOffice } from "../support/working-office.js";

let office: WorkingOffice;
beforeAll(async () => {
  office = await openWorkingOffice();
});
afterAll(() => office.close());

const draft = (token = "a form that nobody else has"): AttachmentOwner => ({
  kind: "draft",
  programme: "jordan",
  draft: token,
  from: null,
});
const bytes = (content: string | Buffer) =>
  (async function* () {
    yield Buffer.from(content);
  })();
const hours = (n: number): Date => new Date(sundayNine.getTime() + n * 3_600_000);

function stage(owner: AttachmentOwner, content: string | Buffer = "What I saw.", name = "seen.txt", now = sundayNine) {
  return office.services.attachments.stage({ owner, name, content: bytes(content), declaredType: null, now });
}

const receive = (
  attachments: readonly string[],
  token?: string,
  input = complaint,
  idempotencyKey: string | null = null,
) =>
  office.services.intake.receive({
    input,
    key: office.key,
    idempotencyKey,
    now: sundayNine,
    attachments,
    draft: token,
  });

const read = async (a: Parameters<WorkingOffice["services"]["attachments"]["open"]>[0]): Promise<string> =>
  textOf((await office.services.attachments.open(a)).stream());

const asOfficial = (reference: string, role = "focal_point" as const, place = "CSPD"): AttachmentOwner => ({
  kind: "official",
  actor: office.official(role, place),
  reference,
});

describe("an application with files", () => {
  it("carries them in its first event, with the hash of what is on disk", async () => {
    const staged = await stage(draft(), "What I saw.", "ما رأيت.exe.txt");
    const sent = await receive([staged.id], "a form that nobody else has");
    const [received] = await office.events(sent.reference);
    expect(received).toMatchObject({ type: "application.received", data: { attachments: [staged] } });
    expect(staged).toMatchObject({ name: "ما رأيت.exe.txt", type: "text/plain", bytes: 11 });
    expect(await readFile(join(office.files, staged.id.slice(0, 2), staged.id.slice(2, 4), staged.id), "utf8")).toBe(
      "What I saw.",
    );
    const followed = await office.services.cases.follow({ ...sent, now: sundayNine });
    expect(followed.attachments).toEqual([staged]);
    expect(await read({ id: staged.id, ...sent, now: sundayNine })).toBe("What I saw.");
    expect(await read({ id: staged.id, actor: office.official("focal_point", "CSPD"), now: sundayNine })).toBe(
      "What I saw.",
    );
  });

  it("comes once: a file is taken along by one case, and a retry of the same request by none", async () => {
    const { id } = await stage({ kind: "channel", key: office.key });
    const first = await receive([id], undefined, complaint, "retry-1");
    const again = await receive([id], undefined, complaint, "retry-1");
    expect(again).toMatchObject({ reference: first.reference, code: first.code, replayed: true });
    expect(await problemOf(receive([id]))).toMatchObject({
      code: "invalid-input",
      faults: [{ field: "/attachments/0" }],
    });
    expect(await problemOf(receive([], undefined, complaint, "retry-1"))).toMatchObject({
      code: "idempotency-conflict",
    });
  });

  it("of two that name the same file at once one is stored, the other not at all", async () => {
    const { id } = await stage(draft("raced for, raced for"));
    const before = (await office.rows("select count(*)::integer as n from cases"))[0];
    const both = await Promise.allSettled([1, 2].map(() => receive([id], "raced for, raced for")));
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const cases = (await office.rows("select count(*)::integer as n from cases"))[0];
    expect(Number(cases?.n) - Number(before?.n)).toBe(1);
  });

  it("takes nothing of another form, another channel, nobody, itself twice", async () => {
    const { id } = await stage(draft());
    for (const ids of [[id], ["0".repeat(32)], ["../../etc/passwd"], [id.toUpperCase()]]) {
      expect(await problemOf(receive(ids, "another form, another form"))).toMatchObject({ code: "invalid-input" });
    }
    expect(await problemOf(receive([id]))).toMatchObject({ code: "invalid-input" });
    expect(await problemOf(receive([id, id], "a form that nobody else has"))).toMatchObject({ code: "invalid-input" });
  });
});

describe("an act with files", () => {
  let sent: ReceivedApplication;
  beforeAll(async () => {
    sent = await office.receive();
  });

  it("carries them where the workflow says so, and only the official's own for this case", async () => {
    const { id, ...file } = await stage(asOfficial(sent.reference), aPng(), "plan.png");
    const focal = office.official("focal_point", "CSPD");
    const act = (
      action: string,
      fields: Record<string, unknown>,
      attachments: string[],
      actor = focal,
      reference = sent.reference,
    ) => office.services.cases.perform({ reference, action, fields, actor, now: hours(1), attachments });
    const other = await office.receive();
    expect(await problemOf(act("take", {}, [id]))).toMatchObject({
      code: "invalid-input",
      faults: [{ field: "/attachments" }],
    });
    expect(await problemOf(act("note", { note: "see" }, [id], focal, other.reference))).toMatchObject({
      code: "invalid-input",
    });
    expect(
      await problemOf(act("note", { note: "see" }, [id], office.official("entity_manager", "CSPD"))),
    ).toMatchObject({ code: "invalid-input" });
    expect((await office.events(sent.reference)).some(({ type }) => type === "case.noted")).toBe(false);

    await act("note", { note: "see" }, [id]);
    const noted = (await office.events(sent.reference)).find(({ type }) => type === "case.noted");
    expect(noted?.data).toMatchObject({ note: "see", attachments: [{ id, ...file }] });
    // A note stays inside the office, with its file.
    expect(await problemOf(read({ id, ...sent, now: hours(2) }))).toMatchObject({ code: "not-found" });
    expect(
      (await office.services.attachments.open({ id, actor: focal, thumbnail: true, now: hours(2) })).bytes,
    ).toBeGreaterThan(20);
  });

  it("shows the applicant the files of an answer once it took effect", async () => {
    const { id } = await stage(asOfficial(sent.reference), "The hall is open.", "answer.txt");
    const actor = office.official("focal_point", "CSPD");
    await office.services.cases.perform({
      reference: sent.reference,
      action: "answer",
      fields: { answer: "See the file." },
      actor,
      now: hours(2),
      attachments: [id],
    });
    const { state } = await office.services.cases.follow({ ...sent, now: hours(2) });
    if (state === "in_review") {
      expect(await problemOf(read({ id, ...sent, now: hours(2) }))).toMatchObject({ code: "not-found" });
      const room = office.official("operation_room");
      await office.act(sent.reference, room, "approve", {}, hours(3));
    }
    expect(await read({ id, ...sent, now: hours(3) })).toBe("The hall is open.");
    const { conversation } = await office.services.cases.follow({ ...sent, now: hours(3) });
    expect(conversation.at(-1)).toMatchObject({ kind: "answer", attachments: [{ id, name: "answer.txt" }] });
  });

  it("of the applicant comes with the reply", async () => {
    const own = await office.receive();
    const owner: AttachmentOwner = { kind: "applicant", reference: own.reference, code: own.code, from: null };
    const { id } = await stage(owner, "more", "more.txt");
    expect(await office.services.attachments.staged(owner)).toMatchObject([{ id }]);
    const performed = {
      ...own,
      action: "add_information",
      fields: { reply: "See it." },
      now: hours(1),
      attachments: [id],
    };
    await office.services.cases.performAsApplicant(performed);
    expect(await office.services.attachments.staged(owner)).toEqual([]);
    expect(await read({ id, ...own, now: hours(1) })).toBe("more");
  });
});

describe("how much may wait", () => {
  it("is a limit for those who send at once, too: 280 files at the same time are twenty", async () => {
    const owner = draft("twenty tabs at the same time");
    const sent = await Promise.allSettled(Array.from({ length: 280 }, (_none, i) => stage(owner, `file ${i}`)));
    const kept = sent.filter(({ status }) => status === "fulfilled").length;
    const refusals = sent.flatMap((one) => (one.status === "rejected" ? [one.reason.code] : []));
    expect(new Set(refusals)).toEqual(new Set(["not-now"]));
    expect(kept).toBeGreaterThan(0);
    expect(kept).toBeLessThanOrEqual(20);
    expect(await office.services.attachments.staged(owner)).toHaveLength(kept);
    // Nothing is held by those that were refused: what was left over can be had.
    for (let i = kept; i < 20; i += 1) await stage(owner, `file ${i}`);
    expect(await problemOf(stage(owner))).toMatchObject({ code: "not-now" });
    expect(await office.rows("select count(*)::integer as n from attachment_places")).toEqual([{ n: 0 }]);
  });

  it("is bounded in bytes: of one owner, of the forms of strangers, and of all", async () => {
    const [{ sum }] = (await office.rows(
      "select coalesce(sum(bytes), 0)::integer as sum from attachments where case_id is null",
    )) as [{ sum: number }];
    const parts = { db: office.db, room: async () => ({ most: sum + 100_000, free: 1e9 }) };
    let n = 0;
    const take = (owner: string, bytes: number) => {
      n += 1;
      const id = n.toString(16).padStart(32, "0");
      return takePlaceFor(parts, {
        id,
        owner,
        origin: null,
        bytes,
        most: { files: 9, bytes: 60_000 },
        now: sundayNine,
      });
    };
    await take("key/1", 30_000);
    expect(await problemOf(take("key/1", 30_001))).toMatchObject({ code: "not-now" });
    await take("key/1", 30_000);
    expect(await problemOf(take("key/2", 40_001))).toMatchObject({ code: "storage-full", retryAfter: 300 });
    await take("key/2", 40_000);
    await office.rows("delete from attachment_places");
    expect(await problemOf(take("draft/a", 60_000))).toMatchObject({ code: "storage-full" });
    await take("key/2", 60_000);
    await office.rows("delete from attachment_places");
  });

  it("is given back by those who break off, and an hour after a kill", async () => {
    const owner = draft("one who always breaks off");
    for (let i = 0; i < 25; i += 1) expect(await problemOf(stage(owner, ""))).toMatchObject({ code: "invalid-input" });
    await stage(owner);
    const parts = { db: office.db, room: async () => ({ most: 1e12, free: 1e12 }) };
    const most = { files: 2, bytes: 1e9 };
    const killed = { id: "e".repeat(32), owner: "official/9/9", origin: null, most, bytes: 9, now: sundayNine };
    await takePlaceFor(parts, killed);
    await takePlaceFor(parts, { ...killed, id: "d".repeat(32) });
    const next = { ...killed, id: "c".repeat(32) };
    expect(await problemOf(takePlaceFor(parts, next))).toMatchObject({ code: "not-now" });
    await takePlaceFor(parts, { ...next, now: hours(2) });
    await office.rows("delete from attachment_places");
  });
});

describe("who may not", () => {
  it("stage: no reader of the case, no other entity, no wrong code, and nobody without end", async () => {
    const sent = await office.receive();
    const elsewhere = asOfficial(sent.reference, "focal_point", "MWI");
    expect(await problemOf(stage(elsewhere))).toMatchObject({ code: "not-found" });
    expect(
      await problemOf(stage({ kind: "official", actor: office.official("auditor"), reference: sent.reference })),
    ).toMatchObject({ code: "forbidden" });
    expect(
      await problemOf(stage({ kind: "applicant", reference: sent.reference, code: "WRONG", from: null })),
    ).toMatchObject({
      code: "not-found",
    });
    const patient = draft("one who wants it all");
    for (let i = 0; i < 20; i += 1) await stage(patient);
    expect(await problemOf(stage(patient))).toMatchObject({ code: "not-now" });
  });

  it("open: another entity, another applicant, the ids of what is only staged", async () => {
    const staged = await stage(draft());
    expect(
      await problemOf(read({ id: staged.id, actor: office.official("operation_room"), now: sundayNine })),
    ).toMatchObject({ code: "not-found" });
    const sent = await receive([staged.id], "a form that nobody else has");
    const other = await office.receive();
    for (const opening of [
      { actor: office.official("focal_point", "MWI") },
      { actor: office.official("steering_committee") },
      { reference: other.reference, code: other.code },
      { reference: sent.reference, code: other.code },
    ]) {
      expect(await problemOf(read({ id: staged.id, ...opening, now: sundayNine }))).toMatchObject({
        code: "not-found",
      });
    }
  });

  it("see into a confidential case unrecorded: the handler's look is on its record, the others' does not happen", async () => {
    const staged = await stage(draft(), aPng(), "proof.png");
    const report = { ...complaint, type: "report", applicant: null };
    const sent = await receive([staged.id], "a form that nobody else has", report);
    const handler = office.official("focal_point", "CSPD");
    expect(
      await problemOf(read({ id: staged.id, actor: office.official("operation_room"), now: sundayNine })),
    ).toMatchObject({ code: "not-found" });
    expect(await problemOf(read({ id: staged.id, actor: handler, thumbnail: true, now: sundayNine }))).toMatchObject({
      code: "not-found",
    });
    expect((await office.events(sent.reference)).some(({ type }) => type === "attachment.read")).toBe(false);
    await read({ id: staged.id, actor: handler, now: sundayNine });
    const seen = (await office.events(sent.reference)).filter(({ type }) => type === "attachment.read");
    expect(seen).toMatchObject([{ data: { id: staged.id, name: "proof.png" } }]);
    const { timeline } = await office.services.cases.page({
      reference: sent.reference,
      actor: handler,
      now: sundayNine,
    });
    expect(timeline.at(-1)).toMatchObject({
      kind: "reading",
      internal: true,
      what: { en: expect.stringContaining("proof.png") },
    });
  });
});

describe("what nobody sends", () => {
  const placeOf = (id: string) => join(office.files, id.slice(0, 2), id.slice(2, 4), id);

  it("is gone a day later, with what a kill left on disk; what a case carries stays", async () => {
    const lost = await stage(draft("never sent, never sent"), aPng(), "lost.png");
    const kept = await stage(draft(), "kept", "kept.txt");
    await receive([kept.id], "a form that nobody else has");
    const stray = join(office.files, "incoming", "f".repeat(32));
    await writeFile(stray, "half");
    await writeFile(join(office.files, "notes of the administrator"), "not ours");
    const swept = (at: Date) => office.services.handlers.housekeeping(at);
    await swept(hours(23));
    expect((await stat(placeOf(lost.id))).size).toBe(lost.bytes);

    const old = new Date(Date.now() + 30 * 86_400_000);
    expect(await swept(old)).toMatchObject({ filesForgotten: expect.any(Number), filesStray: 1 });
    await expect(stat(placeOf(lost.id))).rejects.toMatchObject({ code: "ENOENT" });
    await expect(stat(placeOf(`${lost.id}.webp`))).rejects.toMatchObject({ code: "ENOENT" });
    await expect(stat(stray)).rejects.toMatchObject({ code: "ENOENT" });
    expect((await stat(placeOf(kept.id))).size).toBe(4);
    expect(await readFile(join(office.files, "notes of the administrator"), "utf8")).toBe("not ours");
    expect(await readdir(join(office.files, "incoming"))).toEqual([]);
    expect(await problemOf(receive([lost.id], "never sent, never sent"))).toMatchObject({ code: "invalid-input" });
  });

  it("can be taken back by whoever staged it, and by nobody else", async () => {
    const { id } = await stage(draft("second thoughts of one"));
    const { attachments } = office.services;
    expect(await problemOf(attachments.drop({ owner: draft(), id }))).toMatchObject({ code: "not-found" });
    await attachments.drop({ owner: draft("second thoughts of one"), id });
    await expect(stat(placeOf(id))).rejects.toMatchObject({ code: "ENOENT" });
  });

  it("cannot be removed once a case carries it, whatever the running role says", async () => {
    const { id } = await stage(draft());
    await receive([id], "a form that nobody else has");
    for (const sql of [
      `delete from attachments where id = '${id}'`,
      `update attachments set case_id = null, event_seq = null where id = '${id}'`,
    ]) {
      await expect(office.rows(sql)).rejects.toThrow(/belongs to case/);
    }
    await expect(office.rows("update attachments set name = 'other'")).rejects.toThrow(/permission denied/);
  });

  it("is proven by the record: a file whose bytes are others, or that is gone, is named with its case", async () => {
    const verified = () => office.services.audit.verify({ seals: [] });
    const { id } = await stage(draft(), "the true text", "true.txt");
    const sent = await receive([id], "a form that nobody else has");
    expect((await verified()).faults).toEqual([]);
    await writeFile(placeOf(id), "another text!");
    expect((await verified()).faults).toMatchObject([{ what: "file altered", reference: sent.reference, seq: 1 }]);
    await rm(placeOf(id));
    expect((await verified()).faults).toMatchObject([{ what: "file removed", reference: sent.reference, seq: 1 }]);
  });

  it("a file that is gone from the disk is not invented", async () => {
    const { id } = await stage(draft());
    const sent = await receive([id], "a form that nobody else has");
    await rm(placeOf(id));
    expect(await problemOf(read({ id, ...sent, now: sundayNine }))).toMatchObject({ code: "unavailable" });
  });
});
