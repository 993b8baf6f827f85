/** Change-sets in the database: drafts with a title, the edits that they gathered, and the drafts of policy that belong to them. */
import type { Transaction } from "sequelize";
import { rowTables } from "../../../engine/setup/tables/setup-registry.js";
import {
  type DraftLife,
  type DraftPerson,
  draftLifeColumns,
  peopleOfDraft,
  personColumn,
} from "../../../platform/db/draft-life.js";
import { type Database, query, type Statement } from "../../../platform/db/query.js";

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

const columns = `${draftLifeColumns}, d.title, d.closed_at as "closedAt", ${personColumn("closer")} as "closedBy",
  (select count(*)::integer from setup_changes c where c.draft_id = d.id) as edits,
  (select count(*)::integer from policy_drafts m where m.change_set_id = d.id and m.state <> 'discarded') as policies`;
const from = `from policy_drafts d ${peopleOfDraft} left join users closer on closer.id = d.closed_by where d.title is not null`;

const open: Statement = {
  name: "open-change-sets",
  text: `select ${columns} ${from} and d.programme = any($1) and d.state in ('open', 'submitted')
    order by d.submitted_at nulls last, d.saved_at desc, d.id`,
};
const published: Statement = {
  name: "published-change-sets",
  text: `select ${columns} ${from} and d.programme = $1 and d.state = 'published' order by d.closed_at desc, d.id desc limit $2`,
};
const ofId: Statement = { name: "change-set-of-id", text: `select ${columns} ${from} and d.id = $1` };
const lockOne: Statement = {
  name: "lock-change-set",
  text: "select 1 from policy_drafts where id = $1 and title is not null for update",
};

/** What is being written or waits, submitted ones first. */
export function openChangeSets(db: Database, programmes: readonly string[]): Promise<ChangeSetHead[]> {
  return query(db, open, [programmes]);
}

/** The latest first. */
export function publishedChangeSets(db: Database, programme: string, limit: number): Promise<ChangeSetHead[]> {
  return query(db, published, [programme, limit]);
}

/** Also one that is closed; null where there never was one. */
export async function changeSetOfId(db: Database, id: number, tx?: Transaction): Promise<ChangeSetHead | null> {
  return (await query<ChangeSetHead>(db, ofId, [id], tx))[0] ?? null;
}

/** As it stands once nobody else is at it. */
export async function lockChangeSet(db: Database, id: number, tx: Transaction): Promise<ChangeSetHead | null> {
  await query(db, lockOne, [id], tx);
  return changeSetOfId(db, id, tx);
}

const add: Statement = {
  name: "add-change-set",
  text: `insert into policy_drafts (programme, title, authors, opened_at, opened_by, saved_at, saved_by)
    values ($1, $2, array[$3::integer], $4, $3, $4, $3) returning id`,
};

export async function storeNewChangeSet(
  db: Database,
  a: { programme: string; title: string; by: number; now: Date },
  tx: Transaction,
): Promise<number> {
  const [row] = await query<{ id: number }>(db, add, [a.programme, a.title, a.by, a.now], tx);
  return (row as { id: number }).id;
}

const touch: Statement = {
  name: "touch-change-set",
  text: `update policy_drafts set revision = revision + 1, saved_at = $2, saved_by = $3, authors = $4,
    title = coalesce($5, title) where id = $1 returning revision`,
};

/** Somebody changed something in it; gives the new revision. The caller has locked it. */
export async function storeTouched(
  db: Database,
  a: { id: number; authors: readonly number[]; by: number; now: Date; title?: string },
  tx: Transaction,
): Promise<number> {
  const [row] = await query<{ revision: number }>(db, touch, [a.id, a.now, a.by, a.authors, a.title ?? null], tx);
  return (row as { revision: number }).revision;
}

const keepSaid: Statement = {
  name: "keep-what-was-said",
  text: "update policy_drafts set reason = $2, warnings_reason = $3, authors = $4 where id = $1",
};

/** Why it is published, by whoever publishes it alone. */
export async function storeSaid(
  db: Database,
  a: { id: number; reason: string; warningsReason: string | null; authors: readonly number[] },
  tx: Transaction,
): Promise<void> {
  await query(db, keepSaid, [a.id, a.reason, a.warningsReason, a.authors], tx);
}

const edits: Statement = {
  name: "edits-of-change-set",
  text: `select of, code, edit, words, formerly from setup_changes where draft_id = $1 order by id`,
};

/** In the order in which they were first put there. */
export function editsOf(db: Database, id: number, tx?: Transaction): Promise<StoredEdit[]> {
  return query(db, edits, [id], tx);
}

const holder: Statement = {
  name: "change-set-of-row",
  text: `select d.id, d.title from setup_changes c join policy_drafts d on d.id = c.draft_id
    where c.programme = $1 and c.of = $2 and c.code = $3 and c.open`,
};

/** The open change-set that holds an edit of this row; null: none. */
export async function changeSetOfRow(
  db: Database,
  a: { programme: string; of: string; code: string },
  tx?: Transaction,
): Promise<{ id: number; title: string } | null> {
  return (await query<{ id: number; title: string }>(db, holder, [a.programme, a.of, a.code], tx))[0] ?? null;
}

const newSeats: Statement = {
  name: "codes-of-seats-in-change-sets",
  text: "select code from setup_changes where programme = $1 and of = 'seats' and open",
};

