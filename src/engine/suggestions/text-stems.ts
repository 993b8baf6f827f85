/** The words of a text as suggestions compare them, with all stems under which search keeps them. */
import { isSearched, wordsOf } from "../search/search-words.js";
import { stemsOf } from "../search/stem-word.js";
import { writtenFor } from "./spoken-words.js";

/** All stems of one word. */
export type Readings = readonly string[];

/** Of a text; nobody says what it is about with the three-hundredth. */
const maxWords = 300;

/** Numbers say nothing of what a text is about, and may be somebody's. */
const isWord = (word: string): boolean => isSearched(word) && !/\p{N}/u.test(word);

/** What a word may be, and what names have for it. */
const readingsOf = (word: string): Readings => [...new Set([...stemsOf(word), ...writtenFor(word)])];

const stemmed = (words: readonly string[]): Readings[] => words.slice(0, maxWords).map(readingsOf);

/** Each once. */
export const textStems = (text: string): Readings[] => stemmed([...new Set(wordsOf(text).filter(isWord))]);

/** In their order, as often as they stand there: names are looked for in it as they are written. */
export const orderedStems = (text: string): Readings[] => stemmed(wordsOf(text).filter(isWord));
