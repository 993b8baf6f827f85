/** Alternatives in a sentence; names one after the other are `listed` (`engine/text/text.ts`). */
import type { Language } from "../text/text.js";
import { listFormat } from "./intl-formats.js";

/** `a, b or c`. */
export const formatAlternatives = (items: readonly string[], language: Language): string =>
  listFormat(language, { type: "disjunction" }).format(items);
