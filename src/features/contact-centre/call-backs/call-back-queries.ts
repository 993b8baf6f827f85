/** Reads of call-backs: what is due and what comes later, one of them with what hangs on it, what a case waits for. */

import type { Transaction } from "sequelize";
import sql, { empty, type Sql } from "sql-template-tag";
import type { CallBackEnd, CallBackReason, TryOutcome } from "../../../engine/contact-centre/call-backs.js";
import type { CaseCallBack } from "../../../engine/contact-centre/case-call-backs.js";
import type { CaseEventType } from "../../../engine/lifecycle/case-event.js";
import { type Database, query } from "../../../platform/db/query.js";
import { hasWrongNumber } from "../../../platform/sms/applicant-reach.js";
import { noWork } from "../../cases/case-event-queries.js";
import { callMayBeAsked, lastOutcome } from "../../cases/follow/promised-call.js";

/** What an agent sees of a task before it is theirs: nothing that says who it is. */
export interface DueRow {
  readonly id: number;
  readonly programme: string;
  readonly reason: CallBackReason;
  readonly type: string;
  readonly language: "ar" | "en";
  readonly readyAt: Date;
  /** From when it may be called: `readyAt`, and in working hours. */
  readonly fromAt: Date;
  readonly dueAt: Date;
  readonly wishedAt: Date | null;
  readonly tries: number;
  readonly lastOutcome: TryOutcome | null;
  readonly claimedBy: number | null;
  readonly claimedByName: string | null;
  readonly claimedUntil: Date | null;
}

/** Whether somebody had a hand in case `b.case_id`: then they do not ask how satisfied its applicant is. */
const handledBy = (userId: number): Sql => sql`(exists (select 1 from case_events e where e.case_id = b.case_id
      and (e.actor::jsonb->>'userId')::integer = ${userId} and e.type <> all(${noWork}::text[]))
    or exists (select 1 from calls k where k.case_id = b.case_id and k.agent = ${userId} and k.kind in ('new', 'existing')))`;

/** Surveys of cases that this person handled are not theirs; confidential cases are nobody's here. */
const forAgent = (userId: number): Sql =>
  sql`not c.confidential and not (b.reason = 'survey' and ${handledBy(userId)})`;

/** A programme whose calls somebody asks for, and when it works: now, or from its next opening. */
export interface Opening {
  readonly programme: string;
  readonly opensAt: Date;
}

export interface Due {
  readonly rows: readonly DueRow[];
  /** Those that may be called later, the next one first. */
  readonly waiting: readonly DueRow[];
  /** That may be called now, those that are overdue at whatever hour, and those whose time comes later. */
  readonly ready: number;
  readonly overdue: number;
  readonly later: number;
}

/**
 * What may be called now, in order of when it is due, and what comes later. Nobody is called while their programme does not work.
 * `userId`: of an agent, who gets what is for them; null: of who leads them. `late`: only what is overdue, called now or not.
 */
export async function dueCallBacks(
  db: Database,
  a: { openings: readonly Opening[]; userId: number | null; late: boolean; now: Date; limit: number },
): Promise<Due> {
  const { openings, userId, late, now, limit } = a;
  const theirs = userId === null ? sql`not c.confidential` : forAgent(userId);
  const from = sql`from jsonb_to_recordset(${JSON.stringify(openings)}::jsonb) as o(programme text, "opensAt" timestamptz)
    join call_backs b on b.programme = o.programme and b.state = 'open' join cases c on c.id = b.case_id
    cross join lateral (select greatest(b.ready_at, o."opensAt") as at) f
    where ${theirs}`;
  const list = (some: Sql): Promise<DueRow[]> =>
    query<DueRow>(
      db,
      sql`select b.id, b.programme, b.reason, c.type, b.language, b.ready_at as "readyAt", f.at as "fromAt", b.due_at as "dueAt",
          b.wished_at as "wishedAt", b.tries, ${lastOutcome} as "lastOutcome", b.claimed_by as "claimedBy",
          (select u.name from users u where u.id = b.claimed_by) as "claimedByName", b.claimed_until as "claimedUntil"
        ${from} and ${some} limit ${limit}`,
    );
  const counts = query<Omit<Due, "rows" | "waiting">>(
    db,
    sql`select count(*) filter (where f.at <= ${now})::integer as ready,
        count(*) filter (where b.due_at < ${now})::integer as overdue,
        count(*) filter (where f.at > ${now})::integer as later ${from}`,
  );
  const [rows, waiting, [counted]] = await Promise.all([
    list(sql`${late ? sql`b.due_at < ${now}` : sql`f.at <= ${now}`} order by b.due_at, b.id`),
    late ? [] : list(sql`f.at > ${now} order by f.at, b.due_at, b.id`),
    counts,
  ]);
  return { rows, waiting, ready: counted?.ready ?? 0, overdue: counted?.overdue ?? 0, later: counted?.later ?? 0 };
}

