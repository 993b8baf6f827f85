/** What waits for an applicant by a way that is no longer theirs, or that they ended: it goes by the other one, or lapses. */

import type { Transaction } from "sequelize";
import sql from "sql-template-tag";
import { type ApplicantReach, waysOf } from "../../../engine/letters/applicant-ways.js";
import { mustTemplates } from "../../../engine/letters/late-messages.js";
import { messageInstead, type UnsentMessage } from "../../../engine/letters/message-instead.js";
import { type ApplicantLetter, applicantLetterOf, askedTemplates } from "../../../engine/letters/message-kinds.js";
import { query } from "../../../platform/db/query.js";
import { insertMessages } from "../../../platform/mail/message-store.js";
import type { CaseParts } from "../case-parts.js";

const reasonOf = ({ contactBy, wrongNumber }: ApplicantReach): string => {
  if (contactBy === "none") return "the applicant wants no messages";
  return wrongNumber ? "the number is another's" : "the applicant stopped emails";
};

/** Who ended messages did not say that no one may call: what they have to hear fails when its turn comes, and its owner or a call tells it. */
const toldByCall = (reach: ApplicantReach): readonly string[] =>
  waysOf(reach).length === 0 && reach.contactBy !== "none" && reach.phone === true && reach.wrongNumber !== true
    ? mustTemplates
    : [];

/**
 * Lets it lapse, also what a limit holds, and puts it in the place of each by the way that is left, if there is one. What they asked
 * for themselves stays, but for what would go to a number that is another's; so does what a call may tell.
 * @param a.reach how they hear from now on
 * @returns the letters for which no way is left
 */
export async function letMessagesLapse(
  { db, messages }: Pick<CaseParts, "db" | "messages">,
  { caseId, reach, now }: { caseId: number; reach: ApplicantReach; now: Date },
  tx: Transaction,
): Promise<readonly ApplicantLetter[]> {
  const statement = sql`update messages set state = ${"lapsed"}, lapsed_at = ${now}, next_attempt_at = null, claimed_until = null,
      last_error = ${reasonOf(reach)}
    where receiver_case = ${caseId} and state in (${"pending"}, ${"held"}) and way <> all(${[...waysOf(reach)]}::text[])
      and template <> all(${[...toldByCall(reach)]}::text[])
      and (template <> all(${[...askedTemplates]}::text[]) or (way = ${"sms"} and ${reach.wrongNumber === true}::boolean))
    returning programme, key, template, language, data, case_id as "aboutCase"`;
  type Lapsed = Omit<UnsentMessage, "caseId" | "reach">;
  const ended: ApplicantLetter[] = [];
  for (const lapsed of await query<Lapsed>(db, statement, tx)) {
    const intent = messageInstead({ ...lapsed, caseId, reach });
    const letter = applicantLetterOf(lapsed.template);
    if (intent === null && letter !== null) ended.push(letter);
    if (intent === null) continue;
    const { programme, aboutCase } = lapsed;
    await insertMessages(db, { programme, intents: [intent], now, state: messages, caseId: aboutCase }, tx);
  }
  return ended;
}
