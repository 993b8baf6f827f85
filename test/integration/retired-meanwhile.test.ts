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
/** What stands in the way of retiring it. */
const alongWith = (entity: string): [code: string | undefined, table: string][] => [
  ...office.setup.seats
    .filter((seat) => seat.entity === entity)
    .map(({ code }): [string | undefined, string] => [code, "seats"]),
  ...[...office.setup.services.values()]
    .filter((service) => service.entity === entity)
    .map(({ code }): [string, string] => [code, "services"]),
];
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

/** Whether somebody else could hold the entity like this at once. */
async function isFree(code: string, how: "for update" | "for key share"): Promise<boolean> {
  const asking = await office.db.transaction();
  const asked = office.db.query(`select 1 from entities where code = '${code}' ${how} nowait`, { transaction: asking });
  const free = await asked.then(
    () => true,
    () => false,
  );
  await asking.rollback();
  return free;
}
async function holding(code: string, how: "for update" | "for key share") {
  const held = await office.db.transaction();
  await office.db.query(`select 1 from entities where code = '${code}' ${how}`, { transaction: held });
  return held;
}

it("takes several entities in the order of their codes, whoever retires them and whoever places cases there: no circle", async () => {
  const sent: string[] = [];
  for (let i = 0; i < 2; i++) sent.push((await office.receive({ entity: "VTC" })).reference);
  const [toLater, toEarlier] = sent as [string, string];
  const id = await retiring("VTC");
  const cases = { to: "ZAKAT", except: { [toEarlier]: "IFTA" } };
  await sets().put({ actor: rania, id, edit: { act: "retire", table: "entities", code: "VTC", cases }, now });
  // Somebody has the earlier one: the batch of cases waits for it, and has not taken the later one.
  const first = await holding("IFTA", "for update");
  await publish(id);
  await waiting(1);
  expect(await isFree("ZAKAT", "for update")).toBe(true);
  await first.commit();
  await office.services.work.caseMoves.settled();
  expect((await office.caseRow(toLater)).entity).toBe("ZAKAT");
  expect((await office.caseRow(toEarlier)).entity).toBe("IFTA");

  const both = await retiring("ZAKAT");
  for (const [code, table] of alongWith("IFTA"))
    await sets().put({ actor: rania, id: both, edit: { act: "retire", table, code }, now });
  for (const code of ["ZAKAT", "IFTA"]) {
    const edit = { act: "retire", table: "entities", code, cases: { to: "MOH", except: {} } };
    await sets().put({ actor: rania, id: both, edit, now });
  }
  const second = await holding("IFTA", "for key share");
  const publishing = publish(both);
  await waiting(1);
  expect(await isFree("ZAKAT", "for key share")).toBe(true);
  await second.commit();
  await publishing;
  await office.services.work.caseMoves.settled();
  for (const reference of sent) expect((await office.caseRow(reference)).entity).toBe("MOH");
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
