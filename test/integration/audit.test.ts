/** The record under attack: somebody with every right on the database changes it in every way, and each is named. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { Sequelize } from "sequelize";
import { type AuditFault, describeFault } from "../../src/engine/audit/audit-fault.js";
import type { AuditType } from "../../src/engine/audit/audit-types.js";
import { type KeyRing, keyRing, type RingKey } from "../../src/engine/text/key-ring.js";
import { sealAudit } from "../../src/features/audit/seal.js";
import { verifyAudit } from "../../src/features/audit/verify.js";
import { appendAudit } from "../../src/platform/audit/audit-store.js";
import { connect } from "../../src/platform/db/connect.js";
import { attacks } from "../support/audit-attacks.js";
import { appendEvents, type ChainState, insertCase, insertProgramme } from "../support/case-rows.js";
import type { TestDatabase } from "../support/database.js";
import { createOwnDatabase } from "../support/own-database.js";

const keys = keyRing("a key that is not in the database");
const day = (n: number): Date => new Date(Date.UTC(2026, 0, n, 0, 10));
const at = (n: number, hour = 9): Date => new Date(Date.UTC(2026, 0, n, hour));
const types = ["application.received", "case.classified", "case.routed", "case.taken", "case.answered"];
const events = (n: number) =>
  types.map((type, i) => ({ type, at: new Date(at(n).getTime() + i * 1000), data: { n: i, text: "نص “A”\\" } }));
const admin = { kind: "system", job: "seed" } as const;

let test: TestDatabase;
let superuser: Sequelize;
let workflow: number;
let heads: Map<number, ChainState>;

const missing = (seq: number, key: string, more: number) => ({
  ...{ chain: "seal", seq, what: "seal key missing", reference: null },
  missing: { key, more },
});
const verify = (seals?: { number: number; mac: string }[], now = day(3)) => verifyAudit(test.db, { keys, seals, now });
const fault = async () => {
  const { firstFault } = await verify();
  return firstFault === null ? null : { chain: firstFault.chain, seq: firstFault.seq, what: firstFault.what };
};

async function addCase(id: number, dayNumber: number): Promise<void> {
  await insertCase(test.db, { id, workflow, receivedAt: at(dayNumber) });
  heads.set(id, await appendEvents(test.db, id, null, events(dayNumber)));
}

async function addAudit(type: string, dayNumber: number): Promise<void> {
  await test.db.transaction((tx) =>
    appendAudit(tx, test.db, {
      stream: "users",
      type: type as AuditType,
      actor: admin,
      data: { type },
      at: at(dayNumber),
    }),
  );
}

/** Cases 1–3 sealed with one stream, then case 4 and one more event of case 1 younger than the seal. */
async function record(): Promise<void> {
  heads = new Map();
  for (const id of [1, 2, 3]) await addCase(id, 1);
  await addAudit("user.created", 1);
  await addAudit("user.disabled", 1);
  await sealAudit(test.db, { keys, now: day(2) });
  await addCase(4, 2);
  heads.set(1, await appendEvents(test.db, 1, heads.get(1) ?? null, [{ type: "case.noted", at: at(2, 11) }]));
}

beforeAll(async () => {
  test = await createOwnDatabase();
  superuser = connect(test.ownerUrl, { max: 3, name: "superuser" });
  ({ workflow } = await insertProgramme(superuser));
  // Rows of before there were marks, and versions that no event tells of: those may not be in force.
  await superuser.query("update configuration_versions set status = 'draft'");
});
afterAll(async () => {
  await superuser.close();
  await test.close();
});
beforeEach(async () => {
  await superuser.query(
    "truncate seal_entries, seals, case_events, audit_events, clocks, cases, applicants, applications, messages cascade",
  );
  await record();
});

