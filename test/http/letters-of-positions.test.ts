/** The choice of letters and the rota through the back office's door: whose they are, what is refused, at which field. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type AdminApp, openAdminApp, type SignedIn } from "../support/admin-app.js";

const programme = "jordan";
let app: AdminApp;
let holder: SignedIn;
let colleague: SignedIn;
let manager: SignedIn;
let room: SignedIn;
beforeAll(async () => {
  app = await openAdminApp();
  holder = await app.signIn("focal_point", "CSPD", 0);
  colleague = await app.signIn("focal_point", "CSPD", 1);
  manager = await app.signIn("entity_manager", "CSPD");
  room = await app.signIn("operation_room");
});
afterAll(() => app?.close());

const seatOf = async ({ person }: SignedIn) =>
  (
    await app.office.rows(
      "select s.id, s.code from seats s join seat_holders h on h.seat_id = s.id where h.user_id = $1 and h.held_to is null",
      person.userId,
    )
  )[0] as { id: number; code: string };
const faultsOf = (answer: { status: number; body: { problem?: { faults: { field: string }[] } } }) => [
  answer.status,
  ...(answer.body.problem?.faults.map(({ field }) => field) ?? []),
];

describe("letters of a position", () => {
  it("are chosen on the own account, for the positions that one holds, and read on the position's page by the room", async () => {
    const { id, code: seat } = await seatOf(holder);
    const shown = await holder.page("account");
    expect(shown.body.letters).toMatchObject([{ seat, way: null, by: null }]);
    expect(faultsOf(await holder.send("account", "letters", { programme, seat, way: "weekly", before: "" }))).toEqual([
      422,
      "/way",
    ]);
    expect((await holder.send("account", "letters", { programme, seat, way: "daily", before: "" })).status).toBe(200);
    expect((await holder.page("account")).body.letters).toMatchObject([{ way: "daily", by: holder.person.name }]);
    // Somebody who saw it as it was before is not let to undo it unseen.
    expect((await holder.send("account", "letters", { programme, seat, way: "none", before: "" })).status).toBe(409);
    const position = await room.show("seats", id);
    expect(position.body.record.values).toMatchObject({ letters: "daily", lettersBy: holder.person.name });
  });
  it("are nobody else's to choose", async () => {
    const { code: seat } = await seatOf(holder);
    for (const stranger of [colleague, manager, room]) {
      expect(
        (await stranger.send("account", "letters", { programme, seat, way: "none", before: "daily" })).status,
      ).toBe(404);
    }
    expect((await holder.page("account")).body.letters).toMatchObject([{ way: "daily" }]);
  });
});

describe("the rota", () => {
  const days = { programme, entity: "CSPD", from: "2026-11-22", to: "2026-11-26" };
  it("is the entity manager's to write and the focal points' to read", async () => {
    const { code: seat } = await seatOf(holder);
    expect((await holder.page("duty-rota")).body.rota).toMatchObject({ entity: "CSPD", mayEdit: false, lines: [] });
    expect((await holder.send("duty-rota", "add", { ...days, seat })).status).toBe(403);
    expect(faultsOf(await manager.send("duty-rota", "add", { ...days, seat, from: "tomorrow" }))).toEqual([
      422,
      "/from",
    ]);
    expect((await manager.send("duty-rota", "add", { ...days, seat })).status).toBe(200);
    const seen = await colleague.page("duty-rota", { programme, entity: "CSPD" });
    expect(seen.body.rota.lines).toMatchObject([{ seat, from: days.from, to: days.to, now: true }]);
    const [line] = seen.body.rota.lines;
    expect((await holder.send("duty-rota", "remove", { programme, entity: "CSPD", id: line.id })).status).toBe(403);
    expect((await room.send("duty-rota", "remove", { programme, entity: "CSPD", id: line.id })).status).toBe(200);
  });
  it("is not there for others", async () => {
    const { code: seat } = await seatOf(holder);
    const elsewhere = await app.signIn("entity_manager", "MOF");
    expect((await elsewhere.page("duty-rota", { programme, entity: "CSPD" })).status).toBe(404);
    expect((await elsewhere.send("duty-rota", "add", { ...days, seat })).status).toBe(404);
    expect((await elsewhere.send("duty-rota", "add", { ...days, programme: "boston311", seat })).status).toBe(404);
    const auditor = await app.signIn("auditor");
    expect((await auditor.page("duty-rota", { programme, entity: "CSPD" })).body.rota.mayEdit).toBe(false);
    expect((await auditor.send("duty-rota", "add", { ...days, seat })).status).toBe(403);
    for (const role of ["contact_centre_agent", "steering_committee"] as const) {
      expect((await (await app.signIn(role)).page("duty-rota")).status).toBe(404);
    }
  });
});
