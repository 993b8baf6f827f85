/** Which words stand in cases at all. */
import sql from "sql-template-tag";
import { boundedQuery, TookTooLong } from "../../../platform/db/bounded-query.js";
import type { Database } from "../../../platform/db/query.js";

/** Milliseconds. Nobody waits for a guess. */
const longest = 800;

/**
 * Which of these lexemes stand in any case; none where that takes too long. Most do not, and one question with all of them
 * would have each case that says one compared with all: asked one by one they cost a look into the index each. It makes a
 * search short and is shown to nobody.
 */
export async function lexemesThere(db: Database, lexemes: readonly string[]): Promise<ReadonlySet<string>> {
  const statement = sql`select s.lexeme from unnest(${lexemes}::text[]) s(lexeme) cross join lateral
    (select 1 from case_texts where lexemes @@ s.lexeme::tsquery limit 1) t`;
  try {
    const rows = await boundedQuery<{ lexeme: string }>(db, statement, longest, "enable_seqscan = off");
    return new Set(rows.map(({ lexeme }) => lexeme));
  } catch (error) {
    if (error instanceof TookTooLong) return new Set();
    throw error;
  }
}
