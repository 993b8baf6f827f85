/** What is written otherwise in each language, besides its words. */

export interface Locale {
  /** BCP 47, with digits 0–9. */
  readonly tag: string;
  readonly direction: "rtl" | "ltr";
  /** How a month is written where there is little room: Arabic has no short names of months. */
  readonly shortMonth: "short" | "numeric";
}

/** A language that is not here is written as CLDR has it, from left to right. */
const locales: Readonly<Record<string, Locale>> = {
  // With the names of months that are used in the Levant.
  ar: { tag: "ar-JO-u-nu-latn", direction: "rtl", shortMonth: "numeric" },
  en: { tag: "en-GB", direction: "ltr", shortMonth: "short" },
};

export const localeOf = (language: string): Locale =>
  locales[language] ?? { tag: `${language}-u-nu-latn`, direction: "ltr", shortMonth: "short" };
