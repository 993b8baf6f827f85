/** In how many past cases of a matter each word stood: the counts that suggestions read. */
import { textStems } from "./text-stems.js";

/** In fewer cases of a matter a word is somebody's. */
const fewestOfWord = 3;

export interface TalliedWord {
  readonly word: string;
  /** Of all matters. */
  readonly cases: number;
  /** Numbers of the matters of which several cases have it, in their order. */
  readonly matters: readonly number[];
  /** In how many cases of each of these it stood. */
  readonly counts: readonly number[];
}

export interface WordTally {
  /** One more case of a matter, by what its applicant wrote. */
  add(matter: number, text: string): void;
  /** Those that at least three cases of a matter have. */
  words(): TalliedWord[];
}

export function tallyWords(): WordTally {
  const tally = new Map<string, Map<number, number>>();
  return {
    add(matter, text) {
      for (const stem of new Set(textStems(text).flat())) {
        const counts = tally.get(stem) ?? new Map<number, number>();
        tally.set(stem, counts.set(matter, (counts.get(matter) ?? 0) + 1));
      }
    },
    words: () =>
      [...tally].flatMap(([word, counts]) => {
        const several = [...counts].filter(([, n]) => n >= fewestOfWord).sort(([a], [b]) => a - b);
        if (several.length === 0) return [];
        const cases = [...counts.values()].reduce((sum, n) => sum + n, 0);
        return [{ word, cases, matters: several.map(([id]) => id), counts: several.map(([, n]) => n) }];
      }),
  };
}
