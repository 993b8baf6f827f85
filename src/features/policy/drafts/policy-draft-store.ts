/** Drafts of policy in the database: read with the names of whoever worked on them, written one step at a time. */
import type { Transaction } from "sequelize";
import { type DraftLife, draftLifeColumns, peopleOfDraft } from "../../../platform/db/draft-life.js";
import { type Database, query, type Statement } from "../../../platform/db/query.js";
import type { ConfigurationKind } from "../../setup/tables/define-configuration-version.js";

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

const head = `${draftLifeColumns}, c.kind, c.name, c.definition->'name' as title,
  case when s.id is null then null else json_build_object('id', s.id, 'title', s.title) end as "changeSet",
  c.based_on as "basedOn", bv.version as "basedOnVersion", c.copied_from as "copiedFrom", cv.version as "copiedFromVersion"`;
const from = `from policy_drafts d join policy_changes c on c.draft_id = d.id left join policy_drafts s on s.id = d.change_set_id
  left join configuration_versions bv on bv.id = c.based_on left join configuration_versions cv on cv.id = c.copied_from
  ${peopleOfDraft}`;

const ofProgrammes: Statement = {
  name: "policy-drafts-of-programmes",
  text: `select ${head} ${from} where d.programme = any($1) and d.state in ('open', 'submitted')
    order by d.submitted_at nulls last, d.saved_at desc, c.id`,
};
const ofThing: Statement = {
  name: "policy-draft-of-thing",
  text: `select ${head}, c.definition ${from} where c.programme = $1 and c.kind = $2 and c.name = $3 and c.open`,
};
const ofId: Statement = {
  name: "policy-draft-of-id",
  text: `select ${head}, c.definition ${from} where d.id = $1 order by c.id`,
};
const lockOne: Statement = { name: "lock-policy-draft", text: "select 1 from policy_drafts where id = $1 for update" };

/** What is being written or waits, submitted ones first, the oldest of them at the top. */
export function openDrafts(db: Database, programmes: readonly string[]): Promise<DraftHead[]> {
  return query(db, ofProgrammes, [programmes]);
}

/** The open draft of one thing; null where nobody has one. */
export async function draftOfThing(
  db: Database,
  thing: { programme: string; kind: string; name: string },
  transaction?: Transaction,
): Promise<StoredPolicyDraft | null> {
  const rows = await query<StoredPolicyDraft>(db, ofThing, [thing.programme, thing.kind, thing.name], transaction);
  return rows[0] ?? null;
}

/** Also of one that is closed; null where there never was one. */
export async function draftOfId(
  db: Database,
  id: number,
  transaction?: Transaction,
): Promise<StoredPolicyDraft | null> {
  return (await query<StoredPolicyDraft>(db, ofId, [id], transaction))[0] ?? null;
}

/** As it stands once nobody else is at it: one step at a time. */
export async function lockDraft(db: Database, id: number, transaction: Transaction): Promise<StoredPolicyDraft | null> {
  await query(db, lockOne, [id], transaction);
  return draftOfId(db, id, transaction);
}

const addDraft: Statement = {
  name: "add-policy-draft",
  text: `with draft as (
  insert into policy_drafts (programme, authors, opened_at, opened_by, saved_at, saved_by, reason, change_set_id)
  values ($1, array[$2::integer], $3, $2, $3, $2, $4, $10) returning id)
insert into policy_changes (draft_id, programme, kind, name, definition, based_on, copied_from)
select id, $1, $5, $6, $7, $8, $9 from draft returning draft_id as id`,
};

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
  const text = JSON.stringify(a.definition);
  const thing = [a.kind, a.name, text, a.basedOn, a.copiedFrom];
  const values = [a.programme, a.by, a.now, a.reason, ...thing, a.changeSet ?? null];
  const [row] = await query<{ id: number }>(db, addDraft, values, transaction);
  return (row as { id: number }).id;
}

const saveDraft: Statement = {
  name: "save-policy-draft",
  text: `with change as (
  update policy_changes set definition = $2, based_on = $3 where draft_id = $1 and open returning draft_id)
update policy_drafts d set revision = revision + 1, saved_at = $4, saved_by = $5, authors = $6
from change where d.id = change.draft_id returning d.revision`,
};

/** Gives the new revision. The caller has locked it. */
export async function storeDefinition(
  db: Database,
  a: { id: number; definition: object; basedOn: number | null; authors: readonly number[]; by: number; now: Date },
  transaction: Transaction,
): Promise<number> {
  const values = [a.id, JSON.stringify(a.definition), a.basedOn, a.now, a.by, a.authors];
  const [row] = await query<{ revision: number }>(db, saveDraft, values, transaction);
  return (row as { revision: number }).revision;
}

const intoSet: Statement = {
  name: "policy-draft-into-change-set",
  text: `update policy_drafts set change_set_id = $2, revision = revision + 1, saved_at = $3, saved_by = $4, authors = $5
    where id = $1 returning revision`,
};

/** It belongs to that set from now on; gives the new revision. The caller has locked both. */
export async function storeIntoSet(
  db: Database,
  a: { id: number; changeSet: number; authors: readonly number[]; by: number; now: Date },
  transaction: Transaction,
): Promise<number> {
  const values = [a.id, a.changeSet, a.now, a.by, a.authors];
  const [row] = await query<{ revision: number }>(db, intoSet, values, transaction);
  return (row as { revision: number }).revision;
}

const submit: Statement = {
  name: "submit-policy-draft",
  text: `update policy_drafts set state = 'submitted', revision = revision + 1, authors = $2, reason = $3, warnings_reason = $4,
  submitted_at = $5, submitted_by = $6, warnings_seen = $7, note = null, returned_at = null, returned_by = null where id = $1`,
};

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
  await query(db, submit, [a.id, a.authors, a.reason, a.warningsReason, a.now, a.by, warnings], transaction);
}

const reopen: Statement = {
  name: "reopen-policy-draft",
  text: `update policy_drafts set state = 'open', revision = revision + 1, submitted_at = null, submitted_by = null,
  note = $2, returned_at = $3, returned_by = $4 where id = $1`,
};

/** Taken back, or sent back with a note. The reasons stay, for whoever submits it again. */
export async function storeReopened(
  db: Database,
  a: { id: number; returned: { note: string; by: number; now: Date } | null },
  transaction: Transaction,
): Promise<void> {
  const { note = null, now = null, by = null } = a.returned ?? {};
  await query(db, reopen, [a.id, note, now, by], transaction);
}

const close: Statement = {
  name: "close-policy-draft",
  text: `with change as (update policy_changes set open = false where draft_id = $1)
update policy_drafts set state = $2, revision = revision + 1, closed_at = $3, closed_by = $4 where id = $1`,
};

export async function storeClosed(
  db: Database,
  a: { id: number; state: "published" | "discarded"; now: Date; by: number },
  transaction: Transaction,
): Promise<void> {
  await query(db, close, [a.id, a.state, a.now, a.by], transaction);
}

const ofIds: Statement = {
  name: "policy-drafts-of-ids",
  text: `select ${head}, c.definition ${from} where d.id = any($1) order by d.id`,
};

/** By number, in their order. */
export async function draftsOfIds(
  db: Database,
  ids: readonly number[],
  transaction?: Transaction,
): Promise<StoredPolicyDraft[]> {
  return ids.length === 0 ? [] : query(db, ofIds, [ids], transaction);
}
