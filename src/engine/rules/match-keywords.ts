/** Which editable lists of words occur in a text: the only way in which free text enters a rule. */

import type { KeywordList } from "../setup/setup.js";
import { normaliseText } from "../text/normalise-text.js";

/** Arabic writes "and", "by", "to" and "the" onto the word: `وبالرشوة` is still `رشوة`. */
const arabicPrefix = "(?:[وف]?(?:[بكل]?ال|لل|[بكل])?)";
const isArabic = (word: string) => /^\p{Script=Arabic}/u.test(word);
const matchers = new WeakMap<KeywordList, RegExp | null>();

/** Letters and digits only, one blank between words and one at either end. */
export function spaced(text: string): string {
  return ` ${normaliseText(text)
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()} `;
}

/** Of a word in a spaced text: it ends where it is written to end, `brib*` goes on. Empty where nothing of it can be found. */
export function patternOf(word: string): string {
  const open = word.trimEnd().endsWith("*");
  const body = spaced(word).trim();
  if (body === "") return "";
  return `${isArabic(body) ? arabicPrefix : ""}${body}${open ? "[\\p{L}\\p{N}]*" : ""}`;
}

function matcherOf(list: KeywordList): RegExp | null {
  const known = matchers.get(list);
  if (known !== undefined) return known;
  const patterns = list.words.map(patternOf).filter((pattern) => pattern !== "");
  const matcher = patterns.length === 0 ? null : new RegExp(` (?:${patterns.join("|")}) `, "u");
  matchers.set(list, matcher);
  return matcher;
}

type Lists = ReadonlyMap<string, KeywordList>;

/** A case is looked at again and again by the same lists: its desk, its page, its acts. */
const maxKept = 500;
const kept = new WeakMap<Lists, Map<string, readonly string[]>>();

function search(text: string, lists: Lists): string[] {
  const searched = spaced(text);
  const found: string[] = [];
  for (const list of lists.values()) if (!list.retired && matcherOf(list)?.test(searched)) found.push(list.code);
  return found;
}

/** Codes of the lists of which at least one word or phrase occurs in `text`, in the order of the lists. Retired lists do not count. */
export function matchKeywords(text: string, lists: Lists): readonly string[] {
  const known = kept.get(lists) ?? new Map<string, readonly string[]>();
  kept.set(lists, known);
  const already = known.get(text);
  if (already !== undefined) return already;
  const found = search(text, lists);
  // The oldest goes: nearly all that is asked again is asked again soon.
  if (known.size >= maxKept) known.delete(known.keys().next().value as string);
  known.set(text, found);
  return found;
}