describe("an untouched record", () => {
  it("holds, and says what is younger than the last seal", async () => {
    const report = await verify();
    expect(report).toMatchObject({
      ok: true,
      firstFault: null,
      checked: { seals: 1, chains: 5, events: 23 },
      lastSeal: { number: 1, sealedAt: day(2) },
      unsealed: { events: 6, chains: 2, since: at(2) },
      covered: {
        applications: { checked: 0, uncovered: 4 },
        cases: { checked: 0, uncovered: 4 },
        versions: { checked: 0, uncovered: 2 },
      },
    });
  });

  it("holds over many seals; each covers what came since", async () => {
    const second = await sealAudit(test.db, { keys, now: day(3) });
    expect(second).toMatchObject({ number: 2, chains: 2, events: 6, made: true });
    const third = await sealAudit(test.db, { keys, now: day(4) });
    expect(third).toMatchObject({ number: 3, chains: 0, events: 0 });
    const report = await verify([second, third]);
    expect(report).toMatchObject({ ok: true, unsealed: { events: 0, chains: 0, since: null } });
  });

  it("is sealed once a day, whoever calls and how often", async () => {
    const made = await Promise.all([1, 2, 3, 4].map(() => sealAudit(test.db, { keys, now: day(3) })));
    expect(made.filter((seal) => seal.made)).toHaveLength(1);
    expect(new Set(made.map((seal) => seal.mac)).size).toBe(1);
    expect((await sealAudit(test.db, { keys, now: new Date(day(3).getTime() + 3_600_000) })).made).toBe(false);
    expect((await verify()).checked.seals).toBe(2);
  });

  it("goes on after a seal of the future, once a day, and notes that time went back", async () => {
    const ahead = await sealAudit(test.db, { keys, now: new Date("2099-01-01T00:10:00Z") });
    expect((await verify()).notes).toEqual([{ seal: 2, sealedAt: new Date("2099-01-01T00:10:00Z"), what: "future" }]);
    heads.set(4, await appendEvents(test.db, 4, heads.get(4) ?? null, [{ type: "case.noted", at: at(2, 12) }]));
    const next = await sealAudit(test.db, { keys, now: day(3) });
    expect(next).toMatchObject({ number: 3, events: 1, made: true });
    expect(await sealAudit(test.db, { keys, now: day(3) })).toMatchObject({ number: 3, made: false });
    expect(await sealAudit(test.db, { keys, now: day(4) })).toMatchObject({ number: 4, made: true });
    expect(await verify([ahead, next], day(4))).toMatchObject({
      ok: true,
      lastSeal: { number: 4, sealedAt: day(4) },
      notes: [{ seal: 3, sealedAt: day(3), what: "earlier" }],
      warning: null,
    });
  });

  it("passes over no row of a transaction that began before and added to a chain after another", async () => {
    const first = await test.db.transaction();
    const long = await test.db.transaction();
    for (const tx of [first, long]) await test.db.query("select pg_current_xact_id()", { transaction: tx });
    const middle = await appendEvents(test.db, 2, heads.get(2) ?? null, [{ type: "case.noted", at: at(2, 12) }]);
    await appendEvents(test.db, 2, middle, [{ type: "case.noted", at: at(2, 13) }], first);
    await first.commit();
    const during = await sealAudit(test.db, { keys, now: day(3) });
    await long.commit();
    const after = await sealAudit(test.db, { keys, now: day(4) });
    expect([during.events, after.events]).toEqual([6, 2]);
    expect(await verify([during, after])).toMatchObject({ ok: true, unsealed: { events: 0 } });
  });

  it("finds within a week what bears the number of a transaction long sealed", async () => {
    for (let n = 3; n <= 7; n++) await sealAudit(test.db, { keys, now: day(n) });
    await superuser.query("update case_events set tx = '3' where case_id = 4");
    await superuser.query("delete from seal_entries where chain = 'case/4'");
    const seventh = await sealAudit(test.db, { keys, now: day(8) });
    const eighth = await sealAudit(test.db, { keys, now: day(9) });
    expect([seventh.number, seventh.events, eighth.number, eighth.events]).toEqual([7, 0, 8, 5]);
  });

  it("warns of what is older than two days and in no seal", async () => {
    expect((await verify(undefined, at(4, 8))).warning).toBeNull();
    const report = await verify(undefined, at(5, 8));
    expect(report.ok).toBe(true);
    expect(report.warning?.en).toMatch(/^WARNING: 6 events are older than two days and not covered by any seal\. /);
    await superuser.query("delete from seal_entries; delete from seals");
    const none = await verify(undefined, at(5, 8));
    expect([none.ok, none.warning?.en]).toEqual([true, expect.stringMatching(/: 23 events .* there are no seals/)]);
  });

  it("does not warn of what was imported since the last seal, whose moments are of long ago", async () => {
    await insertCase(test.db, { id: 11, workflow, receivedAt: at(-400), columns: { imported: true } });
    heads.set(11, await appendEvents(test.db, 11, null, events(-400)));
    expect((await verify()).warning).toBeNull();
    expect((await verify(undefined, at(5, 8))).warning?.en).toContain("11 events");
  });

  it("cannot be changed by the running role", async () => {
    for (const statement of [
      "update case_events set data = ''",
      "delete from case_events",
      "truncate case_events",
      "update seals set mac = ''",
      "delete from seal_entries",
      "delete from audit_events",
    ]) {
      await expect(test.db.query(statement)).rejects.toThrow(/permission denied/);
    }
  });

  it("loses nothing of a transaction that was still at work while it was sealed", async () => {
    const long = await test.db.transaction();
    await insertCase(test.db, { id: 9, workflow, receivedAt: at(2), transaction: long });
    heads.set(9, await appendEvents(test.db, 9, null, events(2), long));
    await addCase(10, 2);
    const during = await sealAudit(test.db, { keys, now: day(3) });
    await long.commit();
    expect((await verify()).ok).toBe(true);
    const after = await sealAudit(test.db, { keys, now: day(4) });
    expect(during.events + after.events).toBe(6 + 5 + 5);
    expect((await verify()).unsealed.events).toBe(0);
    await superuser.query("update case_events set type = 'case.noted' where case_id = 9 and seq = 5");
    expect(await fault()).toEqual({ chain: "case/9", seq: 5, what: "altered" });
  });

  it("is told to the auditors with the seal, in the same transaction", async () => {
    await superuser.query(`insert into users (email, name, language, created_at) values ('auditor@example.jo', 'مدقق', 'ar', now());
      insert into seats (programme, code, role, title_ar, title_en) values ('test', 'auditor', 'auditor', 'مدقق', 'Auditor');
      insert into seat_holders (seat_id, user_id, held_from) select s.id, u.id, '2025-01-01' from seats s, users u`);
    const seal = await sealAudit(test.db, { keys, now: day(5) });
    const [rows] = (await superuser.query("select key, language, data, programme from messages")) as [
      Record<string, unknown>[],
      unknown,
    ];
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      language: "ar",
      programme: "test",
      data: { number: 2, mac: seal.mac, events: 6, chains: 2 },
    });
    expect(rows[0]?.key).toMatch(/^seal\/2\/user\/\d+$/);
    // No event tells of these people: the tests below would find them.
    await superuser.query("delete from messages; delete from seat_holders; delete from seats; delete from users");
  });
});

