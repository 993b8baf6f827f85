/** Which acts were done under which key: an act whose answer was lost is asked for again and done once. */
import type { Transaction } from "sequelize";
import { type Database, query, type Statement } from "../../../platform/db/query.js";

/** $1 user, $2 key, $3 case, $4 action, $5 moment. What was being written for it is sent now: the draft goes with it. */
const claim: Statement = {
  name: "claim-act",
  text: `with gone as (delete from case_drafts where user_id = $1 and case_id = $3 and action = $4),
new as (
  insert into case_acts (user_id, key, case_id, action, at) values ($1, $2, $3, $4, $5)
  on conflict (user_id, key) do nothing returning 1)
select exists (select 1 from new) as new`,
};

/** $1 user, $2 key. */
const byKey: Statement = {
  name: "act-by-key",
  text: `select t.case_id as "caseId", c.reference, t.action, t.at from case_acts t join cases c on c.id = t.case_id
  where t.user_id = $1 and t.key = $2`,
};

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
  return (await query<DoneAct>(db, byKey, [a.userId, a.key], transaction))[0] ?? null;
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
  const [row] = await query<{ new: boolean }>(db, claim, [userId, key, caseId, action, at], transaction);
  if (row?.new === true) return "new";
  const earlier = await actOfKey(db, { userId, key }, transaction);
  return earlier?.caseId === caseId && earlier.action === action ? "done" : "other";
}

/** Forgets keys of acts done before a moment: nobody repeats a request after a week. */
export async function forgetOldActs(db: Database, before: Date): Promise<{ forgottenActs: number }> {
  const text = "with gone as (delete from case_acts where at < $1 returning 1) select count(*)::integer as n from gone";
  return { forgottenActs: (await query<{ n: number }>(db, { name: "forget-acts", text }, [before]))[0]?.n ?? 0 };
}
