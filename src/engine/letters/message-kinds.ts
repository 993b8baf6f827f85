/**
 * Every kind of message: what it is called, and what a programme that words it itself may show. What it is made of
 * (`messages-for.ts` and its like), a made-up one to look at (`sample-data.ts`) and how it is shown (`features/notifications`,
 * `views/emails/`) are keyed by these names: a kind that is missing there does not compile, or fails its test.
 */

import { ownTable } from "../text/inherited-names.js";
import { msg } from "../text/msg.js";
import type { Bilingual } from "../text/text.js";
import {
  bySms,
  fieldsOf,
  type LetterField,
  listOfCases,
  ofCase,
  toApplicant,
  toOfficial,
  type WordedLetter,
} from "./letter-fields.js";

interface MessageKind {
  readonly name: Bilingual;
  /** Somebody sits and waits for it: it goes before all other pending messages. */
  readonly urgent?: true;
  /** About one case; where one act makes many, a person gets one letter that names the cases. */
  readonly gathered?: true;
  /** It is of use however late it leaves: it opens an account, shows whose an address is, or is evidence. */
  readonly outlasts?: true;
  /** To an official about one case, or about figures: it leaves in the way that is chosen for the position. Others leave at once. */
  readonly byWay?: true;
  /** Nothing has to be done within the hour: where letters are gathered hourly it waits for the morning. `unlessDue`: or as long as its deadline lets it. */
  readonly forMorning?: "always" | "unlessDue";
  /** A letter about a case: its fields, and the parts without which it would not say what it is for. Others keep their words. */
  readonly letter?: WordedLetter;
}

