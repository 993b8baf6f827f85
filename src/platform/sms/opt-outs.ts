/** Numbers that want no text messages, by number: one person's STOP holds for all applications from it. */
import type { Transaction } from "sequelize";
import sql from "sql-template-tag";
import { type Database, query } from "../db/query.js";

export async function isOptedOut(db: Database, number: string): Promise<boolean> {
  return (await query(db, sql`select 1 from sms_opt_outs where number = ${number}`)).length > 0;
}

/** `reply`: STOP came from the number; `page`: the applicant ended it on the page of an application. */
export async function optOut(
  db: Database,
  a: { number: string; by: "reply" | "page"; now: Date },
  transaction?: Transaction,
): Promise<void> {
  const statement = sql`insert into sms_opt_outs (number, at, by) values (${a.number}, ${a.now}, ${a.by})
    on conflict (number) do nothing`;
  await query(db, statement, transaction);
}

/** @param at when they said so: a STOP that came later stays */
export async function optIn(db: Database, a: { number: string; at: Date }, transaction?: Transaction): Promise<void> {
  await query(db, sql`delete from sms_opt_outs where number = ${a.number} and at <= ${a.at}`, transaction);
}
