/** An entity is retired in the very moment in which a case is placed with it: whoever comes second waits, and then decides by what is. */

import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import {
  openWorkingOffice,
  type Person,
  problemOf,
  programme,
  sundayNine,
  type WorkingOffice,
} from "../support/working-office.js";

let office: WorkingOffice;
let rania: Person;
const now = sundayNine;
beforeAll(async () => {
  office = await openWorkingOffice();
  rania = office.official("operation_room");
});
afterAll(() => office?.close());

const sets = () => office.services.changeSets;
async function retiring(entity: string): Promise<number> {
  const { id } = await sets().begin({ actor: rania, programme, title: `Without ${entity}`, now });
  await sets().put({ actor: rania, id, edit: { act: "retire", table: "entities", code: entity }, now });
  for (const { code } of office.setup.seats.filter((seat) => seat.entity === entity))
    await sets().put({ actor: rania, id, edit: { act: "retire", table: "seats", code }, now });
  for (const { code } of [...office.setup.services.values()].filter((service) => service.entity === entity))
    await sets().put({ actor: rania, id, edit: { act: "retire", table: "services", code }, now });
  return id;
}
async function publish(id: number) {
  const { revision } = await sets().read({ actor: rania, id, now });
  return sets().publish({ actor: rania, id, revision, reason: "It is no more.", warningsReason: "Known.", now });
}

/** Until so many connections to this database wait for a lock. */
async function waiting(n: number): Promise<void> {
  for (;;) {
    const [row] = await office.asOwner(
      "select count(*)::integer as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    );
    if ((row as { n: number }).n >= n) return;
    await sleep(20);
  }
}
const openAt = async (entity: string) =>
  (await office.rows("select 1 from cases where entity = $1 and state_kind in ('open', 'waiting')", entity)).length;

/** Publishes up to its last steps and stops there, with the entity retired and nothing committed, until `meanwhile` waits too. */
async function heldBack(id: number, meanwhile: () => Promise<unknown>[]) {
  const held = await office.db.transaction();
  await office.db.query("select 1 from setup_changes for update", { transaction: held });
  const publishing = publish(id);
  await waiting(1);
  const others = meanwhile();
  await waiting(1 + others.length);
  await held.commit();
  return Promise.all([publishing, ...others]);
}

it("lets an application and an act that came a moment later find the entity gone, and loses neither", async () => {
  const [first, second] = [await office.receive({ entity: "CSPD" }), await office.receive({ entity: "CSPD" })];
  const focal = office.official("focal_point", "CSPD");
  const fields = { entity: "GPD", reason: "It is theirs." };
  const transfer = (reference: string) => problemOf(office.act(reference, focal, "transfer", fields, now));
  const id = await retiring("GPD");
  const [, received, refused] = await heldBack(id, () => [
    office.receive({ entity: "GPD" }).catch((error: unknown) => error),
    transfer(first.reference),
  ]);
  expect(received).toMatchObject({ code: "invalid-input", faults: [{ field: "/entity" }] });
  expect(refused).toMatchObject({ code: "invalid-input", faults: [{ field: "/fields/entity" }] });
  expect(await transfer(second.reference)).toMatchObject({ code: "invalid-input" });
  expect((await office.caseRow(first.reference)).entity).toBe("CSPD");
  expect(await openAt("GPD")).toBe(0);
});

it("refuses the retirement that came a moment after a case was placed there", async () => {
  const { reference } = await office.receive({ entity: "CSPD" });
  const id = await retiring("DLS");
  const placing = await office.db.transaction();
  await office.db.query(`update cases set entity = 'DLS' where reference = '${reference}'`, { transaction: placing });
  const publishing = problemOf(publish(id));
  await waiting(1);
  await placing.commit();
  expect(await publishing).toMatchObject({ code: expect.stringMatching(/conflict|invalid|not-now|in-use/) });
  expect((await office.services.setup.of(programme)).entities.get("DLS")?.retired).toBe(false);
});
