/** Runs that move the open cases of an entity that a change-set retired: asked for, how far each is, which cases come next. */

import type { Transaction } from "sequelize";
import sql from "sql-template-tag";
import type { Bilingual } from "../../../engine/text/text.js";
import { type Database, query } from "../../../platform/db/query.js";

export interface NewCaseMove {
  readonly id: string;
  readonly programme: string;
  /** Number of the change-set. */
  readonly changeSet: number;
  readonly entity: string;
  readonly to: string;
  /** Reference of a case to the entity that it goes to instead. */
  readonly others: Readonly<Record<string, string>>;
  readonly reason: string;
  readonly userId: number;
}

export interface StoredCaseMove extends Omit<NewCaseMove, "changeSet" | "to" | "reason" | "userId"> {
  /** Null, with title, reason and person: nobody said where its cases go. */
  readonly changeSet: number | null;
  readonly title: string | null;
  readonly reason: string | null;
  readonly userId: number | null;
  /** Null: to triage. */
  readonly to: string | null;
  readonly state: "waiting" | "running" | "done" | "failed";
  readonly failure: Bilingual | null;
  /** Confidential cases are moved, and in neither number. */
  readonly total: number;
  readonly moved: number;
}

const open = sql`state_kind in ('open', 'waiting')`;

/** In the transaction that retires the entity: nothing new comes to it, and what is there is moved. */
export async function insertCaseMove(db: Database, a: NewCaseMove, now: Date, tx: Transaction): Promise<void> {
  const statement = sql`insert into case_moves
      (id, programme, draft_id, entity, to_entity, others, reason, user_id, created_at, total)
    select ${a.id}, ${a.programme}, ${a.changeSet}, ${a.entity}, ${a.to}, ${JSON.stringify(a.others)}, ${a.reason}, ${a.userId},
        ${now}, count(*) from cases
      where programme = ${a.programme} and entity = ${a.entity} and ${open} and not confidential`;
  await query(db, statement, tx);
}

const columns = sql`m.id, m.programme, m.draft_id as "changeSet", d.title, m.entity, m.to_entity as "to", m.others, m.reason,
  m.user_id as "userId", m.state, m.failure, m.total, m.moved`;
const from = sql`from case_moves m left join policy_drafts d on d.id = m.draft_id`;

export async function caseMoveOfId(db: Database, id: string): Promise<StoredCaseMove | null> {
  return (await query<StoredCaseMove>(db, sql`select ${columns} ${from} where m.id = ${id}`))[0] ?? null;
}

export function caseMovesOf(db: Database, changeSet: number): Promise<StoredCaseMove[]> {
  return query(db, sql`select ${columns} ${from} where m.draft_id = ${changeSet} order by m.entity`);
}

/** Where the cases of entities that were retired by a moment went last; null: to triage. */
export async function successorsIn(
  db: Database,
  programme: string,
  at: Date,
  tx?: Transaction,
): Promise<ReadonlyMap<string, string | null>> {
  const statement = sql`select distinct on (entity) entity, to_entity as "to" from case_moves
    where programme = ${programme} and created_at <= ${at} order by entity, created_at desc`;
  const rows = await query<{ entity: string; to: string | null }>(db, statement, tx);
  return new Map(rows.map(({ entity, to }) => [entity, to]));
}

/** Cases that this run cannot move, each with the reason: it goes on without them. */
export async function noteCasesLeft(
  db: Database,
  a: { run: string; left: readonly { caseId: number; reason: Bilingual }[]; now: Date },
  tx?: Transaction,
): Promise<void> {
  const statement = sql`insert into case_move_failures (run_id, case_id, reason, at)
    select ${a.run}, r."caseId", r.reason, ${a.now}
      from jsonb_to_recordset(${JSON.stringify(a.left)}::jsonb) as r("caseId" bigint, reason jsonb)
    on conflict (run_id, case_id) do update set reason = excluded.reason, at = excluded.at`;
  await query(db, statement, tx);
}

const stillLeft = sql`case_move_failures f join case_moves m on m.id = f.run_id
  join cases c on c.id = f.case_id and c.entity = m.entity and c.${open}`;

/** Cases that a run could not move and that are still there: whether there are any, and how many, confidential ones not counted. */
export async function casesLeftBy(db: Database, run: string): Promise<{ left: number; any: boolean }> {
  const statement = sql`select (count(*) filter (where not c.confidential))::integer as left, count(*) > 0 as any
    from ${stillLeft} where f.run_id = ${run}`;
  return (await query<{ left: number; any: boolean }>(db, statement))[0] ?? { left: 0, any: false };
}

export interface CaseLeft {
  readonly run: string;
  readonly reference: string;
  readonly reason: Bilingual;
}

