/**
 * Whether an applicant knows what was written to them: `isHeard` of the events of their case, asked in SQL. Whether the answer of a
 * case reached them is asked alike by the job that makes call-backs and by the list of answers that reached no one.
 */

import sql, { type Sql } from "sql-template-tag";
import { applicantActs } from "../../../engine/applicant/applicant-heard.js";
import { answers } from "../../../engine/measures/kpi-counts.js";

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

/** Of case `c`: someone wrote an answer. What a workflow only passes on and closes, as a compliment, needs none, and owes no one a call. */
export const wasAnswered = sql`(c.answered_by is not null or exists (select 1 from case_events w
    where w.case_id = c.id and w.type = ${"case.answered"}))`;

/** Of message `m`: it tells its applicant the answer that case `c` has now. */
export const tellsAnswer = sql`m.receiver_case = c.id and m.template = any(${[...answers]}::text[]) and m.created_at >= c.resolved_at`;

/** They neither acted on the answer of `c` nor were read it. */
export const unheard = sql`not ${heardSince(sql`c.id`, sql`c.resolved_at`)}`;

/**
 * No message of the answer of `c` is there or on its way: what a limit holds still is. A letter that was kept is there to be read, but not
 * where another way tried after it and failed.
 */
export const noneOnItsWay = sql`not exists (select 1 from messages m where ${tellsAnswer}
    and (m.state in ('pending', 'sent', 'held') or (m.state = 'kept' and m.way = 'email' and not exists (select 1 from messages f
      where f.receiver_case = c.id and f.template = any(${[...answers]}::text[]) and f.state = ${"failed"} and f.id > m.id))))`;
