/** A search as PostgreSQL's tsquery, with the places whose names its words are part of. */
import type { Labelled, Setup } from "../setup/setup.js";
import { isSought, type SearchTerm, type SoughtWord, soughtWord } from "./parse-search.js";
import { type NamedPlace, placeLexeme, quotedLexeme } from "./search-document.js";
import { wordsOf } from "./search-words.js";

const ofWord = ({ stems, begins }: SoughtWord): string[] => [
  ...stems.map(quotedLexeme),
  ...(begins === null ? [] : [`${quotedLexeme(begins)}:*`]),
];

const either = (choices: readonly string[]): string =>
  choices.length === 1 ? (choices[0] ?? "") : `(${choices.join(" | ")})`;

/** As many as a word may name; beyond it is no name but a kind (“directorate”), which texts answer as well. */
const maxPlaces = 40;

const nameWords = new WeakMap<Setup, readonly { readonly lexeme: string; readonly words: readonly string[] }[]>();

/** The words of each name in the set-up, taken apart once a set-up. */
function namesIn(setup: Setup) {
  const kept = nameWords.get(setup);
  if (kept !== undefined) return kept;
  const tables: readonly [NamedPlace, ReadonlyMap<string, Labelled>][] = [
    ["entity", setup.entities],
    ["sector", setup.sectors],
    ["service", setup.services],
    ["governorate", setup.governorates],
  ];
  const names = tables.flatMap(([kind, records]) =>
    [...records.values()].map(({ code, name }) => ({
      lexeme: placeLexeme(kind, code),
      words: [...new Set(wordsOf(`${name.ar} ${name.en} ${code}`))],
    })),
  );
  nameWords.set(setup, names);
  return names;
}

function placesNamed(sought: SoughtWord, setup: Setup): string[] {
  const found = namesIn(setup).filter(({ words }) => words.some((word) => isSought(sought, word)));
  return found.length > maxPlaces ? [] : found.map(({ lexeme }) => quotedLexeme(lexeme));
}

function termQuery({ words, open }: SearchTerm, setup: Setup): string {
  const [first] = words;
  if (words.length === 1 && first !== undefined) {
    const sought = soughtWord(first.word, open);
    return either([...ofWord(sought), ...placesNamed(sought, setup)]);
  }
  let before = 0;
  const phrase = words.map(({ word, at }, i) => {
    const step = i === 0 ? "" : `<${at - before}> `;
    before = at;
    return `${step}${either(ofWord(soughtWord(word, false)))}`;
  });
  return `(${phrase.join(" ")})`;
}

/** All terms have to be met. Empty without terms. */
export const searchQuery = (terms: readonly SearchTerm[], setup: Setup): string =>
  terms.map((term) => termQuery(term, setup)).join(" & ");
