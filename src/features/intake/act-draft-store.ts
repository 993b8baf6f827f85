/** What applicants began to write about their cases and have not sent. Whose it is, and what it says, only the code tells. */
import sql from "sql-template-tag";
import { type Database, query } from "../../platform/db/query.js";

/** Null: there is none, or its time is over. */
export async function lockedActDraft(db: Database, a: { ownerHash: Buffer; now: Date }): Promise<Buffer | null> {
  const statement = sql`select locked from act_drafts where owner_hash = ${a.ownerHash} and expires_at > ${a.now}`;
  return (await query<{ locked: Buffer }>(db, statement))[0]?.locked ?? null;
}

/** In the place of the one before. */
export async function keepActDraft(
  db: Database,
  a: { ownerHash: Buffer; locked: Buffer; expiresAt: Date },
): Promise<void> {
  const statement = sql`insert into act_drafts (owner_hash, locked, expires_at)
    values (${a.ownerHash}, ${a.locked}, ${a.expiresAt})
    on conflict (owner_hash) do update set locked = excluded.locked, expires_at = excluded.expires_at`;
  await query(db, statement);
}

export async function forgetActDraft(db: Database, ownerHash: Buffer): Promise<void> {
  await query(db, sql`delete from act_drafts where owner_hash = ${ownerHash}`);
}

/** Those for which there is one. */
export async function waitingActDrafts(
  db: Database,
  a: { ownerHashes: readonly Buffer[]; now: Date },
): Promise<Buffer[]> {
  if (a.ownerHashes.length === 0) return [];
  const hashes = a.ownerHashes.map((hash) => hash.toString("hex"));
  const statement = sql`select owner_hash as "ownerHash" from act_drafts
    where owner_hash in (select decode(hash, 'hex') from unnest(${hashes}::text[]) as hash) and expires_at > ${a.now}`;
  return (await query<{ ownerHash: Buffer }>(db, statement)).map(({ ownerHash }) => ownerHash);
}

/** Removes those whose time is over; how many. */
export async function sweepActDrafts(db: Database, now: Date): Promise<{ actDrafts: number }> {
  const statement = sql`with gone as (delete from act_drafts where expires_at <= ${now} returning 1)
    select count(*)::integer as "actDrafts" from gone`;
  return (await query<{ actDrafts: number }>(db, statement))[0] ?? { actDrafts: 0 };
}
