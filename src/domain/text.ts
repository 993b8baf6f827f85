/** The two languages of every label, message, date and number. */
export type Language = "ar" | "en";

/** A text in both languages: whatever a person reads exists twice. */
export interface Bilingual {
  readonly ar: string;
  readonly en: string;
}

/** What somebody wrote as it is stored, whichever keyboard and form it came by: two that are the same so are the same text. */
export const asStored = (text: string): string => text.normalize("NFC").trim();

/** Set apart in its own direction: names, codes and numbers stand in sentences of both languages. */
export const apart = (text: string): string => `\u2068${text}\u2069`;
