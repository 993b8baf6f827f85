/** What nobody can read back, wherever a person or a channel wrote it: applications, replies, answers, notes. */
import { msg } from "./msg.js";
import type { Bilingual } from "./text.js";

// Control characters and lone surrogates (which PostgreSQL cannot store). Line breaks and tabs only where text has lines.
const badInLine = /[\p{Cc}\p{Cs}]/u;
const badInText = /[^\P{Cc}\n\r\t]|\p{Cs}/u;

// Letters, digits, signs: anything but blanks, control characters and what takes no place on paper.
const visible = /[^\p{Cc}\p{Cs}\p{Z}\p{Default_Ignorable_Code_Point}\u2800\ufff9-\ufffb]/u;
// They turn the order of what follows, so that a screen shows other text than was sent. The marks that Arabic and
// Persian need stay: ZWNJ, ZWJ, LRM, RLM, ALM.
const reordering = /[\u202a-\u202e\u2066-\u2069]/;

/** Why a text that is not empty cannot be taken as it is, and what to do; null when it can. */
export function unreadableText(text: string, { lines }: { lines: boolean }): Bilingual | null {
  if ((lines ? badInText : badInLine).test(text)) {
    return msg("text.unreadableText.thisHasControlCharactersOr");
  }
  if (reordering.test(text)) {
    return msg("text.unreadableText.thisHasCharactersThatChange");
  }
  if (visible.test(text)) return null;
  return msg("text.unreadableText.thisHasNoVisibleCharacter");
}
