/** The words of a text as suggestions compare them: each once, with all stems under which search keeps it. */
import { isSearched, wordsOf } from "../search/search-words.js";
import { stemsOf } from "../search/stem-word.js";

/** Of a text; nobody says what it is about with the three-hundredth. */
const maxWords = 300;

/** Numbers say nothing of what a text is about, and may be somebody's. */
const isWord = (word: string): boolean => isSearched(word) && !/\p{N}/u.test(word);

export function textStems(text: string): (readonly string[])[] {
  const words = new Set(wordsOf(text).filter(isWord));
  return [...words].slice(0, maxWords).map((word) => stemsOf(word));
}
