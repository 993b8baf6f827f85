/** The record under attack: somebody with every right on the database changes it in every way, and each is named. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { Sequelize } from "sequelize";
import { sealAudit } from "../../src/audit/seal.js";
import { verifyAudit } from "../../src/audit/verify.js";
import { appendAudit } from "../../src/db/audit-store.js";
import { connect } from "../../src/db/connect.js";
import { type ChainedEvent, canonicalText, chainHash } from "../../src/domain/audit/chain.js";
import { appendEvents, type ChainState, insertCase, insertProgramme } from "../support/case-rows.js";
import { createTestDatabase, type TestDatabase } from "../support/database.js";

const key = "a key that is not in the database";
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

const verify = (seals?: { number: number; mac: string }[]) => verifyAudit(test.db, { key, seals });
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
    appendAudit(tx, test.db, { stream: "users", type, actor: admin, data: { type }, at: at(dayNumber) }),
  );
}

/** Cases 1–3 sealed with one stream, then case 4 and one more event of case 1 younger than the seal. */
async function record(): Promise<void> {
  heads = new Map();
  for (const id of [1, 2, 3]) await addCase(id, 1);
  await addAudit("user.created", 1);
  await addAudit("user.disabled", 1);
  await sealAudit(test.db, { key, now: day(2) });
  await addCase(4, 2);
  heads.set(1, await appendEvents(test.db, 1, heads.get(1) ?? null, [{ type: "case.noted", at: at(2, 11) }]));
}

