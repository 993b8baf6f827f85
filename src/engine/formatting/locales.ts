/** What formatting needs to know of a language. A third language is a row here. */
import type { Language } from "../text/text.js";

export interface Locale {
  /** BCP 47, with digits 0–9; Arabic has the month names of the Levant. */
  readonly tag: string;
  readonly direction: "rtl" | "ltr";
  /** Between the members of a list. No style of `Intl.ListFormat` has the comma that Arabic prose sets between names. */
  readonly separator: string;
  /** How a month is written where there is little room: Arabic has no short names of months. */
  readonly shortMonth: "short" | "numeric";
}

const locales: Readonly<Record<Language, Locale>> = {
  ar: { tag: "ar-JO-u-nu-latn", direction: "rtl", separator: "، ", shortMonth: "numeric" },
  en: { tag: "en-GB", direction: "ltr", separator: ", ", shortMonth: "short" },
};

export const localeOf = (language: Language): Locale => locales[language];
