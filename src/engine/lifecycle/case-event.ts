/**
 * What happened to a case, in order. Events are appended and never altered; everything downstream reads them.
 *
 * A type of event is a row here. What is done with a row is a map by these names, over all of them or over those that its
 * row names: how it is described (`engine/explain/event-descriptions.ts`), whom it writes to (`engine/letters/messages-for.ts`), how the
 * applicant reads it (`features/cases/follow/follow-application.ts`). Browsers run this too.
 */

import type { Actor } from "../access/permissions.js";
import { codesOf } from "../registry.js";
import { msg } from "../text/msg.js";
import type { Bilingual } from "../text/text.js";

interface EventRow {
  /** `applicant`: what was written with it is part of the conversation that the applicant reads. Officials see all. */
  readonly seenBy: "applicant" | "officials";
  /** It may owe somebody a message. */
  readonly letter: boolean;
  /** What was written with it is searched, and this is where it was found; null: nothing of it is. */
  readonly found: Bilingual | null;
  /** It may move the case to another place, by whose name it is found. */
  readonly movesPlace: boolean;
  /**
   * What it means to the silence of the office. `act`: it ends it, where an official did it by an action of the workflow.
   * `turn`: it always does, and the office is waited for from then on. `ask`: as `act`, and then the applicant is waited for.
   * `end`: nobody waits any more. `none`: it is no act on the case.
   */
  readonly silence: "act" | "turn" | "ask" | "end" | "none";
  /** With it a cycle begins: the promises are made anew. */
  readonly beginsCycle: boolean;
}

/** A step inside the office; each row says what is different about it. */
const step = {
  seenBy: "officials",
  letter: false,
  found: null,
  movesPlace: false,
  silence: "act",
  beginsCycle: false,
} as const satisfies EventRow;

