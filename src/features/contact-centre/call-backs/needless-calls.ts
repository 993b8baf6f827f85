/** Calls that nobody needs any more: they are made no more, whether the job or an agent comes to them first. */

import type { Transaction } from "sequelize";
import sql from "sql-template-tag";
import { type Database, query } from "../../../platform/db/query.js";
import { hasWrongNumber, mayBeCalled } from "../../../platform/sms/applicant-reach.js";
import { unheard, wasAnswered } from "../../cases/follow/heard-since.js";

/**
 * Whether call-back `b` of case `c` is needless: it is confidential now, the number is not the applicant's, it has another answer to come or needed
 * none, was rated or heard of meanwhile, or they want to hear nothing. But for the first two a call that they asked for stays: they
 * wanted that one.
 */
export const isNeedless = sql`(c.confidential
  or (b.reason <> ${"callerAsked"} and (c.resolved_at is null or c.withdrawn_at is not null or not ${wasAnswered}
    or exists (select 1 from applicants p where p.case_id = c.id and not ${mayBeCalled})))
  or ${hasWrongNumber(sql`c.id`)}
  or (b.reason = ${"answerNotDelivered"} and not (${unheard}))
  or (b.reason = ${"survey"} and c.rated_at is not null))`;

export async function isCallNeedless(db: Database, id: number, transaction: Transaction): Promise<boolean> {
  const statement = sql`select ${isNeedless} as needless from call_backs b join cases c on c.id = b.case_id where b.id = ${id}`;
  return (await query<{ needless: boolean }>(db, statement, transaction))[0]?.needless ?? true;
}
