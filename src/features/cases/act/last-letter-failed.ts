/** Whether the applicant of a case can still be reached where they wanted to be. */

import type { Transaction } from "sequelize";
import sql from "sql-template-tag";
import { type Database, query } from "../../../platform/db/query.js";

/** Whether the last letter to the applicant of this case could not be delivered; false while none was written. */
export async function lastLetterFailed(db: Database, caseId: number, transaction?: Transaction): Promise<boolean> {
  const statement = sql`select state = 'failed' as failed from messages
    where case_id = ${caseId} and receiver_case = ${caseId} order by id desc limit 1`;
  const [row] = await query<{ failed: boolean }>(db, statement, transaction);
  return row?.failed ?? false;
}
