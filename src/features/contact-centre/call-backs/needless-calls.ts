/** Calls that nobody needs any more: they are made no more, whether the job or an agent comes to them first. */

import type { Transaction } from "sequelize";
import sql from "sql-template-tag";
import { type Database, query } from "../../../platform/db/query.js";
import { heardSince } from "../../cases/follow/heard-since.js";
import { hasWrongNumber } from "../../cases/follow/promised-call.js";

/**
 * Of call-back `b` and its case `c`: it is confidential now, has another answer to come, was rated or heard of meanwhile, the number is
 * not the applicant's, or they want to hear nothing. A call that they asked for stays: they wanted that one.
 */
export const isNeedless = sql`(c.confidential
  or (b.reason <> ${"callerAsked"} and (c.resolved_at is null or c.withdrawn_at is not null or ${hasWrongNumber(sql`c.id`)}
    or exists (select 1 from applicants p where p.case_id = c.id and p.contact_by = ${"none"})))
  or (b.reason = ${"answerNotDelivered"} and ${heardSince(sql`c.id`, sql`c.resolved_at`)})
  or (b.reason = ${"survey"} and c.rated_at is not null))`;

export async function isCallNeedless(db: Database, id: number, transaction: Transaction): Promise<boolean> {
  const statement = sql`select ${isNeedless} as needless from call_backs b join cases c on c.id = b.case_id where b.id = ${id}`;
  return (await query<{ needless: boolean }>(db, statement, transaction))[0]?.needless ?? true;
}
