/** What many texts have in common that others do not: words as people wrote them, for a line that says what is new. */

import { textWords } from "../search/search-words.js";
import { stemsOf } from "../search/stem-word.js";
import { isCommonInStories } from "./common-words.js";
import { textStems } from "./text-stems.js";

/** A word that fewer of the texts have is no word of theirs. */
const leastShare = 0.3;
/** And it is so many times as frequent as in the others. */
const leastTimes = 2;
const maxWords = 4;

const countOf = (texts: readonly string[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const text of texts)
    for (const stem of new Set(
      textStems(text).flatMap((readings) => (isCommonInStories(readings) ? [] : readings.slice(0, 1))),
    ))
      counts.set(stem, (counts.get(stem) ?? 0) + 1);
  return counts;
};

/** How most of the texts write a stem. */
function writtenAs(stem: string, texts: readonly string[]): string {
  const forms = new Map<string, number>();
  for (const text of texts)
    for (const { word, from, to } of textWords(text))
      if (stemsOf(word)[0] === stem) {
        const form = text.slice(from, to);
        forms.set(form, (forms.get(form) ?? 0) + 1);
      }
  const [most] = [...forms].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return most?.[0] ?? stem;
}

/**
 * The words that texts have in common, the most frequent first, each as most of them write it.
 * @param least a word that fewer texts have is not told: it could point at a person
 * @param others texts of the same place before
 */
export function wordsInCommon(texts: readonly string[], others: readonly string[], least: number): string[] {
  const [counts, before] = [countOf(texts), countOf(others)];
  const shareBefore = (stem: string): number => (before.get(stem) ?? 0) / Math.max(1, others.length);
  return [...counts]
    .filter(
      ([stem, n]) =>
        n >= Math.max(least, leastShare * texts.length) && n / texts.length >= leastTimes * shareBefore(stem),
    )
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, maxWords)
    .map(([stem]) => writtenAs(stem, texts));
}
