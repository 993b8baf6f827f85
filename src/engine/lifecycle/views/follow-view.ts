/** What the applicant's page shows of a case beside what every channel may show. */

import type { Attachment } from "../../files/attachment.js";
import type { ApplicantWay } from "../../letters/applicant-ways.js";
import type { ClockSummary } from "../../search/case-search.js";
import type { HelpLine } from "../../setup/help-line.js";
import type { Bilingual, Language } from "../../text/text.js";
import type { EffectName } from "../../workflow/effects.js";
import type { StateKind } from "../../workflow/workflow-definition.js";
import type { ApplicantContact } from "./applicant-contact.js";
import type { OfferedField } from "./case-view.js";

/** What is written between the applicant and the office. */
export const conversationKinds = ["question", "reply", "answer", "rejection", "withdrawal", "rating"] as const;

/** What the applicant may see of the own case. */
export interface FollowedApplication {
  readonly reference: string;
  readonly programme: string;
  readonly type: string;
  readonly state: string;
  /** Where it is, in words for applicants (`told-state.ts`). */
  readonly stateName: Bilingual;
  readonly subject: string;
  readonly entity: string | null;
  readonly entityName: { readonly ar: string; readonly en: string } | null;
  readonly pillar: string | null;
  readonly importance: string | null;
  readonly receivedAt: Date;
  readonly dueAt: Date | null;
  readonly resolvedAt: Date | null;
  readonly closedAt: Date | null;
  /** The case whose second matter this one is; the same code opens both. */
  readonly splitFrom: string | null;
  /** The cases that second matters of this one became. */
  readonly splitInto: readonly string[];
  /** Questions, replies and answers in order; internal notes are not here. */
  readonly conversation: readonly {
    readonly at: Date;
    /** `rejection`: it was closed with this reason. `withdrawal`: an official withdrew it for the applicant, who was said to give this reason. `rating`: what they wrote with their mark. */
    readonly kind: (typeof conversationKinds)[number];
    readonly text: string;
    /** Of a withdrawal how the applicant was recognised; null of all else. */
    readonly recognised: Bilingual | null;
    /** Files that came with it. */
    readonly attachments: readonly Attachment[];
    /** What the application that this one was linked to was told; it holds for both. */
    readonly shared: boolean;
  }[];
  /** Files that came with the application itself. */
  readonly attachments: readonly Attachment[];
  /** Of `actions` those that may carry files. */
  readonly attachable: readonly string[];
  /** Actions that the applicant may take now. */
  readonly actions: readonly string[];
}

export interface ApplicantAction {
  readonly action: string;
  readonly name: Bilingual;
  readonly effects: readonly EffectName[];
  readonly fields: readonly OfferedField[];
  /** Of a rating the marks that open an appeal. */
  readonly appealsAt: readonly number[];
}

/** Until when an answer was promised, and how that comes about. */
export interface PromisedAnswer {
  readonly state: ClockSummary["state"];
  /** Null while it waits for the applicant. */
  readonly dueAt: Date | null;
  /** `10 working days`; null where another system set it. */
  readonly budget: Bilingual | null;
  /** What the length was decided by: type, importance, pillar, as far as they are known. */
  readonly by: readonly { readonly label: Bilingual; readonly value: Bilingual }[];
  /** The arithmetic of working time, line by line. */
  readonly lines: (language: Language) => readonly string[];
  /** When the level above was last told of it in this cycle, by the events of the case; null when it was not. */
  readonly raised: { readonly at: Date; readonly to: "superior" | "operationRoom" } | null;
  /** When a rule raises it if nothing happens; null where none does. */
  readonly raisesAt: Date | null;
}

/** Why no answer is awaited: what ended the case, or that no time was set for it. */
export type NoPromise = "none" | "withdrawn" | "withdrawnForYou" | "rejected" | "linked" | "unanswered" | "ended";