/** Cases that the moves of a change-set could not take along and that are still there; confidential ones are not named. */
export function casesLeftOfSet(db: Database, changeSet: number, limit: number): Promise<CaseLeft[]> {
  const statement = sql`select f.run_id as run, c.reference, f.reason
    from ${stillLeft} where m.draft_id = ${changeSet} and not c.confidential order by c.id limit ${limit}`;
  return query(db, statement);
}

/** Tries anew what a move could not take along. False: there is no such move of this set that failed. */
export async function moveCasesAgain(db: Database, a: { run: string; changeSet: number }): Promise<boolean> {
  const statement = sql`with run as (
      update case_moves set state = 'waiting', finished_at = null, failure = null, claimed_by = null, claimed_until = null
        where id = ${a.run} and draft_id = ${a.changeSet} and state = 'failed' returning id),
    gone as (delete from case_move_failures where run_id in (select id from run))
    select id from run`;
  return (await query(db, statement)).length > 0;
}

/** In the transaction that moved them. False when the run is another instance's by now: nothing must be stored then. */
export async function noteCasesMoved(
  db: Database,
  tx: Transaction,
  a: { id: string; by: string; moved: number },
): Promise<boolean> {
  const statement = sql`update case_moves set moved = moved + ${a.moved}
    where id = ${a.id} and claimed_by = ${a.by} and state = 'running' and finished_at is null
    returning id`;
  return (await query(db, statement, tx)).length > 0;
}

export async function finishCaseMove(
  db: Database,
  a: { id: string; by: string; now: Date; failure: Bilingual | null },
): Promise<void> {
  const failure = a.failure === null ? null : JSON.stringify(a.failure);
  const statement = sql`update case_moves set finished_at = ${a.now}, claimed_until = null, failure = ${failure},
      state = ${failure === null ? "done" : "failed"}
    where id = ${a.id} and claimed_by = ${a.by} and finished_at is null`;
  await query(db, statement);
}

const hourMs = 3_600_000;

/**
 * Takes up runs whose entity has open cases again: one that an applicant reopened goes where the others went, and to triage
 * where nobody said so. One that could not be moved is tried again after an hour.
 */
export async function takeUpCaseMoves(db: Database, now: Date): Promise<void> {
  const unmapped = sql`insert into case_moves (id, programme, entity, others, created_at, total)
    select gen_random_uuid(), e.programme, e.code, '{}', ${now}, count(*) filter (where not c.confidential)
    from entities e join cases c on c.programme = e.programme and c.entity = e.code and c.${open}
    where e.retired_at is not null
      and not exists (select 1 from case_moves n where n.programme = e.programme and n.entity = e.code)
    group by e.programme, e.code`;
  await query(db, unmapped);
  const anHourAgo = new Date(now.getTime() - hourMs);
  const strays = sql`update case_moves m set state = 'waiting', finished_at = null, failure = null, claimed_by = null
    from entities e where e.programme = m.programme and e.code = m.entity and e.retired_at is not null
      and m.finished_at is not null
      and exists (select 1 from cases c where c.programme = m.programme and c.entity = m.entity and c.${open}
        and not exists (select 1 from case_move_failures f where f.run_id = m.id and f.case_id = c.id and f.at > ${anHourAgo}))
      and not exists (select 1 from case_moves n
        where n.programme = m.programme and n.entity = m.entity and n.created_at > m.created_at)
    returning m.id`;
  await query(db, strays);
  const triedAgain = sql`delete from case_move_failures f using case_moves m
    where m.id = f.run_id and m.state = 'waiting' and f.at <= ${anHourAgo}`;
  await query(db, triedAgain);
}

/** How many open cases an entity has, confidential ones not counted, and whether it has any at all. */
export async function countOpenCases(
  db: Database,
  a: { programme: string; entity: string },
  tx?: Transaction,
): Promise<{ open: number; any: boolean }> {
  const statement = sql`select (count(*) filter (where not confidential))::integer as open, count(*) > 0 as any
    from cases where programme = ${a.programme} and entity = ${a.entity} and ${open}`;
  const [row] = await query<{ open: number; any: boolean }>(db, statement, tx);
  return row ?? { open: 0, any: false };
}

/** Which of these references are cases of the entity that the operation room may name, and whether each is open. */
export async function referencesAt(
  db: Database,
  a: { programme: string; entity: string; references: readonly string[] },
  tx?: Transaction,
): Promise<ReadonlyMap<string, { readonly open: boolean }>> {
  if (a.references.length === 0) return new Map();
  const statement = sql`select reference, ${open} as open from cases
    where programme = ${a.programme} and entity = ${a.entity} and reference = any(${[...a.references]})
      and not confidential`;
  const rows = await query<{ reference: string; open: boolean }>(db, statement, tx);
  return new Map(rows.map(({ reference, open: isOpen }) => [reference, { open: isOpen }]));
}
