/**
 * The effects that an action of a workflow can have: what it means to the rest of the system, whatever a programme calls it.
 * An effect is a row here; what it does, needs, proposes and tells are maps by these names. Browsers run this too.
 */

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
}

const effects = {
  // entity from the field `entity`: first assignment out of a triage queue
  assign: {
    title: msg("workflow.effects.effectsAssignTitle"),
    otherCases: false,
    endsUnanswered: false,
    bySomebodyElse: false,
    beginsCycle: false,
    inBulk: true,
    byLink: false,
  },
  // the actor becomes the assignee
  take: {
    title: msg("workflow.effects.effectsTakeTitle"),
    otherCases: false,
    endsUnanswered: false,
    bySomebodyElse: false,
    beginsCycle: false,
    inBulk: true,
    byLink: false,
  },
  // entity from the field `entity`; never closes
  transfer: {
    title: msg("workflow.effects.effectsTransferTitle"),
    otherCases: false,
    endsUnanswered: false,
    bySomebodyElse: false,
    beginsCycle: false,
    inBulk: true,
    byLink: false,
  },
  // pillar and importance from the fields of those names
  reclassify: {
    title: msg("workflow.effects.effectsReclassifyTitle"),
    otherCases: false,
    endsUnanswered: false,
    bySomebodyElse: false,
    beginsCycle: false,
    inBulk: false,
    byLink: false,
  },
  // a human first response: meets that clock
  respond: {
    title: msg("workflow.effects.effectsRespondTitle"),
    otherCases: false,
    endsUnanswered: false,
    bySomebodyElse: false,
    beginsCycle: false,
    inBulk: false,
    byLink: false,
  },
  // a question to the applicant, field `question`
  ask: {
    title: msg("workflow.effects.effectsAskTitle"),
    otherCases: false,
    endsUnanswered: false,
    bySomebodyElse: false,
    beginsCycle: false,
    inBulk: false,
    byLink: false,
  },
  // the applicant's reply, field `reply`
  reply: {
    title: msg("workflow.effects.effectsReplyTitle"),
    otherCases: false,
    endsUnanswered: false,
    bySomebodyElse: false,
    beginsCycle: false,
    inBulk: false,
    byLink: true,
  },
  // the answer, field `answer`
  answer: {
    title: msg("workflow.effects.effectsAnswerTitle"),
    otherCases: true,
    endsUnanswered: false,
    bySomebodyElse: false,
    beginsCycle: false,
    inBulk: false,
    byLink: false,
  },
  // quality review sends it back, field `reason`
  return: {
    title: msg("workflow.effects.effectsReturnTitle"),
    otherCases: false,
    endsUnanswered: false,
    bySomebodyElse: false,
    beginsCycle: false,
    inBulk: false,
    byLink: false,
  },
  // field `rating` 1–5; other fields of type rating are scales
  rate: {
    title: msg("workflow.effects.effectsRateTitle"),
    otherCases: false,
    endsUnanswered: false,
    bySomebodyElse: false,
    beginsCycle: false,
    inBulk: false,
    byLink: true,
  },
  // handled by another person
  appeal: {
    title: msg("workflow.effects.effectsAppealTitle"),
    otherCases: false,
    endsUnanswered: false,
    bySomebodyElse: false,
    beginsCycle: true,
    inBulk: false,
    byLink: false,
  },
  // a new cycle with new clocks
  reopen: {
    title: msg("workflow.effects.effectsReopenTitle"),
    otherCases: false,
    endsUnanswered: false,
    bySomebodyElse: false,
    beginsCycle: true,
    inBulk: false,
    byLink: false,
  },
  // by the applicant, or for them by an official who says in `recognisedBy` and `reason` how and why
  withdraw: {
    title: msg("workflow.effects.effectsWithdrawTitle"),
    otherCases: false,
    endsUnanswered: true,
    bySomebodyElse: false,
    beginsCycle: false,
    inBulk: false,
    byLink: false,
  },
  // ended for the reason in field `closingReason`, which the applicant is told
  reject: {
    title: msg("workflow.effects.effectsRejectTitle"),
    otherCases: true,
    endsUnanswered: true,
    bySomebodyElse: false,
    beginsCycle: false,
    inBulk: false,
    byLink: false,
  },
  // duplicate of the case in field `duplicateOf` (a reference)
  link: {
    title: msg("workflow.effects.effectsLinkTitle"),
    otherCases: true,
    endsUnanswered: true,
    bySomebodyElse: false,
    beginsCycle: false,
    inBulk: true,
    byLink: false,
  },
  // internal note, field `note`
  note: {
    title: msg("workflow.effects.effectsNoteTitle"),
    otherCases: false,
    endsUnanswered: false,
    bySomebodyElse: false,
    beginsCycle: false,
    inBulk: true,
    byLink: false,
  },
  // colleagues from the field `mentions` are told of the note
  mention: {
    title: msg("workflow.effects.effectsMentionTitle"),
    otherCases: false,
    endsUnanswered: false,
    bySomebodyElse: false,
    beginsCycle: false,
    inBulk: true,
    byLink: false,
  },
  // a colleague from the field `colleague` becomes the assignee
  give: {
    title: msg("workflow.effects.effectsGiveTitle"),
    otherCases: false,
    endsUnanswered: false,
    bySomebodyElse: false,
    beginsCycle: false,
    inBulk: true,
    byLink: false,
  },
  // a second matter, fields `subject`, `description`, perhaps `entity`, becomes a case of its own
  split: {
    title: msg("workflow.effects.effectsSplitTitle"),
    otherCases: true,
    endsUnanswered: false,
    bySomebodyElse: false,
    beginsCycle: false,
    inBulk: false,
    byLink: false,
  },
  // the cases in field `others` become duplicates of this one
  merge: {
    title: msg("workflow.effects.effectsMergeTitle"),
    otherCases: true,
    endsUnanswered: false,
    bySomebodyElse: false,
    beginsCycle: false,
    inBulk: false,
    byLink: false,
  },
  // the entity's focal points are reminded; never a sign of life of the office
  remind: {
    title: msg("workflow.effects.effectsRemindTitle"),
    otherCases: false,
    endsUnanswered: false,
    bySomebodyElse: true,
    beginsCycle: false,
    inBulk: true,
    byLink: false,
  },
} as const satisfies Readonly<Record<string, EffectRow>>;

export type EffectName = keyof typeof effects;
export const effectNames = codesOf(effects);

/** What is known of an effect. */
export const effectOf: Readonly<Record<EffectName, EffectRow>> = effects;
/** Whether somebody who came by a link may do an action: all that it is for has to be allowed so. */
export const mayByLink = ({ effects: all }: { readonly effects: readonly EffectName[] }): boolean =>
  all.length > 0 && all.every((effect) => effectOf[effect].byLink);
export const effectTitles = memberOf(effectOf, "title");
