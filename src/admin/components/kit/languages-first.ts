/** Both languages, the reader's own first. */
import type { Language } from "../../../domain/text.js";

export const languagesFirst = (own: Language): readonly Language[] => (own === "ar" ? ["ar", "en"] : ["en", "ar"]);
