/** One person asks for running deadlines to be calculated anew, another does it: where publishing takes two, this does as well. */
import sql from "sql-template-tag";
import { type Actor, can } from "../../../engine/access/permissions.js";
import type { RecalculateBy } from "../../../engine/lifecycle/views/migration-views.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import { type Database, query } from "../../../platform/db/query.js";
import { inTransaction } from "../../../platform/db/transaction.js";
import { accountTouchedBy } from "../../people/accounts/account-touch-queries.js";

export interface AskedRecalculation {
  readonly by: RecalculateBy;
  readonly reason: string;
  readonly askedBy: number;
  readonly name: string;
  readonly askedAt: Date;
}

/** What waits for a second person; null: nothing does. */
export async function askedRecalculation(db: Database, programme: string): Promise<AskedRecalculation | null> {
  const statement = sql`select r.asked_for as by, r.reason, r.asked_by as "askedBy", u.name, r.asked_at as "askedAt"
    from recalculations r join users u on u.id = r.asked_by where r.programme = ${programme}`;
  return (await query<AskedRecalculation>(db, statement))[0] ?? null;
}

export function requireRecalculator(actor: Actor, programme: string): void {
  if (can(actor, "configuration.publish", { programme })) return;
  throw new Problem("forbidden", msg("cases-deadlines.recalculateDueDates.onlyTheOperationRoomOf", { programme }));
}

export function requireReason(reason: string): void {
  if (reason.trim() !== "") return;
  const words = msg("cases-deadlines.recalculateDueDates.sayWhyItStandsOn");
  throw new Problem("invalid-input", words, [{ field: "/reason", reason: words }]);
}

/** Asks for it; who asked last before is asked no more. Problems: forbidden, invalid-input (no reason). */
export async function askRecalculation(
  db: Database,
  a: { programme: string; by: RecalculateBy; reason: string; actor: Actor; now: Date },
): Promise<void> {
  requireRecalculator(a.actor, a.programme);
  requireReason(a.reason);
  if (a.actor.kind !== "user") return;
  const { userId } = a.actor;
  await inTransaction(db, async (tx) => {
    await query(db, sql`delete from recalculations where programme = ${a.programme}`, tx);
    const statement = sql`insert into recalculations (programme, asked_for, reason, asked_by, asked_at)
      values (${a.programme}, ${a.by}, ${a.reason.trim()}, ${userId}, ${a.now})`;
    await query(db, statement, tx);
  });
}

/** It is not done: whoever asked takes it back, or a colleague declines. Problem forbidden. */
export async function dropRecalculation(db: Database, a: { programme: string; actor: Actor }): Promise<void> {
  requireRecalculator(a.actor, a.programme);
  await query(db, sql`delete from recalculations where programme = ${a.programme}`);
}

/** It was done. One that was asked for meanwhile waits on. */
export async function endRecalculation(
  db: Database,
  programme: string,
  { askedAt }: AskedRecalculation,
): Promise<void> {
  await query(db, sql`delete from recalculations where programme = ${programme} and asked_at = ${askedAt}`);
}

/**
 * What a colleague asked for and this person may do. Problem forbidden: nobody asked, they asked themselves, or who asked had
 * their account in hand since.
 */
export async function requireAsked(
  db: Database,
  a: { programme: string; by: RecalculateBy; userId: number },
): Promise<AskedRecalculation> {
  const asked = await askedRecalculation(db, a.programme);
  if (asked === null || asked.by !== a.by || asked.askedBy === a.userId)
    throw new Problem("forbidden", msg("cases-deadlines.recalculationAsks.askFirst"));
  const touched = { userId: a.userId, by: [asked.askedBy], since: asked.askedAt };
  const name = await inTransaction(db, (tx) => accountTouchedBy(db, touched, tx));
  if (name !== null) throw new Problem("forbidden", msg("cases-deadlines.recalculationAsks.inHand", { name }));
  return asked;
}
