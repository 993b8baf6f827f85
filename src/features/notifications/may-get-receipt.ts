/** Whether a receipt that was to go as a text message may go to the email address in its place: strangers fill nobody's mailbox by that way either. */
import sql from "sql-template-tag";
import { receiptsMost } from "../../engine/letters/receipts-most.js";
import type { Setup } from "../../engine/setup/setup.js";
import { type Database, query } from "../../platform/db/query.js";
import type { Tries } from "../cases/act/applicant-tries.js";

/** Counted as receipts at intake are; an address that was shown to be the applicant's has no limit. */
export type MayGetReceipt = (a: { caseId: number; programme: string; now: Date }) => Promise<boolean>;

export function createMayGetReceipt(d: {
  db: Database;
  receiptTo: Tries["receiptTo"];
  setupOf: (programme: string) => Promise<Pick<Setup, "programme">>;
}): MayGetReceipt {
  return async ({ caseId, programme, now }) => {
    const statement = sql`select email from applicants where case_id = ${caseId} and email_proven_at is null`;
    const email = (await query<{ email: string | null }>(d.db, statement))[0]?.email ?? null;
    if (email === null) return true;
    const { settings } = (await d.setupOf(programme)).programme;
    return d.receiptTo({ email, most: receiptsMost(settings), now });
  };
}
