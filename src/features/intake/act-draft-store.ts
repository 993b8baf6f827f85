/** What applicants began to write about their cases and have not sent. Whose it is, and what it says, only the code tells. */
import { type Database, query, type Statement } from "../../platform/db/query.js";

const one: Statement = {
  name: "act-draft",
  text: "select locked from act_drafts where owner_hash = $1 and expires_at > $2",
};

const keep: Statement = {
  name: "keep-act-draft",
  text: `insert into act_drafts (owner_hash, locked, expires_at) values ($1, $2, $3)
on conflict (owner_hash) do update set locked = excluded.locked, expires_at = excluded.expires_at`,
};

const forget: Statement = { name: "forget-act-draft", text: "delete from act_drafts where owner_hash = $1" };

/** $1 hashes in hexadecimal. */
const waiting: Statement = {
  name: "waiting-act-drafts",
  text: `select owner_hash as "ownerHash" from act_drafts
where owner_hash in (select decode(hash, 'hex') from unnest($1::text[]) as hash) and expires_at > $2`,
};

const sweep: Statement = {
  name: "sweep-act-drafts",
  text: `with gone as (delete from act_drafts where expires_at <= $1 returning 1)
select count(*)::integer as "actDrafts" from gone`,
};

/** Null: there is none, or its time is over. */
export async function lockedActDraft(db: Database, a: { ownerHash: Buffer; now: Date }): Promise<Buffer | null> {
  return (await query<{ locked: Buffer }>(db, one, [a.ownerHash, a.now]))[0]?.locked ?? null;
}

/** In the place of the one before. */
export async function keepActDraft(
  db: Database,
  a: { ownerHash: Buffer; locked: Buffer; expiresAt: Date },
): Promise<void> {
  await query(db, keep, [a.ownerHash, a.locked, a.expiresAt]);
}

export async function forgetActDraft(db: Database, ownerHash: Buffer): Promise<void> {
  await query(db, forget, [ownerHash]);
}

/** Those for which there is one. */
export async function waitingActDrafts(
  db: Database,
  a: { ownerHashes: readonly Buffer[]; now: Date },
): Promise<Buffer[]> {
  if (a.ownerHashes.length === 0) return [];
  const hashes = a.ownerHashes.map((hash) => hash.toString("hex"));
  return (await query<{ ownerHash: Buffer }>(db, waiting, [hashes, a.now])).map(({ ownerHash }) => ownerHash);
}

/** Removes those whose time is over; how many. */
export async function sweepActDrafts(db: Database, now: Date): Promise<{ actDrafts: number }> {
  return (await query<{ actDrafts: number }>(db, sweep, [now]))[0] ?? { actDrafts: 0 };
}
