/** Rows beside the record under attack: the owner of the database alters applications, clocks, decisions, versions, seats and accounts. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import pg from "pg";
import { describeFault } from "../../src/engine/audit/audit-fault.js";
import { marksIn } from "../../src/engine/audit/row-marks.js";
import { eventsOfCase } from "../../src/features/cases/case-event-queries.js";
import { createUser } from "../../src/features/people/user-store.js";
import { openWorkingOffice, programme, sundayNine, type WorkingOffice } from "../support/working-office.js";

const now = sundayNine;
const hours = (n: number): Date => new Date(now.getTime() + n * 3_600_000);
const by = { kind: "system", job: "test" } as const;
const email = "successor@example.jo";

let office: WorkingOffice;
let intruder: pg.Client;
beforeAll(async () => {
  office = await openWorkingOffice();
  intruder = new pg.Client({ connectionString: office.database.ownerUrl });
  await intruder.connect();
  await intruder.query("set session_replication_role = replica");
});
afterAll(async () => {
  await intruder.end();
  await office.close();
});

const verify = () => office.services.audit.verify({ seals: [] });
/** `what` of each fault, with what it is about. */
const found = async (): Promise<string[]> =>
  (await verify()).faults.map(
    ({ what, reference, chain, seq }) => `${what}: ${reference ?? chain}${seq === 0 ? " (0)" : ""}`,
  );
const tables = [
  "applications",
  "cases",
  "clocks",
  "decisions",
  "configuration_versions",
  "seats",
  "seat_holders",
  "users",
];
const columnsOf = new Map<string, string>();
/** Runs the attack without a thought of keys and triggers, asks, and puts everything back as it was. */
async function attacked(attack: string, ...bind: unknown[]): Promise<string[]> {
  await intruder.query(attack, bind);
  try {
    return await found();
  } finally {
    for (const table of tables) {
      await intruder.query(`delete from ${table}`);
      const columns = columnsOf.get(table);
      await intruder.query(
        `insert into ${table} (${columns}) overriding system value select ${columns} from kept.${table}`,
      );
    }
  }
}

