/** Terms whose work has to change hands, and what people have taken. */
import type { Transaction } from "sequelize";
import sql, { type Sql } from "sql-template-tag";
import type { CaseReach } from "../../engine/access/permissions.js";
import { type Database, query } from "../../platform/db/query.js";
import { casesWithin } from "./case-scope.js";

export interface TermToHandOver {
  readonly term: number;
  readonly userId: number;
  readonly programme: string;
  readonly seatId: number;
  /** Code of the seat. */
  readonly seat: string;
  readonly reason: string | null;
}

const termsOver = (
  now: Date,
): Sql => sql`select h.id as term, h.user_id as "userId", s.programme, s.id as "seatId", s.code as seat, o.reason
    from seat_holders h join seats s on s.id = h.seat_id left join hand_overs o on o.term = h.id
    where h.held_to <= ${now} and o.finished_at is null`;

/** Terms that are over at `now` and whose work has not changed hands yet, the oldest end first. */
export function termsToHandOver(
  db: Database,
  a: { now: Date; limit: number; except: readonly string[] },
): Promise<TermToHandOver[]> {
  const statement = sql`${termsOver(a.now)} and s.programme <> all(${a.except}::text[])
    order by h.held_to, h.id limit ${a.limit}`;
  return query<TermToHandOver>(db, statement);
}

/** The term, if it is over at `now` and its work has not changed hands yet. */
export async function termToHandOver(db: Database, term: number, now: Date): Promise<TermToHandOver | null> {
  return (await query<TermToHandOver>(db, sql`${termsOver(now)} and h.id = ${term}`))[0] ?? null;
}

/** Notes that `cases` more changed hands with a term, and whether that was the last of it. */
export async function noteHandOver(
  db: Database,
  transaction: Transaction,
  a: { term: number; cases: number; finishedAt: Date | null },
): Promise<void> {
  const statement = sql`insert into hand_overs (term, cases) values (${a.term}, ${a.cases})
    on conflict (term) do update set cases = hand_overs.cases + excluded.cases`;
  await query(db, statement, transaction);
  if (a.finishedAt !== null)
    await query(db, sql`update hand_overs set finished_at = ${a.finishedAt} where term = ${a.term}`, transaction);
}

/** Open cases that one person has taken and that permission cannot tell apart. */
export interface TakenCases {
  readonly userId: number;
  readonly programme: string;
  readonly entity: string | null;
  readonly sector: string | null;
  readonly confidential: boolean;
  readonly cases: number;
}

/** Open cases by who took them, one person's or (null) everybody's. */
export function takenCases(db: Database, userId: number | null): Promise<TakenCases[]> {
  const taken = userId === null ? sql`assignee is not null` : sql`assignee = ${userId}`;
  // `urgency` 0 and 1: open, and waiting for the applicant. The index of what people have taken begins with both.
  const statement = sql`select assignee as "userId", programme, entity, sector, confidential, count(*)::integer as cases
    from cases where ${taken} and urgency <= 1
    group by assignee, programme, entity, sector, confidential order by assignee, programme, entity, sector`;
  return query<TakenCases>(db, statement);
}

export interface TakenCase {
  readonly reference: string;
  readonly programme: string;
  readonly entity: string | null;
  readonly state: string;
  readonly receivedAt: Date;
}

/** The oldest open cases that a person has taken, of those in the reader's reach. */
export function listTaken(db: Database, a: { userId: number; reach: CaseReach; limit: number }): Promise<TakenCase[]> {
  const statement = sql`select c.reference, c.programme, c.entity, c.state, c.received_at as "receivedAt" from cases c
    where c.assignee = ${a.userId} and c.urgency <= 1 and ${casesWithin(a.reach)} order by c.id limit ${a.limit}`;
  return query<TakenCase>(db, statement);
}
