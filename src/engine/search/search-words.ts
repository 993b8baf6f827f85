/** A text taken apart into words as search compares them, each with its place in the text. */
import { normaliseText } from "../text/normalise-text.js";
import { stemsOf } from "./stem-word.js";

export interface TextWord {
  /** As `normaliseText` writes it. */
  readonly word: string;
  /** Where it stands in the text: from, and the first place behind it. */
  readonly from: number;
  readonly to: number;
  /** 1, 2, 3 … with the words that nobody searches. */
  readonly position: number;
}

/** Words that stand in every text: they find nothing and are neither kept nor asked for. */
const unsearched: ReadonlySet<string> = new Set(
  normaliseText(
    `في من على عن إلى مع هذا هذه ذلك تلك التي الذي الذين أن إن أو لا ما لم لن قد كان كانت هو هي ثم
     the an of to in on at and or is are was were be for with by it this that from as`,
  ).split(" "),
);

const longestWord = 60;
const form = /[\p{L}\p{N}\p{M}\u0640\u200c\u200d]+/gu;

const cut = (word: string): string => (word.length <= longestWord ? word : [...word].slice(0, longestWord).join(""));

/** Whether a word is worth searching: no single letter, none of those that stand everywhere. */
export const isSearched = (word: string): boolean =>
  !unsearched.has(word) && ([...word].length > 1 || /^\p{N}$/u.test(word));

/** The words of a text in order, those that are not searched among them. */
export const wordsOf = (text: string): string[] => (normaliseText(text).match(/[\p{L}\p{N}]+/gu) ?? []).map(cut);

/** The same with their places in the text, for showing them there; it takes several times as long. */
export function textWords(text: string): TextWord[] {
  const words: TextWord[] = [];
  for (const { 0: written, index } of text.matchAll(form)) {
    // A ligature can be several words.
    for (const word of wordsOf(written)) {
      words.push({ word, from: index, to: index + written.length, position: words.length + 1 });
    }
  }
  return words;
}

/** Lexeme → the places where it stands in these texts, one text after the other. */
export function lexemesOf(texts: readonly string[]): Map<string, number[]> {
  const lexemes = new Map<string, number[]>();
  let before = 0;
  for (const text of texts) {
    const words = wordsOf(text);
    words.forEach((word, i) => {
      if (!isSearched(word)) return;
      for (const stem of stemsOf(word)) {
        const places = lexemes.get(stem);
        if (places === undefined) lexemes.set(stem, [before + i + 1]);
        else places.push(before + i + 1);
      }
    });
    // A phrase does not reach from one text into the next.
    before += words.length + 10;
  }
  return lexemes;
}
