/** Where a text says what was sought: pieces of it, the found ones marked; and the stretch that says most of it. */
import { isSought, type SearchTerm, soughtWord } from "./parse-search.js";
import { type TextWord, textWords } from "./search-words.js";

/** A piece of a text as it was written. Whoever shows it shows text, never markup. */
export interface Piece {
  readonly text: string;
  readonly found: boolean;
}

interface Hit {
  readonly from: number;
  readonly to: number;
  /** Number of the term that it meets. */
  readonly term: number;
}

function hitsOf(words: readonly TextWord[], terms: readonly SearchTerm[]): Hit[] {
  const byPosition = new Map(words.map((word) => [word.position, word]));
  const hits = terms.flatMap(({ words: sought, open }, term) => {
    const each = sought.map(({ word, at }) => ({ at, sought: soughtWord(word, open) }));
    return words.flatMap((first): Hit[] => {
      const run = each.map(({ at, sought: one }) => {
        const word = byPosition.get(first.position + at);
        return word !== undefined && isSought(one, word.word) ? word : null;
      });
      const last = run.at(-1);
      return run.includes(null) || !last ? [] : [{ from: first.from, to: last.to, term }];
    });
  });
  return hits.sort((a, b) => a.from - b.from || b.to - a.to);
}

function piecesOf(text: string, hits: readonly Hit[], from: number, to: number): Piece[] {
  const pieces: Piece[] = [];
  const add = (until: number, start: number, found: boolean): void => {
    if (until > start) pieces.push({ text: text.slice(start, until), found });
  };
  let done = from;
  for (const hit of hits) {
    if (hit.from < done || hit.to > to) continue;
    add(hit.from, done, false);
    add(hit.to, hit.from, true);
    done = hit.to;
  }
  add(to, done, false);
  return pieces;
}

/** The whole text in pieces. */
export function highlighted(text: string, terms: readonly SearchTerm[]): Piece[] {
  return piecesOf(text, hitsOf(textWords(text), terms), 0, text.length);
}

/** A reference with the digits marked with which it ends; null where it ends otherwise. */
export function markedEnd(reference: string, digits: string): Piece[] | null {
  if (!reference.replace(/\D/g, "").endsWith(digits)) return null;
  let from = reference.length;
  for (let left = digits.length; left > 0; left--) {
    do from--;
    while (!/\d/.test(reference[from] ?? ""));
  }
  const before = { text: reference.slice(0, from), found: false };
  return [...(from > 0 ? [before] : []), { text: reference.slice(from), found: true }];
}

/** How many of the terms a text meets. */
export const termsMet = (text: string, terms: readonly SearchTerm[]): number =>
  new Set(hitsOf(textWords(text), terms).map(({ term }) => term)).size;

const stretch = 160;

/**
 * Some 160 letters of the text in which most of the terms are met, cut between words, with … where it was cut.
 * Null where none is.
 */
export function snippet(text: string, terms: readonly SearchTerm[], length = stretch): Piece[] | null {
  const words = textWords(text);
  const hits = hitsOf(words, terms);
  if (hits.length === 0) return null;
  const metFrom = (start: number): number =>
    new Set(hits.filter(({ from, to }) => from >= start && to <= start + length).map(({ term }) => term)).size;
  const best = hits.reduce((one, other) => (metFrom(other.from) > metFrom(one.from) ? other : one));
  const wanted = Math.max(0, best.from - Math.floor(length / 4));
  const from = wanted === 0 ? 0 : (words.find((word) => word.from >= wanted)?.from ?? best.from);
  const last = words.filter((word) => word.to <= Math.max(from + length, best.to)).at(-1);
  const end = text.length <= from + length ? text.length : Math.max(last?.to ?? best.to, best.to);
  return [
    ...(from > 0 ? [{ text: "… ", found: false }] : []),
    ...piecesOf(text, hits, from, end),
    ...(end < text.length ? [{ text: " …", found: false }] : []),
  ];
}
