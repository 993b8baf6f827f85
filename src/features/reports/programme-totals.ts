/** What is counted of a whole programme, whatever the period. */
import type { Transaction } from "sequelize";
import sql from "sql-template-tag";
import { type Database, query } from "../../platform/db/query.js";
import { applicantCases } from "../people/case-scope.js";

/** When the programme's first application came in; null when there is none. For what is not shown: people see `figuresBegin`. */
export async function earliestReceipt(
  db: Database,
  programme: string,
  transaction?: Transaction,
): Promise<Date | null> {
  const statement = sql`select min(received_at) as earliest from cases where programme = ${programme}`;
  return (await query<{ earliest: Date | null }>(db, statement, transaction))[0]?.earliest ?? null;
}

/** The same of what figures count, as they tell it: a confidential case that was the first would be told of by its day. */
export async function figuresBegin(db: Database, programme: string): Promise<Date | null> {
  const statement = sql`select min(received_at) as earliest from cases c where c.programme = ${programme} and ${applicantCases} and not c.confidential`;
  return (await query<{ earliest: Date | null }>(db, statement))[0]?.earliest ?? null;
}

/** How many confidential cases a programme has received, whatever became of them. Of no earlier moment: that would date each tenth one. */
export async function confidentialReceived(db: Database, programme: string): Promise<number> {
  // By the index of confidential cases.
  const statement = sql`select count(*)::integer as n from cases where programme = ${programme} and confidential`;
  return (await query<{ n: number }>(db, statement))[0]?.n ?? 0;
}

/** People who hold a position of focal point then, by the entity where it is; a person with two positions counts at each. */
export async function focalPointsByEntity(
  db: Database,
  a: { programme: string; at: Date },
): Promise<ReadonlyMap<string, number>> {
  const statement = sql`select s.entity, count(distinct h.user_id)::integer as n from seats s
    join seat_holders h on h.seat_id = s.id and h.held_from <= ${a.at} and (h.held_to is null or h.held_to > ${a.at})
    where s.programme = ${a.programme} and s.role = 'focal_point' and s.entity is not null group by s.entity`;
  const rows = await query<{ entity: string; n: number }>(db, statement);
  return new Map(rows.map(({ entity, n }) => [entity, n]));
}
