/** Whether the answer of a case reached its applicant: asked alike by the job that makes call-backs and by the list of answers that reached no one. */

import sql from "sql-template-tag";
import { answers } from "../../../engine/measures/kpi-counts.js";
import { heardSince } from "./heard-since.js";

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
