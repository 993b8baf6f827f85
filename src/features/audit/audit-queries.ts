/** Reads of the audit, batch by batch, for checking it. All take the checking transaction: one picture of everything. */
import type { Sequelize, Transaction } from "sequelize";
import sql from "sql-template-tag";
import type { ChainHead, StoredEvent } from "../../engine/audit/check-chain.js";
import type { SealEntry, SealHeader } from "../../engine/audit/seal-mac.js";
import { query } from "../../platform/db/query.js";

export interface StoredSeal extends SealHeader {
  readonly mac: string;
}

/** All seals: one a day. */
export function allSeals(db: Sequelize, tx: Transaction): Promise<StoredSeal[]> {
  const statement = sql`select number, sealed_at as "sealedAt", below_tx::text as "belowTx", chains, events, previous_mac as "previousMac", mac, key
    from seals order by number`;
  return query<StoredSeal>(db, statement, tx);
}

const entryColumns = sql`chain, first_seq as "firstSeq", last_seq as "lastSeq", head_hash as "headHash", marks`;

/** Entries of one seal in order of the chain's bytes. */
export async function* entriesOf(db: Sequelize, tx: Transaction, seal: number): AsyncGenerator<SealEntry> {
  for (let after = ""; ; ) {
    const statement = sql`select ${entryColumns} from seal_entries
      where seal = ${seal} and (chain collate "C") > ${after} order by chain collate "C" limit 1000`;
    const rows = await query<SealEntry>(db, statement, tx);
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.chain;
  }
}

/** What the seals say of these chains, each in order. */
export async function entriesByChain(
  db: Sequelize,
  tx: Transaction,
  chains: readonly string[],
): Promise<Map<string, SealEntry[]>> {
  const statement = sql`select ${entryColumns} from seal_entries where chain = any(${[...chains]}::text[])
    order by chain, first_seq`;
  const rows = await query<SealEntry>(db, statement, tx);
  const found = new Map<string, SealEntry[]>();
  for (const row of rows) found.set(row.chain, [...(found.get(row.chain) ?? []), row]);
  return found;
}

/** The first number that a bigint can be: a row that somebody put in need not have one that Diwan would give. */
const lowest = -(2n ** 63n);
const highest = 2n ** 63n - 1n;
const lowestSeq = -(2 ** 31);

/** Numbers of all cases that anything is known of, in order, `limit` at a time. */
export async function* knownCases(db: Sequelize, tx: Transaction, limit: number): AsyncGenerator<string[]> {
  for (let from = lowest; ; ) {
    // A row, an event, or a seal's entry. Numbers as text: beyond 2^53 a JavaScript number would be that of another case.
    const first = sql`${String(from)}::bigint`;
    const statement = sql`select id::text as id from (
        (select id from cases where id >= ${first} order by id limit ${limit})
        union (select distinct case_id from case_events where case_id >= ${first} order by case_id limit ${limit})
        union (select distinct substring(chain from 6)::bigint from seal_entries
          where chain ~ '^case/-?[0-9]{1,18}$' and chain like 'case/%' and substring(chain from 6)::bigint >= ${first}
          order by 1 limit ${limit})) known
      order by known.id limit ${limit}`;
    const ids = (await query<{ id: string }>(db, statement, tx)).map(({ id }) => id);
    const last = ids.at(-1);
    if (last === undefined) return;
    yield ids;
    if (BigInt(last) === highest) return;
    from = BigInt(last) + 1n;
  }
}

export interface HeadOfCase extends ChainHead {
  readonly id: string;
  readonly reference: string;
  readonly imported: boolean;
}

export function headsOf(db: Sequelize, tx: Transaction, ids: readonly string[]): Promise<HeadOfCase[]> {
  const statement = sql`select id::text as id, reference, imported, last_seq as "lastSeq", last_hash as "lastHash"
    from cases where id = any(${[...ids]}::bigint[])`;
  return query<HeadOfCase>(db, statement, tx);
}

const eventColumns = sql`seq, at, type, actor, data, previous_hash as "previousHash", hash,
  at = date_trunc('milliseconds', at) as "wholeMillisecond"`;

/** Events of these cases, by case and number. */
export async function* eventsOfCases(
  db: Sequelize,
  tx: Transaction,
  ids: readonly string[],
): AsyncGenerator<StoredEvent & { readonly caseId: string }> {
  let after = { caseId: String(lowest), seq: lowestSeq };
  for (;;) {
    const statement = sql`select case_id::text as "caseId", ${eventColumns} from case_events
      where case_id = any(${[...ids]}::bigint[]) and (case_id, seq) > (${after.caseId}::bigint, ${after.seq})
        order by case_events.case_id, seq limit 5000`;
    const rows = await query<StoredEvent & { caseId: string }>(db, statement, tx);
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last;
  }
}

/** Streams that have events, or had them when they were sealed. */
export async function auditStreams(db: Sequelize, tx: Transaction): Promise<string[]> {
  const statement = sql`select stream from audit_events group by stream
    union select substring(chain from 7) from seal_entries where chain like 'audit/%' group by chain order by 1`;
  return (await query<{ stream: string }>(db, statement, tx)).map(({ stream }) => stream);
}

export async function* eventsOfStream(db: Sequelize, tx: Transaction, stream: string): AsyncGenerator<StoredEvent> {
  for (let after = lowestSeq; ; ) {
    const statement = sql`select ${eventColumns} from audit_events where stream = ${stream} and seq > ${after}
      order by seq limit 2000`;
    const rows = await query<StoredEvent>(db, statement, tx);
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.seq;
  }
}
