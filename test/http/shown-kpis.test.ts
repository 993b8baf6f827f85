/** Which KPIs who is shown, at the door: who may read and change it, and what a stranger gets. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { RoleCode } from "../../src/engine/access/roles.js";
import { seed } from "../../src/features/config-files/seed.js";
import { type AdminApp, openAdminApp, type SignedIn } from "../support/admin-app.js";
import { programme } from "../support/working-office.js";

let app: AdminApp;
let room: SignedIn;
const id: Record<string, string> = {};
beforeAll(async () => {
  app = await openAdminApp();
  await seed(app.office.db, { now: new Date("2026-08-01T00:00:00Z"), programmes: ["boston311"] });
  // The shipped targets are assumptions: what is looked for here is a target that is set by the test.
  await app.office.asOwner("update shown_kpis set target = null, threshold = null");
  room = await app.signIn("operation_room");
  for (const row of await app.office.rows("select id, programme from shown_kpis where code = 'ON_TIME'"))
    id[String(row.programme)] = String(row.id);
}, 120_000);
afterAll(() => app.close());

const values = { target: 1, threshold: null };
const before = { target: null, threshold: null };
const fresh = { code: "MINE", name: { en: "Mine", ar: "لي" }, kpi: "rejected", audiences: ["minister"] };
const targets = () => app.office.rows("select programme, code, target from shown_kpis where target is not null");

describe("which KPIs who is shown", () => {
  it("is read and changed by nobody who is not signed in", async () => {
    const nobody = app.visitor();
    expect((await nobody.get("/admin/api/resources/shown-kpis/actions/list")).status).toBe(401);
    expect(await targets()).toEqual([]);
  });

  it.each<[RoleCode, string | undefined]>([
    ["focal_point", "JFDA"],
    ["minister", "MOH"],
    ["steering_committee", undefined],
    ["contact_centre_agent", undefined],
  ])("is neither read nor changed by %s", async (role, place) => {
    const stranger = await app.signIn(role, place);
    const answers = [
      await stranger.list("shown-kpis"),
      await stranger.show("shown-kpis", id[programme] ?? ""),
      await stranger.edit("shown-kpis", id[programme] ?? "", values, before),
      await stranger.create("shown-kpis", fresh, programme),
    ];
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404));
    expect(await targets()).toEqual([]);
  });

  it("is read by the auditor, who changes nothing", async () => {
    const auditor = await app.signIn("auditor");
    expect((await auditor.list("shown-kpis")).status).toBe(200);
    expect((await auditor.edit("shown-kpis", id[programme] ?? "", values, before)).status).toBeGreaterThan(400);
    expect((await auditor.create("shown-kpis", fresh, programme)).status).toBeGreaterThan(400);
    expect(await targets()).toEqual([]);
  });

  it("is of another programme for the room of that one alone", async () => {
    const elsewhere = id.boston311 ?? "";
    expect(elsewhere).not.toBe("");
    expect((await room.show("shown-kpis", elsewhere)).status).toBe(404);
    expect((await room.edit("shown-kpis", elsewhere, values, before)).status).toBe(404);
    expect((await room.create("shown-kpis", fresh, "boston311")).status).toBeGreaterThan(400);
    expect(await targets()).toEqual([]);
    expect((await room.edit("shown-kpis", id[programme] ?? "", { target: 90 }, { target: null })).status).toBe(200);
    expect(await targets()).toEqual([{ programme, code: "ON_TIME", target: 90 }]);
  });

  it("comes to a reader with the figures, and with no target of another role", async () => {
    const minister = await app.signIn("minister", "MOH");
    const { body } = await minister.page("figures");
    const shown = (body.figures as { code: string; target: number | null }[]).map(({ code, target }) => [code, target]);
    expect(shown).toContainEqual(["onTimeResolution", 90]);
    expect(shown.map(([code]) => code)).not.toContain("rejected");
    expect((await minister.page("figures", { figure: "rejected" })).status).toBe(422);
  });
});