/** By the name under which messages are stored and templates are filed. */
export const messageKinds = {
  "applicant-received": {
    name: msg("letters.messageKinds.messageKindsApplicantReceivedName"),
    // Nobody has shown yet that the address is theirs: what somebody wrote is not passed on to it.
    letter: toApplicant(["type", "entity", "answerBy"], []),
  },
  "applicant-question": {
    name: msg("letters.messageKinds.messageKindsApplicantQuestionName"),
    letter: toApplicant(["replyBy"], ["quote"]),
  },
  "applicant-answered": {
    name: msg("letters.messageKinds.messageKindsApplicantAnsweredName"),
    letter: toApplicant([], ["quote"]),
  },
  "applicant-rejected": {
    name: msg("letters.messageKinds.messageKindsApplicantRejectedName"),
    letter: toApplicant([], ["quote"]),
  },
  "applicant-withdrawn": {
    name: msg("letters.messageKinds.messageKindsApplicantWithdrawnName"),
    letter: toApplicant(["withdrawnBy", "withdrawnAt", "recognisedBy"], ["quote"]),
  },
  "applicant-acted": {
    name: msg("letters.messageKinds.messageKindsApplicantActedName"),
    letter: toApplicant(["act", "doneBy", "doneAt", "recognisedBy"], ["quote"]),
  },
  "applicant-rate": {
    name: msg("letters.messageKinds.messageKindsApplicantRateName"),
    letter: toApplicant(["rateBy"], ["button"]),
  },
  "applicant-rate-reminder": {
    name: msg("letters.messageKinds.messageKindsApplicantRateReminderName"),
    letter: toApplicant(["rateBy"], ["button"]),
  },
  "applicant-linked": {
    name: msg("letters.messageKinds.messageKindsApplicantLinkedName"),
    letter: toApplicant([], []),
  },
  "applicant-split": {
    name: msg("letters.messageKinds.messageKindsApplicantSplitName"),
    letter: toApplicant(["splitFrom", ...ofCase, "answerBy"], []),
  },
  /** To who lost the code, at once: they wait for it. */
  "applicant-lost-code": {
    name: msg("letters.messageKinds.messageKindsApplicantLostCodeName"),
    urgent: true,
    letter: toApplicant([], ["button"]),
  },
  // The same as text messages: what happened and where it is read, never what anybody wrote.
  "sms-received": {
    name: msg("letters.messageKinds.messageKindsSmsReceivedName"),
    letter: bySms(["answerBy", "stopWord", "proveLink", "openLink", "codeLink"]),
  },
  "sms-question": {
    name: msg("letters.messageKinds.messageKindsSmsQuestionName"),
    letter: bySms(["replyBy", "openLink", "codeLink"]),
  },
  "sms-answered": {
    name: msg("letters.messageKinds.messageKindsSmsAnsweredName"),
    letter: bySms(["openLink", "codeLink"]),
  },
  "sms-rejected": {
    name: msg("letters.messageKinds.messageKindsSmsRejectedName"),
    letter: bySms(["openLink", "codeLink"]),
  },
  "sms-withdrawn": {
    name: msg("letters.messageKinds.messageKindsSmsWithdrawnName"),
    letter: bySms(["withdrawnBy"]),
  },
  "sms-acted": {
    name: msg("letters.messageKinds.messageKindsSmsActedName"),
    letter: bySms([]),
  },
  "sms-rate": {
    name: msg("letters.messageKinds.messageKindsSmsRateName"),
    letter: bySms(["openLink", "codeLink"]),
  },
  "sms-rate-reminder": {
    name: msg("letters.messageKinds.messageKindsSmsRateReminderName"),
    letter: bySms(["openLink", "codeLink"]),
  },
  "sms-linked": {
    name: msg("letters.messageKinds.messageKindsSmsLinkedName"),
    letter: bySms([]),
  },
  "sms-split": {
    name: msg("letters.messageKinds.messageKindsSmsSplitName"),
    letter: bySms(["splitFrom", "answerBy", "openLink", "codeLink"]),
  },
  /** Where to write, to who answered a text message in words that no one reads. They wrote a moment ago. */
  "sms-reply": {
    name: msg("letters.messageKinds.messageKindsSmsReplyName"),
    urgent: true,
    letter: bySms(["openLink", "codeLink", "helpLine"]),
  },
  "sms-lost-code": {
    name: msg("letters.messageKinds.messageKindsSmsLostCodeName"),
    urgent: true,
    letter: bySms(["openLink", "proveLink", "codeLink"]),
  },
  /** Six digits, asked for by somebody who waits to type them; its words stay ours. */
  "contact-code": {
    name: msg("letters.messageKinds.messageKindsContactCodeName"),
    urgent: true,
    outlasts: true,
  },
  "contact-code-sms": {
    name: msg("letters.messageKinds.messageKindsContactCodeSmsName"),
    urgent: true,
    outlasts: true,
  },
  "official-assigned": {
    name: msg("letters.messageKinds.messageKindsOfficialAssignedName"),
    gathered: true,
    byWay: true,
    letter: toOfficial([]),
  },
  "official-mentioned": {
    name: msg("letters.messageKinds.messageKindsOfficialMentionedName"),
    gathered: true,
    byWay: true,
    letter: toOfficial([], true),
  },
  "official-given": {
    name: msg("letters.messageKinds.messageKindsOfficialGivenName"),
    gathered: true,
    byWay: true,
    letter: toOfficial([], true),
  },
  "official-reminder": {
    name: msg("letters.messageKinds.messageKindsOfficialReminderName"),
    gathered: true,
    byWay: true,
    letter: toOfficial([], true),
  },
  "official-news": {
    name: msg("letters.messageKinds.messageKindsOfficialNewsName"),
    byWay: true,
    // What the applicant wrote stays in the case.
    letter: toOfficial(["files"], true, false),
  },
  "official-warning": {
    name: msg("letters.messageKinds.messageKindsOfficialWarningName"),
    byWay: true,
    forMorning: "unlessDue",
    letter: toOfficial(["target", "level"]),
  },
  "official-escalated": {
    name: msg("letters.messageKinds.messageKindsOfficialEscalatedName"),
    byWay: true,
    letter: toOfficial(["target", "level"]),
  },
  "official-escalated-copy": {
    name: msg("letters.messageKinds.messageKindsOfficialEscalatedCopyName"),
    byWay: true,
    forMorning: "always",
    letter: toOfficial(["target", "level"]),
  },
  "official-bulk": {
    name: msg("letters.messageKinds.messageKindsOfficialBulkName"),
    letter: {
      needs: [],
      fields: fieldsOf({
        always: ["programme", "act", "count", "said"],
        sometimes: ["by"],
        lists: [listOfCases],
        parts: ["details", "button", "note"],
      }),
    },
  },
  /** What positions had to say within an hour or a day, in one letter a person. */
  "official-gathered": {
    name: msg("letters.messageKinds.messageKindsOfficialGatheredName"),
  },
  "official-instruction": {
    name: msg("letters.messageKinds.messageKindsOfficialInstructionName"),
    letter: {
      needs: ["quote"],
      fields: fieldsOf({
        always: ["programme", "instructionNumber", "said"],
        sometimes: ["inForceFrom"],
        parts: ["quote", "details", "button"],
      }),
    },
  },
  "operation-room-alert": {
    name: msg("letters.messageKinds.messageKindsOperationRoomAlertName"),
    letter: {
      needs: ["quote"],
      fields: fieldsOf({
        always: ["programme", "title"],
        sometimes: ["reference", "ruleSet", "rule", "seat", "level", "entity"],
        parts: ["quote", "details", "button"],
      }),
    },
  },
  "digest-committee": {
    name: msg("letters.messageKinds.messageKindsDigestCommitteeName"),
  },
  "digest-executive": {
    name: msg("letters.messageKinds.messageKindsDigestExecutiveName"),
  },
  "digest-cabinet": {
    name: msg("letters.messageKinds.messageKindsDigestCabinetName"),
  },
  "digest-focal-point": {
    name: msg("letters.messageKinds.messageKindsDigestFocalPointName"),
  },
  "figure-alert": {
    name: msg("letters.messageKinds.messageKindsFigureAlertName"),
    byWay: true,
    forMorning: "always",
  },
  "audit-seal": {
    name: msg("letters.messageKinds.messageKindsAuditSealName"),
    outlasts: true,
  },
  "account-invitation": {
    name: msg("letters.messageKinds.messageKindsAccountInvitationName"),
    urgent: true,
    outlasts: true,
  },
  "account-reset": {
    name: msg("letters.messageKinds.messageKindsAccountResetName"),
    urgent: true,
    outlasts: true,
  },
} as const satisfies Readonly<Record<string, MessageKind>>;

