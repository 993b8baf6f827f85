/** Makes what cases are found by for those that wait in the backlog: all there were before it, or all of them again. */

import type { Sequelize } from "sequelize";
import sql from "sql-template-tag";
import { type CaseEventType, searchedEvents } from "../../../engine/lifecycle/case-event.js";
import { nameVector } from "../../../engine/search/name-words.js";
import { applicationTexts, eventTexts, placeVector, textVector } from "../../../engine/search/search-document.js";
import { query } from "../../../platform/db/query.js";
import { inTransaction, type Tx } from "../../../platform/db/transaction.js";

const batch = 1000;

interface WaitingCase {
  readonly id: number;
  readonly entity: string | null;
  readonly sector: string | null;
  readonly service: string | null;
  readonly governorate: string | null;
  readonly subject: string;
  readonly description: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly name: string | null;
}

async function fillBatch(owner: Sequelize, tx: Tx): Promise<number> {
  // The newest first: they are asked for most. Cases are locked, so that no act is lost in between.
  const taken = sql`with taken as (delete from search_backlog where case_id in
      (select case_id from search_backlog order by case_id desc limit ${batch} for update skip locked)
        returning case_id)
    select c.id, c.entity, c.sector, a.service, a.governorate, a.subject, a.description, a.fields, p.name
    from taken t join cases c on c.id = t.case_id join applications a on a.id = c.id
      left join applicants p on p.case_id = c.id
    order by c.id for update of c`;
  const cases = await query<WaitingCase>(owner, taken, tx);
  if (cases.length === 0) return 0;
  const ids = cases.map(({ id }) => id);
  const writings = sql`select case_id as "caseId", type, data from case_events
    where case_id = any(${ids}::bigint[]) and type = any(${searchedEvents}::text[]) order by case_id, seq`;
  const events = await query<{ caseId: number; type: CaseEventType; data: string }>(owner, writings, tx);
  const textsOf = new Map<number, string[]>(ids.map((id) => [id, []]));
  for (const { caseId, type, data } of events)
    textsOf.get(caseId)?.push(...eventTexts({ type, data: JSON.parse(data) }));
  const rows = cases.map((one) => ({
    case_id: one.id,
    lexemes: `${textVector([...applicationTexts(one), ...(textsOf.get(one.id) ?? [])])} ${placeVector(one)}`,
    name_words: nameVector(one.name),
  }));
  const stored = sql`with r as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as r(case_id bigint, lexemes tsvector, name_words tsvector)),
    n as (update applicants p set name_words = r.name_words from r
      where p.case_id = r.case_id and p.name_words <> r.name_words)
    insert into case_texts select case_id, lexemes from r on conflict (case_id) do update
      set lexemes = excluded.lexemes`;
  await query(owner, stored, tx);
  return cases.length;
}

/** Works the backlog off, a batch a transaction: whatever stops it, the next start goes on. How many there were. */
export async function fillSearchBacklog(owner: Sequelize): Promise<number> {
  let all = 0;
  for (;;) {
    const done = await inTransaction(owner, (tx) => fillBatch(owner, tx));
    all += done;
    if (done === 0) return all;
  }
}
