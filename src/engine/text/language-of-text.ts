/** In which language somebody wrote, by the letters alone. Browsers run this too. */
import type { StoredLanguage } from "./languages.js";

const lettersOf = {
  ar: /\p{Script=Arabic}/gu,
  en: /\p{Script=Latin}/gu,
} as const satisfies Readonly<Record<StoredLanguage, RegExp>>;

/** The one that has more letters in it; null where neither has, as in a number. */
export function languageOfText(text: string): StoredLanguage | null {
  const letters = (language: StoredLanguage): number => text.match(lettersOf[language])?.length ?? 0;
  const [ar, en] = [letters("ar"), letters("en")];
  if (ar === en) return null;
  return ar > en ? "ar" : "en";
}
