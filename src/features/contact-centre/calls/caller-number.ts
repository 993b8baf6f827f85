/** How it is with the number of a caller's application: whether digits sent there could show that it is theirs. */

import sql from "sql-template-tag";
import type { CallerNumber } from "../../../engine/lifecycle/caller-case.js";
import { type Database, query } from "../../../platform/db/query.js";
import { contactStanding } from "../../cases/follow/contact-store.js";

/** Whether there is anything to confirm. A confidential case is opened by its code alone: no text message opens it. */
export async function callerNumber(
  db: Database,
  a: { readonly caseId: number; readonly offersTexts: boolean; readonly now: Date },
): Promise<CallerNumber> {
  const { contacts } = await contactStanding(db, a);
  const number = contacts.find(({ way }) => way === "sms");
  if (number === undefined) return "none";
  if (number.provenAt !== null) return "confirmed";
  const statement = sql`select confidential from cases where id = ${a.caseId}`;
  const [row] = await query<{ confidential: boolean }>(db, statement);
  return number.canProve && row?.confidential === false ? "open" : "none";
}
