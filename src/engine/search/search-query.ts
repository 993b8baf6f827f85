/** A search as PostgreSQL's tsquery, with the places whose names its words are part of. */
import type { Labelled, Setup } from "../setup/setup.js";
import { nearStems } from "./near-words.js";
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

/** @param setup of the names that a word may be part of; null: texts alone are asked */
function termQuery({ words, open }: SearchTerm, setup: Setup | null): string {
  const [first] = words;
  if (words.length === 1 && first !== undefined) {
    const sought = soughtWord(first.word, open);
    return either([...ofWord(sought), ...(setup === null ? [] : placesNamed(sought, setup))]);
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

/** The same of texts alone: no place is found by its name. */
export const textQuery = (terms: readonly SearchTerm[]): string =>
  terms.map((term) => termQuery(term, null)).join(" & ");

/** As many words of a search are looked for with one letter otherwise; the others are taken as they stand. */
const maxNear = 4;

export interface NearWord {
  readonly word: string;
  /** Quoted as lexemes. */
  readonly likelier: readonly string[];
  readonly others: readonly string[];
}

/** The words of a search, each with what is one letter away from it. Empty where no word has the like. */
export function nearWords(terms: readonly SearchTerm[]): NearWord[] {
  const words = [...new Set(terms.flatMap((term) => term.words.map(({ word }) => word)))];
  const near = words.map((word, i) => {
    const { likelier, others } = i < maxNear ? nearStems(word) : { likelier: [], others: [] };
    return { word, likelier: likelier.map(quotedLexeme), others: others.map(quotedLexeme) };
  });
  return near.every(({ likelier }) => likelier.length === 0) ? [] : near;
}

/** All words have to be met, each by itself or by what is near to it and stands anywhere; `likely` is a part of `all`. */
export function nearQueries(
  words: readonly NearWord[],
  there: ReadonlySet<string>,
  setup: Setup,
): { likely: string; all: string } {
  const query = (near: (one: NearWord) => readonly string[]): string =>
    words
      .map((one) => {
        const sought = soughtWord(one.word, false);
        const exact = [...ofWord(sought), ...placesNamed(sought, setup)];
        return either([...new Set([...exact, ...near(one).filter((lexeme) => there.has(lexeme))])]);
      })
      .join(" & ");
  return { likely: query(({ likelier }) => likelier), all: query(({ likelier, others }) => [...likelier, ...others]) };
}
