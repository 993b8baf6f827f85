/**
 * Which cases say what is searched, asked of the index of words alone and before anything else: how many they are cannot be
 * reckoned well (words that never stand together, a word that has only begun), and a list of few is found another way than
 * a list of many.
 */
import { boundedQuery, TookTooLong } from "./bounded-query.js";
import type { Database } from "./query.js";

/** Up to here they are named one by one. */
const mostNamed = 5000;
const longest = 2000;

/**
 * The numbers of these cases, in reach or not; null where they are more than are named. `referenceEnd`: digits that may as
 * well be the end of a reference.
 */
export async function matchingCases(
  db: Database,
  a: { queries: readonly string[]; referenceEnd: string | null },
): Promise<number[] | null> {
  const values: unknown[] = [mostNamed + 1];
  const words = a.queries.map(
    (query) => `(select case_id from case_texts where lexemes @@ $${values.push(query)}::tsquery limit $1)`,
  );
  const ends =
    a.referenceEnd === null
      ? []
      : [
          `(select id from cases
            where reverse(replace(reference, '-', '')) like $${values.push(`${[...a.referenceEnd].reverse().join("")}%`)} limit $1)`,
        ];
  const text = `select case_id as id from (${[...words, ...ends].join(" union ")}) x limit $1`;
  try {
    const rows = await boundedQuery<{ id: number }>(db, text, values, longest, "enable_seqscan = off");
    return rows.length > mostNamed ? null : rows.map(({ id }) => id);
  } catch (error) {
    if (error instanceof TookTooLong) return null;
    throw error;
  }
}