/** What an applicant may choose; `both`: by email, and by text message where an email cannot be delivered. */
export type ContactChoice = "email" | "sms" | "both" | "none";

/** How the applicant hears. Addresses as far as they say which one it is. */
export interface FollowedContact {
  /** In the order in which they are tried; empty: they get no messages. */
  readonly ways: readonly { readonly way: ApplicantWay; readonly to: string }[];
  /** They get no emails, and no text messages on the phone number that they left: they are called, unless they want no messages. */
  readonly callsOnly: boolean;
  /** A call found that the phone number is not theirs: nothing goes there, and no one calls it, until they confirm it. */
  readonly wrongNumber: boolean;
  /** Null: emails about this application were ended, which is none of the choices. */
  readonly chosen: ContactChoice | null;
  readonly choices: readonly ContactChoice[];
  /** Who ended text messages to the number, for all applications; null: nobody. Where `choices` has none of them, only START from the number takes it back. */
  readonly stopped: "reply" | "page" | null;
  /** Ending text messages to the number for all applications; null where none are sent there. */
  readonly stopping: StoppingTexts | null;
  /** Whether letters about this application go to the address, for who ends them or lets them come again; null where there is no address that is shown to be the applicant's. */
  readonly letters: { readonly go: boolean } | null;
}

/** What somebody reads before they end text messages to their number. */
export interface StoppingTexts {
  readonly to: string;
  /** Somebody has shown that it is theirs; until then they end nobody's text messages but those about this application. */
  readonly proven: boolean;
  /** Applications that are not closed and send text messages there; null while it is not shown whose number it is. */
  readonly cases: number | null;
}

/**
 * What came of a choice: the same as before, another way, text messages to a number ended or begun again for all its applications, or letters
 * about this one.
 */
export type ContactChanged = "same" | "saved" | "stopped" | "resumed" | "letters-stopped" | "letters-resumed";

export interface FollowDetail {
  /** Null where the applicant left neither an address nor a number. */
  readonly contact: FollowedContact | null;
  readonly programmeName: Bilingual;
  /** What may be called; null where the programme has no telephone. */
  readonly helpLine: HelpLine | null;
  readonly timeZone: string;
  readonly typeName: Bilingual;
  readonly stateKind: StateKind;
  readonly confidential: boolean;
  readonly anonymous: boolean;
  readonly description: string;
  /** What the applicant wrote with acts: replies, reasons, comments. */
  readonly written: readonly string[];
  /** Answers to the extra questions of the type. */
  readonly answers: readonly { readonly label: Bilingual; readonly value: Bilingual }[];
  readonly sector: Bilingual | null;
  readonly service: Bilingual | null;
  readonly assignedAt: Date | null;
  /** Null where no answer is promised. */
  readonly promised: PromisedAnswer | null;
  /** Why none is; null where one is promised. */
  readonly noPromise: NoPromise | null;
  /** Until when a reply of the applicant is waited for before the case is closed; null where none is, or without end. */
  readonly replyUntil: Date | null;
  /** Until when they are called, in words; null where no call is promised. */
  readonly call: Bilingual | null;
  /** What the applicant may do now. */
  readonly offered: readonly ApplicantAction[];
  /** What actions of applicants are called, also those that are not offered now. */
  readonly actionNames: Readonly<Record<string, Bilingual>>;
  /** The appeal with which the present cycle began, and the mark that opened it, if one did; null: it began otherwise. */
  readonly appeal: { readonly at: Date; readonly rating: number | null } | null;
  /** Until when it may be reopened; null where it may not. */
  readonly reopenUntil: Date | null;
  /** Opened by a link: what the applicant wrote and sent is left out (`shown-by-link.ts`). */
  readonly withheld: boolean;
  /** Of `offered` those that ask for the code first. */
  readonly needCode: readonly string[];
  /** The ways to reach the applicant that were left. */
  readonly contacts: readonly ApplicantContact[];
  /** Links that messages held and that open it; always 0 by a link. */
  readonly openLinks: number;
}
