/** The figures page at its door: who gets in, and what a stranger gets. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type AdminApp, openAdminApp } from "../support/admin-app.js";

let app: AdminApp;
beforeAll(async () => {
  app = await openAdminApp();
  await app.office.receive();
}, 120_000);
afterAll(() => app.close());

const statusOf = async (answer: Promise<{ status: number }>): Promise<number> => (await answer).status;

describe("the figures page", () => {
  it("is not there for nobody, nor for the agents of the contact centre", async () => {
    expect(await statusOf(app.visitor().page("figures"))).toBe(401);
    const agent = await app.signIn("contact_centre_agent");
    expect(await statusOf(agent.page("figures"))).toBe(404);
    expect(await statusOf(agent.send("figures", "export", { part: "entities", format: "csv" }))).toBe(404);
  });

  it("gives who leads the agents the programme, without small numbers, cases or files", async () => {
    const lead = await app.signIn("contact_centre_lead");
    const { status, body } = await lead.page("figures");
    expect([status, body.hidesSmall, body.team]).toEqual([200, true, null]);
    expect(body.scope).toMatchObject({ id: "all", readsCases: false, exports: false, confidential: false });
    expect(await statusOf(lead.page("figures", { entity: "JFDA" }))).toBe(404);
    expect(await statusOf(lead.send("figures", "export", { part: "entities", format: "csv" }))).toBe(404);
  });

  it("gives a focal point the own entity, and nothing of another scope or programme", async () => {
    const focal = await app.signIn("focal_point", "JFDA");
    const answer = await focal.page("figures");
    expect(answer.status).toBe(200);
    expect(answer.body.scope).toMatchObject({ id: "at:JFDA", readsCases: true, exports: false });
    const strange: readonly Record<string, string>[] = [
      ...["all", "at:MOH", "MOH", "sector:health"].map((scope) => ({ scope })),
      { programme: "boston311" },
      { entity: "MOH" },
      { scope: "own", entity: "JFDA" },
    ];
    for (const query of strange) expect(await statusOf(focal.page("figures", query))).toBe(404);
    expect(await statusOf(focal.send("figures", "export", { part: "entities", format: "csv" }))).toBe(404);
  });

  it("gives own cases to those who handle some, and a team to those who run an entity", async () => {
    const focal = await app.signIn("focal_point", "JFDA");
    const own = await focal.page("figures", { scope: "own" });
    expect(own.body.scope).toMatchObject({ id: "own", kind: "own", confidential: true, exports: false });
    expect([own.body.team, (await focal.page("figures")).body.team]).toEqual([null, null]);
    const manager = await app.signIn("entity_manager", "JFDA");
    const { team } = (await manager.page("figures")).body;
    expect(team.length).toBeGreaterThan(1);
    for (const role of ["operation_room", "steering_committee", "auditor"] as const) {
      const official = await app.signIn(role);
      expect(await statusOf(official.page("figures", { scope: "own" }))).toBe(404);
      expect((await official.page("figures")).body.team).toBeNull();
    }
    // Narrowed down to the entity, those above see its figures, and not who does what.
    const room = await app.signIn("operation_room");
    const narrowed = (await room.page("figures", { entity: "JFDA" })).body;
    expect([narrowed.scope.code, narrowed.team]).toEqual(["JFDA", null]);
    const committee = await app.signIn("steering_committee");
    expect(await statusOf(committee.page("figures", { entity: "JFDA" }))).toBe(404);
    expect(await statusOf(room.page("figures", { entity: "constructor" }))).toBe(404);
  });

  it("gives the committee figures without a way to the cases, and their file", async () => {
    const committee = await app.signIn("steering_committee");
    const { body } = await committee.page("figures");
    expect(body.scope).toMatchObject({ id: "all", readsCases: false });
    const file = await committee.send("figures", "export", { part: "figures", format: "csv", language: "ar" });
    expect(Buffer.from(file.body.content, "base64").toString("utf8")).toContain("الرد ضمن الموعد");
    expect((await committee.list("cases")).body.records).toEqual([]);
  });

  it("says what is wrong with a period, at its field", async () => {
    const room = await app.signIn("operation_room");
    const answer = await room.page("figures", { period: "2026-11-20..2026-11-10" });
    expect(answer.status).toBe(422);
    expect(answer.body.problem.faults).toEqual([
      { field: "/period", reason: expect.objectContaining({ en: expect.stringContaining("ends before it begins") }) },
    ]);
    // Nothing else of an address is taken.
    expect(await statusOf(room.page("figures", { entities: "MOH" }))).toBe(400);
  });

  it("refuses a list of what no figure counts", async () => {
    const room = await app.signIn("operation_room");
    expect(await statusOf(room.list("cases", { "filters.counted": "stolen.2026-11-01.2026-12-01" }))).toBe(400);
    const found = await room.list("cases", { "filters.counted": "received.2026-11-01.2026-12-01" });
    expect(found.body.meta.total).toBe(1);
    const focal = await app.signIn("focal_point", "MOH");
    const strange = await focal.list("cases", { "filters.counted": "received.2026-11-01.2026-12-01" });
    expect(strange.body.meta.total).toBe(0);
  });
});