describe("tampering is named exactly", () => {
  it.each(attacks)("%s", async (_name, attack, found) => {
    await attack(superuser);
    expect(await fault()).toEqual(found);
  });

  it.each(["infinity", "-infinity", "294276-01-01", "4713-01-01 BC"])(
    "a moment that nobody can write: %s",
    async (moment) => {
      await superuser.query("update case_events set at = $1 where case_id = 2 and seq = 3", { bind: [moment] });
      expect(await fault()).toEqual({ chain: "case/2", seq: 3, what: "altered" });
      await superuser.query("update case_events set at = $1 where case_id = 4 and seq = 2", { bind: [moment] });
      await superuser.query("update audit_events set at = $1 where seq = 1", { bind: [moment] });
      expect((await verify()).faults).toEqual([
        { chain: "case/2", seq: 3, what: "altered", reference: "T-2" },
        { chain: "case/4", seq: 2, what: "altered", reference: "T-4" },
        { chain: "audit/users", seq: 1, what: "altered", reference: null },
      ]);
      await superuser.query("update seals set sealed_at = $1", { bind: [moment] });
      expect(await fault()).toEqual({ chain: "seal", seq: 1, what: "seal altered" });
      expect((await sealAudit(test.db, { keys, now: day(3) })).made).toBe(true);
    },
  );

  it.each(["0", "-7", "-9223372036854775808", "9007199254740993", "9223372036854775807"])(
    "events of a case that Diwan would never number so: %s",
    async (id) => {
      await superuser.query(
        `insert into case_events (case_id, seq, at, type, actor, data, previous_hash, hash)
         select $1::bigint, seq, at, type, actor, data, previous_hash, hash from case_events where case_id = 2`,
        { bind: [id] },
      );
      expect(await fault()).toMatchObject({ chain: `case/${id}` });
      expect((await verify()).checked.events).toBe(28);
    },
  );

  it("a seal removed: by the gap, or by the one that was mailed", async () => {
    const second = await sealAudit(test.db, { keys, now: day(3) });
    await superuser.query("delete from seal_entries where seal = 2; delete from seals where number = 2");
    expect((await verify()).ok).toBe(true);
    expect((await verify([second])).firstFault).toMatchObject({ chain: "seal", seq: 2, what: "seal removed" });
    await sealAudit(test.db, { keys, now: day(4) });
    await sealAudit(test.db, { keys, now: day(5) });
    await superuser.query("delete from seal_entries where seal = 2; delete from seals where number = 2");
    expect(await fault()).toEqual({ chain: "seal", seq: 2, what: "seal removed" });
  });

  it("seals made anew by somebody with another key: by the key, and by the one that was mailed", async () => {
    const [rows] = (await superuser.query("select mac from seals")) as [{ mac: string }[], unknown];
    await superuser.query("delete from seal_entries; delete from seals");
    const stolen = keyRing("a key that somebody else made for himself");
    await sealAudit(test.db, { keys: stolen, now: day(2) });
    // It says which key made it, and that is none of ours.
    expect(await fault()).toEqual({ chain: "seal", seq: 1, what: "seal key missing" });
    for (const label of [null, keys[0].label]) {
      await superuser.query("update seals set key = $1", { bind: [label] });
      expect(await fault()).toEqual({ chain: "seal", seq: 1, what: "seal altered" });
    }
    await superuser.query("update seals set key = $1", { bind: [stolen[0].label] });
    const report = await verifyAudit(test.db, {
      keys: stolen,
      now: day(3),
      seals: [{ number: 1, mac: rows[0]?.mac ?? "" }],
    });
    expect(report.firstFault).toMatchObject({ chain: "seal", seq: 1, what: "seal altered" });
  });

  it("nothing, while seals of an older key and of a newer are verified with both", async () => {
    const [old] = keys;
    const ring = keyRing(`2027:${"n".repeat(32)},old:${old.secret.replaceAll(" ", "-")}`);
    const before = keyRing(`2026:${old.secret.replaceAll(" ", "-")}`);
    await superuser.query("delete from seal_entries; delete from seals");
    const first = await sealAudit(test.db, { keys: before, now: day(2) });
    const second = await sealAudit(test.db, { keys: before, now: day(3) });
    const third = await sealAudit(test.db, { keys: ring, now: day(4) });
    const checked = (ring: KeyRing, seals: { number: number; mac: string }[] = []) =>
      verifyAudit(test.db, { keys: ring, now: day(5), seals });
    expect(await checked(ring, [first, second, third])).toMatchObject({ ok: true, faults: [] });
    expect((await checked(before)).faults).toEqual([missing(3, ring[0].label, 0)]);
    // Named, and not called altered; what else is wrong is found beside it.
    const fresh = keyRing(`2027:${"n".repeat(32)}`);
    const alone = await checked(fresh, [first, second, third]);
    expect([alone.ok, alone.faults]).toEqual([false, [missing(1, before[0].label, 1)]]);
    expect(describeFault(alone.faults[0] as AuditFault).en).toMatch(
      /^Seal 1 and 1 later one were made with the key “2026#[0-9a-f]{8}”, which is not here\./,
    );
    expect((await checked(fresh, [{ ...first, mac: "0".repeat(64) }])).faults).toMatchObject([
      { seq: 1, what: "seal altered" },
    ]);
    await superuser.query("update case_events set data = '{}' where case_id = 2 and seq = 3");
    await superuser.query("update seals set events = events + 1 where number = 3");
    expect((await checked(fresh)).faults).toMatchObject([
      { chain: "seal", seq: 1, what: "seal key missing" },
      { chain: "seal", seq: 3, what: "seal altered" },
      { chain: "case/2", seq: 3, what: "altered" },
    ]);
  });

  it("nothing, while seals of before name no key and both keys are here", async () => {
    const ring = keyRing(`2027:${"n".repeat(32)},old:${"o".repeat(32)}`);
    await superuser.query("delete from seal_entries; delete from seals");
    // As the version of before made it: without a label, over which its MAC is not told either.
    await sealAudit(test.db, { keys: [{ ...(ring[1] as RingKey), label: null as never }], now: day(2) });
    await sealAudit(test.db, { keys: ring, now: day(3) });
    const [[row]] = (await superuser.query("select key from seals where number = 1")) as [{ key: null }[], unknown];
    expect(row?.key).toBeNull();
    expect((await verifyAudit(test.db, { keys: ring, now: day(4) })).ok).toBe(true);
    const alone = await verifyAudit(test.db, { keys: [ring[0]], now: day(4) });
    expect(alone.firstFault).toMatchObject({ seq: 1, what: "seal altered" });
    expect(describeFault(alone.firstFault as AuditFault).en).toContain(
      "or the key is not the one that it was made with",
    );
  });

  it("names the first fault in order and counts the rest", async () => {
    await superuser.query("update case_events set data = '{}' where seq = 4 and case_id in (2, 3)");
    const report = await verify();
    expect(report.faults.map(({ chain, seq }) => `${chain}#${seq}`)).toEqual(["case/2#4", "case/3#4"]);
  });
});
