/** A second person is a second pair of eyes, not a second account of the first. */
import type { Transaction } from "sequelize";
import { Problem } from "../../../engine/text/problems.js";
import type { Database } from "../../../platform/db/query.js";
import { accountTouchedBy } from "../../people/accounts/account-touch-queries.js";

/**
 * Nobody approves by an account whose seat, password or second factor one of the authors changed since they began the draft.
 * Problem forbidden.
 */
export async function demandIndependence(
  db: Database,
  a: { readonly userId: number; readonly authors: readonly number[]; readonly since: Date },
  transaction: Transaction,
): Promise<void> {
  const name = await accountTouchedBy(db, { userId: a.userId, by: a.authors, since: a.since }, transaction);
  if (name === null) return;
  throw new Problem("forbidden", {
    en: `${name}, who wrote this, changed the seat, password or second factor of your account since the draft began. Somebody else of the operation room has to approve it.`,
    ar: `${name}، وهو من كتّاب هذه المسودة، غيّر مقعد حسابك أو كلمة مروره أو التحقق بخطوتين فيه منذ بدأت. يجب أن يوافق عليها عضو آخر من غرفة العمليات.`,
  });
}
