/** What somebody typed into a search: a reference or its end, a day, words, phrases in quotes. */

import { parseReference } from "../lifecycle/case-reference.js";
import { normaliseText, westernDigits } from "../text/normalise-text.js";
import { isSearched, wordsOf } from "./search-words.js";
import { soughtStems, stemsOf, stemWord, withoutArticle } from "./stem-word.js";

/** Words that have to follow each other; `at` is how far each stands behind the first. */
export interface SearchTerm {
  readonly words: readonly { readonly word: string; readonly at: number }[];
  /** Somebody may still be typing it: what begins so is found as well. */
  readonly open: boolean;
}

export interface ParsedSearch {
  /** A whole reference in its written form: then nothing else is meant. */
  readonly reference: string | null;
  /** Digits that may be the end of a reference. */
  readonly referenceEnd: string | null;
  /** A civil date, `YYYY-MM-DD`. */
  readonly day: string | null;
  readonly terms: readonly SearchTerm[];
  /** True: something was typed that can find nothing, such as “in the”. */
  readonly empty: boolean;
}

const maxTerms = 8;
const shortestOpen = 2;

const dayForms: readonly { readonly form: RegExp; readonly order: readonly [number, number, number] }[] = [
  { form: /(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/, order: [1, 2, 3] },
  { form: /(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?!\d)/, order: [3, 2, 1] },
];

function civilDay(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  const real = year >= 1900 && year < 2200 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return real ? date.toISOString().slice(0, 10) : null;
}

/** The first day in the text, and the text without it. Day before month, as Jordan writes. */
function takeDay(text: string): { day: string | null; rest: string } {
  for (const { form, order } of dayForms) {
    const found = form.exec(text);
    if (found === null) continue;
    const [year = 0, month = 0, date = 0] = order.map((at) => Number(found[at]));
    const day = civilDay(year, month, date);
    if (day !== null) return { day, rest: text.replace(found[0], " ") };
  }
  return { day: null, rest: text };
}

function termOf(text: string, open: boolean): SearchTerm | null {
  const words = wordsOf(text)
    .map((word, position) => ({ word, position }))
    .filter(({ word }) => isSearched(word));
  const first = words[0]?.position ?? 0;
  return words.length === 0
    ? null
    : { words: words.map(({ word, position }) => ({ word, at: position - first })), open: open && words.length === 1 };
}

/** Quoted parts are phrases; “ ” « » " are understood, also while the last one is missing. */
const parts = /["“”«»]([^"“”«»]*)(?:["“”«»]|$)|([^\s"“”«»]+)/gu;

/** One reference in its written form among other words, as in “reference 482-739-1652”; null where there is none, or several. */
function writtenReference(typed: string): string | null {
  const found = [...typed.matchAll(/(?<![\d٠-٩۰-۹-])(?:[\d٠-٩۰-۹]{3}[-–‐‑]){2}[\d٠-٩۰-۹]{4}(?![\d٠-٩۰-۹-])/g)];
  return found.length === 1 ? parseReference(found[0]?.[0] ?? "") : null;
}

export function parseSearch(typed: string): ParsedSearch {
  const reference = parseReference(typed) ?? writtenReference(typed);
  if (reference !== null) return { reference, referenceEnd: null, day: null, terms: [], empty: false };
  const plain = normaliseText(typed);
  const digits = /^[\d -]+$/.test(plain) ? plain.replace(/\D/g, "") : "";
  const { day, rest } = takeDay(westernDigits(typed));
  const terms: SearchTerm[] = [];
  for (const { 0: whole, 1: phrase, 2: words, index } of rest.matchAll(parts)) {
    const last = index + whole.length === rest.length;
    // What is written together with signs in between (12-345) belongs together.
    const term = termOf(phrase ?? words ?? "", last && phrase === undefined);
    if (term !== null) terms.push(term);
  }
  return {
    reference: null,
    referenceEnd: day === null && digits.length >= 4 && digits.length <= 10 ? digits : null,
    day,
    terms: terms.slice(0, maxTerms),
    empty: plain !== "" && day === null && terms.length === 0,
  };
}

/** The stems of which one has to be there for a word; those that only have to begin so. */
export interface SoughtWord {
  readonly stems: readonly string[];
  readonly begins: string | null;
}

/**
 * What finds a word. While it is still typed, what begins with it is found too, and an ending that has only begun
 * (مستشفيا, to be مستشفيات) is taken off.
 */
export function soughtWord(word: string, open: boolean): SoughtWord {
  const stems = soughtStems(word);
  const bare = withoutArticle(word);
  if (!open || [...bare].length < shortestOpen) return { stems, begins: null };
  const begun = /^\p{Script=Arabic}{4,}[او]$/u.test(word) ? [stemWord(word.slice(0, -1))] : [];
  return { stems: [...new Set([...stems, ...begun])], begins: bare };
}

/** Whether a word of a text is what is sought. */
export function isSought({ stems, begins }: SoughtWord, word: string): boolean {
  return stemsOf(word).some((stem) => stems.includes(stem) || (begins !== null && stem.startsWith(begins)));
}
