/** The words of letters: the area `emails` of the catalogues. A key that is missing is a fault, never an empty place. */
import { formatMessage, hasMessage, messageTemplate } from "../../engine/text/msg.js";
import type { Language } from "../../engine/text/text.js";

export type Values = Readonly<Record<string, string | number>>;

export interface Texts {
  /** The text of a key (`official-warning.title`) with `{name}` filled in by `fill`. Throws on an unknown key or name. */
  say(key: string, values?: Values, fill?: (value: string) => string): string;
  /** As it is written, with its `{names}`. Throws on an unknown key. */
  pattern(key: string): string;
  has(key: string): boolean;
}

const keyOf = (key: string): string => `emails.${key}`;

/** Those of one language. */
export const letterTexts = (language: Language): Texts => ({
  pattern: (key) => messageTemplate(language, keyOf(key)),
  has: (key) => hasMessage(language, keyOf(key)),
  say(key, values = {}, fill = (value) => value) {
    const filled = Object.entries(values).map(([name, value]) => [name, fill(String(value))]);
    return formatMessage(language, keyOf(key), Object.fromEntries(filled));
  },
});