export type MessageTemplate = keyof typeof messageKinds;

/** Letters that tell of figures or of a day's work, at a moment of their own. */
export type DigestLetter = Extract<MessageTemplate, `digest-${string}`>;
/** Those of them that tell of figures: one shape, each with words and sections of its own. */
export const figureDigests = ["digest-committee", "digest-executive", "digest-cabinet"] as const;
export type FigureDigest = (typeof figureDigests)[number];
export const digestLetterNames = {
  "digest-focal-point": messageKinds["digest-focal-point"].name,
  "digest-executive": messageKinds["digest-executive"].name,
  "digest-committee": messageKinds["digest-committee"].name,
  "digest-cabinet": messageKinds["digest-cabinet"].name,
} as const satisfies Readonly<Record<DigestLetter, Bilingual>>;
export const isFigureDigest = (template: string): template is FigureDigest =>
  (figureDigests as readonly string[]).includes(template);

/** Letters about cases, which a programme may put in its own words. */
export type LetterKind = {
  [Kind in MessageTemplate]: (typeof messageKinds)[Kind] extends { readonly letter: WordedLetter } ? Kind : never;
}[MessageTemplate];

/** Letters to applicants, each of which has a text message that says the same. */
export type ApplicantLetter = Extract<MessageTemplate, `applicant-${string}`>;
export type SmsKind = Extract<MessageTemplate, `sms-${string}`>;
export const smsOfLetter = {
  "applicant-received": "sms-received",
  "applicant-question": "sms-question",
  "applicant-answered": "sms-answered",
  "applicant-rejected": "sms-rejected",
  "applicant-withdrawn": "sms-withdrawn",
  "applicant-acted": "sms-acted",
  "applicant-rate": "sms-rate",
  "applicant-rate-reminder": "sms-rate-reminder",
  "applicant-linked": "sms-linked",
  "applicant-split": "sms-split",
  "applicant-lost-code": "sms-lost-code",
} as const satisfies Readonly<Record<ApplicantLetter, SmsKind>>;
const letterOfSms = Object.fromEntries(
  Object.entries(smsOfLetter).map(([letter, sms]) => [sms, letter as ApplicantLetter]),
);
export const isSmsKind = (name: string): name is SmsKind =>
  name.startsWith("sms-") && Object.hasOwn(messageKinds, name);
