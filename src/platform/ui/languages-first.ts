/** Both languages, the reader's own first. */
import type { Language } from "../../engine/text/text.js";

export const languagesFirst = (own: Language): readonly Language[] => (own === "ar" ? ["ar", "en"] : ["en", "ar"]);
