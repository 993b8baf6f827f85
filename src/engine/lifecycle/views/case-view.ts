/** One case as an official sees it: the page of the back office, in both languages, without the applicant's data. */

import type { TargetName } from "../../calendar/clock.js";
import type { CallBacksOfCase } from "../../contact-centre/case-call-backs.js";
import type { TimelineEntry } from "../../explain/describe-event.js";
import type { TimelinePart } from "../../explain/timeline-window.js";
import type { Attachment } from "../../files/attachment.js";
import type { ApplicantWay } from "../../letters/applicant-ways.js";
import type { messageStateNames } from "../../letters/message-states.js";
import type { DeskDeed } from "../../measures/desk-row.js";
import type { ClockSummary, Named } from "../../search/case-search.js";
import type { PersonalData } from "../../text/mask-personal.js";
import type { Bilingual, Language } from "../../text/text.js";
import type { OthersAction } from "../../workflow/open-to-others.js";
import type { ActionField, StateKind } from "../../workflow/workflow-definition.js";
import type { TakenStep } from "../escalated-to.js";
import type { ShownReminder } from "../reminders.js";

export interface CaseHead {
  readonly reference: string;
  readonly programme: Named;
  readonly timeZone: string;
  readonly type: Named;
  readonly state: Named & { readonly kind: StateKind; readonly since: Date };
  readonly channel: Named;
  readonly sector: Named | null;
  readonly entity: Named | null;
  readonly pillar: Named | null;
  readonly importance: (Named & { readonly rank: number }) | null;
  readonly service: Named | null;
  readonly governorate: Named | null;
  readonly category: Named | null;
  readonly confidential: boolean;
  readonly imported: boolean;
  readonly escalationLevel: number;
  /** From above, and nothing was done since; null: none waits. */
  readonly reminder: ShownReminder | null;
  readonly assignee: { readonly userId: number; readonly name: string } | null;
  readonly receivedAt: Date;
  readonly transfers: number;
  readonly reopened: number;
  readonly rating: number | null;
  /** An agent took it down for the applicant. */
  readonly ratedByPhone: boolean;
  /** What was given on scales, by the name that the workflow has for each. */
  readonly ratingScales: readonly { readonly code: string; readonly name: Bilingual; readonly value: number }[];
  /** Why it was rejected. */
  readonly closingReason: Named | null;
}

export interface CaseText {
  readonly subject: string;
  readonly description: string;
  readonly language: Language;
  /** Answers to the extra questions of the type, as the set-up names them. */
  readonly fields: readonly {
    readonly label: Bilingual;
    readonly value: Bilingual;
    /** The file that answers it. */
    readonly file?: Attachment;
  }[];
}

export interface CaseClock extends ClockSummary {
  readonly target: TargetName;
  readonly name: Bilingual;
  readonly cycle: number;
  readonly budget: Bilingual | null;
  readonly startedAt: Date;
  readonly metAt: Date | null;
  readonly pausedSince: Date | null;
  /** Why it stands. */
  readonly pausedBecause: Bilingual | null;
}

export interface CaseDecision {
  readonly at: Date;
  readonly cycle: number;
  readonly ruleSet: Bilingual;
  readonly version: number;
  /** Titles of the rules that decided; empty: the safe default. */
  readonly rules: readonly Bilingual[];
  readonly faults: number;
}

export interface OfferedField {
  readonly name: string;
  readonly label: Bilingual;
  readonly type: ActionField["type"];
  readonly required: boolean;
  readonly maxLength: number | null;
  readonly choices: readonly FieldChoice[] | null;
  /** What the case has: the form begins with it. Left out: it begins empty. */
  readonly present?: string;
}

export interface FieldChoice {
  readonly value: string;
  readonly label: Bilingual;
  /** What the applicant reads where it is chosen. */
  readonly told?: Bilingual;
}

export interface OfferedAction {
  readonly action: string;
  readonly name: Bilingual;
  readonly allowed: boolean;
  /** Why not, where it is not. */
  readonly reason: Bilingual | null;
  /** The one to offer first. */
  readonly primary: boolean;
  readonly fields: readonly OfferedField[];
  /** Whether it may carry files. */
  readonly attachments: boolean;
}

