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

/** In quotation marks; those within become the other kind. */
export const quoted = (text: Bilingual): Bilingual => ({
  get en() {
    return `“${text.en.replaceAll("“", "‘").replaceAll("”", "’")}”`;
  },
  get ar() {
    return `«${text.ar.replaceAll("«", "‹").replaceAll("»", "›")}»`;
  },
});

/** A text made for each language by the same expression, when it is read: it may be made before there are words. */
export const perLanguage = (make: (language: Language) => string): Bilingual => ({
  get ar() {
    return make("ar");
  },
  get en() {
    return make("en");
  },
});

const commaIn: Bilingual = { en: ", ", ar: "\u060c " };

/** Between what has commas of its own. */
export const semicolon: Bilingual = { en: "; ", ar: "\u061b " };

/** Names one after the other: "a, b". */
export const listed = (some: readonly (string | Bilingual)[], comma: string | Bilingual = commaIn): Bilingual =>
  perLanguage((language) => {
    const one = (text: string | Bilingual): string => (typeof text === "string" ? text : text[language]);
    return some.map(one).join(one(comma));
  });

/** Several in a sentence: the first of them, and how many there are. */
export function together(some: readonly Bilingual[], most = 12): Bilingual {
  const first = listed(some.slice(0, most));
  return some.length > most ? perLanguage((language) => `${first[language]} … (${some.length})`) : first;
}
