/** What reply templates are written for, and what they may name. */

import { msg } from "../text/msg.js";
import type { Bilingual } from "../text/text.js";

/** Fields of an action that a template may be written for. */
export const templateFields = {
  answer: msg("letters.templateNames.templateFieldsAnswer"),
  question: msg("letters.templateNames.templateFieldsQuestion"),
  order: msg("letters.templateNames.templateFieldsOrder"),
} as const satisfies Readonly<Record<string, Bilingual>>;
export type TemplateField = keyof typeof templateFields;

/** Longest body, in characters: as long as an answer may be. */
export const maxInTemplate = 5000;

/** What a template may name. `sometimes`: not every case has it, so it stands inside `{{#if …}}`. The applicant's name is personal data. */
export const templateNames = {
  reference: { label: msg("letters.templateNames.templateNamesReferenceLabel"), sometimes: false },
  subject: { label: msg("letters.templateNames.templateNamesSubjectLabel"), sometimes: false },
  entity: {
    label: msg("letters.templateNames.templateNamesEntityLabel"),
    sometimes: false,
  },
  service: { label: msg("letters.templateNames.templateNamesServiceLabel"), sometimes: true },
  dueDate: { label: msg("letters.templateNames.templateNamesDueDateLabel"), sometimes: true },
  official: { label: msg("letters.templateNames.templateNamesOfficialLabel"), sometimes: false },
  programme: { label: msg("letters.templateNames.templateNamesProgrammeLabel"), sometimes: false },
  today: { label: msg("letters.templateNames.templateNamesTodayLabel"), sometimes: false },
} as const satisfies Readonly<Record<string, { readonly label: Bilingual; readonly sometimes: boolean }>>;

export type TemplateName = keyof typeof templateNames;
export type TemplateValues = Readonly<Record<TemplateName, string | null>>;
