/** Change-sets in the database: drafts with a title, the edits that they gathered, and the drafts of policy that belong to them. */

import type { Transaction } from "sequelize";
import sql from "sql-template-tag";
import {
  type DraftLife,
  type DraftPerson,
  draftLifeColumns,
  peopleOfDraft,
  personColumn,
} from "../../../platform/db/draft-life.js";
import { type Database, query } from "../../../platform/db/query.js";

export interface ChangeSetHead extends DraftLife {
  readonly title: string;
  readonly closedAt: Date | null;
  readonly closedBy: DraftPerson | null;
  /** How many edits of the set-up, and how many drafts of policy. */
  readonly edits: number;
  readonly policies: number;
}

/** One edit as it was written; its form is the configuration's. */
export interface StoredEdit {
  readonly of: string;
  readonly code: string;
  readonly edit: unknown;
  /** What it said when it was published; null before. */
  readonly words?: unknown;
  /** Codes under which the set had the row before, the latest last. */
  readonly formerly?: readonly string[];
}

const columns = sql`${draftLifeColumns}, d.title, d.closed_at as "closedAt", ${personColumn("closer")} as "closedBy",
  (select count(*)::integer from setup_changes c where c.draft_id = d.id) as edits,
  (select count(*)::integer from policy_drafts m where m.change_set_id = d.id and m.state <> 'discarded') as policies`;
const from = sql`from policy_drafts d ${peopleOfDraft} left join users closer on closer.id = d.closed_by
  where d.title is not null`;

/** What is being written or waits, submitted ones first. */
export function openChangeSets(db: Database, programmes: readonly string[]): Promise<ChangeSetHead[]> {
  const statement = sql`select ${columns} ${from} and d.programme = any(${programmes}) and d.state in ('open', 'submitted')
    order by d.submitted_at nulls last, d.saved_at desc, d.id`;
  return query(db, statement);
}

/** The latest first. */
export function publishedChangeSets(db: Database, programme: string, limit: number): Promise<ChangeSetHead[]> {
  const statement = sql`select ${columns} ${from} and d.programme = ${programme} and d.state = 'published'
    order by d.closed_at desc, d.id desc limit ${limit}`;
  return query(db, statement);
}

/** Also one that is closed; null where there never was one. */
export async function changeSetOfId(db: Database, id: number, tx?: Transaction): Promise<ChangeSetHead | null> {
  return (await query<ChangeSetHead>(db, sql`select ${columns} ${from} and d.id = ${id}`, tx))[0] ?? null;
}

/** As it stands once nobody else is at it. */
export async function lockChangeSet(db: Database, id: number, tx: Transaction): Promise<ChangeSetHead | null> {
  await query(db, sql`select 1 from policy_drafts where id = ${id} and title is not null for update`, tx);
  return changeSetOfId(db, id, tx);
}

export async function storeNewChangeSet(
  db: Database,
  a: { programme: string; title: string; by: number; now: Date },
  tx: Transaction,
): Promise<number> {
  const statement = sql`insert into policy_drafts (programme, title, authors, opened_at, opened_by, saved_at, saved_by)
    values (${a.programme}, ${a.title}, array[${a.by}::integer], ${a.now}, ${a.by}, ${a.now}, ${a.by}) returning id`;
  const [row] = await query<{ id: number }>(db, statement, tx);
  return (row as { id: number }).id;
}

/** Somebody changed something in it; gives the new revision. The caller has locked it. */
export async function storeTouched(
  db: Database,
  a: { id: number; authors: readonly number[]; by: number; now: Date; title?: string },
  tx: Transaction,
): Promise<number> {
  const statement = sql`update policy_drafts
    set revision = revision + 1, saved_at = ${a.now}, saved_by = ${a.by}, authors = ${a.authors},
      title = coalesce(${a.title ?? null}, title)
    where id = ${a.id} returning revision`;
  const [row] = await query<{ revision: number }>(db, statement, tx);
  return (row as { revision: number }).revision;
}

/** Why it is published, by whoever publishes it alone. */
export async function storeSaid(
  db: Database,
  a: { id: number; reason: string; warningsReason: string | null; authors: readonly number[] },
  tx: Transaction,
): Promise<void> {
  const statement = sql`update policy_drafts
    set reason = ${a.reason}, warnings_reason = ${a.warningsReason}, authors = ${a.authors} where id = ${a.id}`;
  await query(db, statement, tx);
}

/** In the order in which they were first put there. */
export function editsOf(db: Database, id: number, tx?: Transaction): Promise<StoredEdit[]> {
  const statement = sql`select of, code, edit, words, formerly from setup_changes where draft_id = ${id} order by id`;
  return query(db, statement, tx);
}

