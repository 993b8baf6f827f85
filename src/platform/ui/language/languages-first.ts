/** Both languages of the set-up, the reader's own first. */
import { type Language, type StoredLanguage, storedLanguageOf } from "../../../engine/text/languages.js";

export const languagesFirst = (own: Language): readonly StoredLanguage[] =>
  storedLanguageOf(own) === "ar" ? ["ar", "en"] : ["en", "ar"];
