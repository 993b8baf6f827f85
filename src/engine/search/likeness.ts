/** How alike two applications are, by the stems of their words: rare words tell more than common ones. */
import { isSearched, textWords, wordsOf } from "./search-words.js";
import { stemWord } from "./stem-word.js";

/** Stem → the share of all cases that have it, where it is known; what is not stands in few. */
export type StemShares = ReadonlyMap<string, number>;

/** Of a stem that no statistics know. */
const rare = 0.0005;

export function stemSet(text: string): Set<string> {
  return new Set(wordsOf(text).flatMap((word) => (isSearched(word) ? [stemWord(word)] : [])));
}

/** What a stem tells: bits, as it were. One that stands in every case tells nothing. */
export const stemWeight = (stem: string, shares: StemShares): number =>
  -Math.log(Math.min(1, Math.max(shares.get(stem) ?? rare, rare)));

/** From 0, nothing in common, to 1, the same words: what both say ÷ what either says, by weight. */
export function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>, shares: StemShares): number {
  let common = 0;
  let all = 0;
  for (const stem of new Set([...one, ...other])) {
    const w = stemWeight(stem, shares);
    all += w;
    if (one.has(stem) && other.has(stem)) common += w;
  }
  return all === 0 ? 0 : common / all;
}

/** The words of a text that another says as well, as they are written in the text: those that tell most, in its order. */
export function sharedWords(text: string, other: ReadonlySet<string>, shares: StemShares, most: number): string[] {
  const written = new Map<string, string>();
  for (const { word, from, to } of textWords(text)) {
    const stem = stemWord(word);
    if (isSearched(word) && other.has(stem) && !written.has(stem)) written.set(stem, text.slice(from, to));
  }
  const weight = (stem: string): number => stemWeight(stem, shares);
  const telling = new Set([...written.keys()].sort((a, b) => weight(b) - weight(a)).slice(0, most));
  return [...written].flatMap(([stem, word]) => (telling.has(stem) ? [word] : []));
}

/** The stems that tell most of a text: by these its like is looked for. */
export function tellingStems(stems: ReadonlySet<string>, shares: StemShares, most: number): string[] {
  return [...stems].sort((a, b) => stemWeight(b, shares) - stemWeight(a, shares) || (a < b ? -1 : 1)).slice(0, most);
}
