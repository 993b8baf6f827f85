/** The case as the domain sees it: plain data, every reference by code, every moment a Date (UTC). */

import type { RoleCode } from "../access/roles.js";
import type { Clock } from "../calendar/clock.js";
import type { EscalationStep } from "../rules/outcomes.js";
import type { Language } from "../text/text.js";

/** What an applicant sent, as it was sent. It never changes. */
export interface Application {
  readonly programme: string;
  readonly type: string;
  readonly channel: string;
  readonly language: Language;
  readonly subject: string;
  readonly description: string;
  readonly sector: string | null;
  readonly entity: string | null;
  readonly service: string | null;
  readonly governorate: string | null;
  readonly pillar: string | null;
  readonly importance: string | null;
  readonly category: string | null;
  readonly anonymous: boolean;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly receivedAt: Date;
  /** History of another system: it sends nothing and escalates nothing. */
  readonly imported: boolean;
}

/** Which enforcement already happened, so that it happens once. */
export interface EnforcementKey {
  readonly cycle: number;
  readonly ruleId: string;
  readonly level: number;
}

/** The last reminder of one person. */
export interface Reminder {
  /** By number. */
  readonly by: number;
  /** As what they reminded, and how high that is on the ladder. */
  readonly role: RoleCode;
  readonly level: number;
  readonly at: Date;
  /** The number of its event. */
  readonly seq: number;
  /** No one of those whom it reminds has done anything about the case since. */
  readonly open: boolean;
}

/** The handling of one application. */
export interface Case {
  readonly id: number;
  readonly programme: string;
  /** What is read out on the telephone. */
  readonly reference: string;
  readonly application: Application;
  readonly workflow: { readonly name: string; readonly versionId: number };
  readonly state: string;
  readonly stateSince: Date;
  /** Since when it is the turn of whoever has to act in this state: a move that is no sign of life does not begin it anew. */
  readonly turnSince: Date;
  readonly pillar: string | null;
  readonly importance: string | null;
  readonly sector: string | null;
  /** The entity that handles it; null while it waits in a triage queue. */
  readonly entity: string | null;
  /** The official who took it, if one did. */
  readonly assignee: number | null;
  readonly confidential: boolean;
  /** 1, and one more with each reopening. */
  readonly cycle: number;
  /** Last sequence number of its events; the next save must find it unchanged. */
  readonly lastSeq: number;
  /** Chain hash of the event `lastSeq`, hexadecimal. */
  readonly lastHash: string;
  readonly clocks: readonly Clock[];
  /** The escalation ladder decided for this cycle. */
  readonly escalationSteps: readonly EscalationStep[];
  readonly enforced: readonly EnforcementKey[];
  /** Highest level reached so far; 0 when never escalated. */
  readonly escalationLevel: number;
  readonly lastOfficialActionAt: Date | null;
  /** When somebody above last reminded the entity of it. */
  readonly remindedAt: Date | null;
  /** The last reminder of each who sent one, the newest first. */
  readonly reminders: readonly Reminder[];
  readonly assignedAt: Date | null;
  readonly firstResponseAt: Date | null;
  readonly firstResolvedAt: Date | null;
  readonly resolvedAt: Date | null;
  /** Working seconds from receipt to first resolution, pauses left out. */
  readonly resolutionWorkingSeconds: number | null;
  readonly closedAt: Date | null;
  /** Null again once it was reopened. */
  readonly withdrawnAt: Date | null;
  /** The official who withdrew it for the applicant; null: the applicant did. */
  readonly withdrawnBy: number | null;
  /** Why it was rejected and when; null again once it was reopened. */
  readonly closingReason: string | null;
  readonly rejectedAt: Date | null;
  readonly duplicateOf: number | null;
  /** The case whose second matter this one is; its code opens this one too. */
  readonly splitFrom: number | null;
  /** Of an order: the position that asked for it, by number, in an official's stead of an applicant; null: an applicant sent it. */
  readonly requestedBy: number | null;
  readonly transferCount: number;
  readonly reopenCount: number;
  readonly firstReopenedAt: Date | null;
  readonly rating: number | null;
  /** What was given on the scales that the workflow asks for besides the rating, 1–5 each; null: none. */
  readonly ratingScales: Readonly<Record<string, number>> | null;
  readonly ratedAt: Date | null;
  /** The agent to whom the present rating was said by telephone; null: the applicant gave it without one. */
  readonly ratedBy: number | null;
  /** Since when the applicant may rate an answer to it, for the first time. */
  readonly ratingInvitedAt: Date | null;
  /** When they are invited to by a message, and when reminded, if they can still rate it then; null: not, or it was done. */
  readonly inviteToRateAt: Date | null;
  readonly remindToRateAt: Date | null;
  /** Official who gave the last answer: an appeal goes to another person. */
  readonly answeredBy: number | null;
  /** When the answer was written that waits for its review, or has taken effect; null: there is none, or it was sent back. */
  readonly answerWrittenAt: Date | null;
}
