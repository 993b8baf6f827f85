/** What of an application is shown to somebody who came by a link, and may have had the message passed on to them. */

import type { ApplicantWay } from "../../letters/applicant-ways.js";
import { type EffectName, effectOf, mayByLink } from "../../workflow/effects.js";
import type { ApplicantAction, FollowDetail, FollowedApplication } from "./follow-view.js";

/** Said by the office, and told by its messages anyway. */
const ofOffice: ReadonlySet<FollowedApplication["conversation"][number]["kind"]> = new Set([
  "question",
  "answer",
  "rejection",
]);

/** Of what was said, what the office said. */
export const saidByOffice = (conversation: FollowedApplication["conversation"]): FollowedApplication["conversation"] =>
  conversation.filter(({ kind }) => ofOffice.has(kind));

/** Whether a link may do an action that has not done it before. */
function offeredByLink({ effects }: Pick<ApplicantAction, "effects">, used: readonly string[]): boolean {
  return mayByLink({ effects }) && !effects.some((effect) => used.includes(effect));
}

/** The effects of an action that a link has once. */
export const usedByLink = (effects: readonly EffectName[]): readonly EffectName[] =>
  effects.filter((effect) => effectOf[effect].byLink);

/** Of how they are written to: that it is the address or number to which the link went, and that this can be ended. */
function contactByLink(contact: FollowDetail["contact"], by: ApplicantWay): FollowDetail["contact"] {
  if (contact === null) return null;
  // Of an address more is readable than of a number: it is not shown. Who reads the letter knows which one it is.
  if (by === "email") return contact.letters && { ...contact, ways: [], choices: [], stopped: null, stopping: null };
  if (contact.stopping?.proven !== true && contact.stopped === null) return null;
  const rest = contact.ways.some(({ way }) => way === "email") ? (["email", "none"] as const) : (["none"] as const);
  return { ...contact, ways: contact.ways.filter(({ way }) => way === by), choices: rest, letters: null };
}

/**
 * Where it is, until when an answer is due and what the office wrote: no more than messages tell. What the applicant wrote and
 * sent is left out, and so is who they are.
 * @param link by which way it was sent, and effects that acts by it had
 */
export function shownByLink<Page extends FollowedApplication & FollowDetail>(
  page: Page,
  { way, used }: { readonly way: ApplicantWay; readonly used: readonly string[] },
): Page {
  return {
    ...page,
    withheld: true,
    contact: contactByLink(page.contact, way),
    subject: "",
    description: "",
    answers: [],
    attachments: [],
    written: [],
    conversation: saidByOffice(page.conversation),
    needCode: page.offered.filter((action) => !offeredByLink(action, used)).map(({ action }) => action),
  };
}
