/**
 * The effects that an action of a workflow can have: what it means to the rest of the system, whatever a programme calls it.
 * An effect is a row here; what it does, needs, proposes and tells are maps by these names. Browsers run this too.
 */

import type { CaseEventType } from "../lifecycle/case-event.js";
import { codesOf, memberOf } from "../registry.js";
import { msg } from "../text/msg.js";
import type { Bilingual } from "../text/text.js";

interface EffectRow {
  /** As the editor of workflows lists it. */
  readonly title: Bilingual;
  /** It looks at other cases too, or writes to their applicants: it needs the lock. */
  readonly otherCases: boolean;
  /** It ends the case without the answer that was promised: the targets fall away. */
  readonly endsUnanswered: boolean;
  /** An act of others than the office that has to answer: never a sign of life of it. */
  readonly bySomebodyElse: boolean;
  /** It begins a new cycle, with new promises: the only way back from an answer or an end. */
  readonly beginsCycle: boolean;
  /**
   * It may be done to many cases at once: an act inside the office, whose fields fit many cases alike. What is said to an
   * applicant (an answer, a question, a rejection) is written for one case; what a second person confirms (approving, sending
   * back) is looked at one by one.
   */
  readonly inBulk: boolean;
  /**
   * An applicant who came by the link of a letter may do it without the code, once a link: nothing that could not be taken
   * back by who has the code.
   */
  readonly byLink: boolean;
  /** The event of it that tells the applicant. An answer is shown as it is once it takes effect, reviewed or not. */
  readonly tells: CaseEventType | null;
}

/** An act inside the office, on one case; each row says what is different about it. */
const inside = {
  otherCases: false,
  endsUnanswered: false,
  bySomebodyElse: false,
  beginsCycle: false,
  inBulk: false,
  byLink: false,
  tells: null,
} as const satisfies Omit<EffectRow, "title">;

const effects = {
  // entity from the field `entity`: first assignment out of a triage queue
  assign: { ...inside, title: msg("workflow.effects.effectsAssignTitle"), inBulk: true },
  // the actor becomes the assignee
  take: { ...inside, title: msg("workflow.effects.effectsTakeTitle"), inBulk: true },
  // entity from the field `entity`; never closes
  transfer: { ...inside, title: msg("workflow.effects.effectsTransferTitle"), inBulk: true },
  // pillar and importance from the fields of those names
  reclassify: { ...inside, title: msg("workflow.effects.effectsReclassifyTitle"), inBulk: true },
  // a human first response: meets that clock
  respond: { ...inside, title: msg("workflow.effects.effectsRespondTitle") },
  // a question to the applicant, field `question`
  ask: { ...inside, title: msg("workflow.effects.effectsAskTitle"), tells: "applicant.asked" },
  // the applicant's reply, field `reply`
  reply: { ...inside, title: msg("workflow.effects.effectsReplyTitle"), byLink: true },
  // the answer, field `answer`
  answer: { ...inside, title: msg("workflow.effects.effectsAnswerTitle"), otherCases: true, tells: "case.resolved" },
  // quality review sends it back, field `reason`
  return: { ...inside, title: msg("workflow.effects.effectsReturnTitle") },
  // field `rating` 1–5; other fields of type rating are scales
  rate: { ...inside, title: msg("workflow.effects.effectsRateTitle"), byLink: true },
  // handled by another person
  appeal: { ...inside, title: msg("workflow.effects.effectsAppealTitle"), beginsCycle: true },
  // a new cycle with new clocks
  reopen: { ...inside, title: msg("workflow.effects.effectsReopenTitle"), beginsCycle: true },
  // a plan is agreed: a new cycle, and the final answer is due at the end of the day in `agreedUntil`
  agree: { ...inside, title: msg("workflow.effects.effectsAgreeTitle"), beginsCycle: true },
  // by the applicant, or for them by an official who says in `recognisedBy` and `reason` how and why
  withdraw: {
    ...inside,
    title: msg("workflow.effects.effectsWithdrawTitle"),
    endsUnanswered: true,
    tells: "case.withdrawn",
  },
  // ended for the reason in field `closingReason`, which the applicant is told
  reject: {
    ...inside,
    title: msg("workflow.effects.effectsRejectTitle"),
    otherCases: true,
    endsUnanswered: true,
    tells: "case.rejected",
  },
  // duplicate of the case in field `duplicateOf` (a reference)
  link: {
    ...inside,
    title: msg("workflow.effects.effectsLinkTitle"),
    otherCases: true,
    endsUnanswered: true,
    inBulk: true,
  },
  // internal note, field `note`
  note: { ...inside, title: msg("workflow.effects.effectsNoteTitle"), inBulk: true },
  // colleagues from the field `mentions` are told of the note
  mention: { ...inside, title: msg("workflow.effects.effectsMentionTitle"), inBulk: true },
  // a colleague from the field `colleague` becomes the assignee
  give: { ...inside, title: msg("workflow.effects.effectsGiveTitle"), inBulk: true },
  // a second matter, fields `subject`, `description`, perhaps `entity`, becomes a case of its own
  split: { ...inside, title: msg("workflow.effects.effectsSplitTitle"), otherCases: true },
  // the cases in field `others` become duplicates of this one
  merge: { ...inside, title: msg("workflow.effects.effectsMergeTitle"), otherCases: true },
  // the entity's focal points are reminded; never a sign of life of the office
  remind: { ...inside, title: msg("workflow.effects.effectsRemindTitle"), bySomebodyElse: true, inBulk: true },
} as const satisfies Readonly<Record<string, EffectRow>>;

export type EffectName = keyof typeof effects;
export const effectNames = codesOf(effects);

/** The field that says until when a plan is agreed. */
export const agreedUntil = "until";

/** What is known of an effect. */
export const effectOf: Readonly<Record<EffectName, EffectRow>> = effects;
/** Whether somebody who came by a link may do an action: all that it is for has to be allowed so. */
export const mayByLink = ({ effects: all }: { readonly effects: readonly EffectName[] }): boolean =>
  all.length > 0 && all.every((effect) => effectOf[effect].byLink);
export const effectTitles = memberOf(effectOf, "title");
