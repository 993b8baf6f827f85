/** Writes of the daily seal. Everything goes through a temporary table, so that a seal over millions of events needs no memory. */
import type { Sequelize, Transaction } from "sequelize";
import type { SealEntry, SealHeader } from "../../engine/audit/seal-mac.js";
import { query, type Statement } from "../../platform/db/query.js";

export interface LastSeal {
  readonly number: number;
  readonly sealedAt: Date;
  readonly belowTx: string;
  readonly mac: string;
}

const lock: Statement = { name: "seal-lock", text: "select pg_advisory_xact_lock(hashtextextended('diwan seal', 0))" };
const last: Statement = {
  name: "seal-last",
  text: `select number, sealed_at as "sealedAt", below_tx::text as "belowTx", mac from seals order by number desc limit 1`,
};

/** Waits until no other seal is being made; the lock is held until the transaction ends. */
export async function lockSeals(db: Sequelize, tx: Transaction): Promise<void> {
  await query(db, lock, [], tx);
}

export async function lastSeal(db: Sequelize, tx: Transaction): Promise<LastSeal | null> {
  return (await query<LastSeal>(db, last, [], tx))[0] ?? null;
}

/**
 * `below`: no transaction before this one is still at work, and all that they wrote can be seen from now on. `beyond`: this
 * database has not begun that transaction yet; a row that claims it came with a restored copy.
 */
const bounds: Statement = {
  name: "seal-bounds",
  text: "select pg_snapshot_xmin(s)::text as below, pg_snapshot_xmax(s)::text as beyond from pg_current_snapshot() s",
};
const table: Statement = {
  name: "seal-work-table",
  text: `create temporary table sealing (chain text collate "C" primary key, first_seq integer not null, last_seq integer not null,
  head_hash text not null, marks bytea not null) on commit drop`,
};

// Eight bytes of the hash; what is no hash gets none, and `verify-audit` will say so.
const mark = `case when hash ~ '^[0-9a-f]{64}$' then decode(left(hash, 16), 'hex') else '\\x0000000000000000'::bytea end`;
const aggregate = `min(seq), max(seq), (array_agg(hash order by seq desc))[1], string_agg(${mark}, ''::bytea order by seq)`;

/**
 * Unsealed rows of one table, a chain a group. Which transactions: $1 below, $2 from where on (null: all), $3 beyond. They
 * only tell which chains to look at. Of each of those, everything after its last sealed row is taken, up to the first row
 * that is not below: a transaction with a lower number may have added to a chain after one with a higher number, and a
 * row that was passed over would lie before the last sealed one for ever.
 */
const gatherFrom = (table: string, key: string, prefix: string): Statement => ({
  name: `seal-gather-${table}`,
  text: `insert into sealing
with touched as (
  select distinct ${key} from ${table}
  where (tx < $1::xid8 or tx >= $3::xid8) and ($2::xid8 is null or tx >= $2::xid8)),
covered as (
  select ${key}, coalesce((select max(s.last_seq) from seal_entries s where s.chain = '${prefix}' || t.${key}), 0) as upto
  from touched t),
bounded as (
  select ${key}, upto, (select min(u.seq) from ${table} u
    where u.${key} = c.${key} and u.seq > c.upto and u.tx >= $1::xid8 and u.tx < $3::xid8) as unfinished
  from covered c)
select '${prefix}' || ${key}, ${aggregate} from bounded join ${table} using (${key})
where seq > upto and (unfinished is null or seq < unfinished) group by ${key}`,
});
const gatherings = [gatherFrom("case_events", "case_id", "case/"), gatherFrom("audit_events", "stream", "audit/")];

const sealsAWeek = 7;

const totals: Statement = {
  name: "seal-totals",
  text: "select count(*)::integer as chains, coalesce(sum(last_seq - first_seq + 1), 0)::bigint as events from sealing",
};

/**
 * Gathers what no seal covers yet and every finished transaction has written. What an unfinished one wrote comes with the
 * next seal: its number is not below.
 */
export async function gatherUnsealed(
  db: Sequelize,
  tx: Transaction,
  previous: LastSeal | null,
): Promise<{ belowTx: string; chains: number; events: number }> {
  const [bound] = await query<{ below: string; beyond: string }>(db, bounds, [], tx);
  const { below, beyond } = bound as { below: string; beyond: string };
  await query(db, table, [], tx);
  // In a restored copy the transactions of before have higher numbers than any there is now: then every row is looked at,
  // and once a week anyway, so that no row can be passed over for ever whatever number it bears.
  const all = previous === null || BigInt(previous.belowTx) > BigInt(beyond) || previous.number % sealsAWeek === 0;
  const from = all ? null : previous.belowTx;
  for (const gathering of gatherings) await query(db, gathering, [below, from, beyond], tx);
  const [sum] = await query<{ chains: number; events: number }>(db, totals, [], tx);
  return { belowTx: below, chains: sum?.chains ?? 0, events: sum?.events ?? 0 };
}

const entryColumns = `chain, first_seq as "firstSeq", last_seq as "lastSeq", head_hash as "headHash", marks`;
const batch: Statement = {
  name: "seal-batch",
  text: `select ${entryColumns} from sealing where chain > $1 order by chain limit 1000`,
};

/** What was gathered, in order of the chain's bytes. */
export async function* gatheredEntries(db: Sequelize, tx: Transaction): AsyncGenerator<SealEntry> {
  for (let after = ""; ; ) {
    const rows = await query<SealEntry>(db, batch, [after], tx);
    yield* rows;
    const lastRow = rows.at(-1);
    if (lastRow === undefined) return;
    after = lastRow.chain;
  }
}

const insertSeal: Statement = {
  name: "seal-insert",
  text: `insert into seals (number, sealed_at, below_tx, chains, events, previous_mac, mac, key)
values ($1, $2, $3::xid8, $4, $5, $6, $7, $8)`,
};
const insertEntries: Statement = {
  name: "seal-insert-entries",
  text: `insert into seal_entries (seal, chain, first_seq, last_seq, head_hash, marks)
select $1::integer, chain, first_seq, last_seq, head_hash, marks from sealing`,
};

export async function insertSealWithEntries(
  db: Sequelize,
  tx: Transaction,
  header: SealHeader,
  mac: string,
): Promise<void> {
  const { number, sealedAt, belowTx, chains, events, previousMac, key } = header;
  await query(db, insertSeal, [number, sealedAt, belowTx, chains, events, previousMac, mac, key], tx);
  await query(db, insertEntries, [number], tx);
}

export interface AuditorRow {
  readonly userId: number;
  readonly language: "ar" | "en";
  /** A programme in which the person is auditor. */
  readonly programme: string;
}

const auditors: Statement = {
  name: "seal-auditors",
  text: `select distinct on (u.id) u.id as "userId", u.language, s.programme
from seats s join seat_holders h on h.seat_id = s.id join users u on u.id = h.user_id
where s.role = 'auditor' and s.retired_at is null and u.disabled_at is null
  and h.held_from <= $1 and (h.held_to is null or h.held_to > $1)
order by u.id, s.programme`,
};

/** Everyone who sits on an auditor's seat at `now`, each person once. */
export function auditorsAt(db: Sequelize, tx: Transaction, now: Date): Promise<AuditorRow[]> {
  return query<AuditorRow>(db, auditors, [now], tx);
}