/** An action as the composer offers it: with what follows from it. */
export interface ComposedAction extends OfferedAction {
  /** What happens then, in sentences. */
  readonly follows: readonly Bilingual[];
  /** Whether it writes a letter to the applicant. */
  readonly letter: boolean;
  /** Whether that letter leaves: then it can be looked at before. */
  readonly letterLeaves: boolean;
  /** Whether what is chosen may move deadlines: then they are shown before it is sent. */
  readonly movesDeadlines: boolean;
  /** Which key starts it; null: none. */
  readonly deed: DeskDeed | null;
  /** One of those that are used all day; the others stand behind "more". */
  readonly usual: boolean;
}

/** A deadline as an act that is being written would leave it. */
export interface ForeseenDeadline {
  readonly target: TargetName;
  readonly name: Bilingual;
  /** Null: none is promised. */
  readonly from: Date | null;
  readonly to: Date | null;
}

export interface LinkedCase {
  readonly reference: string;
  readonly state: Bilingual;
  readonly receivedAt: Date;
  /** `order`: asks about this case; `orderAbout`: the one that this order asks about. `original`: the one that this case repeats. `splitFrom`: the one whose second matter this case is. */
  readonly as: "original" | "duplicate" | "splitFrom" | "splitInto" | "order" | "orderAbout";
  readonly confidential: boolean;
  /** What an application of the same matter carries; nothing of a second matter. */
  readonly files: readonly Attachment[];
}

/** A file that came with something that happened. */
export interface CaseFile {
  readonly file: Attachment;
  readonly who: Bilingual;
  readonly at: Date;
}

/** A message to the applicant. */
export interface ToldMessage {
  readonly id: number;
  readonly what: Bilingual;
  readonly way: ApplicantWay;
  /** `delivered`: the gateway of text messages reported it. */
  readonly state: keyof typeof messageStateNames | "delivered";
  readonly at: Date;
  /** Why it did not get there; null where there are no words for it. */
  readonly why: Bilingual | null;
}

/** Why a case is before an executive. */
export interface CaseEscalation extends TakenStep {
  /** What the rule is called whose step it was. */
  readonly reason: Bilingual;
  /** Steps below it that were taken before, the first of them first. */
  readonly before: readonly TakenStep[];
}

export interface CasePageView {
  readonly head: CaseHead;
  /** Null: it did not climb to the reader. */
  readonly escalation: CaseEscalation | null;
  readonly text: CaseText;
  /** What the applicant was written, the newest first. */
  readonly told: readonly ToldMessage[];
  /** Whether there is a way to write to the applicant. */
  readonly reachable: boolean;
  /** Masked; null: sent anonymously. */
  readonly applicant: PersonalData | null;
  /** Whether this official may see it whole, on record. */
  readonly mayUnmask: boolean;
  /** By which ways the applicant showed that they can be reached. */
  readonly proven: readonly ApplicantWay[];
  /** Links in messages to the applicant that open the case without the code. */
  readonly openLinks: number;
  readonly mayEndLinks: boolean;
  /** The applicant's newest objection, then the answer that it is about; empty: no one objected. */
  readonly answered: readonly TimelineEntry[];
  /** What was sent and the newest of what happened since, first to last. */
  readonly timeline: readonly TimelineEntry[];
  /** How many entries of each part lie between; they are asked for. */
  readonly earlier: Readonly<Record<TimelinePart, number>>;
  /** All files of the case, the newest first. */
  readonly files: readonly CaseFile[];
  readonly clocks: readonly CaseClock[];
  readonly decisions: readonly CaseDecision[];
  /** Those of the workflow that are for this official's role, whether the case allows them now or not. */
  readonly actions: readonly ComposedAction[];
  /** What is not for this official, and who may do it now. */
  readonly others: readonly OthersAction[];
  readonly linked: readonly LinkedCase[];
  readonly callBacks: CallBacksOfCase;
  /** The reader may ask its entity about it, or direct it. */
  readonly mayOrder: boolean;
  /** Of an order: the position that asked. */
  readonly askedFrom: Bilingual | null;
  /** Sent back with an action: it is refused when the case has moved on since. */
  readonly expectedSeq: number;
  /** This official's own forward, by the number of its event, as long as they can take it back; null: there is none. */
  readonly takeBack: { readonly seq: number; readonly until: Date } | null;
  /** The first event that is news to this official since they last opened the case; null: nothing is. */
  readonly newFrom: number | null;
}
