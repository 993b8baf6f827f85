/** Which acts were done under which key: an act whose answer was lost is asked for again and done once. */

import type { Transaction } from "sequelize";
import sql from "sql-template-tag";
import { type Database, query } from "../../../platform/db/query.js";

/** Under which an act is done once. */
export interface ActKey {
  readonly userId: number;
  readonly key: string;
  readonly action: string;
  readonly at: Date;
}

/** An act that was done. */
export interface DoneAct {
  readonly caseId: number;
  readonly reference: string;
  readonly action: string;
  readonly at: Date;
}

/** The act done under a key of this person; null when there is none. */
export async function actOfKey(
  db: Database,
  a: { userId: number; key: string },
  transaction?: Transaction,
): Promise<DoneAct | null> {
  const statement = sql`select t.case_id as "caseId", c.reference, t.action, t.at from case_acts t
    join cases c on c.id = t.case_id
    where t.user_id = ${a.userId} and t.key = ${a.key}`;
  return (await query<DoneAct>(db, statement, transaction))[0] ?? null;
}

/**
 * Claims the key of an act inside its transaction, whose case is locked: `new` the first time; `done` when this very act
 * was stored under it before; `other` when another was.
 */
export async function claimAct(
  db: Database,
  transaction: Transaction,
  caseId: number,
  { userId, key, action, at }: ActKey,
): Promise<"new" | "done" | "other"> {
  // What was being written for it is sent now: the draft goes with it.
  const statement = sql`with gone as (
      delete from case_drafts where user_id = ${userId} and case_id = ${caseId} and action = ${action}),
    new as (
      insert into case_acts (user_id, key, case_id, action, at) values (${userId}, ${key}, ${caseId}, ${action}, ${at})
      on conflict (user_id, key) do nothing returning 1)
    select exists (select 1 from new) as new`;
  const [row] = await query<{ new: boolean }>(db, statement, transaction);
  if (row?.new === true) return "new";
  const earlier = await actOfKey(db, { userId, key }, transaction);
  return earlier?.caseId === caseId && earlier.action === action ? "done" : "other";
}

/** Forgets keys of acts done before a moment: nobody repeats a request after a week. */
export async function forgetOldActs(db: Database, before: Date): Promise<{ forgottenActs: number }> {
  const statement = sql`with gone as (delete from case_acts where at < ${before} returning 1)
    select count(*)::integer as n from gone`;
  return { forgottenActs: (await query<{ n: number }>(db, statement))[0]?.n ?? 0 };
}
