/** What waits for an applicant who ended the way by which it would go. */

import type { Transaction } from "sequelize";
import sql from "sql-template-tag";
import { type ApplicantReach, waysOf } from "../../../engine/letters/applicant-ways.js";
import { messageInstead, type UnsentMessage } from "../../../engine/letters/message-instead.js";
import { askedTemplates } from "../../../engine/letters/message-kinds.js";
import { query } from "../../../platform/db/query.js";
import { insertMessages } from "../../../platform/mail/message-store.js";
import type { CaseParts } from "../case-parts.js";

/**
 * Lets it lapse, but for digits that they ask for themselves, and puts it in the place of each by the way that is left, if there is one.
 * @param a.reach how they hear from now on
 */
export async function letMessagesLapse(
  { db, messages }: Pick<CaseParts, "db" | "messages">,
  { caseId, reach, now }: { caseId: number; reach: ApplicantReach; now: Date },
  tx: Transaction,
): Promise<void> {
  const reason = reach.contactBy === "none" ? "the applicant wants no messages" : "the applicant stopped emails";
  const statement = sql`update messages set state = ${"lapsed"}, next_attempt_at = null, claimed_until = null, last_error = ${reason}
    where receiver_case = ${caseId} and state = ${"pending"} and way <> all(${[...waysOf(reach)]}::text[])
      and template <> all(${[...askedTemplates]}::text[])
    returning programme, key, template, language, data, case_id as "aboutCase"`;
  type Lapsed = Omit<UnsentMessage, "caseId" | "reach">;
  for (const lapsed of await query<Lapsed>(db, statement, tx)) {
    const intent = messageInstead({ ...lapsed, caseId, reach });
    if (intent === null) continue;
    const { programme, aboutCase } = lapsed;
    await insertMessages(db, { programme, intents: [intent], now, state: messages, caseId: aboutCase }, tx);
  }
}
