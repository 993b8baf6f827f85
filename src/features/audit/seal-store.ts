/** Writes of the daily seal. Everything goes through a temporary table, so that a seal over millions of events needs no memory. */

import type { Sequelize, Transaction } from "sequelize";
import sql, { raw, type Sql } from "sql-template-tag";
import type { SealEntry, SealHeader } from "../../engine/audit/seal-mac.js";
import type { Language } from "../../engine/text/text.js";
import { query } from "../../platform/db/query.js";

export interface LastSeal {
  readonly number: number;
  readonly sealedAt: Date;
  readonly belowTx: string;
  readonly mac: string;
}

/** Waits until no other seal is being made; the lock is held until the transaction ends. */
export async function lockSeals(db: Sequelize, tx: Transaction): Promise<void> {
  await query(db, sql`select pg_advisory_xact_lock(hashtextextended('diwan seal', 0))`, tx);
}

export async function lastSeal(db: Sequelize, tx: Transaction): Promise<LastSeal | null> {
  const statement = sql`select number, sealed_at as "sealedAt", below_tx::text as "belowTx", mac from seals
    order by number desc limit 1`;
  return (await query<LastSeal>(db, statement, tx))[0] ?? null;
}

// Eight bytes of the hash; what is no hash gets none, and `verify-audit` will say so.
const mark = sql`case when hash ~ '^[0-9a-f]{64}$' then decode(left(hash, 16), 'hex') else '\\x0000000000000000'::bytea end`;
const aggregate = sql`min(seq), max(seq), (array_agg(hash order by seq desc))[1], string_agg(${mark}, ''::bytea order by seq)`;

interface Bounds {
  /** No transaction before this one is still at work, and all that they wrote can be seen from now on. */
  readonly below: string;
  /** This database has not begun that transaction yet; a row that claims it came with a restored copy. */
  readonly beyond: string;
}

/**
 * Gathers unsealed rows of one table, a chain a group. Transactions `below` and `beyond`, all or from one on (`from`): they
 * only tell which chains to look at. Of each of those, everything after its last sealed row is taken, up to the first row
 * that is not below: a transaction with a lower number may have added to a chain after one with a higher number, and a
 * row that was passed over would lie before the last sealed one for ever.
 */
function gatherFrom(names: { table: string; key: string; prefix: string }, a: Bounds & { from: string | null }): Sql {
  const [table, key, prefix] = [raw(names.table), raw(names.key), raw(`'${names.prefix}'`)];
  const [below, beyond, from] = [sql`${a.below}::xid8`, sql`${a.beyond}::xid8`, sql`${a.from}::xid8`];
  return sql`insert into sealing
    with touched as (
      select distinct ${key} from ${table}
      where (tx < ${below} or tx >= ${beyond}) and (${from} is null or tx >= ${from})),
    covered as (
      select ${key}, coalesce((select max(s.last_seq) from seal_entries s where s.chain = ${prefix} || t.${key}), 0) as upto
      from touched t),
    bounded as (
      select ${key}, upto, (select min(u.seq) from ${table} u
        where u.${key} = c.${key} and u.seq > c.upto and u.tx >= ${below} and u.tx < ${beyond}) as unfinished
      from covered c)
    select ${prefix} || ${key}, ${aggregate} from bounded join ${table} using (${key})
    where seq > upto and (unfinished is null or seq < unfinished) group by ${key}`;
}
const sealed = [
  { table: "case_events", key: "case_id", prefix: "case/" },
  { table: "audit_events", key: "stream", prefix: "audit/" },
];

const sealsAWeek = 7;

/**
 * Gathers what no seal covers yet and every finished transaction has written. What an unfinished one wrote comes with the
 * next seal: its number is not below.
 */
export async function gatherUnsealed(
  db: Sequelize,
  tx: Transaction,
  previous: LastSeal | null,
): Promise<{ belowTx: string; chains: number; events: number }> {
  const bounds = sql`select pg_snapshot_xmin(s)::text as below, pg_snapshot_xmax(s)::text as beyond
    from pg_current_snapshot() s`;
  const [bound] = await query<Bounds>(db, bounds, tx);
  const { below, beyond } = bound as Bounds;
  const table = sql`create temporary table sealing (chain text collate "C" primary key, first_seq integer not null,
    last_seq integer not null, head_hash text not null, marks bytea not null) on commit drop`;
  await query(db, table, tx);
  // In a restored copy the transactions of before have higher numbers than any there is now: then every row is looked at,
  // and once a week anyway, so that no row can be passed over for ever whatever number it bears.
  const all = previous === null || BigInt(previous.belowTx) > BigInt(beyond) || previous.number % sealsAWeek === 0;
  const from = all ? null : previous.belowTx;
  for (const names of sealed) await query(db, gatherFrom(names, { below, beyond, from }), tx);
  const totals = sql`select count(*)::integer as chains, coalesce(sum(last_seq - first_seq + 1), 0)::bigint as events
    from sealing`;
  const [sum] = await query<{ chains: number; events: number }>(db, totals, tx);
  return { belowTx: below, chains: sum?.chains ?? 0, events: sum?.events ?? 0 };
}

const entryColumns = sql`chain, first_seq as "firstSeq", last_seq as "lastSeq", head_hash as "headHash", marks`;

/** What was gathered, in order of the chain's bytes. */
export async function* gatheredEntries(db: Sequelize, tx: Transaction): AsyncGenerator<SealEntry> {
  for (let after = ""; ; ) {
    const statement = sql`select ${entryColumns} from sealing where chain > ${after} order by chain limit 1000`;
    const rows = await query<SealEntry>(db, statement, tx);
    yield* rows;
    const lastRow = rows.at(-1);
    if (lastRow === undefined) return;
    after = lastRow.chain;
  }
}

export async function insertSealWithEntries(
  db: Sequelize,
  tx: Transaction,
  header: SealHeader,
  mac: string,
): Promise<void> {
  const { number, sealedAt, belowTx, chains, events, previousMac, key } = header;
  const seal = sql`insert into seals (number, sealed_at, below_tx, chains, events, previous_mac, mac, key)
    values (${number}, ${sealedAt}, ${belowTx}::xid8, ${chains}, ${events}, ${previousMac}, ${mac}, ${key})`;
  await query(db, seal, tx);
  const entries = sql`insert into seal_entries (seal, chain, first_seq, last_seq, head_hash, marks)
    select ${number}::integer, chain, first_seq, last_seq, head_hash, marks from sealing`;
  await query(db, entries, tx);
}

export interface AuditorRow {
  readonly userId: number;
  readonly language: Language;
  /** A programme in which the person is auditor. */
  readonly programme: string;
}

/** Everyone who sits on an auditor's seat at `now`, each person once. */
export function auditorsAt(db: Sequelize, tx: Transaction, now: Date): Promise<AuditorRow[]> {
  const statement = sql`select distinct on (u.id) u.id as "userId", u.language, s.programme
    from seats s join seat_holders h on h.seat_id = s.id join users u on u.id = h.user_id
    where s.role = 'auditor' and s.retired_at is null and u.disabled_at is null
      and h.held_from <= ${now} and (h.held_to is null or h.held_to > ${now})
    order by u.id, s.programme`;
  return query<AuditorRow>(db, statement, tx);
}
