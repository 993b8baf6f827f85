/** Whether an applicant knows what was written to them: `isHeard` of the events of their case, asked in SQL. */

import sql, { type Sql } from "sql-template-tag";
import { applicantActs } from "../../../engine/applicant/applicant-heard.js";

/** They know it, or it says nothing any more: the case was answered, refused or ended after it was written. */
export const knowsSince = (
  caseId: Sql,
  since: Sql,
): Sql => sql`(${heardSince(caseId, since)} or exists (select 1 from cases k
    where k.id = ${caseId} and (k.resolved_at > ${since} or k.rejected_at > ${since} or k.closed_at > ${since})))`;

/** `since`: when it was written. */
export const heardSince = (caseId: Sql, since: Sql): Sql =>
  sql`exists (select 1 from case_events h where h.case_id = ${caseId} and h.at >= ${since} and case
    when h.type = ${"caller.served"} then (h.data::jsonb->>'callBack')::boolean is not true
    when h.type = ${"call-back.done"} then (h.data::jsonb->>'told')::boolean is true
    else h.type = any(${[...applicantActs]}::text[]) and h.actor::jsonb->>'kind' = ${"applicant"} end)`;