/** The open change-set that holds an edit of this row; null: none. */
export async function changeSetOfRow(
  db: Database,
  a: { programme: string; of: string; code: string },
  tx?: Transaction,
): Promise<{ id: number; title: string } | null> {
  const statement = sql`select d.id, d.title from setup_changes c join policy_drafts d on d.id = c.draft_id
    where c.programme = ${a.programme} and c.of = ${a.of} and c.code = ${a.code} and c.open`;
  return (await query<{ id: number; title: string }>(db, statement, tx))[0] ?? null;
}

/** Codes of the seats that open sets add. */
export async function codesOfNewSeats(db: Database, programme: string, tx?: Transaction): Promise<string[]> {
  const statement = sql`select code from setup_changes where programme = ${programme} and of = 'seats' and open`;
  return (await query<{ code: string }>(db, statement, tx)).map(({ code }) => code);
}

/** Puts an edit, or puts it anew. The caller holds the programme, so that no row gets into two. */
export async function storeEdit(
  db: Database,
  a: { id: number; programme: string } & StoredEdit,
  tx: Transaction,
): Promise<void> {
  const statement = sql`insert into setup_changes (draft_id, programme, of, code, edit)
    values (${a.id}, ${a.programme}, ${a.of}, ${a.code}, ${JSON.stringify(a.edit)})
    on conflict (draft_id, of, code) do update set edit = excluded.edit`;
  await query(db, statement, tx);
}

/** Puts it anew under another code: the set knows that it is the same row. */
export async function storeRecoded(
  db: Database,
  a: { id: number; stood: string } & StoredEdit,
  tx: Transaction,
): Promise<void> {
  const statement = sql`update setup_changes
    set code = ${a.code}, edit = ${JSON.stringify(a.edit)}, formerly = array_append(array_remove(formerly, ${a.code}), code)
    where draft_id = ${a.id} and of = ${a.of} and code = ${a.stood} and open`;
  await query(db, statement, tx);
}

/** Under which code a set has the row that it had under this one before; null: it has none such. */
export async function codeSince(
  db: Database,
  { id, of, code }: { id: number; of: string; code: string },
  tx: Transaction,
): Promise<string | null> {
  const statement = sql`select code from setup_changes
    where draft_id = ${id} and of = ${of} and ${code} = any(formerly) and open order by id limit 1`;
  return (await query<{ code: string }>(db, statement, tx))[0]?.code ?? null;
}

/** In the transaction that publishes it: later names are others. */
export async function storeWords(
  db: Database,
  a: { id: number; of: string; code: string; words: unknown },
  tx: Transaction,
): Promise<void> {
  const statement = sql`update setup_changes set words = ${JSON.stringify(a.words)}
    where draft_id = ${a.id} and of = ${a.of} and code = ${a.code}`;
  await query(db, statement, tx);
}

/** False where it was not there. */
export async function removeEdit(
  db: Database,
  a: { id: number; of: string; code: string },
  tx: Transaction,
): Promise<boolean> {
  const statement = sql`delete from setup_changes
    where draft_id = ${a.id} and of = ${a.of} and code = ${a.code} and open returning id`;
  return (await query(db, statement, tx)).length > 0;
}

/** Numbers of the drafts of policy in it that are not closed, locked. */
export async function lockMembersOf(db: Database, id: number, tx: Transaction): Promise<number[]> {
  const statement = sql`select id from policy_drafts where change_set_id = ${id} and state in ('open', 'submitted')
    order by id for update`;
  return (await query<{ id: number }>(db, statement, tx)).map((row) => row.id);
}

/** As `lockMembersOf`, also of one that was published, to look at. */
export async function membersOf(db: Database, id: number): Promise<number[]> {
  const statement = sql`select id from policy_drafts where change_set_id = ${id} and state <> 'discarded' order by id`;
  return (await query<{ id: number }>(db, statement)).map((row) => row.id);
}

/** The drafts in it are locked and unlocked with it. */
export async function storeMembersState(
  db: Database,
  a: { id: number; state: "open" | "submitted"; by: number | null; now: Date | null },
  tx: Transaction,
): Promise<void> {
  const statement = sql`update policy_drafts
    set state = ${a.state}, revision = revision + 1, submitted_at = ${a.now}, submitted_by = ${a.by}
    where change_set_id = ${a.id} and state in ('open', 'submitted')`;
  await query(db, statement, tx);
}

/** What is in it ends with it. */
export async function storeMembersClosed(
  db: Database,
  a: { id: number; state: "published" | "discarded"; now: Date; by: number },
  tx: Transaction,
): Promise<void> {
  const statement = sql`with mine as (
      update policy_drafts set state = ${a.state}, revision = revision + 1, closed_at = ${a.now}, closed_by = ${a.by}
        where change_set_id = ${a.id} and state in ('open', 'submitted') returning id),
    changes as (update policy_changes set open = false where draft_id in (select id from mine))
    update setup_changes set open = false where draft_id = ${a.id}`;
  await query(db, statement, tx);
}
