/** Whether an applicant knows what was written to them: `isHeard` of the events of their case, asked in SQL. */

import sql, { type Sql } from "sql-template-tag";
import { applicantActs } from "../../../engine/applicant/applicant-heard.js";

/** `since`: when it was written. */
export const heardSince = (caseId: Sql, since: Sql): Sql =>
  sql`exists (select 1 from case_events h where h.case_id = ${caseId} and h.at >= ${since} and case
    when h.type = ${"caller.served"} then (h.data::jsonb->>'callBack')::boolean is not true
    when h.type = ${"call-back.done"} then (h.data::jsonb->>'told')::boolean is true
    else h.type = any(${[...applicantActs]}::text[]) and h.actor::jsonb->>'kind' = ${"applicant"} end)`;