const events = {
  "application.received": { ...step, letter: true, beginsCycle: true },
  "application.imported": step,
  "case.classified": { ...step, movesPlace: true },
  // to an entity, or to a sector's triage queue
  "case.routed": { ...step, movesPlace: true },
  // an entity became responsible (by rule, by triage, by transfer)
  "case.assigned": {
    ...step,
    ...{ letter: true, movesPlace: true, silence: "turn" },
    found: msg("lifecycle.caseEvent.eventsCaseAssignedFound"),
  },
  // an official took it on
  "case.taken": step,
  // who had taken it left the seat, or the account was closed: to the successor, or back to the entity
  "case.handed-over": { ...step, silence: "none" },
  // a colleague gave it to an official
  "case.given": {
    ...step,
    letter: true,
    found: msg("lifecycle.caseEvent.eventsCaseGivenFound"),
  },
  // who forwarded or assigned it took that back: it is where it was, as if it had not left
  "case.taken-back": { ...step, movesPlace: true, silence: "none" },
  // a second matter became a case of its own
  "case.split": { ...step, found: msg("lifecycle.caseEvent.eventsCaseSplitFound") },
  // other cases became its duplicates
  "case.merged": step,
  // somebody above reminded the entity's focal points
  "case.reminded": { ...step, letter: true, found: msg("lifecycle.caseEvent.eventsCaseRemindedFound") },
  // the state changed and nothing else says more
  "case.moved": { ...step, found: msg("lifecycle.caseEvent.eventsCaseMovedFound") },
  // internal note, perhaps with colleagues whom it names
  "case.noted": { ...step, letter: true, found: msg("lifecycle.caseEvent.eventsCaseNotedFound") },
  "case.transferred": {
    ...step,
    ...{ letter: true, movesPlace: true, silence: "turn" },
    found: msg("lifecycle.caseEvent.eventsCaseTransferredFound"),
  },
  "applicant.asked": {
    ...step,
    ...{ seenBy: "applicant", letter: true, silence: "ask" },
    found: msg("lifecycle.caseEvent.eventsApplicantAskedFound"),
  },
  "applicant.replied": {
    ...step,
    ...{ seenBy: "applicant", letter: true, silence: "turn" },
    found: msg("lifecycle.caseEvent.eventsApplicantRepliedFound"),
  },
  // an answer was written (perhaps still to be reviewed)
  "case.answered": { ...step, seenBy: "applicant", found: msg("lifecycle.caseEvent.eventsCaseAnsweredFound") },
  // quality review sent the answer back
  "case.returned": { ...step, found: msg("lifecycle.caseEvent.eventsCaseReturnedFound") },
  // the answer took effect; the applicant gets it, where they can be written to
  "case.resolved": { ...step, letter: true, silence: "end" },
  // some time after the answer the applicant was asked to rate it, or reminded
  "applicant.invited": { ...step, letter: true, silence: "none" },
  // of it the applicant reads the own comment
  "case.rated": { ...step, seenBy: "applicant", letter: true, found: msg("lifecycle.caseEvent.eventsCaseRatedFound") },
  // a poor rating opened an appeal
  "case.appealed": {
    ...step,
    letter: true,
    beginsCycle: true,
    found: msg("lifecycle.caseEvent.eventsCaseAppealedFound"),
  },
  "case.reopened": {
    ...step,
    ...{ letter: true, beginsCycle: true },
    found: msg("lifecycle.caseEvent.eventsCaseReopenedFound"),
  },
  "case.withdrawn": {
    ...step,
    ...{ seenBy: "applicant", letter: true, silence: "end" },
    found: msg("lifecycle.caseEvent.eventsCaseWithdrawnFound"),
  },
  // an official ended it without an answer, for a reason that the applicant gets
  "case.rejected": {
    ...step,
    ...{ seenBy: "applicant", letter: true, silence: "end" },
    found: msg("lifecycle.caseEvent.eventsCaseRejectedFound"),
  },
  // duplicate of another case
  "case.linked": { ...step, letter: true, silence: "end" },
  "case.closed": { ...step, silence: "end" },
  // an explicit act moved its deadlines
  "case.retimed": step,
  // an explicit act moved it to another version of its workflow
  "case.workflow-migrated": step,
  "clock.started": step,
  "clock.paused": step,
  "clock.resumed": step,
  "clock.met": step,
  "clock.breached": step,
  "clock.cancelled": step,
  "deadline.warned": { ...step, letter: true },
  "case.escalated": { ...step, letter: true },
  "rule.faulted": { ...step, letter: true, silence: "none" },
  // a message to the applicant could not be delivered by one of their ways, or there is none
  "applicant.not-reached": { ...step, silence: "none" },
  // the applicant wants to hear by other ways, or no more
  "applicant.ways-changed": { ...step, silence: "none" },
  "personal.read": { ...step, silence: "none" },
  // somebody opened a file of a confidential case
  "attachment.read": { ...step, silence: "none" },
  // somebody opened it for a caller whom it knew
  "caller.served": { ...step, silence: "none" },
  // the contact centre was asked to call the applicant; and what came of it
  "call-back.asked": { ...step, silence: "none" },
  "call-back.done": { ...step, silence: "none" },
  // an agent had six digits sent to it for a caller
  "contact.code-sent": { ...step, silence: "none" },
  // an address or a number was shown to be the applicant's
  "contact.proven": { ...step, silence: "none" },
  // who lost the code asked for a link, and it is on its way
  "link.asked": { ...step, silence: "none" },
  // links that letters and text messages held open it no more
  "links.revoked": { ...step, silence: "none" },
} as const satisfies Readonly<Record<string, EventRow>>;

export type CaseEventType = keyof typeof events;

type EventsWith<Member extends keyof EventRow, Value> = {
  [Type in CaseEventType]: (typeof events)[Type][Member] extends Value ? Type : never;
}[CaseEventType];

/** Those of which the applicant reads what was written. */
export type ConversationEvent = EventsWith<"seenBy", "applicant">;
/** Those that may owe a message. */
export type LetterEvent = EventsWith<"letter", true>;
/** Those of which what was written is searched. */
export type SearchedEvent = EventsWith<"found", Bilingual>;

/** What is known of a type of event; of one that a later build stored, that it is a step inside the office. */
export const eventOf = (type: CaseEventType): EventRow => (Object.hasOwn(events, type) ? events[type] : step);

/** Types of events after which a case may be found by other words than before. */
export const searchedEvents = codesOf(events).filter((type): type is SearchedEvent => eventOf(type).found !== null);

/** An event that is decided but not yet stored: the store gives it its number and its hash. */
export interface NewCaseEvent {
  readonly type: CaseEventType;
  readonly at: Date;
  readonly actor: Actor;
  /** JSON only; moments as ISO strings; no personal data of the applicant. */
  readonly data: Readonly<Record<string, unknown>>;
}

export interface CaseEvent extends NewCaseEvent {
  readonly caseId: number;
  /** 1, 2, 3 … without a gap. */
  readonly seq: number;
}
