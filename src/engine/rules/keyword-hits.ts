/** Where words of keyword lists stand in a text: for those who try a list. Rules get what `matchKeywords` finds, by the same patterns. */
import { normaliseLetters } from "../text/normalise-text.js";
import { patternOf, spaced } from "./match-keywords.js";

/** What a list is asked for here. */
export interface TriedList {
  readonly code: string;
  readonly words: readonly string[];
  /** Left out: in use. */
  readonly retired?: boolean;
}

/** A place of the text as it was pasted: `from` is its first character, `to` the one behind its last. */
export interface KeywordHit {
  readonly list: string;
  /** As the list has it: `brib*`. */
  readonly word: string;
  readonly from: number;
  readonly to: number;
}

/** The text as it is compared, each of its characters with the place that it comes from. */
interface Placed {
  readonly text: string;
  readonly from: readonly number[];
  readonly to: readonly number[];
}

const inWord = /[\p{L}\p{N}]/u;

function placed(text: string): Placed {
  let said = " ";
  const [from, to] = [[0], [0]];
  let at = 0;
  for (const character of text) {
    const end = at + character.length;
    const became = normaliseLetters(character);
    // What leaves nothing behind (a vowel sign, a tatweel) belongs to the letter before it.
    if (became === "" && !said.endsWith(" ")) to[to.length - 1] = end;
    for (const one of became) {
      const letter = inWord.test(one) ? one : " ";
      if (letter === " " && said.endsWith(" ")) continue;
      said += letter;
      for (let unit = 0; unit < letter.length; unit += 1) {
        from.push(at);
        to.push(end);
      }
    }
    at = end;
  }
  return { text: said.endsWith(" ") ? said : `${said} `, from, to };
}

/** In the order of the text, the longer first where two begin together. A word of several lists is a hit of each. Retired lists find nothing. */
export function keywordHits(text: string, lists: Iterable<TriedList>): readonly KeywordHit[] {
  const found: KeywordHit[] = [];
  const { text: said, from, to } = placed(text);
  // Scripts in which letters change beside each other are compared as a whole alone: nothing is marked at a wrong place.
  if (said !== spaced(text)) return found;
  for (const { code, words, retired } of lists) {
    if (retired === true) continue;
    for (const word of words) {
      const pattern = patternOf(word);
      // A look for the bare word is far faster, and most words of long lists are in no text.
      if (pattern === "" || !said.includes(spaced(word).trim())) continue;
      for (const hit of said.matchAll(new RegExp(` (?:${pattern})(?= )`, "gu"))) {
        // Behind the blank that it begins with; the blank at its end may be that of the next one.
        const [first, last] = [from[hit.index + 1], to[hit.index + hit[0].length - 1]];
        if (first !== undefined && last !== undefined) found.push({ list: code, word, from: first, to: last });
      }
    }
  }
  return found.sort((a, b) => a.from - b.from || b.to - a.to);
}

/** A piece of the text; `hits`: what it is part of, none where it is plain. */
export interface MarkedPiece {
  readonly text: string;
  readonly hits: readonly KeywordHit[];
}

/** The text in pieces, so that overlapping hits (a phrase and a word of it) are marked as one piece that names both. */
export function markedPieces(text: string, hits: readonly KeywordHit[]): readonly MarkedPiece[] {
  const pieces: MarkedPiece[] = [];
  let at = 0;
  let group: { from: number; to: number; hits: KeywordHit[] } | null = null;
  const close = () => {
    if (group === null) return;
    if (group.from > at) pieces.push({ text: text.slice(at, group.from), hits: [] });
    pieces.push({ text: text.slice(group.from, group.to), hits: group.hits });
    at = group.to;
    group = null;
  };
  for (const hit of hits) {
    if (group !== null && hit.from < group.to) {
      group.to = Math.max(group.to, hit.to);
      group.hits.push(hit);
    } else {
      close();
      group = { from: hit.from, to: hit.to, hits: [hit] };
    }
  }
  close();
  if (at < text.length) pieces.push({ text: text.slice(at), hits: [] });
  return pieces;
}
