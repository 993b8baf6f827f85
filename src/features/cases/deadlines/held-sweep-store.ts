/** Sweeps that hold: what would be enforced late, and what the operation room let go on. */

import type { Transaction } from "sequelize";
import sql from "sql-template-tag";
import { type Database, query } from "../../../platform/db/query.js";

export interface LateDue {
  readonly programme: string;
  /** Of all, by which it is decided whether a sweep holds; and without confidential cases, which people see. */
  readonly cases: number;
  readonly toldCases: number;
  /** Of those that people see; of the others where there are none. */
  readonly oldestDueAt: Date;
}

/** Open cases, a programme, whose next moment came before `before` and that nobody released after `releasedAfter`. */
export function lateDue(db: Database, a: { before: Date; releasedAfter: Date }): Promise<LateDue[]> {
  /*
   * Along the index of moments: an ordinary minute finds none, and no sweep reads more here than it has to enforce. What
   * was released is left out while the release holds.
   */
  const statement = sql`select c.programme, count(*)::integer as cases,
      (count(*) filter (where not c.confidential))::integer as "toldCases",
      coalesce(min(c.next_due_at) filter (where not c.confidential), min(c.next_due_at)) as "oldestDueAt"
    from cases c left join held_sweeps h on h.programme = c.programme and h.ended_at is null
      and h.released_at > ${a.releasedAfter}
    where c.next_due_at < ${a.before} and c.state_kind in ('open', 'waiting')
      and (h.id is null or c.next_due_at > h.released_until)
    group by c.programme order by c.programme`;
  return query<LateDue>(db, statement);
}

/** Numbers of some of a programme's, drawn by their references; of those that people see. */
export async function sampleLateDue(
  db: Database,
  a: { programme: string; before: Date; limit: number },
): Promise<number[]> {
  const statement = sql`select id from cases
    where next_due_at < ${a.before} and programme = ${a.programme} and state_kind in ('open', 'waiting')
      and not confidential
    order by md5(reference) limit ${a.limit}`;
  return (await query<{ id: number }>(db, statement)).map(({ id }) => id);
}

/**
 * How many cases of a programme are open or wait for the applicant, and how many of them people see: all but
 * confidential ones; counted no further than `most`.
 */
export async function openCasesUpTo(
  db: Database,
  a: { programme: string; most: number },
): Promise<{ all: number; told: number }> {
  const statement = sql`select count(*)::integer as all, (count(*) filter (where not confidential))::integer as told
    from (select confidential from cases where programme = ${a.programme} and state_kind in ('open', 'waiting')
      limit ${a.most}) x`;
  return (await query<{ all: number; told: number }>(db, statement))[0] ?? { all: 0, told: 0 };
}

/** What a sweep found when it looked, as people see it: confidential cases are in no number. */
export interface FoundLate {
  readonly asOf: Date;
  readonly cases: number;
  readonly openCases: number;
  readonly most: number;
  readonly letters: number;
  readonly escalated: number;
  readonly oldestDueAt: Date;
}

export interface HeldSweep extends FoundLate {
  readonly id: number;
  readonly programme: string;
  readonly since: Date;
  /** The database's clock when the sweep looked. */
  readonly databaseAt: Date;
  readonly releasedAt: Date | null;
  /** Name of the person. */
  readonly releasedBy: string | null;
  readonly reason: string | null;
  readonly releasedUntil: Date | null;
}

const columns = sql`h.id, h.programme, h.since, h.as_of as "asOf", h.database_at as "databaseAt", h.cases, h.open_cases as "openCases",
  h.most, h.letters, h.escalated, h.oldest_due_at as "oldestDueAt", h.released_at as "releasedAt", u.name as "releasedBy", h.reason,
  h.released_until as "releasedUntil"`;

/** Those that are not over, one a programme; also what was released and is not worked off yet. */
export function heldSweeps(db: Database): Promise<HeldSweep[]> {
  const statement = sql`select ${columns} from held_sweeps h left join users u on u.id = h.released_by
    where h.ended_at is null order by h.programme`;
  return query<HeldSweep>(db, statement);
}

/** Programmes whose sweep holds and was not released. */
export async function programmesHeld(db: Database): Promise<string[]> {
  return (await heldSweeps(db)).filter(({ releasedAt }) => releasedAt === null).map(({ programme }) => programme);
}

/** The one of that number, locked; null when it is over. */
export async function lockHeldSweep(db: Database, tx: Transaction, id: number): Promise<HeldSweep | null> {
  const statement = sql`select ${columns} from held_sweeps h left join users u on u.id = h.released_by
    where h.id = ${id} and h.ended_at is null for update of h`;
  return (await query<HeldSweep>(db, statement, tx))[0] ?? null;
}

/** From now on the programme's sweep holds; null when it does already, by another instance. */
export async function holdSweep(
  db: Database,
  tx: Transaction,
  a: { programme: string; found: FoundLate },
): Promise<{ id: number; databaseAt: Date } | null> {
  type Held = { id: number; databaseAt: Date };
  const { asOf, cases, openCases, most, letters, escalated, oldestDueAt } = a.found;
  const statement = sql`insert into held_sweeps
      (programme, since, as_of, database_at, cases, open_cases, most, letters, escalated, oldest_due_at)
    values (${a.programme}, ${asOf}, ${asOf}, clock_timestamp(), ${cases}, ${openCases}, ${most}, ${letters},
      ${escalated}, ${oldestDueAt})
    on conflict (programme) where ended_at is null do nothing returning id, database_at as "databaseAt"`;
  return (await query<Held>(db, statement, tx))[0] ?? null;
}

/** It holds still: with what was found now. */
export async function stillHeld(db: Database, id: number, found: FoundLate): Promise<void> {
  const { asOf, cases, openCases, most, letters, escalated, oldestDueAt } = found;
  const statement = sql`update held_sweeps set as_of = ${asOf}, database_at = clock_timestamp(), cases = ${cases},
      open_cases = ${openCases}, most = ${most}, letters = ${letters}, escalated = ${escalated}, oldest_due_at = ${oldestDueAt}
    where id = ${id} and ended_at is null and released_at is null`;
  await query(db, statement);
}

/** What was due until `until` may be enforced. */
export async function releaseHeldSweep(
  db: Database,
  tx: Transaction,
  a: { id: number; at: Date; userId: number; reason: string; until: Date },
): Promise<void> {
  const statement = sql`update held_sweeps
    set released_at = ${a.at}, released_by = ${a.userId}, reason = ${a.reason}, released_until = ${a.until}
    where id = ${a.id}`;
  await query(db, statement, tx);
}

/** It is over; false when it was already. */
export async function endHeldSweep(db: Database, tx: Transaction, a: { id: number; at: Date }): Promise<boolean> {
  const statement = sql`update held_sweeps set ended_at = ${a.at} where id = ${a.id} and ended_at is null returning id`;
  return (await query(db, statement, tx)).length > 0;
}
