/** Which link a message to an applicant holds. */

import type { EffectName } from "../workflow/effects.js";

/** `open`: opens the case without the code. `prove`: shows that the address is the applicant's, and opens nothing. */
export type LinkPurpose = "open" | "prove";

/** How long a link opens a case: until somebody has read their mail, and no longer. */
export const defaultLinkDays = 30;

/** Of a programme, in days; 0: no message holds a link. What its settings do not say is as we ship it. */
export const linkDays = ({ applicantLinkDays }: { readonly applicantLinkDays?: number | undefined }): number =>
  applicantLinkDays ?? defaultLinkDays;

/**
 * Whether a link does what it is for, when it is made and when somebody comes by it. A confidential case is opened by its code alone. What
 * an agent heard on the telephone, an address or a number, is confirmed by digits and never by a press: one wrong letter makes it a
 * stranger's, who would press. The digits are asked for by the applicant, who has the code, or read out to the agent.
 */
export const mayDo = (
  purpose: LinkPurpose,
  { confidential, onlyHeard }: { readonly confidential: boolean; readonly onlyHeard: boolean },
): boolean => !confidential && !(purpose === "prove" && onlyHeard);

/**
 * Which link a message to the applicant of a case may hold; null: none, and it leads to the page that asks for the code.
 * Anybody can type somebody else's address, so that what goes to an address of which nobody has shown that it is theirs opens nothing.
 */
export function linkInMessage(a: {
  readonly confidential: boolean;
  readonly proven: boolean;
  readonly onlyHeard: boolean;
  readonly days: number;
}): LinkPurpose | null {
  const purpose = a.proven ? "open" : "prove";
  return a.days > 0 && mayDo(purpose, a) ? purpose : null;
}

const leadsTo: Readonly<Partial<Record<string, EffectName>>> = {
  rate: "rate",
  "rate-reminder": "rate",
  question: "reply",
};

/** For what the reader of a message comes, whichever way it was sent: an effect, the form of whose action is shown first. */
export const linkLeadsTo = (template: string): EffectName | null =>
  leadsTo[template.replace(/^(applicant|sms)-/, "")] ?? null;
