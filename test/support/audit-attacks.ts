/** What somebody with every right on the database may try, and what the check must say to it. Case 4 is younger than the seal. */
import type { Sequelize } from "sequelize";
import { type ChainedEvent, canonicalText, chainHash } from "../../src/engine/audit/chain.js";

const insertedAt = new Date(Date.UTC(2026, 0, 1, 12));
const admin = { kind: "system", job: "seed" } as const;

interface EventOfCase extends ChainedEvent {
  readonly previous_hash: string;
  readonly hash: string;
}

/** Hashes of a case's chain made anew from `from` on, as somebody would who read this source. */
async function rehash(superuser: Sequelize, caseId: number, from: number): Promise<void> {
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

async function headOf(superuser: Sequelize, caseId: number): Promise<{ seq: number; hash: string }> {
  const [rows] = (await superuser.query("select last_seq as seq, last_hash as hash from cases where id = $1", {
    bind: [caseId],
  })) as [{ seq: number; hash: string }[], unknown];
  return rows[0] ?? { seq: 0, hash: "" };
}

type Attack = [
  name: string,
  attack: (superuser: Sequelize) => Promise<unknown>,
  found: { chain: string; seq: number; what: string },
];

export const attacks: Attack[] = [
  [
    "data altered",
    (superuser) => superuser.query("update case_events set data = '{}' where case_id = 2 and seq = 3"),
    { chain: "case/2", seq: 3, what: "altered" },
  ],
  [
    "actor altered",
    (superuser) =>
      superuser.query(`update case_events set actor = '{"kind":"applicant"}' where case_id = 2 and seq = 1`),
    { chain: "case/2", seq: 1, what: "altered" },
  ],
  [
    "moment altered",
    (superuser) => superuser.query("update case_events set at = at - interval '1 day' where case_id = 3 and seq = 5"),
    { chain: "case/3", seq: 5, what: "altered" },
  ],
  [
    "moment altered by a microsecond",
    (superuser) =>
      superuser.query("update case_events set at = at + interval '1 microsecond' where case_id = 3 and seq = 5"),
    { chain: "case/3", seq: 5, what: "altered" },
  ],
  [
    "type altered",
    (superuser) => superuser.query("update case_events set type = 'case.noted' where case_id = 1 and seq = 2"),
    { chain: "case/1", seq: 2, what: "altered" },
  ],
  [
    "hash altered",
    (superuser) => superuser.query("update case_events set hash = repeat('a', 64) where case_id = 1 and seq = 2"),
    { chain: "case/1", seq: 2, what: "altered" },
  ],
  [
    "altered, and the whole chain hashed anew",
    async (superuser) => {
      await superuser.query("update case_events set data = '{}' where case_id = 2 and seq = 3");
      await rehash(superuser, 2, 3);
    },
    { chain: "case/2", seq: 3, what: "rewritten" },
  ],
  [
    "removed from the middle",
    (superuser) => superuser.query("delete from case_events where case_id = 2 and seq = 3"),
    { chain: "case/2", seq: 3, what: "removed" },
  ],
  [
    "removed from the middle, the rest moved up",
    async (superuser) => {
      await superuser.query("delete from case_events where case_id = 2 and seq = 3");
      await superuser.query(
        "update case_events set seq = seq - 1 where case_id = 2 and seq = 4; update case_events set seq = seq - 1 where case_id = 2 and seq = 5",
      );
    },
    { chain: "case/2", seq: 3, what: "removed" },
  ],
  [
    "removed from the end",
    (superuser) => superuser.query("delete from case_events where case_id = 2 and seq = 5"),
    { chain: "case/2", seq: 5, what: "removed" },
  ],
  [
    "removed from the end, and the case's head put back",
    (superuser) =>
      superuser.query(
        "delete from case_events where case_id = 2 and seq > 3; update cases set last_seq = 3, last_hash = (select hash from case_events where case_id = 2 and seq = 3) where id = 2",
      ),
    { chain: "case/2", seq: 4, what: "removed" },
  ],
  [
    "all events of a case removed",
    (superuser) => superuser.query("delete from case_events where case_id = 2"),
    { chain: "case/2", seq: 1, what: "removed" },
  ],
  [
    "a whole case removed",
    (superuser) =>
      superuser.query(
        "delete from case_events where case_id = 2; delete from cases where id = 2; delete from applications where id = 2",
      ),
    { chain: "case/2", seq: 1, what: "case removed" },
  ],
  [
    "inserted in the middle, the rest moved on",
    (superuser) =>
      superuser.query(`update case_events set seq = seq + 100 where case_id = 2 and seq >= 3; update case_events set seq = seq - 99 where case_id = 2 and seq > 100;
          insert into case_events (case_id, seq, at, type, actor, data, previous_hash, hash) select 2, 3, at, 'case.noted', actor, '{}', hash, repeat('b', 64) from case_events where case_id = 2 and seq = 2;
          update cases set last_seq = 6 where id = 2`),
    { chain: "case/2", seq: 3, what: "inserted" },
  ],
  [
    "inserted at the end, with a hash that fits",
    async (superuser) => {
      const { seq, hash } = await headOf(superuser, 3);
      const text = {
        chain: "case/3",
        seq: seq + 1,
        at: insertedAt,
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
    (superuser) => superuser.query("update case_events set data = '{}' where case_id = 4 and seq = 2"),
    { chain: "case/4", seq: 2, what: "altered" },
  ],
  [
    "younger than the seal, altered with its own hash",
    async (superuser) => {
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
    (superuser) => superuser.query("delete from case_events where case_id = 4 and seq = 2"),
    { chain: "case/4", seq: 2, what: "removed" },
  ],
  [
    "younger than the seal, inserted",
    (superuser) =>
      superuser.query(`update case_events set seq = seq + 100 where case_id = 4 and seq >= 2; update case_events set seq = seq - 99 where case_id = 4 and seq > 100;
        insert into case_events (case_id, seq, at, type, actor, data, previous_hash, hash) select 4, 2, at, type, actor, '{}', hash, repeat('b', 64) from case_events where case_id = 4 and seq = 1`),
    { chain: "case/4", seq: 2, what: "inserted" },
  ],
  [
    "the audit of users altered",
    (superuser) => superuser.query("update audit_events set data = '{}' where seq = 2"),
    { chain: "audit/users", seq: 2, what: "altered" },
  ],
  [
    "the audit of users removed",
    (superuser) => superuser.query("delete from audit_events"),
    { chain: "audit/users", seq: 1, what: "removed" },
  ],
  [
    "a seal altered",
    (superuser) => superuser.query("update seals set sealed_at = sealed_at - interval '1 day'"),
    { chain: "seal", seq: 1, what: "seal altered" },
  ],
  [
    "an entry of a seal altered",
    (superuser) => superuser.query("update seal_entries set last_seq = 4 where chain = 'case/2'"),
    { chain: "seal", seq: 1, what: "seal altered" },
  ],
  [
    "an entry of a seal removed",
    (superuser) => superuser.query("delete from seal_entries where chain = 'case/2'"),
    { chain: "seal", seq: 1, what: "seal altered" },
  ],
  [
    "a case removed with its entry in the seal",
    (superuser) =>
      superuser.query(
        "delete from seal_entries where chain = 'case/2'; delete from case_events where case_id = 2; delete from cases where id = 2; delete from applications where id = 2",
      ),
    { chain: "seal", seq: 1, what: "seal altered" },
  ],
];
