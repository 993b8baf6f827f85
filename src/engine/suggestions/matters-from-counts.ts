/**
 * What a text is likely about, from how often its words stood in past cases: naive Bayes over counts of words by matter.
 * It sees counts alone, so it can tell nothing of a single case.
 */
import { isCommonInStories } from "./common-words.js";
import type { GroundedMatter, Matter } from "./matter.js";
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
/** And if no fewer of the cases that have it are of that entity: a word of many entities is evidence of none. */
const leastShare = 0.3;
/** One word of past cases says nothing, however often it stood there: “bus” is in cases of whoever had the latest ones. */
const fewestWords = 2;
/** Words that are each a little likelier. */
const enough = 2;
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
export function mattersFromCounts(stems: readonly Readings[], counts: WordCounts, limit: number): GroundedMatter[] {
  const all = sum(counts.matters.map(({ cases }) => cases));
  // Of a word with several readings the one that past cases have; each once, in however many forms it stands there.
  const known = new Map(
    stems.flatMap((readings) => {
      if (isCommonInStories(readings)) return [];
      const found = readings.flatMap((stem) => {
        const word = counts.words.get(stem);
        return word === undefined ? [] : [{ stem, word }];
      });
      const [first, ...others] = found;
      if (first === undefined) return [];
      const { stem, word } = others.reduce((a, b) => (b.word.cases > a.word.cases ? b : a), first);
      return [[word, stem] as const];
    }),
  );
  const weightsFor = (matters: readonly CountedMatter[]) => {
    const cases = sum(matters.map((matter) => matter.cases));
    return [...known].map(([{ cases: everywhere, byMatter }, stem]) => {
      const times = sum(matters.map(({ id }) => byMatter.get(id) ?? 0));
      return { stem, share: times / everywhere, weight: weightOf({ times, cases, everywhere, all }) };
    });
  };
  const speakingFor = (matters: readonly CountedMatter[]) => {
    const speaking = weightsFor(matters).filter(({ weight }) => weight >= speaks);
    return speaking.length < fewestWords ? [] : speaking;
  };
  // Whose matter it is all cases of the entity say together: each service of it alone would have the word half.
  const meant = new Set(
    [...new Set(counts.matters.map(({ entity }) => entity))].filter((entity) => {
      const speaking = speakingFor(counts.matters.filter((matter) => matter.entity === entity));
      const telling = speaking.filter(({ share }) => share >= leastShare);
      return telling.length >= fewestWords && sum(telling.map(({ weight }) => weight)) >= enough;
    }),
  );
  const judged = counts.matters
    .filter((matter) => matter.cases >= fewestCases && meant.has(matter.entity))
    .flatMap((matter) => {
      const speaking = speakingFor([matter]);
      if (speaking.length === 0) return [];
      const score = sum(weightsFor([matter]).map(({ weight }) => weight)) + 0.3 * Math.log(matter.cases / all);
      return [{ matter, score, stems: speaking.map(({ stem }) => stem) }];
    })
    .sort((a, b) => b.score - a.score || a.matter.id - b.matter.id);
  const best = judged[0]?.score ?? 0;
  return judged
    .filter(({ score }) => score >= best - span)
    .slice(0, limit)
    .map(({ matter: { entity, service }, stems: said }) => ({ entity, service, ground: { by: "past", stems: said } }));
}
