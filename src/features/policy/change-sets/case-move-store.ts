/** Runs that move the open cases of an entity that a change-set retired: asked for, how far each is, which cases come next. */
import type { Transaction } from "sequelize";
import type { Bilingual } from "../../../engine/text/text.js";
import { type Database, query, type Statement } from "../../../platform/db/query.js";

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

const open = "state_kind in ('open', 'waiting')";

const insert: Statement = {
  name: "insert-case-move",
  text: `insert into case_moves (id, programme, draft_id, entity, to_entity, others, reason, user_id, created_at, total)
    select $1, $2, $3, $4, $5, $6, $7, $8, $9, count(*) from cases
      where programme = $2 and entity = $4 and ${open} and not confidential`,
};

/** In the transaction that retires the entity: nothing new comes to it, and what is there is moved. */
export async function insertCaseMove(db: Database, a: NewCaseMove, now: Date, tx: Transaction): Promise<void> {
  const values = [a.id, a.programme, a.changeSet, a.entity, a.to, JSON.stringify(a.others), a.reason, a.userId, now];
  await query(db, insert, values, tx);
}

const columns = `m.id, m.programme, m.draft_id as "changeSet", d.title, m.entity, m.to_entity as "to", m.others, m.reason,
  m.user_id as "userId", m.state, m.failure, m.total, m.moved`;
const from = "from case_moves m left join policy_drafts d on d.id = m.draft_id";
const one: Statement = { name: "case-move", text: `select ${columns} ${from} where m.id = $1` };
const ofSet: Statement = {
  name: "case-moves-of-change-set",
  text: `select ${columns} ${from} where m.draft_id = $1 order by m.entity`,
};

export async function caseMoveOfId(db: Database, id: string): Promise<StoredCaseMove | null> {
  return (await query<StoredCaseMove>(db, one, [id]))[0] ?? null;
}

export function caseMovesOf(db: Database, changeSet: number): Promise<StoredCaseMove[]> {
  return query(db, ofSet, [changeSet]);
}

const successors: Statement = {
  name: "successors-of-entities",
  text: `select distinct on (entity) entity, to_entity as "to" from case_moves where programme = $1 order by entity, created_at desc`,
};

/** Where the cases of entities that were retired went last; null: to triage. */
export async function successorsIn(
  db: Database,
  tx: Transaction,
  programme: string,
): Promise<ReadonlyMap<string, string | null>> {
  const rows = await query<{ entity: string; to: string | null }>(db, successors, [programme], tx);
  return new Map(rows.map(({ entity, to }) => [entity, to]));
}

const leave: Statement = {
  name: "note-cases-left",
  text: `insert into case_move_failures (run_id, case_id, reason, at)
    select $1, r."caseId", r.reason, $3 from jsonb_to_recordset($2::jsonb) as r("caseId" bigint, reason jsonb)
    on conflict (run_id, case_id) do update set reason = excluded.reason, at = excluded.at`,
};

/** Cases that this run cannot move, each with the reason: it goes on without them. */
export async function noteCasesLeft(
  db: Database,
  a: { run: string; left: readonly { caseId: number; reason: Bilingual }[]; now: Date },
  tx?: Transaction,
): Promise<void> {
  await query(db, leave, [a.run, JSON.stringify(a.left), a.now], tx);
}

const stillLeft = `case_move_failures f join case_moves m on m.id = f.run_id
  join cases c on c.id = f.case_id and c.entity = m.entity and c.${open}`;
const countLeft: Statement = {
  name: "cases-left-by-move",
  text: `select (count(*) filter (where not c.confidential))::integer as left, count(*) > 0 as any from ${stillLeft} where f.run_id = $1`,
};

/** Cases that a run could not move and that are still there: whether there are any, and how many, confidential ones not counted. */
export async function casesLeftBy(db: Database, run: string): Promise<{ left: number; any: boolean }> {
  return (await query<{ left: number; any: boolean }>(db, countLeft, [run]))[0] ?? { left: 0, any: false };
}

export interface CaseLeft {
  readonly run: string;
  readonly reference: string;
  readonly reason: Bilingual;
}

const leftOfSet: Statement = {
  name: "cases-left-by-change-set",
  text: `select f.run_id as run, c.reference, f.reason
    from ${stillLeft} where m.draft_id = $1 and not c.confidential order by c.id limit $2`,
};

/** Cases that the moves of a change-set could not take along and that are still there; confidential ones are not named. */
export function casesLeftOfSet(db: Database, changeSet: number, limit: number): Promise<CaseLeft[]> {
  return query(db, leftOfSet, [changeSet, limit]);
}

