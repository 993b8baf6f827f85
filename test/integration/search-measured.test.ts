/**
 * How well Arabic words are found that are typed as people type them, on pairs made mechanically from real texts
 * (`test/support/search-pairs.ts`), half of which were held back while the rules were made; beside PostgreSQL's own stemmer.
 */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import sql from "sql-template-tag";
import { nearStems } from "../../src/engine/search/near-words.js";
import { soughtWord } from "../../src/engine/search/parse-search.js";
import { stemsOf } from "../../src/engine/search/stem-word.js";
import { normaliseText } from "../../src/engine/text/normalise-text.js";
import { query } from "../../src/platform/db/query.js";
import { createTestDatabase, type TestDatabase } from "../support/database.js";
import { type Finder, type Measured, measured, type Pair, sameAnswers, searchPairs } from "../support/search-pairs.js";

const corpus = searchPairs();
const ours: Finder = { keep: stemsOf, seek: (word) => soughtWord(word, true), near: nearStems };

const groupOf = ({ kind, heldBack }: Pair): "endings" | "one letter" | null =>
  !heldBack || kind === "spelling" ? null : kind.includes("letter") ? "one letter" : "endings";
const whole = (share: number): number => Math.round(share * 100);
const shown = ({ recall, precision }: Measured) => ({ recall: whole(recall), precision: whole(precision) });

let database: TestDatabase;
/** The snowball stemmer for Arabic that PostgreSQL ships, as it stems every word of the corpus. */
let snowball: Finder;

beforeAll(async () => {
  database = await createTestDatabase();
  const words = [...new Set([...corpus.documents.flat(), ...corpus.pairs.map(({ typed }) => normaliseText(typed))])];
  const stemmed = await query<{ word: string; stem: string | null }>(
    database.db,
    sql`select word, (ts_lexize('arabic_stem', word))[1] as stem from unnest(${words}::text[]) word`,
  );
  const stems = new Map(stemmed.map(({ word, stem }) => [word, stem ?? word]));
  const stemOf = (word: string): string[] => [stems.get(word) ?? word];
  snowball = { keep: stemOf, seek: (word) => ({ stems: stemOf(word), begins: null }) };
}, 60_000);
afterAll(() => database.close());

describe("words that were held back", () => {
  it("are found with other endings, with ب or ل before them, and with one letter wrong", () => {
    const found = measured(corpus, ours, groupOf);
    expect([found.endings.pairs, found["one letter"].pairs].map((n) => n > 500)).toEqual([true, true]);
    const [endings, letters] = [shown(found.endings), shown(found["one letter"])];
    expect(endings.recall).toBeGreaterThanOrEqual(88);
    expect(endings.precision).toBeGreaterThanOrEqual(80);
    expect(letters.recall).toBeGreaterThanOrEqual(80);
    expect(letters.precision).toBeGreaterThanOrEqual(62);
  }, 60_000);

  it("are found by the list alone with what is written onto them: ب and ل, endings, ي and ا", () => {
    const alone = shown(measured(corpus, { keep: ours.keep, seek: ours.seek }, groupOf).endings);
    expect(alone.recall).toBeGreaterThanOrEqual(83);
    expect(alone.precision).toBeGreaterThanOrEqual(84);
  }, 60_000);

  it("are found in every spelling as in any other", () => {
    const spelled = ({ kind, heldBack }: Pair): boolean => kind === "spelling" && heldBack;
    expect(sameAnswers(corpus, ours, spelled)).toBe(1);
  }, 60_000);

  it("are found by PostgreSQL's own stemmer less often", () => {
    const theirs = measured(corpus, snowball, groupOf);
    const own = measured(corpus, { keep: ours.keep, seek: ours.seek }, groupOf);
    expect(theirs.endings.recall).toBeLessThan(own.endings.recall - 0.05);
    expect(theirs["one letter"].recall).toBeLessThan(0.3);
  }, 60_000);
});
