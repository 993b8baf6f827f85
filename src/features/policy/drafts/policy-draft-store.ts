/** Drafts of policy in the database: read with the names of whoever worked on them, written one step at a time. */

import type { Transaction } from "sequelize";
import sql from "sql-template-tag";
import { type DraftLife, draftLifeColumns, peopleOfDraft } from "../../../platform/db/draft-life.js";
import { type Database, query } from "../../../platform/db/query.js";
import type { ConfigurationKind } from "../../setup/tables/create-models.js";

/** One change of a draft, the draft's own facts beside it. */
export interface DraftHead extends DraftLife {
  /** The change-set that it belongs to and is published with; null: it stands by itself. */
  readonly changeSet: { readonly id: number; readonly title: string } | null;
  readonly kind: ConfigurationKind;
  readonly name: string;
  /** How a workflow or calendar calls itself there; it may be of any form. */
  readonly title: unknown;
  /** The version in force that it was made from; null where none was. */
  readonly basedOn: number | null;
  readonly basedOnVersion: number | null;
  /** The version whose definition it began with, where that was another. */
  readonly copiedFrom: number | null;
  readonly copiedFromVersion: number | null;
}

export interface StoredPolicyDraft extends DraftHead {
  readonly definition: object;
}

const head = sql`${draftLifeColumns}, c.kind, c.name, c.definition->'name' as title,
  case when s.id is null then null else json_build_object('id', s.id, 'title', s.title) end as "changeSet",
  c.based_on as "basedOn", bv.version as "basedOnVersion", c.copied_from as "copiedFrom", cv.version as "copiedFromVersion"`;
const from = sql`from policy_drafts d join policy_changes c on c.draft_id = d.id left
  join policy_drafts s on s.id = d.change_set_id
  left join configuration_versions bv on bv.id = c.based_on left join configuration_versions cv on cv.id = c.copied_from
  ${peopleOfDraft}`;

/** What is being written or waits, submitted ones first, the oldest of them at the top. */
export function openDrafts(db: Database, programmes: readonly string[]): Promise<DraftHead[]> {
  const statement = sql`select ${head} ${from}
    where d.programme = any(${programmes}) and d.state in ('open', 'submitted')
    order by d.submitted_at nulls last, d.saved_at desc, c.id`;
  return query(db, statement);
}

/** The open draft of one thing; null where nobody has one. */
export async function draftOfThing(
  db: Database,
  thing: { programme: string; kind: string; name: string },
  transaction?: Transaction,
): Promise<StoredPolicyDraft | null> {
  const statement = sql`select ${head}, c.definition ${from}
    where c.programme = ${thing.programme} and c.kind = ${thing.kind} and c.name = ${thing.name} and c.open`;
  const rows = await query<StoredPolicyDraft>(db, statement, transaction);
  return rows[0] ?? null;
}

/** Also of one that is closed; null where there never was one. */
export async function draftOfId(
  db: Database,
  id: number,
  transaction?: Transaction,
): Promise<StoredPolicyDraft | null> {
  const statement = sql`select ${head}, c.definition ${from} where d.id = ${id} order by c.id`;
  return (await query<StoredPolicyDraft>(db, statement, transaction))[0] ?? null;
}

/** As it stands once nobody else is at it: one step at a time. */
export async function lockDraft(db: Database, id: number, transaction: Transaction): Promise<StoredPolicyDraft | null> {
  await query(db, sql`select 1 from policy_drafts where id = ${id} for update`, transaction);
  return draftOfId(db, id, transaction);
}

export interface NewDraft {
  readonly programme: string;
  readonly kind: ConfigurationKind;
  readonly name: string;
  readonly definition: object;
  readonly basedOn: number | null;
  readonly copiedFrom: number | null;
  readonly reason: string | null;
  /** The change-set that it begins in; left out: none. */
  readonly changeSet?: number | null | undefined;
  readonly by: number;
  readonly now: Date;
}

