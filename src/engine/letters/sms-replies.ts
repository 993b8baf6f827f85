/** What an answer to a text message means: STOP and START in both languages, however they are typed. */
import { storedLanguages } from "../text/languages.js";
import { msg } from "../text/msg.js";
import { normaliseText } from "../text/normalise-text.js";
import type { Bilingual } from "../text/text.js";

/** Words that stop and that start, a comma between them. */
const meanings = {
  stop: msg("letters.smsReplies.stop"),
  start: msg("letters.smsReplies.start"),
} as const satisfies Readonly<Record<string, Bilingual>>;

const plain = (text: string): string => (normaliseText(text).match(/[\p{L}\p{N}]+/gu) ?? []).join(" ");

const means = (text: string, words: Bilingual): boolean =>
  storedLanguages.some((language) => words[language].split(/[,\u060c]/).some((word) => plain(word) === text));

/** Null: something else, which nobody reads. Only the word itself counts: a sentence with it may mean anything. */
export function replyMeaning(text: string): keyof typeof meanings | null {
  const said = plain(text.slice(0, 100));
  if (said === "") return null;
  if (means(said, meanings.stop)) return "stop";
  return means(said, meanings.start) ? "start" : null;
}
