/** Days on duty of before: a database with lines that overlap gets the constraint, and loses no day. */
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { QueryTypes } from "sequelize";
import { dutyRota } from "../../src/app/migrations/2026-12-12-duty-rota.js";
import { createTestDatabase, type TestDatabase } from "../support/database.js";

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