/** Of seats that open sets add or change. */
export async function codesOfNewSeats(db: Database, programme: string, tx?: Transaction): Promise<string[]> {
  return (await query<{ code: string }>(db, newSeats, [programme], tx)).map(({ code }) => code);
}

const recordIds: Readonly<Record<string, string>> = Object.fromEntries(
  rowTables.map((table) => [table, `select id from ${table} where programme = $1 and code = $2`]),
);

/** By which number the back office calls a row of the set-up; null: there is none. */
export async function recordIdOf(
  db: Database,
  { programme, table, code }: { programme: string; table: string; code: string },
): Promise<number | null> {
  const text = recordIds[table];
  if (text === undefined) return null;
  return (await query<{ id: number }>(db, { name: `record-of-${table}`, text }, [programme, code]))[0]?.id ?? null;
}

const putEdit: Statement = {
  name: "put-edit",
  text: `insert into setup_changes (draft_id, programme, of, code, edit) values ($1, $2, $3, $4, $5)
    on conflict (draft_id, of, code) do update set edit = excluded.edit`,
};

/** Puts an edit, or puts it anew. The caller holds the programme, so that no row gets into two. */
export async function storeEdit(
  db: Database,
  a: { id: number; programme: string } & StoredEdit,
  tx: Transaction,
): Promise<void> {
  await query(db, putEdit, [a.id, a.programme, a.of, a.code, JSON.stringify(a.edit)], tx);
}

const recode: Statement = {
  name: "edit-under-another-code",
  text: `update setup_changes set code = $4, edit = $5, formerly = array_append(array_remove(formerly, $4), code)
    where draft_id = $1 and of = $2 and code = $3 and open`,
};

/** Puts it anew under another code: the set knows that it is the same row. */
export async function storeRecoded(
  db: Database,
  a: { id: number; stood: string } & StoredEdit,
  tx: Transaction,
): Promise<void> {
  await query(db, recode, [a.id, a.of, a.stood, a.code, JSON.stringify(a.edit)], tx);
}

const codeNow: Statement = {
  name: "code-of-row-now",
  text: `select code from setup_changes where draft_id = $1 and of = $2 and $3 = any(formerly) and open order by id limit 1`,
};

/** Under which code a set has the row that it had under this one before; null: it has none such. */
export async function codeSince(
  db: Database,
  { id, of, code }: { id: number; of: string; code: string },
  tx: Transaction,
): Promise<string | null> {
  return (await query<{ code: string }>(db, codeNow, [id, of, code], tx))[0]?.code ?? null;
}

const keepWords: Statement = {
  name: "keep-words-of-edit",
  text: "update setup_changes set words = $4 where draft_id = $1 and of = $2 and code = $3",
};

/** In the transaction that publishes it: later names are others. */
export async function storeWords(
  db: Database,
  a: { id: number; of: string; code: string; words: unknown },
  tx: Transaction,
): Promise<void> {
  await query(db, keepWords, [a.id, a.of, a.code, JSON.stringify(a.words)], tx);
}

const dropEdit: Statement = {
  name: "drop-edit",
  text: "delete from setup_changes where draft_id = $1 and of = $2 and code = $3 and open returning id",
};

/** False where it was not there. */
export async function removeEdit(
  db: Database,
  a: { id: number; of: string; code: string },
  tx: Transaction,
): Promise<boolean> {
  return (await query(db, dropEdit, [a.id, a.of, a.code], tx)).length > 0;
}

const lockMembers: Statement = {
  name: "lock-drafts-of-change-set",
  text: "select id from policy_drafts where change_set_id = $1 and state in ('open', 'submitted') order by id for update",
};

/** Numbers of the drafts of policy in it that are not closed, locked. */
export async function lockMembersOf(db: Database, id: number, tx: Transaction): Promise<number[]> {
  return (await query<{ id: number }>(db, lockMembers, [id], tx)).map((row) => row.id);
}

const members: Statement = {
  name: "drafts-of-change-set",
  text: "select id from policy_drafts where change_set_id = $1 and state <> 'discarded' order by id",
};

/** As `lockMembersOf`, also of one that was published, to look at. */
export async function membersOf(db: Database, id: number): Promise<number[]> {
  return (await query<{ id: number }>(db, members, [id])).map((row) => row.id);
}

const follow: Statement = {
  name: "drafts-follow-change-set",
  text: `update policy_drafts set state = $2, revision = revision + 1, submitted_at = $3, submitted_by = $4
    where change_set_id = $1 and state in ('open', 'submitted')`,
};

/** The drafts in it are locked and unlocked with it. */
export async function storeMembersState(
  db: Database,
  a: { id: number; state: "open" | "submitted"; by: number | null; now: Date | null },
  tx: Transaction,
): Promise<void> {
  await query(db, follow, [a.id, a.state, a.now, a.by], tx);
}

const closeMembers: Statement = {
  name: "close-drafts-of-change-set",
  text: `with mine as (
  update policy_drafts set state = $2, revision = revision + 1, closed_at = $3, closed_by = $4
    where change_set_id = $1 and state in ('open', 'submitted') returning id),
changes as (update policy_changes set open = false where draft_id in (select id from mine))
update setup_changes set open = false where draft_id = $1`,
};

/** What is in it ends with it. */
export async function storeMembersClosed(
  db: Database,
  a: { id: number; state: "published" | "discarded"; now: Date; by: number },
  tx: Transaction,
): Promise<void> {
  await query(db, closeMembers, [a.id, a.state, a.now, a.by], tx);
}
