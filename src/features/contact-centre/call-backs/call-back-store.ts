/** Writes of call-backs. The caller of these holds the case of the task locked, and then its row. */

import type { Transaction } from "sequelize";
import sql from "sql-template-tag";
import type { AfterTry, CallBackReason, CallMoments, TryOutcome } from "../../../engine/contact-centre/call-backs.js";
import { type Database, query } from "../../../platform/db/query.js";
import type { StoredCallBack } from "./call-back-queries.js";

export interface NewCallBack extends CallMoments {
  /** Made once under it. */
  readonly key: string;
  readonly programme: string;
  readonly caseId: number;
  readonly reason: CallBackReason;
  readonly language: string;
  readonly askedBy: number | null;
  readonly note: string | null;
  /** When the person asked to be called; null: as soon as may be. */
  readonly wishedAt: Date | null;
}

/** Adds those that are not there yet: by their key, and one open for a case and reason. Of which cases they are that were added. */
export async function addCallBacks(
  db: Database,
  a: { rows: readonly NewCallBack[]; now: Date },
  transaction: Transaction,
): Promise<readonly number[]> {
  if (a.rows.length === 0) return [];
  const statement = sql`insert into call_backs (key, programme, case_id, reason, language, asked_by, note, created_at,
      ready_at, due_at, promised_at, wished_at)
    select r.key, r.programme, r."caseId", r.reason, r.language, r."askedBy", r.note, ${a.now}, r."readyAt", r."dueAt", r."dueAt", r."wishedAt"
    from jsonb_to_recordset(${JSON.stringify(a.rows)}::jsonb) as r(key text, programme text, "caseId" bigint, reason text,
      language text, "askedBy" integer, note text, "readyAt" timestamptz, "dueAt" timestamptz, "wishedAt" timestamptz)
    on conflict do nothing returning case_id as "caseId"`;
  return (await query<{ caseId: number }>(db, statement, transaction)).map(({ caseId }) => caseId);
}

/**
 * The person asked for another time. What was promised moves with it while that was still kept, so that nobody is in time by asking
 * for more of it. `note` is the whole of it.
 */
export async function changeWish(
  db: Database,
  a: CallMoments & { id: number; wishedAt: Date | null; note: string | null; now: Date },
  transaction: Transaction,
): Promise<void> {
  const statement = sql`update call_backs set ready_at = ${a.readyAt}, due_at = ${a.dueAt}, wished_at = ${a.wishedAt},
      note = ${a.note}, claimed_by = null, claimed_at = null, claimed_until = null,
      promised_at = case when tries = 0 and promised_at >= ${a.now} then ${a.dueAt} else promised_at end
    where id = ${a.id}`;
  await query(db, statement, transaction);
}

/** It is an agent's until `until`; shown to them once more, it began when they first took it. */
export async function claim(
  db: Database,
  a: { id: number; userId: number; now: Date; until: Date },
  transaction: Transaction,
): Promise<void> {
  const statement = sql`update call_backs set claimed_by = ${a.userId}, claimed_until = ${a.until},
      claimed_at = case when claimed_by = ${a.userId} and claimed_until > ${a.now} then claimed_at else ${a.now} end
    where id = ${a.id}`;
  await query(db, statement, transaction);
}

/** Gives back what somebody has claimed. */
export async function release(
  db: Database,
  a: { id: number; userId: number },
  transaction?: Transaction,
): Promise<void> {
  const statement = sql`update call_backs set claimed_by = null, claimed_at = null, claimed_until = null
    where claimed_by = ${a.userId} and id = ${a.id}`;
  await query(db, statement, transaction);
}

export interface NewTry {
  readonly task: StoredCallBack;
  readonly userId: number;
  readonly outcome: TryOutcome;
  readonly note: string | null;
  readonly now: Date;
  readonly after: AfterTry;
}

/** Notes a try, what comes after it, and the call that it was. */
export async function addTry(db: Database, a: NewTry, transaction: Transaction): Promise<void> {
  const { task, userId, outcome, note, now, after } = a;
  const begun = task.claimedAt ?? now;
  const done = after.state === "done";
  const readyAt = after.state === "open" ? after.readyAt : task.readyAt;
  const dueAt = after.state === "open" ? after.dueAt : task.dueAt;
  const wishedAt = after.state === "open" ? after.wishedAt : task.wishedAt;
  await query(
    db,
    sql`insert into call_back_tries (call_back_id, number, programme, agent, begun_at, at, outcome, note)
      values (${task.id}, ${task.tries + 1}, ${task.programme}, ${userId}, ${begun}, ${now}, ${outcome}, ${note})`,
    transaction,
  );
  await query(
    db,
    sql`update call_backs set tries = tries + 1, first_tried_at = coalesce(first_tried_at, ${now}), ready_at = ${readyAt},
        due_at = ${dueAt}, wished_at = ${wishedAt}, claimed_by = null, claimed_at = null, claimed_until = null, state = ${after.state},
        outcome = ${done ? after.outcome : null}, done_at = ${done ? now : null}, done_by = ${done ? userId : null}
      where id = ${task.id}`,
    transaction,
  );
  await query(
    db,
    sql`insert into calls (programme, agent, kind, begun_at, ended_at, case_id, outcome)
      values (${task.programme}, ${userId}, ${task.reason === "survey" ? "survey" : "callBack"}, ${begun}, ${now},
        ${task.caseId}, ${outcome})`,
    transaction,
  );
}

/** What was answered to the questions of a survey call. */
export async function addSurveyAnswer(
  db: Database,
  a: {
    task: StoredCallBack;
    userId: number;
    now: Date;
    rating: number;
    scales: Readonly<Record<string, number>>;
    comment: string | null;
  },
  transaction: Transaction,
): Promise<void> {
  const { task, userId, now, rating, scales, comment } = a;
  const given = Object.keys(scales).length === 0 ? null : JSON.stringify(scales);
  const statement = sql`insert into survey_answers (call_back_id, programme, case_id, agent, at, rating, scales, comment)
    values (${task.id}, ${task.programme}, ${task.caseId}, ${userId}, ${now}, ${rating}, ${given}::jsonb, ${comment})`;
  await query(db, statement, transaction);
}

/** Ends a task that nobody needs any more. */
export async function cancel(db: Database, a: { id: number; now: Date }, transaction: Transaction): Promise<void> {
  const statement = sql`update call_backs set state = 'done', outcome = 'cancelled', done_at = ${a.now}, claimed_by = null,
      claimed_at = null, claimed_until = null where id = ${a.id} and state = 'open'`;
  await query(db, statement, transaction);
}
