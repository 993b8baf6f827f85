/**
 * Which cases say what is searched, found out before anything else is asked of them: a list of few is found another way than
 * a list of many. The planner cannot reckon how many they are (words of one name always stand together, others never do, a
 * word has only begun), so a sample is looked at. What is said by many is in sight of whoever goes along the list; what is
 * said by few is named by the index of words, which costs the more the more cases say it.
 */
import sql, { join, type Sql } from "sql-template-tag";
import { boundedQuery, TookTooLong } from "../../../platform/db/bounded-query.js";
import { type Database, query } from "../../../platform/db/query.js";

export interface Matching {
  /** The numbers of all that say it, in reach or not; null: they are many. */
  readonly named: readonly number[] | null;
  /** Cases whose reference ends with what was typed. They are few, and stand in `named` too. */
  readonly ends: readonly number[];
}

/** Up to here they are named one by one. */
const maxNamed = 5000;
const longest = 2000;
/** Texts that are looked at, about: whole pages of the table, the same ones each time. */
const sampled = 1000;
/** Up to so many are compared with each other to put the best match first. */
export const maxRanked = 2000;
/** Fewer than these are no sign. */
const fewestMet = 5;
const page = 25;

/** Some `most` texts as a table, wherever a table can stand. */
export const sampleOfTexts = (most: number): Sql => sql`case_texts t tablesample system (
    (select least(100, ${most}::float8 * 100 / greatest(reltuples, 1)) from pg_class where oid = 'case_texts'::regclass)) repeatable (1)`;
/** How many texts there are, as they were last counted. */
export const allTexts = sql`(select greatest(reltuples, 0) from pg_class where oid = 'case_texts'::regclass)`;

/**
 * Whether a page of them is met, going along a list, before all of them could be named.
 * @param few up to so many are named all the same
 */
async function areMany(db: Database, queries: readonly string[], few: number): Promise<boolean> {
  const statement = sql`select count(*)::float8 as looked,
    (count(*) filter (where t.lexemes @@ any(${queries}::tsquery[])))::float8 as met,
    ${allTexts}::float8 as all from ${sampleOfTexts(sampled)}`;
  const [row] = await query<{ looked: number; met: number; all: number }>(db, statement);
  if (row === undefined || row.met < fewestMet) return false;
  const share = row.met / row.looked;
  if (share * row.all <= few) return false;
  return page / share < share * row.all;
}

async function endingSo(db: Database, end: string): Promise<number[]> {
  const beginning = `${[...end].reverse().join("")}%`;
  const statement = sql`select id from cases
    where reverse(replace(reference, '-', '')) like ${beginning} limit ${maxNamed}`;
  const rows = await query<{ id: number }>(db, statement);
  return rows.map(({ id }) => id);
}

/**
 * @param a.queries as tsquery: what a text has to say, one of them
 * @param a.referenceEnd digits that may as well be the end of a reference
 * @param a.compares whether they are put in order by how well they match
 */
export async function matchingCases(
  db: Database,
  a: { queries: readonly string[]; referenceEnd: string | null; compares?: boolean },
): Promise<Matching> {
  const ends = a.referenceEnd === null ? [] : await endingSo(db, a.referenceEnd);
  if (await areMany(db, a.queries, a.compares === true ? maxRanked : 0)) return { named: null, ends };
  const most = maxNamed + 1;
  const words = a.queries.map(
    (sought) => sql`(select case_id as id from case_texts where lexemes @@ ${sought}::tsquery limit ${most})`,
  );
  const statement = sql`select id from (${join(words, " union ")}) x limit ${most}`;
  try {
    const rows = await boundedQuery<{ id: number }>(db, statement, longest, "enable_seqscan = off");
    return { named: rows.length > maxNamed ? null : [...new Set([...rows.map(({ id }) => id), ...ends])], ends };
  } catch (error) {
    if (error instanceof TookTooLong) return { named: null, ends };
    throw error;
  }
}