const again: Statement = {
  name: "move-cases-again",
  text: `with run as (
  update case_moves set state = 'waiting', finished_at = null, failure = null, claimed_by = null, claimed_until = null
    where id = $1 and draft_id = $2 and state = 'failed' returning id),
gone as (delete from case_move_failures where run_id in (select id from run))
select id from run`,
};

/** Tries anew what a move could not take along. False: there is no such move of this set that failed. */
export async function moveCasesAgain(db: Database, a: { run: string; changeSet: number }): Promise<boolean> {
  return (await query(db, again, [a.run, a.changeSet])).length > 0;
}

const note: Statement = {
  name: "note-case-move",
  text: `update case_moves set moved = moved + $3 where id = $1 and claimed_by = $2 and state = 'running'
    and finished_at is null returning id`,
};

/** In the transaction that moved them. False when the run is another instance's by now: nothing must be stored then. */
export async function noteCasesMoved(
  db: Database,
  tx: Transaction,
  a: { id: string; by: string; moved: number },
): Promise<boolean> {
  return (await query(db, note, [a.id, a.by, a.moved], tx)).length > 0;
}

const finish: Statement = {
  name: "finish-case-move",
  text: `update case_moves set finished_at = $3, claimed_until = null, failure = $4::jsonb,
      state = case when $4::jsonb is null then 'done' else 'failed' end
    where id = $1 and claimed_by = $2 and finished_at is null`,
};

export async function finishCaseMove(
  db: Database,
  a: { id: string; by: string; now: Date; failure: Bilingual | null },
): Promise<void> {
  await query(db, finish, [a.id, a.by, a.now, a.failure === null ? null : JSON.stringify(a.failure)]);
}

const hourMs = 3_600_000;
const strays: Statement = {
  name: "take-up-case-moves",
  text: `update case_moves m set state = 'waiting', finished_at = null, failure = null, claimed_by = null
    from entities e where e.programme = m.programme and e.code = m.entity and e.retired_at is not null and m.finished_at is not null
      and exists (select 1 from cases c where c.programme = m.programme and c.entity = m.entity and c.${open}
        and not exists (select 1 from case_move_failures f where f.run_id = m.id and f.case_id = c.id and f.at > $1))
      and not exists (select 1 from case_moves n where n.programme = m.programme and n.entity = m.entity and n.created_at > m.created_at)
    returning m.id`,
};
const triedAgain: Statement = {
  name: "try-cases-left-again",
  text: "delete from case_move_failures f using case_moves m where m.id = f.run_id and m.state = 'waiting' and f.at <= $1",
};
const unmapped: Statement = {
  name: "take-up-unmapped-cases",
  text: `insert into case_moves (id, programme, entity, others, created_at, total)
    select gen_random_uuid(), e.programme, e.code, '{}', $1, count(*) filter (where not c.confidential) from entities e
      join cases c on c.programme = e.programme and c.entity = e.code and c.${open}
    where e.retired_at is not null and not exists (select 1 from case_moves n where n.programme = e.programme and n.entity = e.code)
    group by e.programme, e.code`,
};

/**
 * Takes up runs whose entity has open cases again: one that an applicant reopened goes where the others went, and to triage
 * where nobody said so. One that could not be moved is tried again after an hour.
 */
export async function takeUpCaseMoves(db: Database, now: Date): Promise<void> {
  await query(db, unmapped, [now]);
  const anHourAgo = new Date(now.getTime() - hourMs);
  await query(db, strays, [anHourAgo]);
  await query(db, triedAgain, [anHourAgo]);
}

const counts: Statement = {
  name: "open-cases-of-entity",
  text: `select (count(*) filter (where not confidential))::integer as open, count(*) > 0 as any
    from cases where programme = $1 and entity = $2 and ${open}`,
};

/** How many open cases an entity has, confidential ones not counted, and whether it has any at all. */
export async function countOpenCases(
  db: Database,
  a: { programme: string; entity: string },
  tx?: Transaction,
): Promise<{ open: number; any: boolean }> {
  const [row] = await query<{ open: number; any: boolean }>(db, counts, [a.programme, a.entity], tx);
  return row ?? { open: 0, any: false };
}

const found: Statement = {
  name: "cases-of-references",
  text: `select reference, ${open} as open from cases
    where programme = $1 and entity = $2 and reference = any($3) and not confidential`,
};

/** Which of these references are cases of the entity that the operation room may name, and whether each is open. */
export async function referencesAt(
  db: Database,
  a: { programme: string; entity: string; references: readonly string[] },
  tx?: Transaction,
): Promise<ReadonlyMap<string, { readonly open: boolean }>> {
  if (a.references.length === 0) return new Map();
  const values = [a.programme, a.entity, [...a.references]];
  const rows = await query<{ reference: string; open: boolean }>(db, found, values, tx);
  return new Map(rows.map(({ reference, open: isOpen }) => [reference, { open: isOpen }]));
}
