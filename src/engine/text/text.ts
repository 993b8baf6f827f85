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
export const quoted = ({ en, ar }: Bilingual): Bilingual => ({
  en: `“${en.replaceAll("“", "‘").replaceAll("”", "’")}”`,
  ar: `«${ar.replaceAll("«", "‹").replaceAll("»", "›")}»`,
});

/** Several in a sentence: the first of them, and how many there are. */
export function together(some: readonly Bilingual[], most = 12): Bilingual {
  const more = some.length > most ? ` … (${some.length})` : "";
  const first = some.slice(0, most);
  return {
    en: first.map(({ en }) => en).join(", ") + more,
    ar: first.map(({ ar }) => ar).join("، ") + more,
  };
}