beforeAll(async () => {
  test = await createTestDatabase();
  superuser = connect(test.ownerUrl, { max: 3, name: "superuser" });
  ({ workflow } = await insertProgramme(superuser));
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

interface EventOfCase extends ChainedEvent {
  readonly previous_hash: string;
  readonly hash: string;
}

/** Hashes of a case's chain made anew from `from` on, as somebody would who read this source. */
async function rehash(caseId: number, from: number): Promise<void> {
  const [rows] = (await superuser.query("select * from case_events where case_id = $1 order by seq", {
    bind: [caseId],
  })) as [EventOfCase[], unknown];
  let hash = rows[from - 2]?.hash ?? "0".repeat(64);
  for (const row of rows.slice(from - 1)) {
    const { seq, at: moment, type, actor, data } = row;
    const next = chainHash(hash, { chain: `case/${caseId}`, seq, at: moment, type, actor, data });
    await superuser.query("update case_events set previous_hash = $3, hash = $4 where case_id = $1 and seq = $2", {
      bind: [caseId, seq, hash, next],
    });
    hash = next;
  }
  await superuser.query(
    "update cases set last_hash = $2, last_seq = (select max(seq) from case_events where case_id = $1) where id = $1",
    { bind: [caseId, hash] },
  );
}

describe("an untouched record", () => {
  it("holds, and says what is younger than the last seal", async () => {
    const report = await verify();
    expect(report).toMatchObject({
      ok: true,
      firstFault: null,
      checked: { seals: 1, chains: 5, events: 23 },
      lastSeal: { number: 1, sealedAt: day(2) },
      unsealed: { events: 6, chains: 2, since: at(2) },
    });
  });

  it("holds over many seals; each covers what came since", async () => {
    const second = await sealAudit(test.db, { key, now: day(3) });
    expect(second).toMatchObject({ number: 2, chains: 2, events: 6, made: true });
    const third = await sealAudit(test.db, { key, now: day(4) });
    expect(third).toMatchObject({ number: 3, chains: 0, events: 0 });
    const report = await verify([second, third]);
    expect(report).toMatchObject({ ok: true, unsealed: { events: 0, chains: 0, since: null } });
  });

  it("is sealed once a day, whoever calls and how often", async () => {
    const made = await Promise.all([1, 2, 3, 4].map(() => sealAudit(test.db, { key, now: day(3) })));
    expect(made.filter((seal) => seal.made)).toHaveLength(1);
    expect(new Set(made.map((seal) => seal.mac)).size).toBe(1);
    expect((await sealAudit(test.db, { key, now: new Date(day(3).getTime() + 3_600_000) })).made).toBe(false);
    expect((await verify()).checked.seals).toBe(2);
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
    const during = await sealAudit(test.db, { key, now: day(3) });
    await long.commit();
    expect((await verify()).ok).toBe(true);
    const after = await sealAudit(test.db, { key, now: day(4) });
    expect(during.events + after.events).toBe(6 + 5 + 5);
    expect((await verify()).unsealed.events).toBe(0);
    await superuser.query("update case_events set type = 'case.noted' where case_id = 9 and seq = 5");
    expect(await fault()).toEqual({ chain: "case/9", seq: 5, what: "altered" });
  });

  it("is told to the auditors with the seal, in the same transaction", async () => {
    await superuser.query(`insert into users (email, name, language, created_at) values ('auditor@example.jo', 'مدقق', 'ar', now());
      insert into seats (programme, code, role, title_ar, title_en) values ('test', 'auditor', 'auditor', 'مدقق', 'Auditor');
      insert into seat_holders (seat_id, user_id, held_from) select s.id, u.id, '2025-01-01' from seats s, users u`);
    const seal = await sealAudit(test.db, { key, now: day(5) });
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
  });
});

describe("tampering is named exactly", () => {
  const attacks: [name: string, attack: () => Promise<unknown>, found: { chain: string; seq: number; what: string }][] =
    [
      [
        "data altered",
        () => superuser.query("update case_events set data = '{}' where case_id = 2 and seq = 3"),
        { chain: "case/2", seq: 3, what: "altered" },
      ],
      [
        "actor altered",
        () => superuser.query(`update case_events set actor = '{"kind":"applicant"}' where case_id = 2 and seq = 1`),
        { chain: "case/2", seq: 1, what: "altered" },
      ],
      [
        "moment altered",
        () => superuser.query("update case_events set at = at - interval '1 day' where case_id = 3 and seq = 5"),
        { chain: "case/3", seq: 5, what: "altered" },
      ],
      [
        "moment altered by a microsecond",
        () =>
          superuser.query("update case_events set at = at + interval '1 microsecond' where case_id = 3 and seq = 5"),
        { chain: "case/3", seq: 5, what: "altered" },
      ],
      [
        "type altered",
        () => superuser.query("update case_events set type = 'case.noted' where case_id = 1 and seq = 2"),
        { chain: "case/1", seq: 2, what: "altered" },
      ],
      [
        "hash altered",
        () => superuser.query("update case_events set hash = repeat('a', 64) where case_id = 1 and seq = 2"),
        { chain: "case/1", seq: 2, what: "altered" },
      ],
      [
        "altered, and the whole chain hashed anew",
        async () => {
          await superuser.query("update case_events set data = '{}' where case_id = 2 and seq = 3");
          await rehash(2, 3);
        },
        { chain: "case/2", seq: 3, what: "rewritten" },
      ],
      [
        "removed from the middle",
        () => superuser.query("delete from case_events where case_id = 2 and seq = 3"),
        { chain: "case/2", seq: 3, what: "removed" },
      ],
      [
        "removed from the middle, the rest moved up",
        async () => {
          await superuser.query("delete from case_events where case_id = 2 and seq = 3");
          await superuser.query(
            "update case_events set seq = seq - 1 where case_id = 2 and seq = 4; update case_events set seq = seq - 1 where case_id = 2 and seq = 5",
          );
        },
        { chain: "case/2", seq: 3, what: "removed" },
      ],
      [
        "removed from the end",
        () => superuser.query("delete from case_events where case_id = 2 and seq = 5"),
        { chain: "case/2", seq: 5, what: "removed" },
      ],
      [
        "removed from the end, and the case's head put back",
        () =>
          superuser.query(
            "delete from case_events where case_id = 2 and seq > 3; update cases set last_seq = 3, last_hash = (select hash from case_events where case_id = 2 and seq = 3) where id = 2",
          ),
        { chain: "case/2", seq: 4, what: "removed" },
      ],
      [
        "all events of a case removed",
        () => superuser.query("delete from case_events where case_id = 2"),
        { chain: "case/2", seq: 1, what: "removed" },
      ],
      [
        "a whole case removed",
        () =>
          superuser.query(
            "delete from case_events where case_id = 2; delete from cases where id = 2; delete from applications where id = 2",
          ),
        { chain: "case/2", seq: 1, what: "case removed" },
      ],
      [
        "inserted in the middle, the rest moved on",
        () =>
          superuser.query(`update case_events set seq = seq + 100 where case_id = 2 and seq >= 3; update case_events set seq = seq - 99 where case_id = 2 and seq > 100;
          insert into case_events (case_id, seq, at, type, actor, data, previous_hash, hash) select 2, 3, at, 'case.noted', actor, '{}', hash, repeat('b', 64) from case_events where case_id = 2 and seq = 2;
          update cases set last_seq = 6 where id = 2`),
        { chain: "case/2", seq: 3, what: "inserted" },
      ],
      [
        "inserted at the end, with a hash that fits",
        async () => {
          const { seq, hash } = heads.get(3) as ChainState;
          const text = {
            chain: "case/3",
            seq: seq + 1,
            at: at(1, 12),
            type: "case.noted",
            actor: canonicalText(admin),
            data: "{}",
          };
          await superuser.query(
            "insert into case_events (case_id, seq, at, type, actor, data, previous_hash, hash) values (3, $1, $2, $3, $4, $5, $6, $7)",
            {
              bind: [text.seq, text.at, text.type, text.actor, text.data, hash, chainHash(hash, text)],
            },
          );
        },
        { chain: "case/3", seq: 6, what: "inserted" },
      ],
      [
        "younger than the seal, altered",
        () => superuser.query("update case_events set data = '{}' where case_id = 4 and seq = 2"),
        { chain: "case/4", seq: 2, what: "altered" },
      ],
      [
        "younger than the seal, altered with its own hash",
        async () => {
          const [rows] = (await superuser.query("select * from case_events where case_id = 4 and seq = 2")) as [
            EventOfCase[],
            unknown,
          ];
          const row = rows[0] as EventOfCase;
          const hash = chainHash(row.previous_hash, {
            chain: "case/4",
            seq: 2,
            at: row.at,
            type: row.type,
            actor: row.actor,
            data: "{}",
          });
          await superuser.query("update case_events set data = '{}', hash = $1 where case_id = 4 and seq = 2", {
            bind: [hash],
          });
        },
        { chain: "case/4", seq: 2, what: "altered" },
      ],
      [
        "younger than the seal, removed",
        () => superuser.query("delete from case_events where case_id = 4 and seq = 2"),
        { chain: "case/4", seq: 2, what: "removed" },
      ],
      [
        "younger than the seal, inserted",
        () =>
          superuser.query(`update case_events set seq = seq + 100 where case_id = 4 and seq >= 2; update case_events set seq = seq - 99 where case_id = 4 and seq > 100;
        insert into case_events (case_id, seq, at, type, actor, data, previous_hash, hash) select 4, 2, at, type, actor, '{}', hash, repeat('b', 64) from case_events where case_id = 4 and seq = 1`),
        { chain: "case/4", seq: 2, what: "inserted" },
      ],
      [
        "the audit of users altered",
        () => superuser.query("update audit_events set data = '{}' where seq = 2"),
        { chain: "audit/users", seq: 2, what: "altered" },
      ],
      [
        "the audit of users removed",
        () => superuser.query("delete from audit_events"),
        { chain: "audit/users", seq: 1, what: "removed" },
      ],
      [
        "a seal altered",
        () => superuser.query("update seals set sealed_at = sealed_at - interval '1 day'"),
        { chain: "seal", seq: 1, what: "seal altered" },
      ],
      [
        "an entry of a seal altered",
        () => superuser.query("update seal_entries set last_seq = 4 where chain = 'case/2'"),
        { chain: "seal", seq: 1, what: "seal altered" },
      ],
      [
        "an entry of a seal removed",
        () => superuser.query("delete from seal_entries where chain = 'case/2'"),
        { chain: "seal", seq: 1, what: "seal altered" },
      ],
      [
        "a case removed with its entry in the seal",
        () =>
          superuser.query(
            "delete from seal_entries where chain = 'case/2'; delete from case_events where case_id = 2; delete from cases where id = 2; delete from applications where id = 2",
          ),
        { chain: "seal", seq: 1, what: "seal altered" },
      ],
    ];

  it.each(attacks)("%s", async (_name, attack, found) => {
    await attack();
    expect(await fault()).toEqual(found);
  });

  it("a seal removed: by the gap, or by the one that was mailed", async () => {
    const second = await sealAudit(test.db, { key, now: day(3) });
    await superuser.query("delete from seal_entries where seal = 2; delete from seals where number = 2");
    expect((await verify()).ok).toBe(true);
    expect((await verify([second])).firstFault).toMatchObject({ chain: "seal", seq: 2, what: "seal removed" });
    await sealAudit(test.db, { key, now: day(4) });
    await sealAudit(test.db, { key, now: day(5) });
    await superuser.query("delete from seal_entries where seal = 2; delete from seals where number = 2");
    expect(await fault()).toEqual({ chain: "seal", seq: 2, what: "seal removed" });
  });

  it("seals made anew by somebody with another key: by the key, and by the one that was mailed", async () => {
    const [rows] = (await superuser.query("select mac from seals")) as [{ mac: string }[], unknown];
    await superuser.query("delete from seal_entries; delete from seals");
    await sealAudit(test.db, { key: "stolen", now: day(2) });
    expect(await fault()).toEqual({ chain: "seal", seq: 1, what: "seal altered" });
    const report = await verifyAudit(test.db, { key: "stolen", seals: [{ number: 1, mac: rows[0]?.mac ?? "" }] });
    expect(report.firstFault).toMatchObject({ chain: "seal", seq: 1, what: "seal altered" });
  });

  it("names the first fault in order and counts the rest", async () => {
    await superuser.query("update case_events set data = '{}' where seq = 4 and case_id in (2, 3)");
    const report = await verify();
    expect(report.faults.map(({ chain, seq }) => `${chain}#${seq}`)).toEqual(["case/2#4", "case/3#4"]);
  });
});