/** A task as it is stored. */
export interface StoredCallBack {
  readonly id: number;
  readonly programme: string;
  readonly reference: string;
  readonly caseId: number;
  readonly reason: CallBackReason;
  readonly note: string | null;
  readonly language: "ar" | "en";
  readonly readyAt: Date;
  readonly dueAt: Date;
  /** When the person asked to be called; null: as soon as may be. */
  readonly wishedAt: Date | null;
  readonly tries: number;
  readonly lastOutcome: TryOutcome | null;
  readonly state: "open" | "done";
  readonly outcome: CallBackEnd | null;
  readonly claimedBy: number | null;
  readonly claimedByName: string | null;
  readonly claimedAt: Date | null;
  readonly claimedUntil: Date | null;
}

const columns = sql`b.id, b.programme, c.reference, b.case_id as "caseId", b.reason, b.note, b.language,
  b.ready_at as "readyAt", b.due_at as "dueAt", b.wished_at as "wishedAt", b.tries, ${lastOutcome} as "lastOutcome", b.state, b.outcome, b.claimed_by as "claimedBy",
  (select u.name from users u where u.id = b.claimed_by) as "claimedByName", b.claimed_at as "claimedAt", b.claimed_until as "claimedUntil"`;

/** One task, or null; with a transaction its row is locked until the end. */
export async function callBackOf(db: Database, id: number, transaction?: Transaction): Promise<StoredCallBack | null> {
  const lock = transaction === undefined ? empty : sql`for update of b`;
  const statement = sql`select ${columns} from call_backs b join cases c on c.id = b.case_id where b.id = ${id} ${lock}`;
  return (await query<StoredCallBack>(db, statement, transaction))[0] ?? null;
}

/** The task that somebody has claimed, whether or not its time is over. */
export async function claimOf(db: Database, userId: number, transaction?: Transaction): Promise<StoredCallBack | null> {
  const statement = sql`select ${columns} from call_backs b join cases c on c.id = b.case_id where b.claimed_by = ${userId}`;
  return (await query<StoredCallBack>(db, statement, transaction))[0] ?? null;
}

/** Whether this person had a hand in the case of a task. */
export async function handled(
  db: Database,
  a: { id: number; userId: number },
  transaction: Transaction,
): Promise<boolean> {
  const statement = sql`select ${handledBy(a.userId)} as handled from call_backs b where b.id = ${a.id}`;
  return (await query<{ handled: boolean }>(db, statement, transaction))[0]?.handled ?? false;
}

/** The name of another agent who is calling that number now, for whichever task; null: none is. */
export async function whoCalls(
  db: Database,
  a: { phone: string; userId: number; now: Date },
  transaction: Transaction,
): Promise<string | null> {
  const statement = sql`select u.name from call_backs b join applicants p on p.case_id = b.case_id join users u on u.id = b.claimed_by
    where b.claimed_by <> ${a.userId} and b.claimed_until > ${a.now} and p.phone = ${a.phone} limit 1`;
  return (await query<{ name: string }>(db, statement, transaction))[0]?.name ?? null;
}

/** One call at a time: two windows of an agent that take one each wait for each other here. */
export async function lockClaims(db: Database, userId: number, transaction: Transaction): Promise<void> {
  await query(db, sql`select pg_advisory_xact_lock(hashtextextended(${`agent ${userId}`}, 19))`, transaction);
}

