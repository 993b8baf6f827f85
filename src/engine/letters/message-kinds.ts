/**
 * Every kind of message: what it is called, and what a programme that words it itself may show. What it is made of
 * (`messages-for.ts` and its like), a made-up one to look at (`sample-data.ts`) and how it is shown (`features/notifications`,
 * `views/emails/`) are keyed by these names: a kind that is missing there does not compile, or fails its test.
 */

import { ownTable } from "../text/inherited-names.js";
import type { Bilingual } from "../text/text.js";
import {
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
  /** A letter about a case: its fields, and the parts without which it would not say what it is for. Others keep their words. */
  readonly letter?: WordedLetter;
}

/** By the name under which messages are stored and templates are filed. */
export const messageKinds = {
  "applicant-received": {
    name: { en: "Receipt to the applicant", ar: "إشعار استلام إلى مقدم الطلب" },
    // Nobody has shown yet that the address is theirs: what somebody wrote is not passed on to it.
    letter: toApplicant(["type", "entity", "answerBy"], []),
  },
  "applicant-question": {
    name: { en: "Question to the applicant", ar: "سؤال إلى مقدم الطلب" },
    letter: toApplicant(["replyBy"], ["quote"]),
  },
  "applicant-answered": {
    name: { en: "Answer to the applicant", ar: "رد إلى مقدم الطلب" },
    letter: toApplicant([], ["quote"]),
  },
  "applicant-rejected": {
    name: { en: "Rejection to the applicant", ar: "إشعار برفض الطلب إلى مقدم الطلب" },
    letter: toApplicant([], ["quote"]),
  },
  "applicant-withdrawn": {
    name: { en: "Notice to the applicant of a withdrawal for them", ar: "إشعار مقدم الطلب بسحبه نيابة عنه" },
    letter: toApplicant(["withdrawnBy", "withdrawnAt", "recognisedBy"], ["quote"]),
  },
  "applicant-rate": {
    name: { en: "Invitation to rate", ar: "دعوة إلى التقييم" },
    letter: toApplicant([], ["button"]),
  },
  "applicant-linked": {
    name: { en: "Notice of a linked application", ar: "إشعار بربط الطلب بمعاملة أخرى" },
    letter: toApplicant([], []),
  },
  "applicant-split": {
    name: { en: "Notice of a second case", ar: "إشعار بفتح معاملة ثانية" },
    letter: toApplicant(["splitFrom", ...ofCase, "answerBy"], []),
  },
  "official-assigned": {
    name: { en: "A case was assigned", ar: "إحالة معاملة" },
    gathered: true,
    letter: toOfficial([]),
  },
  "official-mentioned": {
    name: { en: "A note names a colleague", ar: "ذكر زميل في ملاحظة" },
    gathered: true,
    letter: toOfficial([], true),
  },
  "official-given": {
    name: { en: "A case was given to a colleague", ar: "إسناد معاملة إلى زميل" },
    gathered: true,
    letter: toOfficial([], true),
  },
  "official-reminder": {
    name: { en: "Reminder of a case", ar: "تذكير بمعاملة" },
    gathered: true,
    letter: toOfficial([], true),
  },
  "official-news": {
    name: { en: "News of a case", ar: "مستجدات في معاملة" },
    // What the applicant wrote stays in the case.
    letter: toOfficial(["files"], true, false),
  },
  "official-warning": {
    name: { en: "A deadline is near", ar: "إشعار باقتراب الموعد" },
    letter: toOfficial(["target", "level"]),
  },
  "official-escalated": {
    name: { en: "A case was escalated", ar: "تصعيد معاملة" },
    letter: toOfficial(["target", "level"]),
  },
  "official-escalated-copy": {
    name: { en: "Copy of an escalation", ar: "نسخة من إشعار تصعيد" },
    letter: toOfficial(["target", "level"]),
  },
  "official-bulk": {
    name: { en: "Several cases at once", ar: "إشعار بعدة معاملات" },
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
  "official-instruction": {
    name: { en: "Instruction to acknowledge", ar: "تعليمات بانتظار الإقرار" },
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
    name: { en: "Alert to the operation room", ar: "تنبيه إلى غرفة العمليات" },
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
    name: { en: "Weekly digest of the committee", ar: "الموجز الأسبوعي للجنة التوجيهية" },
  },
  "digest-focal-point": {
    name: { en: "Daily digest of the focal point", ar: "الموجز اليومي لضابط الارتباط" },
  },
  "audit-seal": {
    name: { en: "Seal of the record", ar: "ختم السجل" },
  },
  "account-invitation": {
    name: { en: "Invitation to an account", ar: "دعوة إلى حساب" },
    urgent: true,
  },
  "account-reset": {
    name: { en: "Link to a new password", ar: "رابط تعيين كلمة مرور جديدة" },
    urgent: true,
  },
} as const satisfies Readonly<Record<string, MessageKind>>;

export type MessageTemplate = keyof typeof messageKinds;

/** Letters about cases, which a programme may put in its own words. */
export type LetterKind = {
  [Kind in MessageTemplate]: (typeof messageKinds)[Kind] extends { readonly letter: WordedLetter } ? Kind : never;
}[MessageTemplate];

const kinds = Object.entries(messageKinds) as unknown as readonly [MessageTemplate, MessageKind][];
const namesOf = (some: (kind: MessageKind) => boolean) => kinds.filter(([, kind]) => some(kind)).map(([name]) => name);

/** Kinds that somebody waits for. */
export const urgentTemplates: readonly MessageTemplate[] = namesOf(({ urgent }) => urgent === true);
export const isGatheredKind = (template: MessageTemplate): boolean =>
  (messageKinds[template] as MessageKind).gathered === true;
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
