/** Reads of the audit, batch by batch, for checking it. All take the checking transaction: one picture of everything. */
import type { Sequelize, Transaction } from "sequelize";
import type { ChainHead, StoredEvent } from "../domain/audit/check-chain.js";
import type { SealEntry, SealHeader } from "../domain/audit/seal-mac.js";
import { query, type Statement } from "./query.js";

export interface StoredSeal extends SealHeader {
  readonly mac: string;
}

const seals: Statement = {
  name: "audit-seals",
  text: `select number, sealed_at as "sealedAt", below_tx::text as "belowTx", chains, events, previous_mac as "previousMac", mac
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

/** Cases that anything is known of: a row, an event, or a seal's entry. $1 the last one checked, $2 how many. */
const caseIds: Statement = {
  name: "audit-case-ids",
  text: `select id from (
  (select id from cases where id > $1 order by id limit $2)
  union (select distinct case_id from case_events where case_id > $1 order by case_id limit $2)
  union (select distinct substring(chain from 6)::bigint from seal_entries
    where chain like 'case/%' and substring(chain from 6)::bigint > $1 order by 1 limit $2)) known
order by id limit $2`,
};

export async function knownCases(db: Sequelize, tx: Transaction, after: number, limit: number): Promise<number[]> {
  return (await query<{ id: number }>(db, caseIds, [after, limit], tx)).map(({ id }) => id);
}

export interface HeadOfCase extends ChainHead {
  readonly id: number;
  readonly reference: string;
}

const heads: Statement = {
  name: "audit-heads",
  text: `select id, reference, last_seq as "lastSeq", last_hash as "lastHash" from cases where id = any($1::bigint[])`,
};

export function headsOf(db: Sequelize, tx: Transaction, ids: readonly number[]): Promise<HeadOfCase[]> {
  return query<HeadOfCase>(db, heads, [[...ids]], tx);
}

const eventColumns = `seq, at, type, actor, data, previous_hash as "previousHash", hash,
  at = date_trunc('milliseconds', at) as "wholeMillisecond"`;
const caseEvents: Statement = {
  name: "audit-case-events",
  text: `select case_id as "caseId", ${eventColumns} from case_events
where case_id = any($1::bigint[]) and (case_id, seq) > ($2, $3) order by case_id, seq limit 5000`,
};

/** Events of these cases, by case and number. */
export async function* eventsOfCases(
  db: Sequelize,
  tx: Transaction,
  ids: readonly number[],
): AsyncGenerator<StoredEvent & { readonly caseId: number }> {
  let after = { caseId: 0, seq: 0 };
  for (;;) {
    const rows = await query<StoredEvent & { caseId: number }>(db, caseEvents, [[...ids], after.caseId, after.seq], tx);
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
  for (let after = 0; ; ) {
    const rows = await query<StoredEvent>(db, streamEvents, [stream, after], tx);
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.seq;
  }
}
