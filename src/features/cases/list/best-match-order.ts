/** How well each of some found cases matches, as columns to be put in order by. */
import sql, { join, type Sql } from "sql-template-tag";
import type { Ranking } from "../../../engine/search/best-match.js";

/** As `normaliseLetters` writes the letters of Arabic, without its marks. */
const unified = {
  from: "أإآٱىةؤئ٠١٢٣٤٥٦٧٨٩\u0640\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670",
  to: "اااايهوي0123456789",
};

/**
 * Of a case `c`: how many of the words its subject says, more where its reference ends so; and whether its texts say all of it, rather than
 * a name of where it is.
 */
export function matchColumns({ subject, texts }: Ranking, ends: readonly number[]): Sql {
  const words = subject.map((patterns) => sql`(s.subject like any(${patterns}::text[]))::integer`);
  const met = sql`(select ${join(words, " + ")} from (select ' ' || translate(lower(a.subject), ${unified.from}, ${unified.to}) as subject
    from applications a where a.id = c.id) s)`;
  const byReference = ends.length === 0 ? sql`0` : sql`case when c.id = any(${ends}::bigint[]) then 100 else 0 end`;
  return sql`${byReference} + ${met} as met, (select t.lexemes @@ ${texts}::tsquery from case_texts t where t.case_id = c.id) as said`;
}

/** The better match first. @param from the alias of those columns with its dot, or nothing */
export const byMatch = (from: Sql): Sql => sql`${from}met desc, ${from}said desc`;
