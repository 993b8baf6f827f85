/** How it is with the number of a caller's application: whether digits sent there could show that it is theirs. */

import sql from "sql-template-tag";
import type { CallerNumber } from "../../../engine/lifecycle/caller-case.js";
import { maskPersonal } from "../../../engine/text/mask-personal.js";
import { type Database, query } from "../../../platform/db/query.js";
import { isNumberWrong } from "../../../platform/sms/applicant-reach.js";
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

/** Why no digits go to the number of an application. */
export type NoDigits = "noNumber" | "wrongNumber" | "stopped" | "notAgreed" | "noTexts";

/** Where digits would go, masked, or why none do. */
export async function digitsTo(
  db: Database,
  { caseId, offersTexts }: { readonly caseId: number; readonly offersTexts: boolean },
): Promise<{ readonly to: string } | { readonly why: NoDigits }> {
  const statement = sql`select p.phone, p.sms_consent_at is not null as agreed,
      exists (select 1 from sms_opt_outs o where o.number = p.phone) as stopped, ${isNumberWrong} as wrong
    from applicants p where p.case_id = ${caseId}`;
  const [row] = await query<{ phone: string | null; agreed: boolean; stopped: boolean; wrong: boolean }>(db, statement);
  const { phone = null } = row ?? {};
  const to = maskPersonal({ name: null, nationalNumber: null, email: null, phone }).phone;
  if (row === undefined || to === null) return { why: "noNumber" };
  if (row.wrong) return { why: "wrongNumber" };
  if (row.stopped) return { why: "stopped" };
  if (!row.agreed) return { why: "notAgreed" };
  return offersTexts ? { to } : { why: "noTexts" };
}
