/** What goes to an applicant in the place of a message that does not go by its own way. */

import type { Language } from "../text/text.js";
import { type ApplicantReach, byOther } from "./applicant-ways.js";
import type { MessageIntent } from "./message-intent.js";
import { applicantLetterOf } from "./message-kinds.js";

/** A message as it is stored, that did not go. */
export interface UnsentMessage {
  readonly programme: string;
  readonly key: string;
  readonly template: string;
  readonly language: Language;
  readonly data: Readonly<Record<string, unknown>>;
  /** Whose applicant it is to; null of a letter to an official. */
  readonly caseId: number | null;
  /** The case that it is about: it may be the one that theirs repeats. */
  readonly aboutCase: number | null;
  /** How its applicant hears; null of a letter to an official. */
  readonly reach: ApplicantReach | null;
}

type Instead = MessageIntent & { readonly receiver: { readonly kind: "applicant"; readonly caseId: number } };

/** The same by the other way; null: it is no letter to an applicant, or they do not hear by that way. */
export function messageInstead(of: Omit<UnsentMessage, "programme" | "aboutCase">): Instead | null {
  const { key, template, language, data, caseId, reach } = of;
  const letter = applicantLetterOf(template);
  if (letter === null || caseId === null || reach === null) return null;
  const instead = byOther(reach, letter, key);
  return instead && { ...instead, receiver: { kind: "applicant", caseId }, language, data };
}
