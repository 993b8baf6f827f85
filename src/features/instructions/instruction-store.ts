/** Who acknowledged instructions and who was reminded of them, and where their files are. The words are the set-up's. */
import type { Transaction } from "sequelize";
import sql from "sql-template-tag";
import { type Database, query } from "../../platform/db/query.js";

export interface Acknowledgement {
  /** Code of the instruction. */
  readonly code: string;
  readonly entity: string;
  readonly userId: number;
  readonly name: string;
  readonly at: Date;
}

/** Acknowledgements of these instructions, in order of time; `entities` null: of all entities. */
export function acknowledgementsOf(
  db: Database,
  a: { programme: string; codes: readonly string[]; entities: readonly string[] | null },
): Promise<Acknowledgement[]> {
  const statement = sql`select i.code, a.entity, a.user_id as "userId", u.name, a.at
    from instruction_acknowledgements a join instructions i on i.id = a.instruction_id join users u on u.id = a.user_id
    where i.programme = ${a.programme} and i.code = any(${a.codes}::text[])
      and (${a.entities}::text[] is null or a.entity = any(${a.entities}::text[]))
    order by a.at, a.entity`;
  return query<Acknowledgement>(db, statement);
}

/** Number of its row, as addresses name it. */
export async function recordOfInstruction(
  db: Database,
  a: { programme: string; code: string },
): Promise<number | null> {
  const statement = sql`select id from instructions where programme = ${a.programme} and code = ${a.code}`;
  return (await query<{ id: number }>(db, statement))[0]?.id ?? null;
}

interface Acknowledging {
  readonly programme: string;
  readonly code: string;
  readonly entity: string;
  readonly userId: number;
  readonly now: Date;
}

/** False where the entity had acknowledged it already: the first one stands. */
export async function addAcknowledgement(db: Database, a: Acknowledging, transaction: Transaction): Promise<boolean> {
  const statement = sql`insert into instruction_acknowledgements (instruction_id, entity, user_id, at)
    select id, ${a.entity}, ${a.userId}, ${a.now} from instructions
      where programme = ${a.programme} and code = ${a.code}
    on conflict do nothing returning entity`;
  return (await query(db, statement, transaction)).length > 0;
}

/** When each entity was reminded last. */
export async function lastReminders(
  db: Database,
  a: { programme: string; code: string },
  transaction?: Transaction,
): Promise<ReadonlyMap<string, Date>> {
  const statement = sql`select r.entity, max(r.at) as at from instruction_reminders r
    join instructions i on i.id = r.instruction_id
    where i.programme = ${a.programme} and i.code = ${a.code} group by r.entity`;
  const rows = await query<{ entity: string; at: Date }>(db, statement, transaction);
  return new Map(rows.map(({ entity, at }) => [entity, at]));
}

export async function addReminders(
  db: Database,
  a: { programme: string; code: string; entities: readonly string[]; userId: number; now: Date },
  transaction: Transaction,
): Promise<void> {
  const statement = sql`insert into instruction_reminders (instruction_id, entity, at, user_id)
    select i.id, e.entity, ${a.now}, ${a.userId} from instructions i, unnest(${a.entities}::text[]) as e(entity)
    where i.programme = ${a.programme} and i.code = ${a.code}`;
  await query(db, statement, transaction);
}

/** A staged file becomes the register's. The same bytes are kept once; what is not needed is swept. */
export async function keepInstructionFile(
  db: Database,
  a: { id: string; owner: string; programme: string },
  transaction: Transaction,
): Promise<void> {
  const statement = sql`with taken as (
      delete from attachments
        where id = ${a.id} and owner = ${a.owner} and programme = ${a.programme} and case_id is null
        returning id, sha256)
    insert into instruction_files (id, programme, sha256) select id, ${a.programme}, encode(sha256, 'hex') from taken
    on conflict (programme, sha256) do nothing`;
  await query(db, statement, transaction);
}

/** Bytes that no instruction names any more: their row goes, and the sweep takes the file. */
export async function dropUnnamedFile(
  db: Database,
  a: { programme: string; sha256: string },
  transaction: Transaction,
): Promise<void> {
  const statement = sql`delete from instruction_files f where f.programme = ${a.programme} and f.sha256 = ${a.sha256}
    and not exists (select 1 from instructions i where i.programme = f.programme and i.file ->> 'sha256' = f.sha256)`;
  await query(db, statement, transaction);
}

/** Id of the file with these bytes on disk; null: it did not come along when the register was imported. */
export async function instructionFileId(
  db: Database,
  a: { programme: string; sha256: string },
): Promise<string | null> {
  const statement = sql`select id from instruction_files where programme = ${a.programme} and sha256 = ${a.sha256}`;
  return (await query<{ id: string }>(db, statement))[0]?.id ?? null;
}
