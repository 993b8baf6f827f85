/**
 * What somebody may have meant who mistyped a word: cases of their reach that say a word one letter away, the likeliest first.
 * Asked for only where the words themselves are in hardly any case. No word is suggested: only cases are shown, and only
 * those that the asker reads anyway.
 */

import sql from "sql-template-tag";
import { type Actor, caseReach } from "../../../engine/access/permissions.js";
import type { FoundCase } from "../../../engine/search/case-search.js";
import { nearestFirst } from "../../../engine/search/near-words.js";
import type { SearchTerm } from "../../../engine/search/parse-search.js";
import { nearQueries, nearWords } from "../../../engine/search/search-query.js";
import { wordsOf } from "../../../engine/search/search-words.js";
import type { Policy } from "../../../engine/setup/policy.js";
import { boundedQuery, TookTooLong } from "../../../platform/db/bounded-query.js";
import type { Database } from "../../../platform/db/query.js";
import { matchesIn } from "./case-matches.js";
import { policiesIn } from "./reached-setups.js";
import { casesSaying, parsedSearch, type SearchParts } from "./search-cases.js";
import type { SearchedRow } from "./searched-rows.js";
import { shownCases } from "./shown-cases.js";

/** Milliseconds. Nobody waits for a guess. */
const longest = 800;

/**
 * Which of these lexemes stand in any case; null where that takes too long. Most do not, and one question with all of them
 * would have each case that says one compared with all: asked one by one they cost a look into the index each. It makes a
 * search short and is shown to nobody.
 */
async function lexemesThere(db: Database, lexemes: readonly string[]): Promise<ReadonlySet<string> | null> {
  const statement = sql`select s.lexeme from unnest(${lexemes}::text[]) s(lexeme) cross join lateral
    (select 1 from case_texts where lexemes @@ s.lexeme::tsquery limit 1) t`;
  try {
    const rows = await boundedQuery<{ lexeme: string }>(db, statement, longest, "enable_seqscan = off");
    return new Set(rows.map(({ lexeme }) => lexeme));
  } catch (error) {
    if (error instanceof TookTooLong) return null;
    throw error;
  }
}

export interface NearAsked {
  readonly actor: Actor;
  readonly now: Date;
  /** As somebody typed it. */
  readonly search: string;
}

const maxShown = 10;
/** How many are looked at, word by word. */
const maxCandidates = 200;

const termOf = (word: string): SearchTerm => ({ words: [{ word, at: 0 }], open: false });

async function candidatesOf(
  parts: SearchParts,
  a: { terms: readonly SearchTerm[]; policies: ReadonlyMap<string, Policy>; actor: Actor; now: Date },
): Promise<SearchedRow[] | null> {
  const { terms, policies, actor, now } = a;
  const words = nearWords(terms);
  if (words.length === 0) return [];
  const lexemes = words.flatMap(({ likelier, others }) => [...likelier, ...others]);
  const there = await lexemesThere(parts.db, lexemes);
  if (there === null) return null;
  if (there.size === 0) return [];
  const queries = [...policies].map(([code, { setup }]) => ({ code, ...nearQueries(words, there, setup) }));
  const ask = (lot: "likely" | "all") =>
    casesSaying(parts, {
      actor,
      now,
      policies,
      queries: new Map(queries.map((one) => [one.code, one[lot]])),
      limit: maxCandidates,
    });
  const likely = await ask("likely");
  if (likely.length === maxCandidates) return likely;
  const known = new Set(likely.map(({ id }) => id));
  return [...likely, ...(await ask("all")).filter(({ id }) => !known.has(id))].slice(0, maxCandidates);
}

export interface NearCases {
  /** At most ten of the actor's reach; none for references, days, numbers and the shortest words. */
  readonly cases: readonly FoundCase[];
  /** It took too long and was given up: that there are none is not known. */
  readonly gaveUp: boolean;
}

/** @returns what was found within the time that people wait for a guess */
export async function nearCases(parts: SearchParts, a: NearAsked): Promise<NearCases> {
  const { actor, now } = a;
  const searched = parsedSearch(a.search);
  const { terms } = searched;
  if (terms.length === 0) return { cases: [], gaveUp: false };
  const policies = await policiesIn(parts, caseReach(actor));
  const setups = new Map([...policies].map(([code, { setup }]) => [code, setup]));
  const typed = [...new Set(terms.flatMap(({ words }) => words.map(({ word }) => word)))];
  const candidates = await candidatesOf(parts, { terms, policies, actor, now });
  if (candidates === null) return { cases: [], gaveUp: true };
  const texts = candidates.map(({ id, subject, description }) => ({ id, words: wordsOf(`${subject} ${description}`) }));
  // Those of the likelier faults come first where others are as near.
  const best = nearestFirst({ typed, texts }).slice(0, maxShown);
  const rows = best.flatMap(({ id }) => candidates.find((one) => one.id === id) ?? []);
  const shown = await shownCases(parts.policies, { rows, setups, now, reader: actor });
  const marked = [...new Set(best.flatMap(({ words }) => words))].map(termOf);
  const matches = await matchesIn(parts.db, { rows, searched: { ...searched, terms: marked }, setups });
  return { cases: shown.map((one) => ({ ...one, match: matches.get(one.id) ?? null })), gaveUp: false };
}
