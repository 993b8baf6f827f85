/** What officials are writing and have not sent. One row a person, case and action; only its author ever reads it. */
import { type Database, query, type Statement } from "../../../platform/db/query.js";

export type DraftFields = Readonly<Record<string, string | readonly string[]>>;

export interface StoredDraft {
  readonly action: string;
  readonly fields: DraftFields;
  readonly version: number;
  /** The window that wrote it last. */
  readonly tab: string;
  readonly updatedAt: Date;
}

const columns = `action, fields, version, tab, updated_at as "updatedAt"`;

/** $1 user, $2 case. */
const ofCase: Statement = {
  name: "drafts-of-case",
  text: `select ${columns} from case_drafts where user_id = $1 and case_id = $2 order by updated_at desc`,
};

/**
 * $1 user, $2 case, $3 action, $4 fields, $5 tab, $6 counter, $7 moment, $8 the version it builds on (0: none).
 * A window overwrites its own older text; the text of another window only when it has seen it.
 */
const keep: Statement = {
  name: "keep-draft",
  text: `with old as (select ${columns} from case_drafts where user_id = $1 and case_id = $2 and action = $3),
changed as (
  update case_drafts set fields = $4, version = version + 1, tab = $5, counter = $6, updated_at = $7
  where user_id = $1 and case_id = $2 and action = $3
    and case when tab = $5 then counter < $6 else version = $8 end
  returning version),
added as (
  insert into case_drafts (user_id, case_id, action, fields, version, tab, counter, updated_at)
  select $1::integer, $2::bigint, $3, $4::jsonb, 1, $5, $6::integer, $7::timestamptz
  where $8 = 0 and not exists (select 1 from old)
  on conflict do nothing
  returning version)
select coalesce((select version from changed), (select version from added)) as written,
  (select to_jsonb(old) from old) as old`,
};

/** $1 user, $2 case, $3 action. */
const forget: Statement = {
  name: "forget-draft",
  text: "delete from case_drafts where user_id = $1 and case_id = $2 and action = $3",
};

/** All that somebody is writing about a case, the newest first. */
export function draftsOfCase(db: Database, a: { userId: number; caseId: number }): Promise<StoredDraft[]> {
  return query<StoredDraft>(db, ofCase, [a.userId, a.caseId]);
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
  const values = [a.userId, a.caseId, a.action, JSON.stringify(a.fields), a.tab, a.counter, a.now, a.based];
  type Row = { written: number | null; old: (Omit<StoredDraft, "updatedAt"> & { updatedAt: string }) | null };
  const [row] = await query<Row>(db, keep, values);
  const old = row?.old ?? null;
  return { written: row?.written ?? null, old: old && { ...old, updatedAt: new Date(old.updatedAt) } };
}

export async function forgetDraft(db: Database, a: { userId: number; caseId: number; action: string }): Promise<void> {
  await query(db, forget, [a.userId, a.caseId, a.action]);
}

/** Forgets what nobody has touched since a moment; how many. */
export async function forgetOldDrafts(db: Database, before: Date): Promise<{ forgottenDrafts: number }> {
  const text =
    "with gone as (delete from case_drafts where updated_at < $1 returning 1) select count(*)::integer as n from gone";
  return { forgottenDrafts: (await query<{ n: number }>(db, { name: "forget-drafts", text }, [before]))[0]?.n ?? 0 };
}
