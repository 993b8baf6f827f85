/** Alerts about figures at their door: one's own, an audience's, and what a stranger gets. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type AdminApp, openAdminApp } from "../support/admin-app.js";
import { programme } from "../support/working-office.js";

let app: AdminApp;
beforeAll(async () => {
  app = await openAdminApp();
  await app.office.receive();
}, 120_000);
afterAll(() => app.close());

const page = "figure-alerts";
const low = { kpi: "onTimeResolution", condition: "below", value: 80, unit: "week", periods: 2, least: 30 };
const statusOf = async (answer: Promise<{ status: number }>): Promise<number> => (await answer).status;

describe("one's own alerts", () => {
  it("are not there for nobody, nor for who reads no figures", async () => {
    expect(await statusOf(app.visitor().page(page))).toBe(401);
    const agent = await app.signIn("contact_centre_agent");
    expect(await statusOf(agent.page(page))).toBe(404);
    for (const act of ["try", "save", "remove", "audience"])
      expect(await statusOf(agent.send(page, act, { programme, scope: "all", ...low }))).toBe(404);
  });

  it("are kept, changed and removed, each person's own", async () => {
    const focal = await app.signIn("focal_point", "JFDA");
    const kept = await focal.send(page, "save", { programme, scope: "at:JFDA", ...low });
    expect([kept.status, kept.body.own.length]).toEqual([200, 1]);
    const { id } = kept.body.own[0];
    const changed = await focal.send(page, "save", { id, programme, scope: "at:JFDA", ...low, value: 70 });
    expect(changed.body.own).toMatchObject([{ id, condition: { value: 70 } }]);
    const other = await app.signIn("focal_point", "MOH");
    expect((await other.page(page)).body.own).toEqual([]);
    expect(await statusOf(other.send(page, "remove", { id }))).toBe(404);
    expect(await statusOf(other.send(page, "save", { id, programme, scope: "at:MOH", ...low }))).toBe(404);
    expect(await statusOf(other.send(page, "try", { programme, scope: "at:JFDA", ...low }))).toBe(404);
    expect((await focal.send(page, "remove", { id })).body.own).toEqual([]);
  });

  it("are refused with where and what", async () => {
    const committee = await app.signIn("steering_committee");
    const answer = await committee.send(page, "try", {
      programme,
      scope: "all",
      ...low,
      kpi: "casesPerFocalPoint",
      value: 0,
    });
    expect(answer.status).toBe(422);
    expect(answer.body.problem.faults.map(({ field }: { field: string }) => field)).toEqual(["/kpi", "/value"]);
    for (const id of ["1", -1, 1.5, 2 ** 40, {}])
      expect(await statusOf(committee.send(page, "remove", { id }))).toBe(404);
    const tried = await committee.send(page, "try", { programme, scope: "all", ...low });
    expect([tried.status, tried.body.events]).toEqual([200, []]);
  });

  it("say what was set up for one's position", async () => {
    const committee = await app.signIn("steering_committee");
    const { body } = await committee.page(page);
    expect(body.audience.length).toBeGreaterThan(0);
    expect(body.audience[0]).toMatchObject({ scope: "all", sentence: { en: expect.stringContaining("below") } });
    const focal = await app.signIn("focal_point", "JFDA");
    expect((await focal.page(page)).body.audience).toEqual([]);
  });
});

describe("alerts for an audience", () => {
  const alert = {
    code: "LATE_AGAIN",
    name: { en: "Late again", ar: "تأخر من جديد" },
    audiences: ["minister"],
    ...low,
  };

  it("are tried and edited by the operation room alone", async () => {
    const committee = await app.signIn("steering_committee");
    expect(await statusOf(committee.send(page, "audience", { programme, audiences: ["minister"], ...low }))).toBe(404);
    expect(await statusOf(committee.list("kpi-alerts"))).toBe(404);
    const room = await app.signIn("operation_room");
    const tried = await room.send(page, "audience", { programme, audiences: ["minister"], ...low });
    expect(tried.status).toBe(200);
    expect(tried.body.places.length).toBeGreaterThan(5);
    expect((await room.list("kpi-alerts")).body.records.length).toBeGreaterThan(1);
  });

  it.each([
    [{ kpi: "casesPerFocalPoint" }, "/kpi"],
    [{ value: 140 }, "/value"],
    [{ value: null }, "/value"],
    [{ condition: "unusual" }, "/value"],
    [{ periods: 0 }, "/periods"],
    [{ least: 3 }, "/least"],
    [{ audiences: [] }, "/audiences"],
    [{ audiences: ["contact_centre_agent"] }, "/audiences/0"],
    [{ unit: "day" }, "/unit"],
  ])("with %j are refused at %s", async (change, field) => {
    const room = await app.signIn("operation_room");
    const { status, body } = await room.create("kpi-alerts", { ...alert, ...change }, programme);
    expect(status).toBe(422);
    expect(body.problem.faults.map((one: { field: string }) => one.field)).toContain(field);
  });

  it("are kept where nothing is wrong, and are there for their audience", async () => {
    const room = await app.signIn("operation_room");
    expect(await statusOf(room.create("kpi-alerts", alert, programme))).toBe(200);
    const minister = await app.signIn("minister", "MOH");
    const { body } = await minister.page(page);
    expect(body.audience.map(({ name }: { name: { en: string } }) => name.en)).toContain("Late again");
  });
});
