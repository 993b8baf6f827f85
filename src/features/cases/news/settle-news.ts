/** What is no news any more, without anybody having looked at it. */
import type { Transaction } from "sequelize";
import sql from "sql-template-tag";
import { settledNews } from "../../../engine/lifecycle/case-news.js";
import { type Database, query } from "../../../platform/db/query.js";

const { always, ofAnswer } = settledNews;

/** The applicants of these cases, which the transaction holds, know what was written to them: that it did not reach them is settled. */
export async function settleUndelivered(
  db: Database,
  transaction: Transaction,
  caseIds: readonly number[],
): Promise<void> {
  if (caseIds.length === 0) return;
  const statement = sql`update case_news n set items = k.items, last_seq = k.last_seq,
      at = coalesce((select e.at from case_events e where e.case_id = n.case_id and e.seq = k.last_seq), n.at)
    from case_news o, lateral (
      select coalesce(jsonb_agg(i order by nth), ${"[]"}::jsonb) as items, coalesce(max((i->>'seq')::integer), 0) as last_seq
      from jsonb_array_elements(o.items) with ordinality y(i, nth)
        left join case_events e on e.case_id = o.case_id and e.seq = (i->>'seq')::integer
      where not (i->>'kind' = any(${[...always]}::text[])
        or (i->>'kind' = any(${[...ofAnswer]}::text[]) and e.data::jsonb->>'reason' = ${"answerNotDelivered"}))) k
    where n.case_id = any(${[...caseIds]}::bigint[]) and n.user_id is null and o.case_id = n.case_id and o.user_id is null
      and k.items <> n.items`;
  await query(db, statement, transaction);
}

/**
 * What an act was to others is no news any more: it was taken back. Who has the case again has seen what came up to their own last act: what another
 * looked at meanwhile is news to them still. The transaction holds the case.
 */
export async function withdrawNews(
  db: Database,
  transaction: Transaction,
  { caseId, from, upTo, holder }: { caseId: number; from: number; upTo: number; holder: number | null },
): Promise<void> {
  const statement = sql`update case_news n set items = k.items, last_seq = k.last_seq,
      at = coalesce((select e.at from case_events e where e.case_id = n.case_id and e.seq = k.last_seq), n.at)
    from case_news o, lateral (
      select coalesce(jsonb_agg(i order by nth), ${"[]"}::jsonb) as items, coalesce(max((i->>'seq')::integer), 0) as last_seq
      from jsonb_array_elements(o.items) with ordinality y(i, nth) where (i->>'seq')::integer not between ${from} and ${upTo}) k
    where n.case_id = ${caseId} and o.case_id = n.case_id and o.user_id is not distinct from n.user_id and k.items <> n.items`;
  await query(db, statement, transaction);
  if (holder === null) return;
  const unread = sql`update case_news set read_to = greatest(coalesce((seen->>${String(holder)})::integer, 0), coalesce((select max(e.seq)
      from case_events e where e.case_id = ${caseId} and e.seq < ${from} and (e.actor::jsonb->>'userId')::integer = ${holder}), 0))
    where case_id = ${caseId} and user_id is null and read_to >= ${from}`;
  await query(db, unread, transaction);
}
