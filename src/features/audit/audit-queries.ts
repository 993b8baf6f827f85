/** Reads of the audit, batch by batch, for checking it. All take the checking transaction: one picture of everything. */
import type { Sequelize, Transaction } from "sequelize";
import type { ChainHead, StoredEvent } from "../../engine/audit/check-chain.js";
import type { SealEntry, SealHeader } from "../../engine/audit/seal-mac.js";
import { query, type Statement } from "../../platform/db/query.js";

export interface StoredSeal extends SealHeader {
  readonly mac: string;
}

const seals: Statement = {
  name: "audit-seals",
  text: `select number, sealed_at as "sealedAt", below_tx::text as "belowTx", chains, events, previous_mac as "previousMac", mac, key
from seals order by number`,
};

/** All seals: one a day. */
export function allSeals(db: Sequelize, tx: Transaction): Promise<StoredSeal[]> {
  return query<StoredSeal>(db, seals, [], tx);
}

const entryColumns = `chain, first_seq as "firstSeq", last_seq as "lastSeq", head_hash as "headHash", marks`;
const entriesOfSeal: Statement = {
  name: "audit-entries-of-seal",
  text: `select ${entryColumns} from seal_entries where seal = $1 and (chain collate "C") > $2 order by chain collate "C" limit 1000`,
};

/** Entries of one seal in order of the chain's bytes. */
export async function* entriesOf(db: Sequelize, tx: Transaction, seal: number): AsyncGenerator<SealEntry> {
  for (let after = ""; ; ) {
    const rows = await query<SealEntry>(db, entriesOfSeal, [seal, after], tx);
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.chain;
  }
}

const entriesOfChains: Statement = {
  name: "audit-entries-of-chains",
  text: `select ${entryColumns} from seal_entries where chain = any($1::text[]) order by chain, first_seq`,
};

/** What the seals say of these chains, each in order. */
export async function entriesByChain(
  db: Sequelize,
  tx: Transaction,
  chains: readonly string[],
): Promise<Map<string, SealEntry[]>> {
  const rows = await query<SealEntry>(db, entriesOfChains, [[...chains]], tx);
  const found = new Map<string, SealEntry[]>();
  for (const row of rows) found.set(row.chain, [...(found.get(row.chain) ?? []), row]);
  return found;
}

/** The first number that a bigint can be: a row that somebody put in need not have one that Diwan would give. */
const lowest = -(2n ** 63n);
const highest = 2n ** 63n - 1n;
const lowestSeq = -(2 ** 31);

/**
 * Cases that anything is known of: a row, an event, or a seal's entry. $1 the first number to look at, $2 how many.
 * Numbers as text: beyond 2^53 a JavaScript number would be that of another case.
 */
const caseIds: Statement = {
  name: "audit-case-ids",
  text: `select id::text as id from (
  (select id from cases where id >= $1::bigint order by id limit $2)
  union (select distinct case_id from case_events where case_id >= $1::bigint order by case_id limit $2)
  union (select distinct substring(chain from 6)::bigint from seal_entries
    where chain ~ '^case/-?[0-9]{1,18}$' and chain like 'case/%' and substring(chain from 6)::bigint >= $1::bigint
    order by 1 limit $2)) known
order by known.id limit $2`,
};

/** Numbers of all cases in order, `limit` at a time. */
export async function* knownCases(db: Sequelize, tx: Transaction, limit: number): AsyncGenerator<string[]> {
  for (let from = lowest; ; ) {
    const ids = (await query<{ id: string }>(db, caseIds, [String(from), limit], tx)).map(({ id }) => id);
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

const heads: Statement = {
  name: "audit-heads",
  text: `select id::text as id, reference, imported, last_seq as "lastSeq", last_hash as "lastHash" from cases where id = any($1::bigint[])`,
};

export function headsOf(db: Sequelize, tx: Transaction, ids: readonly string[]): Promise<HeadOfCase[]> {
  return query<HeadOfCase>(db, heads, [[...ids]], tx);
}

const eventColumns = `seq, at, type, actor, data, previous_hash as "previousHash", hash,
  at = date_trunc('milliseconds', at) as "wholeMillisecond"`;
const caseEvents: Statement = {
  name: "audit-case-events",
  text: `select case_id::text as "caseId", ${eventColumns} from case_events
where case_id = any($1::bigint[]) and (case_id, seq) > ($2::bigint, $3) order by case_events.case_id, seq limit 5000`,
};

/** Events of these cases, by case and number. */
export async function* eventsOfCases(
  db: Sequelize,
  tx: Transaction,
  ids: readonly string[],
): AsyncGenerator<StoredEvent & { readonly caseId: string }> {
  let after = { caseId: String(lowest), seq: lowestSeq };
  for (;;) {
    const rows = await query<StoredEvent & { caseId: string }>(db, caseEvents, [[...ids], after.caseId, after.seq], tx);
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last;
  }
}

const streams: Statement = {
  name: "audit-streams",
  text: `select stream from audit_events group by stream
union select substring(chain from 7) from seal_entries where chain like 'audit/%' group by chain order by 1`,
};

/** Streams that have events, or had them when they were sealed. */
export async function auditStreams(db: Sequelize, tx: Transaction): Promise<string[]> {
  return (await query<{ stream: string }>(db, streams, [], tx)).map(({ stream }) => stream);
}

const streamEvents: Statement = {
  name: "audit-stream-events",
  text: `select ${eventColumns} from audit_events where stream = $1 and seq > $2 order by seq limit 2000`,
};

export async function* eventsOfStream(db: Sequelize, tx: Transaction, stream: string): AsyncGenerator<StoredEvent> {
  for (let after = lowestSeq; ; ) {
    const rows = await query<StoredEvent>(db, streamEvents, [stream, after], tx);
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.seq;
  }
}
