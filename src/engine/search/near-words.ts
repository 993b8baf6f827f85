/**
 * What a mistyped word may have been: every word that is one letter wrong, missing, too many or swapped away. It is made of
 * what was typed alone, so nobody learns by it which words stand in cases; which of them do is asked within a reader's reach.
 */
import { soughtStems, withoutArticle } from "./stem-word.js";

const arabicLetters = [..."ءابتثجحخدذرزسشصضطظعغفقكلمنهوي"];
const latinLetters = [..."abcdefghijklmnopqrstuvwxyz"];
/** One letter away from a shorter word is half of all words. */
const shortest = 3;
/** Longer ones are hardly typed, and every letter costs. */
const longest = 15;

function lettersOf(word: string): readonly string[] | null {
  if (word.length < shortest || word.length > longest) return null;
  if (/^[\u0621-\u064a]+$/u.test(word)) return arabicLetters;
  return /^[a-z]+$/.test(word) ? latinLetters : null;
}

/** A letter was left out, or two were swapped: there are few such words, so one that exists is likely the one that was meant. */
function* likelier(word: string, letters: readonly string[]): Generator<string> {
  for (let at = 0; at <= word.length; at++) {
    for (const letter of letters) yield word.slice(0, at) + letter + word.slice(at);
    if (at > 0 && at < word.length) yield word.slice(0, at - 1) + word[at] + word[at - 1] + word.slice(at + 1);
  }
}

/** A letter is wrong, or one too many. */
function* others(word: string, letters: readonly string[]): Generator<string> {
  for (let at = 0; at < word.length; at++) {
    yield word.slice(0, at) + word.slice(at + 1);
    for (const letter of letters) yield word.slice(0, at) + letter + word.slice(at + 1);
  }
}

function stemsOfAll(words: Iterable<string>): Set<string> {
  const stems = new Set<string>();
  for (const word of words) for (const stem of soughtStems(word)) if (stem.length > 1) stems.add(stem);
  return stems;
}

export interface NearStems {
  /** Of a letter left out or two swapped. */
  readonly likelier: readonly string[];
  /** Of a letter wrong or too many, and none of the others. */
  readonly others: readonly string[];
}

/**
 * Stems of all words that are one letter away from this one, in the form of `normaliseText`; none for numbers, other scripts
 * and the shortest words.
 */
export function nearStems(word: string): NearStems {
  const letters = lettersOf(word);
  if (letters === null) return { likelier: [], others: [] };
  const first = stemsOfAll(likelier(word, letters));
  const second = [...stemsOfAll(others(word, letters))].filter((stem) => !first.has(stem));
  return { likelier: [...first], others: second };
}

/** Nobody asks how far apart two words are that are farther than this. */
const far = 3;

/** How many letters were left out, added, changed or swapped with the next between two words; `far` for more. */
export function lettersApart(one: string, other: string): number {
  if (Math.abs(one.length - other.length) >= far) return far;
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, j) => j);
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1;
      let least = Math.min((last[j] ?? far) + 1, (row[j - 1] ?? far) + 1, (last[j - 1] ?? far) + same);
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1])
        least = Math.min(least, (before[j - 2] ?? far) + 1);
      row.push(least);
    }
    [before, last] = [last, row];
  }
  return Math.min(far, last[other.length] ?? far);
}

/** As it is written, or else without what is written in front of it. */
const apart = (typed: string, word: string): number =>
  Math.min(lettersApart(typed, word), lettersApart(withoutArticle(typed), withoutArticle(word)) + 0.5);

interface Nearest {
  readonly apart: number;
  /** As it is compared; null where none is like it. */
  readonly word: string | null;
}

/** The word that is most like what was typed. */
function nearestOf(typed: string, words: readonly string[]): Nearest {
  let nearest: Nearest = { apart: far, word: null };
  for (const word of words) {
    const distance = apart(typed, word);
    if (distance < nearest.apart) nearest = { apart: distance, word };
  }
  return nearest;
}

export interface NearText {
  readonly id: number;
  /** Its words that are like those that were typed. */
  readonly words: readonly string[];
}

/**
 * Texts, those first whose words are most like those that were typed; texts that are as near stay in their order.
 * @param a.typed words in the form of `normaliseText`
 * @param a.texts each as its words in that form
 */
export function nearestFirst(a: {
  typed: readonly string[];
  texts: readonly { readonly id: number; readonly words: readonly string[] }[];
}): NearText[] {
  return a.texts
    .map(({ id, words }) => {
      const nearest = a.typed.map((one) => nearestOf(one, words));
      const all = nearest.reduce((sum, one) => sum + one.apart, 0);
      return { id, apart: all, words: nearest.flatMap(({ word }) => word ?? []) };
    })
    .sort((one, other) => one.apart - other.apart)
    .map(({ id, words }) => ({ id, words }));
}
