/**
 * What a text is likely about, from how often its words stood in past cases: naive Bayes over counts of words by matter.
 * It sees counts alone, so it can tell nothing of a single case.
 */
import type { Matter } from "./matter.js";

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
/** A word speaks for a matter if it stands there at least twice as often as elsewhere. */
const speaks = Math.log(2);
/** Words that are each a little likelier; a single one has to be as much likelier as a word can count. */
const enough = 2;
const enoughOfOne = most;
/** How much likelier the first may be than the last that is still shown: 50 times. */
const span = Math.log(50);

/** The likeliest first, at most `limit`; none where the words say nothing. */
export function mattersFromCounts(stems: readonly (readonly string[])[], counts: WordCounts, limit: number): Matter[] {
  const all = counts.matters.reduce((sum, { cases }) => sum + cases, 0);
  // Of a word with several readings the one that past cases have.
  const known = stems.flatMap((readings) => {
    const found = readings.flatMap((stem) => counts.words.get(stem) ?? []);
    return found.length === 0 ? [] : [found.reduce((a, b) => (b.cases > a.cases ? b : a))];
  });
  const judged = counts.matters
    .filter(({ cases }) => cases >= fewestCases)
    .map((matter) => {
      const weights = known.map(({ cases, byMatter }) => {
        const times = byMatter.get(matter.id) ?? 0;
        const here = (times + 0.5) / (matter.cases + 1);
        const elsewhere = (cases - times + 0.5) / (all - matter.cases + 1);
        return Math.min(most, Math.max(least, Math.log(here / elsewhere)));
      });
      const speaking = weights.filter((weight) => weight >= speaks);
      const evidence = speaking.reduce((sum, weight) => sum + weight, 0);
      const score = weights.reduce((sum, weight) => sum + weight, 0) + 0.3 * Math.log(matter.cases / all);
      return { matter, speaks: evidence >= (speaking.length > 1 ? enough : enoughOfOne), score };
    })
    .filter((one) => one.speaks)
    .sort((a, b) => b.score - a.score || a.matter.id - b.matter.id);
  const best = judged[0]?.score ?? 0;
  return judged
    .filter(({ score }) => score >= best - span)
    .slice(0, limit)
    .map(({ matter: { type, entity, service } }) => ({ type, entity, service }));
}
