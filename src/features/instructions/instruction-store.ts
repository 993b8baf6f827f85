/** Who acknowledged instructions and who was reminded of them, and where their files are. The words are the set-up's. */
import type { Transaction } from "sequelize";
import { type Database, query, type Statement } from "../../platform/db/query.js";

export interface Acknowledgement {
  /** Of the instruction. */
  readonly code: string;
  readonly entity: string;
  readonly userId: number;
  readonly name: string;
  readonly at: Date;
}

const acknowledgements: Statement = {
  name: "acknowledgements-of-instructions",
  text: `select i.code, a.entity, a.user_id as "userId", u.name, a.at
  from instruction_acknowledgements a join instructions i on i.id = a.instruction_id join users u on u.id = a.user_id
  where i.programme = $1 and i.code = any($2::text[]) and ($3::text[] is null or a.entity = any($3::text[]))
  order by a.at, a.entity`,
};

/** Of these instructions, in order of time; `entities` null: of all. */
export function acknowledgementsOf(
  db: Database,
  a: { programme: string; codes: readonly string[]; entities: readonly string[] | null },
): Promise<Acknowledgement[]> {
  return query<Acknowledgement>(db, acknowledgements, [a.programme, a.codes, a.entities]);
}

const record: Statement = {
  name: "record-of-instruction",
  text: "select id from instructions where programme = $1 and code = $2",
};

/** Number of its row, as addresses name it. */
export async function recordOfInstruction(
  db: Database,
  a: { programme: string; code: string },
): Promise<number | null> {
  return (await query<{ id: number }>(db, record, [a.programme, a.code]))[0]?.id ?? null;
}

interface Acknowledging {
  readonly programme: string;
  readonly code: string;
  readonly entity: string;
  readonly userId: number;
  readonly now: Date;
}

const acknowledge: Statement = {
  name: "acknowledge-instruction",
  text: `insert into instruction_acknowledgements (instruction_id, entity, user_id, at)
  select id, $3, $4, $5 from instructions where programme = $1 and code = $2
  on conflict do nothing returning entity`,
};

/** False where the entity had acknowledged it already: the first one stands. */
export async function addAcknowledgement(db: Database, a: Acknowledging, transaction: Transaction): Promise<boolean> {
  const values = [a.programme, a.code, a.entity, a.userId, a.now];
  return (await query(db, acknowledge, values, transaction)).length > 0;
}

const reminded: Statement = {
  name: "reminders-of-instruction",
  text: `select r.entity, max(r.at) as at from instruction_reminders r join instructions i on i.id = r.instruction_id
  where i.programme = $1 and i.code = $2 group by r.entity`,
};

/** When each entity was reminded last. */
export async function lastReminders(
  db: Database,
  a: { programme: string; code: string },
  transaction?: Transaction,
): Promise<ReadonlyMap<string, Date>> {
  const rows = await query<{ entity: string; at: Date }>(db, reminded, [a.programme, a.code], transaction);
  return new Map(rows.map(({ entity, at }) => [entity, at]));
}

const remind: Statement = {
  name: "remind-of-instruction",
  text: `insert into instruction_reminders (instruction_id, entity, at, user_id)
  select i.id, e.entity, $4, $5 from instructions i, unnest($3::text[]) as e(entity)
  where i.programme = $1 and i.code = $2`,
};

export async function addReminders(
  db: Database,
  a: { programme: string; code: string; entities: readonly string[]; userId: number; now: Date },
  transaction: Transaction,
): Promise<void> {
  await query(db, remind, [a.programme, a.code, a.entities, a.now, a.userId], transaction);
}

const take: Statement = {
  name: "take-instruction-file",
  text: `with taken as (
    delete from attachments where id = $1 and owner = $2 and programme = $3 and case_id is null returning id, sha256)
  insert into instruction_files (id, programme, sha256) select id, $3, encode(sha256, 'hex') from taken
  on conflict (programme, sha256) do nothing`,
};

/** A staged file becomes the register's. The same bytes are kept once; what is not needed is swept. */
export async function keepInstructionFile(
  db: Database,
  a: { id: string; owner: string; programme: string },
  transaction: Transaction,
): Promise<void> {
  await query(db, take, [a.id, a.owner, a.programme], transaction);
}

const drop: Statement = {
  name: "drop-instruction-file",
  text: `delete from instruction_files f where f.programme = $1 and f.sha256 = $2
    and not exists (select 1 from instructions i where i.programme = f.programme and i.file ->> 'sha256' = f.sha256)`,
};

/** Bytes that no instruction names any more: their row goes, and the sweep takes the file. */
export async function dropUnnamedFile(
  db: Database,
  a: { programme: string; sha256: string },
  transaction: Transaction,
): Promise<void> {
  await query(db, drop, [a.programme, a.sha256], transaction);
}

const found: Statement = {
  name: "instruction-file",
  text: "select id from instruction_files where programme = $1 and sha256 = $2",
};

/** Id of the file with these bytes on disk; null: it did not come along when the register was imported. */
export async function instructionFileId(
  db: Database,
  a: { programme: string; sha256: string },
): Promise<string | null> {
  return (await query<{ id: string }>(db, found, [a.programme, a.sha256]))[0]?.id ?? null;
}