/** Whether the agent who has a task opened what is read out since they took it. */
export async function wasReadOut(
  db: Database,
  { caseId, claimedBy, claimedAt }: StoredCallBack,
  transaction: Transaction,
): Promise<boolean> {
  const served: CaseEventType = "caller.served";
  const statement = sql`select exists (select 1 from case_events e where e.case_id = ${caseId} and e.type = ${served}
      and e.at >= ${claimedAt} and (e.actor::jsonb->>'userId')::integer = ${claimedBy}
      and (e.data::jsonb->>'callBack')::boolean) as read`;
  return (await query<{ read: boolean }>(db, statement, transaction))[0]?.read ?? false;
}

export interface PastTry {
  readonly number: number;
  readonly at: Date;
  readonly agent: number;
  readonly agentName: string;
  readonly outcome: string;
  readonly note: string | null;
}

/** What was tried before, the first one first. */
export function triesOf(db: Database, id: number, transaction?: Transaction): Promise<PastTry[]> {
  const statement = sql`select t.number, t.at, t.agent, u.name as "agentName", t.outcome, t.note
    from call_back_tries t join users u on u.id = t.agent where t.call_back_id = ${id} order by t.number`;
  return query<PastTry>(db, statement, transaction);
}

/** Those of a case that are still to come and not surveys; with a transaction, which has the case locked, their rows are locked too. */
export function openCallBacksOf(db: Database, caseId: number, transaction?: Transaction): Promise<StoredCallBack[]> {
  const lock = transaction === undefined ? empty : sql`for update of b`;
  const statement = sql`select ${columns} from call_backs b join cases c on c.id = b.case_id
    where b.case_id = ${caseId} and b.state = 'open' and b.reason <> ${"survey"} order by b.id ${lock}`;
  return query<StoredCallBack>(db, statement, transaction);
}

/** Whether a call to the applicant of a case may be asked for, by who may ask; `wrong`: the number is known not to be theirs. */
export async function isCallAskable(
  db: Database,
  caseId: number,
): Promise<{ readonly may: boolean; readonly wrong: boolean }> {
  const id = sql`${caseId}::bigint`;
  const statement = sql`select ${callMayBeAsked(id)} as may, ${hasWrongNumber(id)} as wrong`;
  return (await query<{ may: boolean; wrong: boolean }>(db, statement))[0] ?? { may: false, wrong: false };
}

/** A call of another task of the same case. */
export interface EarlierCall {
  readonly at: Date;
  readonly reason: CallBackReason;
  readonly outcome: TryOutcome;
}

const mostEarlier = 10;

/** What came of the calls of a case before a task, the newest first, and without a word that was noted. */
export function earlierCallsOf(
  db: Database,
  { id, caseId }: Pick<StoredCallBack, "id" | "caseId">,
  transaction: Transaction,
): Promise<EarlierCall[]> {
  const statement = sql`select t.at, b.reason, t.outcome from call_backs b join call_back_tries t on t.call_back_id = b.id
    where b.case_id = ${caseId} and b.id <> ${id} order by t.at desc, t.call_back_id desc limit ${mostEarlier}`;
  return query<EarlierCall>(db, statement, transaction);
}

/** Who wants a call: the applicant, also where they asked for another time since, or an official, by name. */
export type WhoAsked = { readonly by: "caller" } | { readonly by: "official"; readonly name: string };

/** Null: it was made by itself. */
export async function whoAsked(
  db: Database,
  { id }: Pick<StoredCallBack, "id">,
  transaction: Transaction,
): Promise<WhoAsked | null> {
  const asked: CaseEventType = "call-back.asked";
  const statement = sql`select u.name, exists (select 1 from case_events e where e.case_id = b.case_id and e.type = ${asked}
        and e.at >= b.created_at and e.data::jsonb->>'by' = ${"caller"}) as "byCaller"
    from call_backs b join users u on u.id = b.asked_by where b.id = ${id}`;
  const [row] = await query<{ name: string; byCaller: boolean }>(db, statement, transaction);
  if (row === undefined) return null;
  return row.byCaller ? { by: "caller" } : { by: "official", name: row.name };
}

/** Those of a case, the newest first. */
export function callBacksOfCase(db: Database, caseId: number): Promise<CaseCallBack[]> {
  const statement = sql`select reason, created_at as "createdAt", ready_at as "readyAt", due_at as "dueAt", wished_at as "wishedAt", tries, state, outcome, done_at as "doneAt"
    from call_backs where case_id = ${caseId} order by id desc limit 20`;
  return query<CaseCallBack>(db, statement);
}
