/**
 * What each kind of letter may show, by who receives it: a closed list a kind, never more than the letter that ships with
 * this release shows. What the receiver may not know (who the applicant is, what a confidential case says) has no name here.
 */

import type { Bilingual } from "../text/text.js";

/** `text` stands inside sentences; a `part` is a block of its own, such as the button; a `list` is gone through by `{{#each}}`. */
export type FieldForm = "text" | "part" | "list";

export interface LetterField {
  readonly name: string;
  readonly label: Bilingual;
  readonly form: FieldForm;
  /** False: not every letter has it. A text then stands inside `{{#if …}}`; a part that is missing is left out by itself. */
  readonly always: boolean;
}

/** A letter that a programme may put in its own words. */
export interface WordedLetter {
  readonly fields: readonly LetterField[];
  /** Parts without which the letter would not say what it is for. */
  readonly needs: readonly string[];
}

const texts = {
  reference: { en: "reference number", ar: "رقم المعاملة" },
  programme: { en: "programme", ar: "البرنامج" },
  what: { en: "what the applicant sent: complaint, inquiry …", ar: "ما قدمه مقدم الطلب: شكوى، استفسار …" },
  subject: { en: "subject of the application", ar: "موضوع الطلب" },
  type: { en: "kind of application", ar: "نوع الطلب" },
  entity: { en: "entity", ar: "الجهة" },
  sector: { en: "sector", ar: "القطاع" },
  pillar: { en: "pillar", ar: "المحور" },
  importance: { en: "importance", ar: "الأهمية" },
  due: { en: "when it is due, or “no data”", ar: "الموعد، أو «لا توجد بيانات»" },
  dueAt: { en: "when it is due", ar: "الموعد" },
  answerBy: { en: "when an answer is due", ar: "موعد الرد" },
  replyBy: { en: "until when the applicant should reply", ar: "المهلة المطلوبة لرد مقدم الطلب" },
  level: { en: "level of the escalation", ar: "مستوى التصعيد" },
  target: { en: "target that it is about", ar: "الموعد المعني" },
  said: { en: "what happened, in a sentence", ar: "ما حدث، في جملة" },
  by: { en: "who did it", ar: "من قام بالإجراء" },
  act: { en: "what was done", ar: "الإجراء" },
  files: { en: "number of files that came along", ar: "عدد الملفات المرفقة" },
  count: { en: "number of cases", ar: "عدد المعاملات" },
  withdrawnBy: { en: "who withdrew it", ar: "من سحب الطلب" },
  withdrawnAt: { en: "when it was withdrawn", ar: "وقت السحب" },
  recognisedBy: { en: "how the caller was recognised", ar: "كيف جرى التحقق من الشخص" },
  splitFrom: { en: "case that it was split from", ar: "المعاملة التي انقسمت عنها" },
  title: { en: "case, or the programme where it is about none", ar: "المعاملة، أو البرنامج إن لم تكن عن معاملة" },
  ruleSet: { en: "rule set", ar: "مجموعة القواعد" },
  rule: { en: "rule", ar: "القاعدة" },
  instructionNumber: { en: "number of the instruction", ar: "رقم التعليمات" },
  inForceFrom: { en: "day from which it is in force", ar: "تاريخ السريان" },
  seat: { en: "seat", ar: "المنصب" },
} as const satisfies Readonly<Record<string, Bilingual>>;

const parts = {
  number: { en: "the reference number, large", ar: "رقم المعاملة بخط كبير" },
  quote: { en: "what a person wrote", ar: "ما كتبه الشخص" },
  details: { en: "table of what is known of the case", ar: "جدول بيانات المعاملة" },
  button: { en: "button that opens it", ar: "زر الفتح" },
  note: { en: "note that depends on the case", ar: "ملاحظة تتبع حال المعاملة" },
} as const satisfies Readonly<Record<string, Bilingual>>;

type TextName = keyof typeof texts;
type PartName = keyof typeof parts;

export const listOfCases: LetterField = {
  name: "references",
  label: {
    en: "reference numbers, for {{#each references}}",
    ar: "أرقام المعاملات، لاستخدامها في {{#each references}}",
  },
  form: "list",
  always: true,
};

export function fieldsOf(a: {
  always: readonly TextName[];
  sometimes?: readonly TextName[];
  parts: readonly PartName[];
  lists?: readonly LetterField[];
}): readonly LetterField[] {
  const text = (name: TextName, always: boolean): LetterField => ({ name, label: texts[name], form: "text", always });
  return [
    ...a.always.map((name) => text(name, true)),
    ...(a.sometimes ?? []).map((name) => text(name, false)),
    ...(a.lists ?? []),
    ...a.parts.map((name): LetterField => ({ name, label: parts[name], form: "part", always: false })),
  ];
}

/** A confidential case is told without any of these. */
export const ofCase = ["subject", "type", "entity", "sector", "pillar", "importance"] as const;

export const toApplicant = (sometimes: readonly TextName[], needs: readonly PartName[]): WordedLetter => ({
  needs,
  fields: fieldsOf({
    always: ["reference", "programme", "what"],
    sometimes,
    parts: ["number", ...(needs.includes("quote") ? (["quote"] as const) : []), "details", "button", "note"],
  }),
});
export const toOfficial = (more: readonly TextName[], said = false, quote = said): WordedLetter => ({
  needs: [],
  fields: fieldsOf({
    always: ["reference", "programme", "due", ...(said ? (["said"] as const) : [])],
    sometimes: [...ofCase, "dueAt", ...more],
    parts: ["number", ...(quote ? (["quote"] as const) : []), "details", "button", "note"],
  }),
});

const known: ReadonlySet<string> = new Set([...Object.keys(texts), ...Object.keys(parts), listOfCases.name]);
/** Whether some letter has such a field, though perhaps not this one. */
export const isKnownField = (name: string): boolean => known.has(name);

export const digestFieldNames = {
  period: { en: "period of the digest", ar: "فترة الموجز" },
  programme: texts.programme,
  date: { en: "day of the digest", ar: "يوم الموجز" },
  entities: { en: "entities of the receiver", ar: "جهات المستلم" },
  late: { en: "how many are late", ar: "عدد المتأخرة" },
  dueToday: { en: "how many are due today", ar: "عدد المستحقة اليوم" },
  reopened: { en: "how many were reopened", ar: "عدد المعاد فتحها" },
} as const satisfies Readonly<Record<string, Bilingual>>;
