/** What ends when a call finds that the number of a case is not its applicant's. */

import type { Transaction } from "sequelize";
import sql from "sql-template-tag";
import type { ApplicantReach } from "../../../engine/letters/applicant-ways.js";
import { mustBeHeard } from "../../../engine/letters/late-messages.js";
import { query } from "../../../platform/db/query.js";
import { applicantReach } from "../../../platform/sms/applicant-reach.js";
import type { CaseParts } from "../case-parts.js";
import type { Look } from "../record-look.js";
import { setNumberWrong } from "./contact-store.js";
import { letMessagesLapse } from "./let-messages-lapse.js";
import { revokeLinks } from "./link-store.js";

/**
 * Whose the number is has to be shown anew, by what is sent there from now on alone: links and digits that were sent open and show nothing
 * any more, and text messages that wait go by email or lapse. The caller holds the case locked.
 * @returns what the case says: which letters that its applicant has to hear reached no one
 */
export async function endWrongNumber(
  parts: Pick<CaseParts, "db" | "messages">,
  { caseId, now }: { caseId: number; now: Date },
  tx: Transaction,
): Promise<readonly Pick<Look, "type" | "data">[]> {
  const { db } = parts;
  // First whose the number is: what is written meanwhile waits for it, and holds no link.
  await setNumberWrong(db, tx, { caseId, now });
  await revokeLinks(db, { caseId, by: "address", way: "sms", now }, tx);
  const asked = sql`select ${applicantReach} as reach from applicants p where p.case_id = ${caseId}`;
  const [row] = await query<{ reach: ApplicantReach }>(db, asked, tx);
  if (row === undefined) return [];
  const ended = await letMessagesLapse(parts, { caseId, reach: row.reach, now }, tx);
  return [...new Set(ended)].filter(mustBeHeard).map((letter) => ({
    type: "applicant.not-reached",
    data: { letter, way: "sms", next: null },
  }));
}
