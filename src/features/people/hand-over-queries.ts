/** Terms whose work has to change hands, and what people have taken. */
import type { Transaction } from "sequelize";
import type { CaseReach } from "../../engine/access/permissions.js";
import { type Database, query, type Statement } from "../../platform/db/query.js";
import { caseScope } from "./case-scope.js";

export interface TermToHandOver {
  readonly term: number;
  readonly userId: number;
  readonly programme: string;
  readonly seatId: number;
  /** Code of the seat. */
  readonly seat: string;
  readonly reason: string | null;
}

const terms = `select h.id as term, h.user_id as "userId", s.programme, s.id as "seatId", s.code as seat, o.reason
from seat_holders h join seats s on s.id = h.seat_id left join hand_overs o on o.term = h.id
where h.held_to <= $1 and o.finished_at is null`;

/** $1 the moment, $2 how many, $3 programmes that are left alone. */
const ended: Statement = {
  name: "terms-to-hand-over",
  text: `${terms} and s.programme <> all($3::text[]) order by h.held_to, h.id limit $2`,
};
/** $1 the moment, $2 the term. */
const endedTerm: Statement = { name: "term-to-hand-over", text: `${terms} and h.id = $2` };

/** Terms that are over at `now` and whose work has not changed hands yet, the oldest end first. */
export function termsToHandOver(
  db: Database,
  a: { now: Date; limit: number; except: readonly string[] },
): Promise<TermToHandOver[]> {
  return query<TermToHandOver>(db, ended, [a.now, a.limit, a.except]);
}

/** The term, if it is over at `now` and its work has not changed hands yet. */
export async function termToHandOver(db: Database, term: number, now: Date): Promise<TermToHandOver | null> {
  return (await query<TermToHandOver>(db, endedTerm, [now, term]))[0] ?? null;
}

/** $1 term, $2 how many cases more. */
const count: Statement = {
  name: "count-hand-over",
  text: `insert into hand_overs (term, cases) values ($1, $2)
on conflict (term) do update set cases = hand_overs.cases + excluded.cases`,
};
/** $1 term, $2 the moment. */
const finish: Statement = { name: "finish-hand-over", text: "update hand_overs set finished_at = $2 where term = $1" };

/** Notes that `cases` more changed hands with a term, and whether that was the last of it. */
export async function noteHandOver(
  db: Database,
  transaction: Transaction,
  a: { term: number; cases: number; finishedAt: Date | null },
): Promise<void> {
  await query(db, count, [a.term, a.cases], transaction);
  if (a.finishedAt !== null) await query(db, finish, [a.term, a.finishedAt], transaction);
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

// `urgency` 0 and 1: open, and waiting for the applicant. The index of what people have taken begins with both.
const takenBy = (condition: string): string => `select assignee as "userId", programme, entity, sector, confidential,
  count(*)::integer as cases
from cases where ${condition} and urgency <= 1
group by assignee, programme, entity, sector, confidential order by assignee, programme, entity, sector`;

const takenByAll: Statement = { name: "cases-taken", text: takenBy("assignee is not null") };
/** $1 user. */
const takenByOne: Statement = { name: "cases-taken-by", text: takenBy("assignee = $1") };

/** Open cases by who took them, one person's or (null) everybody's. */
export function takenCases(db: Database, userId: number | null): Promise<TakenCases[]> {
  return userId === null ? query<TakenCases>(db, takenByAll, []) : query<TakenCases>(db, takenByOne, [userId]);
}

export interface TakenCase {
  readonly reference: string;
  readonly programme: string;
  readonly entity: string | null;
  readonly state: string;
  readonly receivedAt: Date;
}

const scope = caseScope({ everything: false } as CaseReach, 2);
/** $1 user, $2 reach of the reader, $3 how many. */
const takenList: Statement = {
  name: "list-cases-taken",
  text: `select c.reference, c.programme, c.entity, c.state, c.received_at as "receivedAt" from cases c
where c.assignee = $1 and c.urgency <= 1 and ${scope.sql} order by c.id limit $3`,
};

/** The oldest open cases that a person has taken, of those in the reader's reach. */
export function listTaken(db: Database, a: { userId: number; reach: CaseReach; limit: number }): Promise<TakenCase[]> {
  return query<TakenCase>(db, takenList, [a.userId, caseScope(a.reach, 2).value, a.limit]);
}
