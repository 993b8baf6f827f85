/** What makes one case a better match for a search than another: that its subject says it, then that its texts do and not only a name. */
import { type SearchTerm, soughtWord } from "./parse-search.js";
import { textQuery } from "./search-query.js";
import { withoutArticle } from "./stem-word.js";

/** Shorter stems are part of too many other words: they count only where a word begins with them. */
const shortestInside = 3;

const escaped = (text: string): string => text.replace(/[\\%_]/g, (sign) => `\\${sign}`);

/** LIKE patterns of a normalised text with a space in front; one of them has to fit. */
function patternsOf(word: string, open: boolean): string[] {
  const { stems, begins } = soughtWord(word, open);
  const parts = new Set([withoutArticle(word), ...stems, ...(begins === null ? [] : [begins])]);
  return [...parts].map((part) => (part.length < shortestInside ? `% ${escaped(part)}%` : `%${escaped(part)}%`));
}

export interface Ranking {
  /** A word of the search each: by which its subject says it. */
  readonly subject: readonly (readonly string[])[];
  /** What the texts themselves have to say, as a tsquery. */
  readonly texts: string;
}

/** By what cases that were found for these terms are put in order. */
export const rankingOf = (terms: readonly SearchTerm[]): Ranking => ({
  subject: terms.flatMap(({ words, open }) => words.map(({ word }) => patternsOf(word, open && words.length === 1))),
  texts: textQuery(terms),
});
