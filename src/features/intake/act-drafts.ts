/**
 * Drafts of applicants' acts. Code and link are in no database: a draft is found by a hash of it, and locked under it, so that what
 * somebody wrote and then did not send is read by nobody in the office.
 */

import { createHash } from "node:crypto";
import sql from "sql-template-tag";
import { plainCode } from "../../engine/applicant/applicant-code.js";
import type { ApplicantProof } from "../../engine/applicant/applicant-keys.js";
import type { ActDraftHolder, ActDrafts } from "../../engine/lifecycle/act-drafts.js";
import { type Database, query } from "../../platform/db/query.js";
import type { Random } from "../../platform/unguessable.js";
import { lockText, unlockText } from "./locked-text.js";

/** Null: there is none, or its time is over. */
async function lockedActDraft(db: Database, a: { ownerHash: Buffer; now: Date }): Promise<Buffer | null> {
  const statement = sql`select locked from act_drafts where owner_hash = ${a.ownerHash} and expires_at > ${a.now}`;
  return (await query<{ locked: Buffer }>(db, statement))[0]?.locked ?? null;
}

/** In the place of the one before. */
async function keepActDraft(db: Database, a: { ownerHash: Buffer; locked: Buffer; expiresAt: Date }): Promise<void> {
  const statement = sql`insert into act_drafts (owner_hash, locked, expires_at)
    values (${a.ownerHash}, ${a.locked}, ${a.expiresAt})
    on conflict (owner_hash) do update set locked = excluded.locked, expires_at = excluded.expires_at`;
  await query(db, statement);
}

async function forgetActDraft(db: Database, ownerHash: Buffer): Promise<void> {
  await query(db, sql`delete from act_drafts where owner_hash = ${ownerHash}`);
}

/** Those for which there is one. */
async function waitingActDrafts(db: Database, a: { ownerHashes: readonly Buffer[]; now: Date }): Promise<Buffer[]> {
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

/** As long as an application that was begun. */
const draftMs = 24 * 3_600_000;

type Whose = ApplicantProof & Pick<ActDraftHolder, "reference" | "action">;

/** Who came by a link does not read what somebody with the code began. */
const secretOf = (whose: Whose): string => {
  const proof = "code" in whose ? plainCode(whose.code) : `link ${whose.link}`;
  return `act ${whose.reference} ${proof} ${whose.action}`;
};
const hashOf = (whose: Whose): Buffer => createHash("sha256").update(secretOf(whose)).digest();

/** @param random never a simulation's: what is locked twice must not look alike */
export function createActDrafts({ db, random }: { db: Database; random: Random }): ActDrafts {
  return {
    async open({ now, ...whose }) {
      const locked = await lockedActDraft(db, { ownerHash: hashOf(whose), now });
      return locked === null ? null : JSON.parse(unlockText(locked, secretOf(whose)));
    },
    async keep({ now, typed, ...whose }) {
      const ownerHash = hashOf(whose);
      if (Object.values(typed).every((value) => value.trim() === "")) return forgetActDraft(db, ownerHash);
      const locked = lockText(JSON.stringify(typed), secretOf(whose), random);
      await keepActDraft(db, { ownerHash, locked, expiresAt: new Date(now.getTime() + draftMs) });
    },
    forget: (whose) => forgetActDraft(db, hashOf(whose)),
    async waiting({ now, actions, ...whose }) {
      const hashes = actions.map((action) => hashOf({ ...whose, action }));
      const found = await waitingActDrafts(db, { ownerHashes: hashes, now });
      return new Set(actions.filter((_, i) => found.some((one) => one.equals(hashes[i] as Buffer))));
    },
  };
}
