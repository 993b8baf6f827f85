/** What happened to a case, in order. Events are appended and never altered; everything downstream reads them. */
import type { Actor } from "../access/permissions.js";

export type CaseEventType =
  | "application.received"
  | "application.imported"
  | "case.classified"
  | "case.routed" // to an entity, or to a sector's triage queue
  | "case.assigned" // an entity became responsible (by rule, by triage, by transfer)
  | "case.taken" // an official took it on
  | "case.handed-over" // whoever had taken it left the seat or the account was closed: to the successor, or back to the entity
  | "case.given" // a colleague gave it to an official
  | "case.split" // a second matter became a case of its own
  | "case.merged" // other cases became its duplicates
  | "case.reminded" // somebody above reminded the entity's focal points
  | "case.moved" // the state changed and nothing below says more
  | "case.noted" // internal note, perhaps with colleagues whom it names
  | "case.transferred"
  | "applicant.asked"
  | "applicant.replied"
  | "case.answered" // an answer was written (perhaps still to be reviewed)
  | "case.returned" // quality review sent the answer back
  | "case.resolved" // the answer took effect; the applicant is told and invited to rate
  | "case.rated"
  | "case.appealed" // a poor rating opened an appeal
  | "case.reopened"
  | "case.withdrawn"
  | "case.rejected" // an official ended it without an answer, for a reason that the applicant is told
  | "case.linked" // duplicate of another case
  | "case.closed"
  | "case.retimed" // an explicit act moved its deadlines
  | "case.workflow-migrated" // an explicit act moved it to another version of its workflow
  | "clock.started"
  | "clock.paused"
  | "clock.resumed"
  | "clock.met"
  | "clock.breached"
  | "clock.cancelled"
  | "deadline.warned"
  | "case.escalated"
  | "rule.faulted"
  | "personal.read"
  | "attachment.read" // somebody opened a file of a confidential case
  | "caller.served"; // somebody opened it for a caller whom it knew

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