/** The caller holds the programme's versions, so that no thing gets two. Gives its id. */
export async function storeNewDraft(db: Database, a: NewDraft, transaction: Transaction): Promise<number> {
  const statement = sql`with draft as (
      insert into policy_drafts (programme, authors, opened_at, opened_by, saved_at, saved_by, reason, change_set_id)
      values (${a.programme}, array[${a.by}::integer], ${a.now}, ${a.by}, ${a.now}, ${a.by}, ${a.reason}, ${a.changeSet ?? null})
      returning id)
    insert into policy_changes (draft_id, programme, kind, name, definition, based_on, copied_from)
    select id, ${a.programme}, ${a.kind}, ${a.name}, ${JSON.stringify(a.definition)}, ${a.basedOn}, ${a.copiedFrom}
      from draft
    returning draft_id as id`;
  const [row] = await query<{ id: number }>(db, statement, transaction);
  return (row as { id: number }).id;
}

/** Gives the new revision. The caller has locked it. */
export async function storeDefinition(
  db: Database,
  a: { id: number; definition: object; basedOn: number | null; authors: readonly number[]; by: number; now: Date },
  transaction: Transaction,
): Promise<number> {
  const statement = sql`with change as (
      update policy_changes set definition = ${JSON.stringify(a.definition)}, based_on = ${a.basedOn}
        where draft_id = ${a.id} and open returning draft_id)
    update policy_drafts d set revision = revision + 1, saved_at = ${a.now}, saved_by = ${a.by}, authors = ${a.authors}
    from change where d.id = change.draft_id returning d.revision`;
  const [row] = await query<{ revision: number }>(db, statement, transaction);
  return (row as { revision: number }).revision;
}

/** It belongs to that set from now on; gives the new revision. The caller has locked both. */
export async function storeIntoSet(
  db: Database,
  a: { id: number; changeSet: number; authors: readonly number[]; by: number; now: Date },
  transaction: Transaction,
): Promise<number> {
  const statement = sql`update policy_drafts
    set change_set_id = ${a.changeSet}, revision = revision + 1, saved_at = ${a.now}, saved_by = ${a.by}, authors = ${a.authors}
    where id = ${a.id} returning revision`;
  const [row] = await query<{ revision: number }>(db, statement, transaction);
  return (row as { revision: number }).revision;
}

export async function storeSubmitted(
  db: Database,
  a: {
    id: number;
    authors: readonly number[];
    reason: string;
    warningsReason: string | null;
    /** What it was given for, by the words of each warning. */
    warnings: readonly string[];
    now: Date;
    by: number;
  },
  transaction: Transaction,
): Promise<void> {
  const warnings = JSON.stringify(a.warnings);
  const statement = sql`update policy_drafts
    set state = 'submitted', revision = revision + 1, authors = ${a.authors}, reason = ${a.reason},
      warnings_reason = ${a.warningsReason},
    submitted_at = ${a.now}, submitted_by = ${a.by}, warnings_seen = ${warnings}, note = null,
      returned_at = null, returned_by = null
    where id = ${a.id}`;
  await query(db, statement, transaction);
}

/** Taken back, or sent back with a note. The reasons stay, for whoever submits it again. */
export async function storeReopened(
  db: Database,
  a: { id: number; returned: { note: string; by: number; now: Date } | null },
  transaction: Transaction,
): Promise<void> {
  const { note = null, now = null, by = null } = a.returned ?? {};
  const statement = sql`update policy_drafts
    set state = 'open', revision = revision + 1, submitted_at = null, submitted_by = null,
    note = ${note}, returned_at = ${now}, returned_by = ${by} where id = ${a.id}`;
  await query(db, statement, transaction);
}

export async function storeClosed(
  db: Database,
  a: { id: number; state: "published" | "discarded"; now: Date; by: number },
  transaction: Transaction,
): Promise<void> {
  const statement = sql`with change as (update policy_changes set open = false where draft_id = ${a.id})
    update policy_drafts set state = ${a.state}, revision = revision + 1, closed_at = ${a.now}, closed_by = ${a.by}
      where id = ${a.id}`;
  await query(db, statement, transaction);
}

/** By number, in their order. */
export async function draftsOfIds(
  db: Database,
  ids: readonly number[],
  transaction?: Transaction,
): Promise<StoredPolicyDraft[]> {
  const statement = sql`select ${head}, c.definition ${from} where d.id = any(${ids}) order by d.id`;
  return ids.length === 0 ? [] : query(db, statement, transaction);
}
