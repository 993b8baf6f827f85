/** Events of a case as they were stored, and the decisions that rule sets made about it. */

import type { Transaction } from "sequelize";
import sql from "sql-template-tag";
import { withoutMarks } from "../../engine/audit/row-marks.js";
import type { CaseEvent, CaseEventType } from "../../engine/lifecycle/case-event.js";
import type { DecisionRecord } from "../../engine/lifecycle/case-outcome.js";
import { type Database, query } from "../../platform/db/query.js";

/** In the order in which they were made, each with the number of the version that made it. */
export function decisionsOfCase(
  db: Database,
  caseId: number,
): Promise<(DecisionRecord & { readonly version: number })[]> {
  const statement = sql`select d.cycle, d.rule_set as "ruleSet", d.version_id as "versionId", v.version, d.at,
      d.rule_ids as "ruleIds", d.outcome, d.facts, d.faults
    from decisions d join configuration_versions v on v.id = d.version_id where d.case_id = ${caseId}
    order by d.number`;
  return query(db, statement);
}

/** What happened, without what the store added for checking. */
const happened = (data: string): Record<string, unknown> => withoutMarks(JSON.parse(data));

interface EventRow {
  case_id: number;
  seq: number;
  at: Date;
  type: CaseEventType;
  actor: string;
  data: string;
}

/** All events of a case, first to last. @param from those from this number on */
export async function eventsOfCase(
  db: Database,
  caseId: number,
  transaction?: Transaction,
  from = 1,
): Promise<CaseEvent[]> {
  const statement = sql`select case_id, seq, at, type, actor, data from case_events where case_id = ${caseId}
    and seq >= ${from} order by seq`;
  const rows = await query<EventRow>(db, statement, transaction);
  return rows.map((row) => ({
    caseId: row.case_id,
    seq: row.seq,
    at: row.at,
    type: row.type,
    actor: JSON.parse(row.actor),
    data: happened(row.data),
  }));
}

export async function lastEventOfCase(
  db: Database,
  transaction: Transaction,
  caseId: number,
): Promise<Pick<CaseEvent, "at" | "type" | "data"> | null> {
  const statement = sql`select at, type, data from case_events where case_id = ${caseId} order by seq desc limit 1`;
  const [row] = await query<Pick<EventRow, "at" | "type" | "data">>(db, statement, transaction);
  return row === undefined ? null : { ...row, data: happened(row.data) };
}

/** What was decided of the case that this one was linked to, in order; whether an answer took effect is seen by what follows it. */
export async function decisionsOfOriginal(
  db: Database,
  caseId: number,
): Promise<Pick<CaseEvent, "seq" | "at" | "type" | "data">[]> {
  /*
   * Whom a case was linked to may have been linked on since: what the last of them was told counts. Nothing of a confidential
   * case goes to others, and imported ones were escalated elsewhere.
   */
  const statement = sql`with recursive linked(id, duplicate_of, step) as (
      select id, duplicate_of, 0 from cases where id = ${caseId}
      union all select c.id, c.duplicate_of, l.step + 1 from linked l join cases c on c.id = l.duplicate_of
        where l.step < 20)
    select e.seq, e.at, e.type, e.data from linked l join cases c on c.id = l.id join case_events e on e.case_id = c.id
    where l.step > 0 and l.duplicate_of is null and not c.confidential
      and e.type in ('case.answered', 'case.resolved', 'case.rejected') order by e.seq`;
  const rows = await query<Pick<EventRow, "seq" | "at" | "type" | "data">>(db, statement);
  return rows.map((row) => ({ ...row, data: happened(row.data) }));
}

/** The text of the newest answer, perhaps still held back by a review; null when none was written. */
export async function lastAnswerOf(db: Database, transaction: Transaction, caseId: number): Promise<string | null> {
  const statement = sql`select data from case_events where case_id = ${caseId} and type = 'case.answered'
    order by seq desc limit 1`;
  const [row] = await query<{ data: string }>(db, statement, transaction);
  const answer = row === undefined ? null : (JSON.parse(row.data) as { answer?: unknown }).answer;
  return typeof answer === "string" ? answer : null;
}

/** What is on record of who looked, called or sent links: no work on the case. */
export const noWork = [
  ...(["personal.read", "attachment.read", "caller.served", "call-back.asked", "call-back.done"] as const),
  ...(["contact.code-sent", "contact.proven", "link.asked", "links.revoked"] as const),
] satisfies readonly CaseEventType[];

/** Whether an official ever did something to the case on the office's account: not what they took in or did for its applicant. */
export async function hasHandled(
  db: Database,
  transaction: Transaction,
  a: { caseId: number; userId: number },
): Promise<boolean> {
  const statement = sql`select exists (select 1 from case_events
    where case_id = ${a.caseId} and type <> 'application.received' and type <> all(${noWork}::text[])
      and actor::jsonb ->> 'kind' = 'user' and (actor::jsonb ->> 'userId')::integer = ${a.userId}
      and not (data::jsonb ? 'forApplicant')) as handled`;
  const [row] = await query<{ handled: boolean }>(db, statement, transaction);
  return row?.handled ?? false;
}

/** How often something about this case could not be worked out. */
export async function faultsOf(db: Database, transaction: Transaction, caseId: number): Promise<number> {
  const statement = sql`select count(*)::integer as faults from case_events
    where case_id = ${caseId} and type = 'rule.faulted'`;
  const [row] = await query<{ faults: number }>(db, statement, transaction);
  return row?.faults ?? 0;
}

/** How many messages the applicant sent from then on, counted up to `most`. */
export async function repliesSince(
  db: Database,
  transaction: Transaction,
  a: { caseId: number; since: Date; most: number },
): Promise<number> {
  const statement = sql`select count(*)::integer as replies from (select 1 from case_events
    where case_id = ${a.caseId} and type = 'applicant.replied' and at >= ${a.since} limit ${a.most}) x`;
  const [row] = await query<{ replies: number }>(db, statement, transaction);
  return row?.replies ?? 0;
}

/** Events of these kinds of these cases, the newest of each case first. */
export async function writingsOf<Type extends CaseEventType>(
  db: Database,
  caseIds: readonly number[],
  types: readonly Type[],
): Promise<{ caseId: number; type: Type; data: Record<string, unknown> }[]> {
  if (caseIds.length === 0) return [];
  const statement = sql`select case_id as "caseId", type, data from case_events
    where case_id = any(${caseIds}::bigint[]) and type = any(${types}::text[]) order by case_id, seq desc`;
  const rows = await query<{ caseId: number; type: Type; data: string }>(db, statement);
  return rows.map((row) => ({ ...row, data: happened(row.data) }));
}
