/** Events of a case, as they were stored. */
import type { Transaction } from "sequelize";
import { withoutMarks } from "../../engine/audit/row-marks.js";
import type { CaseEvent, CaseEventType } from "../../engine/lifecycle/case-event.js";
import { type Database, query } from "../../platform/db/query.js";

/** What happened, without what the store added for checking. */
const happened = (data: string): Record<string, unknown> => withoutMarks(JSON.parse(data));

const ofCase = {
  name: "case-events",
  text: "select case_id, seq, at, type, actor, data from case_events where case_id = $1 order by seq",
};

interface EventRow {
  case_id: number;
  seq: number;
  at: Date;
  type: CaseEventType;
  actor: string;
  data: string;
}

/** All events of a case, first to last. */
export async function eventsOfCase(db: Database, caseId: number, transaction?: Transaction): Promise<CaseEvent[]> {
  const rows = await query<EventRow>(db, ofCase, [caseId], transaction);
  return rows.map((row) => ({
    caseId: row.case_id,
    seq: row.seq,
    at: row.at,
    type: row.type,
    actor: JSON.parse(row.actor),
    data: happened(row.data),
  }));
}

const lastOfCase = {
  name: "last-event",
  text: "select at, type, data from case_events where case_id = $1 order by seq desc limit 1",
};

export async function lastEventOfCase(
  db: Database,
  transaction: Transaction,
  caseId: number,
): Promise<Pick<CaseEvent, "at" | "type" | "data"> | null> {
  const [row] = await query<Pick<EventRow, "at" | "type" | "data">>(db, lastOfCase, [caseId], transaction);
  return row === undefined ? null : { ...row, data: happened(row.data) };
}

/*
 * Whom a case was linked to may have been linked on since: what the last of them was told counts. Nothing of a confidential
 * case is told to others, and imported ones were told elsewhere.
 */
const ofOriginal = {
  name: "decisions-of-original",
  text: `with recursive linked(id, duplicate_of, step) as (
    select id, duplicate_of, 0 from cases where id = $1
    union all select c.id, c.duplicate_of, l.step + 1 from linked l join cases c on c.id = l.duplicate_of where l.step < 20)
  select e.seq, e.at, e.type, e.data from linked l join cases c on c.id = l.id join case_events e on e.case_id = c.id
  where l.step > 0 and l.duplicate_of is null and not c.confidential
    and e.type in ('case.answered', 'case.resolved', 'case.rejected') order by e.seq`,
};

/** What was decided of the case that this one was linked to, in order; whether an answer took effect is seen by what follows it. */
export async function decisionsOfOriginal(
  db: Database,
  caseId: number,
): Promise<Pick<CaseEvent, "seq" | "at" | "type" | "data">[]> {
  const rows = await query<Pick<EventRow, "seq" | "at" | "type" | "data">>(db, ofOriginal, [caseId]);
  return rows.map((row) => ({ ...row, data: happened(row.data) }));
}

const lastAnswer = {
  name: "last-answer",
  text: "select data from case_events where case_id = $1 and type = 'case.answered' order by seq desc limit 1",
};

/** The text of the newest answer, perhaps still held back by a review; null when none was written. */
export async function lastAnswerOf(db: Database, transaction: Transaction, caseId: number): Promise<string | null> {
  const [row] = await query<{ data: string }>(db, lastAnswer, [caseId], transaction);
  const answer = row === undefined ? null : (JSON.parse(row.data) as { answer?: unknown }).answer;
  return typeof answer === "string" ? answer : null;
}

const faults = {
  name: "case-faults",
  text: "select count(*)::integer as faults from case_events where case_id = $1 and type = 'rule.faulted'",
};

/** How often something about this case could not be worked out. */
export async function faultsOf(db: Database, transaction: Transaction, caseId: number): Promise<number> {
  const [row] = await query<{ faults: number }>(db, faults, [caseId], transaction);
  return row?.faults ?? 0;
}

const unheard = {
  name: "replies-since",
  text: `select count(*)::integer as replies from (select 1 from case_events
    where case_id = $1 and type = 'applicant.replied' and at >= $2 limit $3) x`,
};

/** How many messages the applicant sent from then on, counted up to `most`. */
export async function repliesSince(
  db: Database,
  transaction: Transaction,
  a: { caseId: number; since: Date; most: number },
): Promise<number> {
  const [row] = await query<{ replies: number }>(db, unheard, [a.caseId, a.since, a.most], transaction);
  return row?.replies ?? 0;
}

const writings = {
  name: "case-writings",
  text: `select case_id as "caseId", type, data from case_events
    where case_id = any($1::bigint[]) and type = any($2::text[]) order by case_id, seq desc`,
};

/** Events of these kinds of these cases, the newest of each case first. */
export async function writingsOf<Type extends CaseEventType>(
  db: Database,
  caseIds: readonly number[],
  types: readonly Type[],
): Promise<{ caseId: number; type: Type; data: Record<string, unknown> }[]> {
  if (caseIds.length === 0) return [];
  const rows = await query<{ caseId: number; type: Type; data: string }>(db, writings, [caseIds, types]);
  return rows.map((row) => ({ ...row, data: happened(row.data) }));
}
