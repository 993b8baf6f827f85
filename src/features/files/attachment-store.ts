/** Rows of files: staged, taken along by cases (that is done by the case store), read, swept. */
import type { Transaction } from "sequelize";
import type { Attachment } from "../../engine/files/attachment.js";
import { type Database, query, type Statement } from "../../platform/db/query.js";

export interface StagedAttachment extends Attachment {
  readonly programme: string;
  readonly owner: string;
}

/** A file that a case carries. */
export interface BoundAttachment extends Attachment {
  readonly caseId: number;
  readonly eventSeq: number;
  /** The case's. */
  readonly reference: string;
}

interface AttachmentRow {
  id: string;
  name: string;
  type: string;
  bytes: number;
  sha256: string;
  locked: boolean;
  unscanned: boolean;
}

const columns = "id, name, type, bytes, encode(sha256, 'hex') as sha256, locked, unscanned";

const attachmentOf = ({ id, name, type, bytes, sha256, locked, unscanned }: AttachmentRow): Attachment => ({
  id,
  name,
  type,
  bytes: Number(bytes),
  sha256,
  ...(locked && { locked }),
  ...(unscanned && { unscanned }),
});

const insert: Statement = {
  name: "stage-attachment",
  text: `with place as (delete from attachment_places where id = $1 and owner = $3 returning id, origin)
  insert into attachments (id, programme, owner, name, type, bytes, sha256, locked, staged_at, unscanned, origin)
  select place.id, $2, $3, $4, $5, $6, decode($7, 'hex'), $8, $9, $10, place.origin from place returning id`,
};

/** Notes a file that stands on disk under its id, in the place that was taken for it. False: there is no such place any more. */
export async function addStaged(db: Database, a: StagedAttachment, now: Date): Promise<boolean> {
  const { id, programme, owner, name, type, bytes, sha256, locked = false, unscanned = false } = a;
  return (
    (await query(db, insert, [id, programme, owner, name, type, bytes, sha256, locked, now, unscanned])).length > 0
  );
}

const staged: Statement = {
  name: "staged-attachments",
  text: `select ${columns} from attachments where id = any($1) and owner = $2 and programme = $3 and case_id is null`,
};
const stagedLocked: Statement = { name: "lock-staged-attachments", text: `${staged.text} for update` };

/**
 * Of these ids the files that their owner has staged in the programme and that no case carries yet, in the order asked
 * for; inside a transaction they are locked.
 */
export async function stagedOf(
  db: Database,
  a: { ids: readonly string[]; owner: string; programme: string },
  transaction?: Transaction,
): Promise<Attachment[]> {
  const values = [a.ids, a.owner, a.programme];
  const rows = await query<AttachmentRow>(db, transaction ? stagedLocked : staged, values, transaction);
  const found = new Map(rows.map((row) => [row.id, attachmentOf(row)]));
  return a.ids.flatMap((id) => found.get(id) ?? []);
}

const drop: Statement = {
  name: "drop-staged-attachment",
  text: "delete from attachments where id = $1 and owner = $2 and case_id is null returning id",
};

/** Whether there was such a staged file of this owner; it is gone now. */
export async function dropStaged(db: Database, a: { id: string; owner: string }): Promise<boolean> {
  return (await query(db, drop, [a.id, a.owner])).length > 0;
}

const listed: Statement = {
  name: "list-staged-attachments",
  text: `select ${columns} from attachments where owner = $1 and programme = $2 and case_id is null order by staged_at, id`,
};

/** All that an owner has staged and that no case carries, the first one first. */
export async function allStagedOf(db: Database, a: { owner: string; programme: string }): Promise<Attachment[]> {
  return (await query<AttachmentRow>(db, listed, [a.owner, a.programme])).map(attachmentOf);
}

const bound: Statement = {
  name: "bound-attachment",
  text: `select ${columns}, case_id, event_seq, (select reference from cases c where c.id = case_id) as reference
  from attachments where id = $1 and case_id is not null`,
};

/** The file that a case carries under this id, with the case; null where there is none. */
export async function boundAttachment(db: Database, id: string): Promise<BoundAttachment | null> {
  const [row] = await query<AttachmentRow & { case_id: number; event_seq: number; reference: string }>(db, bound, [id]);
  if (row === undefined) return null;
  const { case_id: caseId, event_seq: eventSeq, reference } = row;
  return { ...attachmentOf(row), caseId, eventSeq, reference };
}

const ofCases: Statement = {
  name: "attachments-of-cases",
  text: `select ${columns}, case_id from attachments where case_id = any($1) order by case_id, event_seq, name, id`,
};

/** The files that these cases carry, by the number of the case. Whoever asks has looked who may see these cases. */
export async function attachmentsOfCases(
  db: Database,
  caseIds: readonly number[],
): Promise<ReadonlyMap<number, Attachment[]>> {
  const found = new Map<number, Attachment[]>();
  if (caseIds.length === 0) return found;
  for (const row of await query<AttachmentRow & { case_id: number }>(db, ofCases, [caseIds])) {
    found.set(row.case_id, [...(found.get(row.case_id) ?? []), attachmentOf(row)]);
  }
  return found;
}

const forget: Statement = {
  name: "forget-staged-attachments",
  text: `delete from attachments where id in (
    select id from attachments where case_id is null and staged_at < $1 order by staged_at limit $2 for update skip locked)
  returning id`,
};

/** Forgets at most `limit` files that were staged before and never taken along; their ids. */
export async function forgetStaged(db: Database, a: { before: Date; limit: number }): Promise<string[]> {
  return (await query<{ id: string }>(db, forget, [a.before, a.limit])).map(({ id }) => id);
}

const known: Statement = {
  name: "known-attachments",
  text: "select id from attachments where id = any($1) union all select id from instruction_files where id = any($1)",
};

/** Which of these ids have a row. */
export async function knownAttachments(db: Database, ids: readonly string[]): Promise<ReadonlySet<string>> {
  return new Set((await query<{ id: string }>(db, known, [ids])).map(({ id }) => id));
}
