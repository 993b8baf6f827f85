/** What the choices of the set-up's closed lists are called: in forms, and wherever a change of them is told. */
import type { Bilingual } from "../text/text.js";

type Choices = Readonly<Record<string, Bilingual>>;

export const joiningStates = {
  live: { en: "Live: receives cases", ar: "منضمة وتستقبل المعاملات" },
  trained: { en: "Focal points trained", ar: "دُرّب ضباط الارتباط" },
  instructed: { en: "Instructed to join", ar: "أُبلغت بالانضمام" },
  inScope: { en: "In scope", ar: "ضمن النطاق" },
} as const satisfies Choices;

export const triageWays = {
  rules: { en: "Rules; people get the rest", ar: "القواعد، وما تبقى للموظفين" },
  manual: { en: "Main focal points, by hand", ar: "ضباط الارتباط الرئيسيون يدويًا" },
} as const satisfies Choices;

export const letterLanguages = {
  ar: { en: "Arabic", ar: "العربية" },
  en: { en: "English", ar: "الإنجليزية" },
} as const satisfies Choices;

/** Kinds of extra fields, in a sentence. */
export const fieldTypes = {
  text: { en: "text", ar: "نص" },
  number: { en: "number", ar: "رقم" },
  boolean: { en: "yes or no", ar: "نعم أو لا" },
  date: { en: "date", ar: "تاريخ" },
  choice: { en: "one of several choices", ar: "اختيار من قائمة" },
  entity: { en: "a government entity", ar: "جهة حكومية" },
  location: { en: "a place", ar: "موقع" },
  file: { en: "a file", ar: "ملف" },
} as const satisfies Choices;

/** As a form lists them. */
export const choicesOf = (names: Choices): { value: string; label: Bilingual }[] =>
  Object.entries(names).map(([value, label]) => ({ value, label }));
