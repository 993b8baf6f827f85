/** Days on duty: whose they can be; and a database of before, with lines that overlap, gets the constraint and loses no day. */
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { QueryTypes } from "sequelize";
import { dutyRota } from "../../src/app/migrations/2026-12-12-duty-rota.js";
import { createDutyRota } from "../../src/features/people/duty-rota-service.js";
import { loadSetup } from "../../src/features/setup/active-setup.js";
import { createTestDatabase, type TestDatabase } from "../support/database.js";
import { person, sunday } from "../support/office.js";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase("office");
});
afterAll(() => database?.close());

const lines = () =>
  database.db.query<{ seat: string; from: string; to: string; programme: string; entity: string }>(
    `select s.code as seat, d.first_day::text as "from", d.last_day::text as "to", d.programme, d.entity
      from duty_days d join seats s on s.id = d.seat_id order by d.first_day`,
    { type: QueryTypes.SELECT },
  );

it.each([
  ["retired", "retired_at = now()", "retired_at = null"],
  ["moved", "entity = 'MOF'", "entity = 'CSPD'"],
])("names no position that was %s since the settings were read", async (_what, left, back) => {
  const setup = await loadSetup(database.db, "jordan");
  const rota = createDutyRota({ db: database.db, setupOf: async () => setup });
  const seat = setup.seats.find(({ role, entity }) => role === "focal_point" && entity === "CSPD");
  const room = setup.seats.find(({ role, holders }) => role === "operation_room" && holders.length > 0);
  const actor = person(room?.holders[0]?.userId ?? 0, setup.seats);
  await database.asOwner(`update seats set ${left} where id = ${seat?.id}`);
  try {
    const days = { from: "2026-11-24", to: "2026-11-26" };
    const asked = { programme: "jordan", entity: "CSPD", seat: seat?.code ?? "", ...days, actor, now: sunday };
    await expect(rota.add(asked)).rejects.toMatchObject({ code: "invalid-input", faults: [{ field: "/seat" }] });
    expect(await lines()).toEqual([]);
  } finally {
    await database.asOwner(`delete from duty_days; update seats set ${back} where id = ${seat?.id}`);
  }
});

it("keeps the days with the line that was added first, and of later ones what is left of them", async () => {
  const seats = await database.db.query<{ id: number; code: string }>(
    "select id, code from seats where programme = 'jordan' and entity = 'CSPD' and role = 'focal_point' order by id",
    { type: QueryTypes.SELECT },
  );
  const [a, b, c] = seats;
  if (a === undefined || b === undefined || c === undefined) throw new Error("CSPD has three focal points");
  await database.asOwner(`
    alter table duty_days drop constraint duty_days_one_at_a_time, drop constraint duty_days_place, drop column programme, drop column entity;
    alter table seats drop constraint seats_place;
    insert into duty_days (seat_id, first_day, last_day, added_at) values
      (${a.id}, '2026-12-10', '2026-12-14', now()),
      -- Around it: two pieces are left.
      (${b.id}, '2026-12-08', '2026-12-20', now()),
      -- Within the first two: nothing is left.
      (${c.id}, '2026-12-12', '2026-12-15', now()),
      (${c.id}, '2026-12-20', '2026-12-22', now());
    ${dutyRota.up}`);
  const place = { programme: "jordan", entity: "CSPD" };
  expect(await lines()).toEqual([
    { seat: b.code, from: "2026-12-08", to: "2026-12-09", ...place },
    { seat: a.code, from: "2026-12-10", to: "2026-12-14", ...place },
    { seat: b.code, from: "2026-12-15", to: "2026-12-20", ...place },
    { seat: c.code, from: "2026-12-21", to: "2026-12-22", ...place },
  ]);
});
