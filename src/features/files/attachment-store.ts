/** Rows of files: staged, taken along by cases (that is done by the case store), read, swept. */
import type { Transaction } from "sequelize";
import sql from "sql-template-tag";
import type { Attachment } from "../../engine/files/attachment.js";
import { type Database, query } from "../../platform/db/query.js";

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

const columns = sql`id, name, type, bytes, encode(sha256, 'hex') as sha256, locked, unscanned`;

const attachmentOf = ({ id, name, type, bytes, sha256, locked, unscanned }: AttachmentRow): Attachment => ({
  id,
  name,
  type,
  bytes: Number(bytes),
  sha256,
  ...(locked && { locked }),
  ...(unscanned && { unscanned }),
});

/** Notes a file that stands on disk under its id, in the place that was taken for it. False: there is no such place any more. */
export async function addStaged(db: Database, a: StagedAttachment, now: Date): Promise<boolean> {
  const { id, programme, owner, name, type, bytes, sha256, locked = false, unscanned = false } = a;
  const statement = sql`with place as (delete from attachment_places where id = ${id} and owner = ${owner} returning id, origin)
    insert into attachments (id, programme, owner, name, type, bytes, sha256, locked, staged_at, unscanned, origin)
    select place.id, ${programme}, ${owner}, ${name}, ${type}, ${bytes}, decode(${sha256}, 'hex'), ${locked}, ${now},
      ${unscanned}, place.origin from place returning id`;
  return (await query(db, statement)).length > 0;
}

/**
 * Of these ids the files that their owner has staged in the programme and that no case carries yet, in the order asked
 * for; inside a transaction they are locked.
 */
export async function stagedOf(
  db: Database,
  a: { ids: readonly string[]; owner: string; programme: string },
  transaction?: Transaction,
): Promise<Attachment[]> {
  const staged = sql`select ${columns} from attachments
    where id = any(${a.ids}) and owner = ${a.owner} and programme = ${a.programme} and case_id is null`;
  const statement = transaction === undefined ? staged : sql`${staged} for update`;
  const rows = await query<AttachmentRow>(db, statement, transaction);
  const found = new Map(rows.map((row) => [row.id, attachmentOf(row)]));
  return a.ids.flatMap((id) => found.get(id) ?? []);
}

/** Whether there was such a staged file of this owner; it is gone now. */
export async function dropStaged(db: Database, a: { id: string; owner: string }): Promise<boolean> {
  const statement = sql`delete from attachments where id = ${a.id} and owner = ${a.owner} and case_id is null
    returning id`;
  return (await query(db, statement)).length > 0;
}

/** All that an owner has staged and that no case carries, the first one first. */
export async function allStagedOf(db: Database, a: { owner: string; programme: string }): Promise<Attachment[]> {
  const statement = sql`select ${columns} from attachments
    where owner = ${a.owner} and programme = ${a.programme} and case_id is null order by staged_at, id`;
  return (await query<AttachmentRow>(db, statement)).map(attachmentOf);
}

/** The file that a case carries under this id, with the case; null where there is none. */
export async function boundAttachment(db: Database, id: string): Promise<BoundAttachment | null> {
  const statement = sql`select ${columns}, case_id, event_seq, (select reference from cases c where c.id = case_id) as reference
    from attachments where id = ${id} and case_id is not null`;
  const [row] = await query<AttachmentRow & { case_id: number; event_seq: number; reference: string }>(db, statement);
  if (row === undefined) return null;
  const { case_id: caseId, event_seq: eventSeq, reference } = row;
  return { ...attachmentOf(row), caseId, eventSeq, reference };
}

/** The files that these cases carry, by the number of the case. Whoever asks has looked who may see these cases. */
export async function attachmentsOfCases(
  db: Database,
  caseIds: readonly number[],
): Promise<ReadonlyMap<number, Attachment[]>> {
  const found = new Map<number, Attachment[]>();
  if (caseIds.length === 0) return found;
  const statement = sql`select ${columns}, case_id from attachments where case_id = any(${caseIds})
    order by case_id, event_seq, name, id`;
  for (const row of await query<AttachmentRow & { case_id: number }>(db, statement)) {
    found.set(row.case_id, [...(found.get(row.case_id) ?? []), attachmentOf(row)]);
  }
  return found;
}

/** Forgets at most `limit` files that were staged before and never taken along; their ids. */
export async function forgetStaged(db: Database, a: { before: Date; limit: number }): Promise<string[]> {
  const statement = sql`delete from attachments where id in (
      select id from attachments where case_id is null and staged_at < ${a.before}
        order by staged_at limit ${a.limit} for update skip locked)
    returning id`;
  return (await query<{ id: string }>(db, statement)).map(({ id }) => id);
}

/** Which of these ids have a row. */
export async function knownAttachments(db: Database, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const statement = sql`select id from attachments where id = any(${ids})
    union all select id from instruction_files where id = any(${ids})`;
  return new Set((await query<{ id: string }>(db, statement)).map(({ id }) => id));
}
