/** What officials are writing and have not sent. One row a person, case and action; only its author ever reads it. */
import sql from "sql-template-tag";
import { type Database, query } from "../../../platform/db/query.js";

export type DraftFields = Readonly<Record<string, string | readonly string[]>>;

export interface StoredDraft {
  readonly action: string;
  readonly fields: DraftFields;
  readonly version: number;
  /** The window that wrote it last. */
  readonly tab: string;
  readonly updatedAt: Date;
}

const columns = sql`action, fields, version, tab, updated_at as "updatedAt"`;

/** All that somebody is writing about a case, the newest first. */
export function draftsOfCase(db: Database, a: { userId: number; caseId: number }): Promise<StoredDraft[]> {
  const statement = sql`select ${columns} from case_drafts where user_id = ${a.userId} and case_id = ${a.caseId}
    order by updated_at desc`;
  return query<StoredDraft>(db, statement);
}

export interface DraftWriting {
  readonly userId: number;
  readonly caseId: number;
  readonly action: string;
  readonly fields: DraftFields;
  readonly tab: string;
  readonly counter: number;
  readonly based: number;
  readonly now: Date;
}

/** `written` is the new version, or null: then `old` is what stands there, null when it was sent or thrown away. */
export async function keepDraft(
  db: Database,
  a: DraftWriting,
): Promise<{ written: number | null; old: StoredDraft | null }> {
  type Row = { written: number | null; old: (Omit<StoredDraft, "updatedAt"> & { updatedAt: string }) | null };
  const fields = JSON.stringify(a.fields);
  // A window overwrites its own older text; the text of another window only when it has seen it. `based` is 0 for none.
  const statement = sql`with old as (
      select ${columns} from case_drafts where user_id = ${a.userId} and case_id = ${a.caseId} and action = ${a.action}),
    changed as (
      update case_drafts set fields = ${fields}::jsonb, version = version + 1, tab = ${a.tab}, counter = ${a.counter},
          updated_at = ${a.now}
      where user_id = ${a.userId} and case_id = ${a.caseId} and action = ${a.action}
        and case when tab = ${a.tab} then counter < ${a.counter} else version = ${a.based} end
      returning version),
    added as (
      insert into case_drafts (user_id, case_id, action, fields, version, tab, counter, updated_at)
      select ${a.userId}::integer, ${a.caseId}::bigint, ${a.action}, ${fields}::jsonb, 1, ${a.tab}, ${a.counter}::integer,
        ${a.now}::timestamptz
      where ${a.based} = 0 and not exists (select 1 from old)
      on conflict do nothing
      returning version)
    select coalesce((select version from changed), (select version from added)) as written,
      (select to_jsonb(old) from old) as old`;
  const [row] = await query<Row>(db, statement);
  const old = row?.old ?? null;
  return { written: row?.written ?? null, old: old && { ...old, updatedAt: new Date(old.updatedAt) } };
}

export async function forgetDraft(db: Database, a: { userId: number; caseId: number; action: string }): Promise<void> {
  const statement = sql`delete from case_drafts
    where user_id = ${a.userId} and case_id = ${a.caseId} and action = ${a.action}`;
  await query(db, statement);
}

/** Forgets what nobody has touched since a moment; how many. */
export async function forgetOldDrafts(db: Database, before: Date): Promise<{ forgottenDrafts: number }> {
  const statement = sql`with gone as (delete from case_drafts where updated_at < ${before} returning 1)
    select count(*)::integer as n from gone`;
  return { forgottenDrafts: (await query<{ n: number }>(db, statement))[0]?.n ?? 0 };
}
