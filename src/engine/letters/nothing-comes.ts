/** Whether someone who is about to send an application will hear nothing of it, and why: said while they can still change it. Browsers run this too. */
import { type ContactBy, whyUnreached } from "./applicant-ways.js";

/** What they have given so far, anyone who types it. */
export interface GivenContact {
  readonly email: boolean;
  readonly phone: boolean;
  /** They agree to text messages. */
  readonly agreed: boolean;
  /** The number takes text messages; where that is not known, it may. */
  readonly mobile: boolean;
  /** Text messages can leave at all. */
  readonly offersTexts: boolean;
  readonly contactBy: ContactBy | null;
}

export type NothingComes = "noAddress" | "noMessages" | "noTexts" | "landline" | "notAgreed";

/**
 * Null: something will, as far as that can be known. Whether the number itself was stopped is not asked: anyone who types a number would learn
 * of it that someone here has it.
 */
export function whyNothingComes(given: GivenContact): NothingComes | null {
  const { email, phone, agreed, mobile, offersTexts, contactBy } = given;
  const why = whyUnreached({ email, phone, sms: phone && agreed && mobile && offersTexts, contactBy });
  if (why === null || why === "noAddress" || why === "noMessages") return why;
  if (!offersTexts) return "noTexts";
  return mobile ? "notAgreed" : "landline";
}

/** Only text messages will: anyone who stopped those to their number hears nothing. */
export const onlyTextsCome = ({ email, phone, agreed, mobile, offersTexts, contactBy }: GivenContact): boolean =>
  !email && phone && agreed && mobile && offersTexts && contactBy !== "none";