/** The letter that a message to an applicant is, whichever way it goes; null: it is none. */
export function applicantLetterOf(template: string): ApplicantLetter | null {
  if (isSmsKind(template)) return letterOfSms[template] ?? null;
  return Object.hasOwn(smsOfLetter, template) ? (template as ApplicantLetter) : null;
}

const kinds = Object.entries(messageKinds) as unknown as readonly [MessageTemplate, MessageKind][];
const namesOf = (some: (kind: MessageKind) => boolean) => kinds.filter(([, kind]) => some(kind)).map(([name]) => name);

/** Digits that show whose an address or number is. */
export const codeTemplates = ["contact-code", "contact-code-sms"] as const satisfies readonly MessageTemplate[];

/** What an applicant asks for by a button and waits for: digits that show whose an address is, a link. Sent whatever else was ended. */
export const askedTemplates = [
  ...codeTemplates,
  ...(["applicant-lost-code", "sms-lost-code"] as const),
] satisfies readonly MessageTemplate[];

/** Kinds that somebody waits for. */
export const urgentTemplates: readonly MessageTemplate[] = namesOf(({ urgent }) => urgent === true);
/** Kinds that leave however late it is. */
export const outlasting: readonly MessageTemplate[] = namesOf(({ outlasts }) => outlasts === true);
export const isGatheredKind = (template: MessageTemplate): boolean =>
  (messageKinds[template] as MessageKind).gathered === true;
/** Whether a letter leaves in the way that is chosen for a position. Of alerts only the one that nobody holds a position where a case went. */
export const followsWay = (template: MessageTemplate, data: { readonly kind?: unknown }): boolean =>
  (messageKinds[template] as MessageKind).byWay === true ||
  (template === "operation-room-alert" && data.kind === "empty-seat");
export const waitsForMorning = (template: MessageTemplate): MessageKind["forMorning"] =>
  (messageKinds[template] as MessageKind).forMorning;
export const letterKinds = namesOf(({ letter }) => letter !== undefined) as readonly LetterKind[];
export const isLetterKind = (name: string): name is LetterKind => (letterKinds as readonly string[]).includes(name);

/** By template; one that is not here is shown by its own name. */
export const messageNames: Readonly<Record<string, Bilingual>> = ownTable(
  Object.fromEntries(kinds.map(([code, { name }]) => [code, name])),
);
export const messageName = (template: string): Bilingual => messageNames[template] ?? { en: template, ar: template };

/** A programme's own letters are of steps of the ladder, and their codes begin so; other names are ours to give. */
const stepLetterForm = /^step-[a-z0-9]+(-[a-z0-9]+)*$/;
export const isStepLetter = (name: string): boolean => stepLetterForm.test(name) && name.length <= 60;

/** Whose fields a letter has: a step's letter those of an escalation. Null for a name that no letter may have. */
export function kindOfLetter(name: string): LetterKind | null {
  if (isLetterKind(name)) return name;
  return isStepLetter(name) ? "official-escalated" : null;
}

export const fieldsOfLetter = (kind: LetterKind): readonly LetterField[] => messageKinds[kind].letter.fields;
export const neededParts = (kind: LetterKind): readonly string[] => messageKinds[kind].letter.needs;
