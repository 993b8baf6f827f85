/** The words of a text as suggestions compare them, with all stems under which search keeps them. */
import { isSearched, textWords, wordsOf } from "../search/search-words.js";
import { stemsOf } from "../search/stem-word.js";
import { isDoubtful, writtenFor } from "./spoken-words.js";

/** All stems of one word. */
export type Readings = readonly string[];

/** Of a text; nobody says what it is about with the three-hundredth. */
const maxWords = 300;

/** Numbers say nothing of what a text is about, and may be somebody's. */
const isWord = (word: string): boolean => isSearched(word) && !/\p{N}/u.test(word);

const searchedIn = (text: string): string[] => wordsOf(text).filter(isWord).slice(0, maxWords);

/** What a word may be, and what names have for it. */
const readingsAt = (words: readonly string[], at: number): Readings => [
  ...new Set([...stemsOf(words[at] ?? ""), ...writtenFor(words, at)]),
];

/** In their order, as often as they stand there: names are looked for in it as they are written. */
export function orderedStems(text: string): Readings[] {
  const words = searchedIn(text);
  return words.map((_, at) => readingsAt(words, at));
}

/** Words of a text as they were written, each once, that may be one of these stems. */
export function writtenAs(text: string, stems: readonly string[]): string[] {
  const places = textWords(text).filter(({ word }) => isWord(word));
  const words = places.map(({ word }) => word);
  const found = places.filter((_, at) => readingsAt(words, at).some((stem) => stems.includes(stem)));
  return [...new Set(found.map(({ from, to }) => text.slice(from, to)))];
}

/** Each once, for past cases: those that may as well be another word are left out. */
export function textStems(text: string): Readings[] {
  const words = searchedIn(text);
  const found = words.flatMap((_, at) => (isDoubtful(words, at) ? [] : [readingsAt(words, at)]));
  return [...new Map(found.map((readings) => [readings.join(" "), readings])).values()];
}
