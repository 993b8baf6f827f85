/** Several things one after the other. */
import type { Language } from "../text/text.js";
import { listFormat } from "./intl-formats.js";
import { localeOf } from "./locales.js";

/** `a, b, c` and «أ، ب، ج»: names, of which some have an “and” of their own. */
export const formatList = (items: readonly string[], language: Language): string =>
  items.join(localeOf(language).separator);

/** `a, b or c`. */
export const formatAlternatives = (items: readonly string[], language: Language): string =>
  listFormat(language, { type: "disjunction" }).format(items);
