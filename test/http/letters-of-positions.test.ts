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
  it("has one position a day: another line of the same days is refused with its holder and days, of two at once as well", async () => {
    const [mine, theirs] = [await seatOf(holder), await seatOf(colleague)];
    const refused = (answer: {
      status: number;
      body: { problem?: { faults: { field: string; reason: object }[] } };
    }) => [answer.status, answer.body.problem?.faults];
    expect((await manager.send("duty-rota", "add", { ...days, seat: mine.code })).status).toBe(200);
    const overlapping = [
      { from: "2026-11-26", to: "2026-11-30" },
      { from: "2026-11-20", to: "2026-11-22" },
      { from: "2026-11-23", to: "2026-11-23" },
      { from: "2026-11-01", to: "2026-12-31" },
    ];
    for (const other of overlapping) {
      for (const { code: seat } of [mine, theirs]) {
        const [status, faults] = refused(await room.send("duty-rota", "add", { ...days, ...other, seat }));
        expect([status, faults]).toMatchObject([422, [{ field: "/from" }]]);
        const said = JSON.stringify(faults);
        expect(said).toContain(holder.person.name);
        expect(said).toMatch(/22 November 2026.*26 November 2026/);
      }
    }
    const next = { ...days, from: "2026-11-27", to: "2026-12-03" };
    const both = await Promise.all([
      manager.send("duty-rota", "add", { ...next, seat: mine.code }),
      room.send("duty-rota", "add", { ...next, from: "2026-12-03", to: "2026-12-09", seat: theirs.code }),
      room.send("duty-rota", "add", { ...next, seat: theirs.code }),
    ]);
    expect(both.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(1);
    for (const answer of both.filter(({ status }) => status !== 200)) expect(refused(answer)[0]).toBe(422);
    // At another entity the same days are free.
    const elsewhere = await app.signIn("entity_manager", "MOF");
    const { rota } = (await elsewhere.page("duty-rota")).body;
    const ofTheirs = { ...days, entity: "MOF", seat: rota.positions[0].seat };
    expect((await elsewhere.send("duty-rota", "add", ofTheirs)).status).toBe(200);
    for (const one of (await room.page("duty-rota", { programme, entity: "CSPD" })).body.rota.lines) {
      await room.send("duty-rota", "remove", { programme, entity: "CSPD", id: one.id });
    }
  });
  it("is held by the database too", async () => {
    const { id } = await seatOf(holder);
    const add = (from: string, to: string) =>
      app.office.rows(
        "insert into duty_days (seat_id, programme, entity, first_day, last_day, added_at) values ($1, 'jordan', 'CSPD', $2, $3, now())",
        id,
        from,
        to,
      );
    await add("2027-01-01", "2027-01-05");
    await expect(add("2027-01-05", "2027-01-06")).rejects.toMatchObject({
      parent: { constraint: "duty_days_one_at_a_time" },
    });
    await app.office.rows("delete from duty_days where first_day = '2027-01-01'");
  });
  it("says whose week it is where it leaves days open", async () => {
    // Where all hear at once it is nobody's.
    expect((await manager.page("duty-rota")).body.rota.turn).toBe(null);
    const setHours = (hours: number) =>
      app.office.rows(
        "update programmes set settings = settings || jsonb_build_object('nextFocalPointHours', $2::integer) where code = $1",
        programme,
        hours,
      );
    await setHours(7);
    const { rota } = (await manager.page("duty-rota")).body;
    const names: string[] = rota.positions.map((one: { holder: string | null }) => one.holder);
    expect(names).toContain(rota.turn);
    // Who wants no letters is passed over.
    const named = await app.signIn("focal_point", "CSPD", names.indexOf(rota.turn));
    const [{ seat, way }] = (await named.page("account")).body.letters;
    expect((await named.send("account", "letters", { programme, seat, way: "none", before: way ?? "" })).status).toBe(
      200,
    );
    const next = (await manager.page("duty-rota")).body.rota.turn;
    expect([names.includes(next), next === rota.turn]).toEqual([true, false]);
    await named.send("account", "letters", { programme, seat, way: way ?? "", before: "none" });
    await setHours(0);
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