describe("rows beside the record", () => {
  let reference: string;
  let id: number;
  let replaced: number;
  let inForce: number;

  beforeAll(async () => {
    const sent = await office.receive();
    ({ reference, caseId: id } = sent);
    const focal = office.official("focal_point", "CSPD");
    await office.act(reference, focal, "take", {}, hours(1));
    await office.act(reference, focal, "ask", { question: "Which hall?" }, hours(2));
    await office.applicantActs(sent, "reply", { reply: "The one in the street of the market." }, hours(3));
    await office.act(reference, focal, "answer", { answer: "It opens on Sunday." }, hours(4));
    await office.applicantActs(sent, "rate", { rating: 4, time: 5, clarity: 3 }, hours(5));
    await office.receive({ subject: "Another" }, hours(1));
    const sla = office.setup.ruleSets.get("sla");
    replaced = sla?.versionId ?? 0;
    const { default: otherwise, ...rest } = (sla?.definition ?? {}) as { default?: object };
    const definition = { ...rest, default: { ...otherwise, firstResponse: { amount: 9, unit: "workingHours" } } };
    const publication = { programme, kind: "rules", name: "sla", definition, reason: "a test", by, now } as const;
    ({ versionId: inForce } = await office.services.configuration.publish(publication));
    const room = office.official("operation_room");
    const { people } = office.services;
    const words = { titleAr: "ضابط ارتباط جديد", titleEn: "New focal point", entity: "MOT", code: "NEW" };
    await people.createSeat({ programme, role: "focal_point", ...words, by: room, now });
    await createUser(office.db, { email, name: "Successor", programme }, { by, now });
    await people.takeSeat({ programme, seat: "NEW", email, from: now, to: hours(400), by: room, now });
    await people.extendTerm({ programme, seat: "NEW", to: null, by: room, now: hours(1) });
    await intruder.query("create schema kept");
    for (const table of tables) {
      await intruder.query(`create table kept.${table} as table ${table}`);
      const { rows } = await intruder.query(
        `select string_agg(attname, ', ') as names from pg_attribute
         where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
        [table],
      );
      columnsOf.set(table, rows[0].names);
    }
  });

  it("are held against it, and fit", async () => {
    const report = await verify();
    expect(report.faults.map(describeFault)).toEqual([]);
    const { covered } = report;
    expect(covered).toMatchObject({
      applications: { checked: 2, uncovered: 0 },
      cases: { checked: 2, uncovered: 0 },
      decisions: { uncovered: 0 },
      versions: { uncovered: 0 },
      seats: { uncovered: 0 },
      accounts: { uncovered: 0 },
    });
    const [{ n } = { n: 0 }] = await office.rows("select count(*)::integer as n from decisions");
    expect(covered.decisions.checked).toBe(n);
    expect(covered.versions.checked).toBeGreaterThan(8);
    expect(covered.seats.checked).toBeGreaterThan(50);
  });

  it("are marked in the last event of each outcome, which no reader of events shows", async () => {
    const rows = await office.rows("select data from case_events where case_id = $1 order by seq", id);
    const marks = rows.map(({ data }) => marksIn(data as string));
    expect(marks.at(-1)).not.toBeNull();
    expect(marks.filter((one) => one !== null).length).toBe(6);
    expect(marks.filter((one) => one?.application !== undefined).length).toBe(1);
    expect(JSON.stringify(await eventsOfCase(office.db, id))).not.toContain('"decided"');
  });

  const ofCase: [name: string, attack: string, what: string][] = [
    [
      "an application's words",
      "update applications set description = 'All was well.' where id = $1",
      "application altered",
    ],
    [
      "the moment it was received, by a microsecond",
      "update applications set received_at = received_at + interval '1 microsecond' where id = $1",
      "application altered",
    ],
    ["an endless moment", "update applications set received_at = 'infinity' where id = $1", "application altered"],
    [
      "the code by which its applicant opens it",
      "update cases set code_hash = '\\x00' where id = $1",
      "application altered",
    ],
    ["the application removed", "delete from applications where id = $1", "application altered"],
    [
      "the facts of a decision",
      `update decisions set facts = facts || '{"importance":"low"}' where case_id = $1 and number = 2`,
      "decisions altered",
    ],
    [
      "the rules of a decision",
      "update decisions set rule_ids = '{another}' where case_id = $1 and number = 1",
      "decisions altered",
    ],
    ["a decision removed", "delete from decisions where case_id = $1 and number = 3", "decisions altered"],
    [
      "a decision added",
      "insert into decisions select case_id, 99, cycle, rule_set, version_id, at, rule_ids, outcome, facts, faults from decisions where case_id = $1 and number = 1",
      "decisions altered",
    ],
    [
      "a clock's due moment",
      "update clocks set due_at = due_at + interval '1 day' where case_id = $1 and target = 'resolution'",
      "clocks altered",
    ],
    [
      "a clock's budget",
      `update clocks set budget = '{"amount":30,"unit":"workingDays"}' where case_id = $1 and target = 'resolution'`,
      "clocks altered",
    ],
    [
      "a clock that was met in time",
      "update clocks set breached_at = null, met_at = due_at where case_id = $1 and target = 'resolution'",
      "clocks altered",
    ],
    ["a clock removed", "delete from clocks where case_id = $1 and target = 'firstResponse'", "clocks altered"],
    ["the rating", "update cases set rating = 5 where id = $1", "case altered"],
    ["the ladder", "update cases set escalation_steps = '[]' where id = $1", "case altered"],
    ["the entity", "update cases set entity = 'MOT' where id = $1", "case altered"],
    ["who answered", "update cases set answered_by = null where id = $1", "case altered"],
  ];
  it.each(ofCase)("altered, noticed: %s", async (_name, attack, what) => {
    expect(await attacked(attack, id)).toEqual([`${what}: ${reference}`]);
  });

  it("altered, noticed: versions, and which is in force", async () => {
    const sla = (version: number) => `${programme}/rules/sla ${version}`;
    expect(
      await attacked(`update configuration_versions set definition = '{"rules":[]}' where id = $1`, replaced),
    ).toEqual([`version altered: ${sla(1)}`]);
    expect(
      await attacked("update configuration_versions set approved_by = 1, drafted_by = '{2}' where id = $1", inForce),
    ).toEqual([`version altered: ${sla(2)}`]);
    const swap =
      "update configuration_versions set status = case when id = $1 then 'published' else 'retired' end where id in ($1, $2)";
    expect(await attacked("update configuration_versions set status = 'retired' where id = $1", inForce)).toEqual([
      `force altered: ${sla(2)}`,
    ]);
    await intruder.query("drop index one_published_version");
    expect(await attacked(swap, replaced, inForce)).toEqual([`force altered: ${sla(1)}`, `force altered: ${sla(2)}`]);
    expect(await attacked("delete from configuration_versions where id = $1", inForce)).toEqual([
      `version removed: ${sla(2)}`,
    ]);
    const [{ next } = { next: 0 }] = await office.rows("select max(id) + 1 as next from configuration_versions");
    expect(
      await attacked(
        `insert into configuration_versions (id, programme, kind, name, version, status, definition, checksum, created_at)
         overriding system value select $2, programme, kind, name, 7, status, definition, checksum, created_at
         from configuration_versions where id = $1`,
        inForce,
        next,
      ),
    ).toEqual([`version unrecorded: ${sla(7)} (0)`]);
  });

  it("altered, noticed: seats, who sits on them, and accounts", async () => {
    const seat = [`seat altered: ${programme}/NEW`];
    const ofSeat = "(select id from seats where code = 'NEW')";
    expect(await attacked("update seats set role = 'operation_room' where code = 'NEW'")).toEqual(seat);
    expect(await attacked("update seats set entity = 'CSPD' where code = 'NEW'")).toEqual(seat);
    expect(await attacked("update seats set retired_at = now() where code = 'NEW'")).toEqual(seat);
    const other = "(select min(id) from seats where code <> 'NEW')";
    expect(await attacked(`update seats set office_of = ${other} where code = 'NEW'`)).toEqual(seat);
    expect(await attacked(`update seat_holders set user_id = 1 where seat_id = ${ofSeat}`)).toEqual(seat);
    expect(
      await attacked(`update seat_holders set held_to = held_from + interval '1 day' where seat_id = ${ofSeat}`),
    ).toEqual(seat);
    expect(await attacked(`update seat_holders set held_from = '-infinity' where seat_id = ${ofSeat}`)).toEqual(seat);
    expect(
      await attacked(`insert into seat_holders (seat_id, user_id, held_from) select ${ofSeat}, 1, '2020-01-01'`),
    ).toEqual(seat);
    expect(await attacked(`delete from seat_holders where seat_id = ${ofSeat}`)).toEqual(seat);
    expect(
      await attacked(
        `insert into seats (programme, code, role, title_ar, title_en) values ('${programme}', 'SPY', 'operation_room', 'م', 'Spy')`,
      ),
    ).toEqual([`seat altered: ${programme}/SPY (0)`]);
    expect(await attacked(`update users set disabled_at = now() where email = '${email}'`)).toEqual([
      `account altered: ${email}`,
    ]);
    expect(await attacked(`update users set email = 'other@example.jo' where email = '${email}'`)).toEqual([
      `account altered: ${email}`,
    ]);
    expect(
      await attacked("insert into users (email, name, created_at) values ('spy@example.jo', 'Spy', now())"),
    ).toEqual(["account altered: spy@example.jo (0)"]);
  });

  it("altered and not noticed, as README and page say: applicants, messages, passwords, the set-up", async () => {
    for (const statement of [
      "update applicants set name = 'Somebody else', email = 'other@example.com'",
      "update messages set data = '{}'",
      "update enforcements set at = at + interval '1 day'",
      "update entities set name_en = 'Another office' where code = 'CSPD'",
      `update programmes set settings = settings || '{"triage":"manual"}'`,
      "update channel_keys set revoked_at = now()",
      `update users set password_hash = 'x', name = 'X' where email = '${email}'`,
    ]) {
      const { rowCount } = await intruder.query(statement);
      if (!statement.includes("enforcements")) expect([statement, rowCount]).not.toEqual([statement, 0]);
    }
    expect(await found()).toEqual([]);
  });

  it("altered and not held against a chain that does not hold itself: one fault a case", async () => {
    await intruder.query("update case_events set data = '{}' where case_id = $1 and seq = 2", [id]);
    await intruder.query("update applications set description = 'x' where id = $1", [id]);
    expect(await found()).toEqual([`altered: ${reference}`]);
  });
});
