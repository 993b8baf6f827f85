/** A call that was promised to the applicant: they asked for it, or an official did for them. Surveys are nobody's promise. */

import type { Transaction } from "sequelize";
import sql, { type Sql } from "sql-template-tag";
import type { PromisedCall } from "../../../engine/contact-centre/call-promise.js";
import { type Database, query } from "../../../platform/db/query.js";
import { hasWrongNumber } from "../../../platform/sms/applicant-reach.js";

/** Outcome of the last try of call-back `b`. */
export const lastOutcome = sql`(select y.outcome from call_back_tries y where y.call_back_id = b.id and y.number = b.tries)`;

/** Whether a call to the applicant may be asked for: a number that may be theirs, nothing confidential, and none asked for still open. */
export const callMayBeAsked = (caseId: Sql): Sql =>
  sql`exists (select 1 from cases k join applicants r on r.case_id = k.id where k.id = ${caseId} and not k.confidential
    and r.phone is not null and not exists (select 1 from call_backs b
      where b.case_id = k.id and b.reason = ${"callerAsked"} and b.state = ${"open"})
    and not ${hasWrongNumber(caseId)})`;

/** Whether nobody calls the number of a case any more, because it is not the applicant's. */
export async function isWrongNumber(db: Database, caseId: number, transaction?: Transaction): Promise<boolean> {
  const statement = sql`select ${hasWrongNumber(sql`${caseId}::bigint`)} as wrong`;
  return (await query<{ wrong: boolean }>(db, statement, transaction))[0]?.wrong ?? false;
}

/** Null where none is open, and always of a confidential case. */
export async function promisedCallOf(
  db: Database,
  { id, confidential }: { readonly id: number; readonly confidential: boolean },
): Promise<PromisedCall | null> {
  if (confidential) return null;
  const statement = sql`select ready_at as "readyAt", due_at as "dueAt", wished_at as "wishedAt", ${lastOutcome} as "lastOutcome"
    from call_backs b where case_id = ${id} and reason = ${"callerAsked"} and state = 'open'`;
  return (await query<PromisedCall>(db, statement))[0] ?? null;
}
