/** A call that was promised to the applicant: they asked for it, or an official did for them. Surveys are nobody's promise. */

import sql from "sql-template-tag";
import type { PromisedCall } from "../../../engine/contact-centre/call-promise.js";
import { type Database, query } from "../../../platform/db/query.js";

/** Null where none is open, and always of a confidential case. */
export async function promisedCallOf(
  db: Database,
  { id, confidential }: { readonly id: number; readonly confidential: boolean },
): Promise<PromisedCall | null> {
  if (confidential) return null;
  const statement = sql`select ready_at as "readyAt", due_at as "dueAt", wished_at as "wishedAt", tries
    from call_backs where case_id = ${id} and reason = ${"callerAsked"} and state = 'open'`;
  return (await query<PromisedCall>(db, statement))[0] ?? null;
}
