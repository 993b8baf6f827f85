/** Applications that are being typed at the public pages and were not sent yet. */
import { type Database, query, type Statement } from "../../platform/db/query.js";

export interface StoredDraft {
  readonly id: string;
  readonly programme: string;
  /** What was typed, as it was typed, by the name of its input. */
  readonly typed: Readonly<Record<string, string>>;
  readonly done: readonly string[];
  readonly reference: string | null;
  readonly lockedCode: Buffer | null;
  readonly createdAt: Date;
}

interface Owned {
  readonly id: string;
  readonly ownerHash: Buffer;
  readonly now: Date;
}

const add: Statement = {
  name: "add-application-draft",
  text: `insert into application_drafts (id, owner_hash, programme, typed, created_at, expires_at) values ($1, $2, $3, $4, $5, $6)`,
};

const columns = `id, programme, typed, done, reference, locked_code as "lockedCode", created_at as "createdAt"`;

const one: Statement = {
  name: "application-draft",
  text: `select ${columns} from application_drafts where id = $1 and owner_hash = $2 and expires_at > $3`,
};

/** $4 what was typed, $5 pages that are done now, $6 pages that are not. */
const save: Statement = {
  name: "save-application-draft",
  text: `update application_drafts set typed = typed || $4::jsonb,
  done = array(select distinct page from unnest(done || $5::text[]) as page where page <> all($6::text[]))
where id = $1 and owner_hash = $2 and expires_at > $3 and reference is null returning ${columns}`,
};

/** What was typed is in the application now, and nowhere else. */
const sent: Statement = {
  name: "application-draft-sent",
  text: `update application_drafts set typed = '{}', done = '{}', reference = $4, locked_code = $5, expires_at = $6
where id = $1 and owner_hash = $2 and expires_at > $3`,
};

const forget: Statement = {
  name: "forget-application-draft",
  text: "delete from application_drafts where id = $1 and owner_hash = $2",
};

const sweep: Statement = {
  name: "sweep-application-drafts",
  text: `with gone as (delete from application_drafts where expires_at <= $1 returning 1)
select count(*)::integer as "applicationDrafts" from gone`,
};

export async function addDraft(
  db: Database,
  a: Owned & { programme: string; typed: Readonly<Record<string, string>>; expiresAt: Date },
): Promise<void> {
  await query(db, add, [a.id, a.ownerHash, a.programme, JSON.stringify(a.typed), a.now, a.expiresAt]);
}

/** Null: there is none, it is somebody else's, or its time is over. */
export async function draftOf(db: Database, a: Owned): Promise<StoredDraft | null> {
  return (await query<StoredDraft>(db, one, [a.id, a.ownerHash, a.now]))[0] ?? null;
}

/** The draft with what was added; null as `draftOf`, and for one that was sent. */
export async function saveDraft(
  db: Database,
  a: Owned & { typed: Readonly<Record<string, string>>; done: readonly string[]; undone: readonly string[] },
): Promise<StoredDraft | null> {
  const values = [a.id, a.ownerHash, a.now, JSON.stringify(a.typed), a.done, a.undone];
  return (await query<StoredDraft>(db, save, values))[0] ?? null;
}

export async function noteDraftSent(
  db: Database,
  a: Owned & { reference: string; lockedCode: Buffer; expiresAt: Date },
): Promise<void> {
  await query(db, sent, [a.id, a.ownerHash, a.now, a.reference, a.lockedCode, a.expiresAt]);
}

export async function forgetDraft(db: Database, a: Omit<Owned, "now">): Promise<void> {
  await query(db, forget, [a.id, a.ownerHash]);
}

/** Removes those whose time is over; how many. */
export async function sweepDrafts(db: Database, now: Date): Promise<{ applicationDrafts: number }> {
  return (await query<{ applicationDrafts: number }>(db, sweep, [now]))[0] ?? { applicationDrafts: 0 };
}
