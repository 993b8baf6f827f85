/**
 * What a text is likely about, from how often its words stood in past cases: naive Bayes over counts of words by matter.
 * It sees counts alone, so it can tell nothing of a single case.
 */
import { isCommonInStories } from "./common-words.js";
import type { Matter } from "./matter.js";
import type { Readings } from "./text-stems.js";

/** With fewer past cases a matter is not suggested: what it says would be said of them. */
export const fewestCases = 10;

export interface CountedMatter extends Matter {
  readonly id: number;
  /** Past cases that came to it. */
  readonly cases: number;
}

export interface WordCounts {
  readonly matters: readonly CountedMatter[];
  /** By stem: in how many of the cases of all matters it stood, and of each by its id. */
  readonly words: ReadonlyMap<string, { readonly cases: number; readonly byMatter: ReadonlyMap<number, number> }>;
}

/** One word alone neither decides nor rules out: texts of people are short, and their words are many. */
const [least, most] = [-0.7, 3];
/** A word speaks for something if it stands there at least twice as often as elsewhere. */
const speaks = Math.log(2);
/** Words that are each a little likelier; a single one has to be as much likelier as a word can count. */
const enough = 2;
const enoughOfOne = most;
/** How much likelier the first may be than the last that is still shown: 50 times. */
const span = Math.log(50);

/** How much likelier a word is in some cases than in the others. */
function weightOf(a: { times: number; cases: number; everywhere: number; all: number }): number {
  const { times, cases, everywhere, all } = a;
  const here = (times + 0.5) / (cases + 1);
  const elsewhere = (everywhere - times + 0.5) / (all - cases + 1);
  return Math.min(most, Math.max(least, Math.log(here / elsewhere)));
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

/** The likeliest first, at most `limit`; none where the words say nothing. */
export function mattersFromCounts(stems: readonly Readings[], counts: WordCounts, limit: number): Matter[] {
  const all = sum(counts.matters.map(({ cases }) => cases));
  // Of a word with several readings the one that past cases have; each once, in however many forms it stands there.
  const known = new Map(
    stems.flatMap((readings) => {
      const found = readings.flatMap((stem) => counts.words.get(stem) ?? []);
      const [first, ...others] = found;
      if (first === undefined) return [];
      const word = others.reduce((a, b) => (b.cases > a.cases ? b : a), first);
      return [[word, isCommonInStories(readings)] as const];
    }),
  );
  const weightsFor = (matters: readonly CountedMatter[]) => {
    const cases = sum(matters.map((matter) => matter.cases));
    return [...known].map(([{ cases: everywhere, byMatter }, common]) => {
      const times = sum(matters.map(({ id }) => byMatter.get(id) ?? 0));
      return { common, weight: weightOf({ times, cases, everywhere, all }) };
    });
  };
  /** Words of the matter that speak for it: common ones only tell “late” from “how do I”. */
  const speakingFor = (matters: readonly CountedMatter[]): number[] =>
    weightsFor(matters).flatMap(({ common, weight }) => (!common && weight >= speaks ? [weight] : []));
  // Whose matter it is all cases of the entity say together: each type of them alone would have the word half.
  const meant = new Set(
    [...new Set(counts.matters.map(({ entity }) => entity))].flatMap((entity) => {
      const speaking = speakingFor(counts.matters.filter((matter) => matter.entity === entity));
      return sum(speaking) >= (speaking.length > 1 ? enough : enoughOfOne) ? [entity] : [];
    }),
  );
  const judged = counts.matters
    .filter((matter) => matter.cases >= fewestCases && meant.has(matter.entity) && speakingFor([matter]).length > 0)
    .map((matter) => {
      const weights = weightsFor([matter]).map(({ weight }) => weight);
      return { matter, score: sum(weights) + 0.3 * Math.log(matter.cases / all) };
    })
    .sort((a, b) => b.score - a.score || a.matter.id - b.matter.id);
  const best = judged[0]?.score ?? 0;
  return judged
    .filter(({ score }) => score >= best - span)
    .slice(0, limit)
    .map(({ matter: { type, entity, service } }) => ({ type, entity, service }));
}
