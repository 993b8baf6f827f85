/** Applications that are being typed at the public pages and were not sent yet. */
import sql from "sql-template-tag";
import { type Database, query } from "../../platform/db/query.js";

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

const columns = sql`id, programme, typed, done, reference, locked_code as "lockedCode", created_at as "createdAt"`;

export async function addDraft(
  db: Database,
  a: Owned & { programme: string; typed: Readonly<Record<string, string>>; expiresAt: Date },
): Promise<void> {
  const statement = sql`insert into application_drafts (id, owner_hash, programme, typed, created_at, expires_at)
    values (${a.id}, ${a.ownerHash}, ${a.programme}, ${JSON.stringify(a.typed)}, ${a.now}, ${a.expiresAt})`;
  await query(db, statement);
}

/** Null: there is none, it is somebody else's, or its time is over. */
export async function draftOf(db: Database, a: Owned): Promise<StoredDraft | null> {
  const statement = sql`select ${columns} from application_drafts
    where id = ${a.id} and owner_hash = ${a.ownerHash} and expires_at > ${a.now}`;
  return (await query<StoredDraft>(db, statement))[0] ?? null;
}

/** The draft with what was added; null as `draftOf`, and for one that was sent. */
export async function saveDraft(
  db: Database,
  a: Owned & { typed: Readonly<Record<string, string>>; done: readonly string[]; undone: readonly string[] },
): Promise<StoredDraft | null> {
  const statement = sql`update application_drafts set typed = typed || ${JSON.stringify(a.typed)}::jsonb,
      done = array(select distinct page from unnest(done || ${a.done}::text[]) as page where page <> all(${a.undone}::text[]))
    where id = ${a.id} and owner_hash = ${a.ownerHash} and expires_at > ${a.now} and reference is null
      returning ${columns}`;
  return (await query<StoredDraft>(db, statement))[0] ?? null;
}

export async function noteDraftSent(
  db: Database,
  a: Owned & { reference: string; lockedCode: Buffer; expiresAt: Date },
): Promise<void> {
  // What was typed is in the application now, and nowhere else.
  const statement = sql`update application_drafts
    set typed = '{}', done = '{}', reference = ${a.reference}, locked_code = ${a.lockedCode}, expires_at = ${a.expiresAt}
    where id = ${a.id} and owner_hash = ${a.ownerHash} and expires_at > ${a.now}`;
  await query(db, statement);
}

export async function forgetDraft(db: Database, a: Omit<Owned, "now">): Promise<void> {
  await query(db, sql`delete from application_drafts where id = ${a.id} and owner_hash = ${a.ownerHash}`);
}

/** Removes those whose time is over; how many. */
export async function sweepDrafts(db: Database, now: Date): Promise<{ applicationDrafts: number }> {
  const statement = sql`with gone as (delete from application_drafts where expires_at <= ${now} returning 1)
    select count(*)::integer as "applicationDrafts" from gone`;
  return (await query<{ applicationDrafts: number }>(db, statement))[0] ?? { applicationDrafts: 0 };
}
