/** What a wrong clock and a held sweep are at the door: who sees it, who releases it, what is refused meanwhile. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { ClocksApart } from "../../src/platform/clocks-apart.js";
import { type AdminApp, openAdminApp, type SignedIn } from "../support/admin-app.js";
import { copyCase } from "../support/many-cases.js";
import { sundayNine } from "../support/working-office.js";

const minute = 60_000;
/** Everything received on Sunday at nine is escalated on Tuesday at nine; the sweep comes an hour later. */
const late = new Date(sundayNine.getTime() + 49 * 60 * minute);

let app: AdminApp;
let room: SignedIn;
let auditor: SignedIn;
let focal: SignedIn;
let apart: ClocksApart | null = null;
beforeAll(async () => {
  app = await openAdminApp({
    now: late,
    parts: { clock: { compare: async () => undefined, apart: () => apart, ahead: () => 0 } },
  });
  room = await app.signIn("operation_room");
  auditor = await app.signIn("auditor");
  focal = await app.signIn("focal_point", "CSPD");
  const { caseId } = await app.office.receive();
  await copyCase(app.office, { caseId, copies: 299 });
  await app.services.handlers["enforce-deadlines"](late);
}, 60_000);
afterAll(() => app.close());

describe("a held sweep", () => {
  it("stands on the home and the health page of the room, on the auditor's health page, and nowhere else", async () => {
    const held = { cases: 300, openCases: 300, most: 200, released: null };
    expect((await room.page("home")).body.desks[0].heldSweep).toMatchObject(held);
    const seen = await room.page("health");
    expect(seen.body.heldSweeps).toEqual([expect.objectContaining({ ...held, mayRelease: true })]);
    const enforcement = seen.body.checks.find(({ id }: { id: string }) => id === "enforcement");
    expect([enforcement.state, enforcement.words.en]).toEqual([
      "late",
      "Deadline enforcement is held: 300 cases are overdue.",
    ]);
    expect((await auditor.page("health")).body.heldSweeps).toEqual([
      expect.objectContaining({ ...held, mayRelease: false }),
    ]);
    expect((await focal.page("health")).status).toBe(404);
    expect(JSON.stringify((await focal.page("home")).body)).not.toMatch(/heldSweep/);
  });

  it("is released by the room alone, with a reason, and by a POST of what the page showed", async () => {
    const [held] = (await room.page("health")).body.heldSweeps;
    const body = { id: held.id, asOf: held.asOf, reason: "The server was being moved" };
    expect((await focal.send("health", "release", body)).status).toBe(404);
    expect((await auditor.send("health", "release", body)).status).toBe(403);
    expect((await app.visitor().send("health", "release", body)).status).toBe(401);
    for (const [wrong, field] of [
      [{ reason: " " }, "/reason"],
      [{ reason: "x".repeat(501) }, "/reason"],
      [{ asOf: "yesterday" }, "/asOf"],
      [{ id: "1; drop table cases" }, "/id"],
    ] as const) {
      const refused = await room.send("health", "release", { ...body, ...wrong });
      expect([refused.status, refused.body.problem.faults[0].field]).toEqual([422, field]);
    }
    expect((await room.send("health", "release", { ...body, id: 999_999 })).status).toBe(404);
    // A moment that no sweep has looked at yet opens no door to it.
    const released = await room.send("health", "release", { ...body, asOf: "2099-01-01T00:00:00Z" });
    expect(released.body.heldSweeps).toEqual([
      expect.objectContaining({ released: expect.objectContaining({ reason: body.reason }), mayRelease: false }),
    ]);
    const [row] = await app.office.rows("select released_until from held_sweeps");
    expect(row).toEqual({ released_until: late });
    expect((await room.send("health", "release", body)).status).toBe(409);
    const words = (await auditor.list("audit-events", { "filters.type": "sweep.held,sweep.released" })).body.records;
    expect(words).toHaveLength(2);
    const done = await app.services.handlers["enforce-deadlines"](new Date(late.getTime() + minute));
    expect(done).toMatchObject({ cases: 300 });
    expect((await room.page("home")).body.desks[0].heldSweep).toBeNull();
  });

  it("has its settings in the form of the programme, within limits", async () => {
    const { values } = (await room.show("programmes", "jordan")).body.record;
    expect(values).toMatchObject({ sweepHoldPercent: 5, sweepHoldLeast: 200 });
    const edit = (to: Record<string, number>) =>
      room.edit("programmes", "jordan", to, { sweepHoldPercent: 5, sweepHoldLeast: 200 });
    expect((await edit({ sweepHoldPercent: 0 })).status).toBe(422);
    expect((await edit({ sweepHoldLeast: 0 })).status).toBe(422);
    expect((await edit({ sweepHoldPercent: 10, sweepHoldLeast: 50 })).status).toBe(200);
    expect((await room.show("programmes", "jordan")).body.record.values).toMatchObject({
      sweepHoldPercent: 10,
      sweepHoldLeast: 50,
    });
  });
});

describe("while the clocks are apart", () => {
  it("people read, and nothing is stored: an act is refused with the reason in their language, and nothing happened", async () => {
    const sent = await app.office.receive({}, late);
    const acts = async () =>
      (await app.office.rows("select count(*)::integer as n from case_events where case_id = $1", sent.caseId))[0];
    const before = await acts();
    const seq = (await app.office.caseRow(sent.reference)).last_seq;
    apart = { machine: new Date("2029-11-24T10:00:00Z"), database: late };
    try {
      expect((await focal.page("home")).status).toBe(200);
      expect((await room.page("health")).status).toBe(200);
      const take = () =>
        focal.act("cases", sent.reference, "perform", { action: "take", fields: {}, expectedSeq: seq });
      const refused = await take();
      expect([refused.status, refused.headers["retry-after"]]).toEqual([503, "15"]);
      expect(JSON.stringify(refused.body)).toMatch(/2029-11-24T10:00:00Z.*NTP/);
      expect(JSON.stringify(refused.body)).toMatch(/[\u0600-\u06ff]/);
      // Looks into files are put on record, with their time.
      expect((await focal.get(`/admin/files/${"0".repeat(32)}`)).status).toBe(503);
      expect((await app.visitor().agent.post("/admin/login").type("form").send({ email: "a@b.jo" })).status).toBe(503);
      expect(await acts()).toEqual(before);
      apart = null;
      expect((await take()).status).toBe(200);
    } finally {
      apart = null;
    }
  });
});
