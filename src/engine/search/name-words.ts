/** Names of people as they are compared: “عبد الله” and “عبدالله” are one, and so are both spellings of أ. */
import { wordsOf } from "./search-words.js";

/** Written apart or together with what follows. */
const joined = new Set(["عبد", "ابو", "ابن", "بن", "ام"]);

function nameWords(name: string): string[] {
  const words: string[] = [];
  let carried = "";
  for (const word of wordsOf(name)) {
    if (joined.has(word)) carried += word;
    else {
      words.push(carried + word);
      carried = "";
    }
  }
  return [...new Set(carried === "" ? words : [...words, carried])];
}

/** As PostgreSQL's tsvector. */
export const nameVector = (name: string | null): string =>
  name === null
    ? ""
    : nameWords(name)
        .map((word) => `'${word}'`)
        .join(" ");

/** All of these words, the last one perhaps only begun. Null where that could be anybody: one word is no name. */
export function nameQuery(typed: string): string | null {
  const words = nameWords(typed);
  if (words.length < 2) return null;
  return words.map((word, i) => `'${word}'${i === words.length - 1 && [...word].length > 1 ? ":*" : ""}`).join(" & ");
}
