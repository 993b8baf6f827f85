/** What reply templates are written for, and what they may name. */

import type { Bilingual } from "../text/text.js";

/** Fields of an action that a template may be written for. */
export const templateFields = {
  answer: { en: "An answer", ar: "الرد" },
  question: { en: "A question to the applicant", ar: "سؤال مقدم الطلب" },
} as const satisfies Readonly<Record<string, Bilingual>>;
export type TemplateField = keyof typeof templateFields;

/** Longest body, in characters: as long as an answer may be. */
export const maxInTemplate = 5000;

/** What a template may name. `sometimes`: not every case has it, so it stands inside `{{#if …}}`. The applicant's name is personal data. */
export const templateNames = {
  reference: { label: { en: "reference number", ar: "رقم المعاملة" }, sometimes: false },
  subject: { label: { en: "subject of the application", ar: "موضوع الطلب" }, sometimes: false },
  entity: {
    label: { en: "entity, or the programme where there is none", ar: "الجهة، أو البرنامج إن لم تُحدد" },
    sometimes: false,
  },
  service: { label: { en: "service", ar: "الخدمة" }, sometimes: true },
  dueDate: { label: { en: "day by which an answer is due", ar: "اليوم الذي يستحق فيه الرد" }, sometimes: true },
  official: { label: { en: "your own name", ar: "اسمك" }, sometimes: false },
  programme: { label: { en: "programme", ar: "البرنامج" }, sometimes: false },
  today: { label: { en: "today's date", ar: "تاريخ اليوم" }, sometimes: false },
} as const satisfies Readonly<Record<string, { readonly label: Bilingual; readonly sometimes: boolean }>>;

export type TemplateName = keyof typeof templateNames;
export type TemplateValues = Readonly<Record<TemplateName, string | null>>;
