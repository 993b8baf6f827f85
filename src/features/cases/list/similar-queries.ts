/** Cases whose texts have words in common: few candidates out of all, by two indexes, each with an end. */
import sql, { join, type Sql } from "sql-template-tag";
import type { CaseReach } from "../../../engine/access/permissions.js";
import { boundedQuery } from "../../../platform/db/bounded-query.js";
import { type Database, query } from "../../../platform/db/query.js";
import { applicantCases, casesWithin } from "../../people/case-scope.js";

/** In which share of the cases each common stem is, as the database last counted. */
export async function stemShares(db: Database): Promise<Map<string, number>> {
  const statement = sql`select most_common_elems::text::text[] as stems, most_common_elem_freqs as shares
    from pg_stats where tablename = 'case_texts' and attname = 'lexemes'`;
  const [row] = await query<{ stems: string[] | null; shares: number[] | null }>(db, statement);
  return new Map((row?.stems ?? []).map((stem, i) => [stem, row?.shares?.[i] ?? 0]));
}

export interface SimilarQuestion {
  readonly caseId: number;
  readonly programme: string;
  readonly entity: string | null;
  readonly sector: string | null;
  /** Quoted as lexemes, with what each tells. */
  readonly stems: readonly { readonly lexeme: string; readonly weight: number }[];
  /** Those of them that are in few cases: these are looked for everywhere, the others at the same place only. */
  readonly rare: readonly string[];
  readonly reach: CaseReach;
  readonly limit: number;
}

export interface SimilarRow {
  readonly id: number;
  readonly subject: string;
  readonly description: string;
  readonly receivedAt: Date;
}

const maxCandidates = 300;
const longest = 1500;

/** The likeliest by the words that they share, weighed by the database; linked ones are left out. Throws `TookTooLong`. */
export async function similarCases(db: Database, q: SimilarQuestion): Promise<SimilarRow[]> {
  const id = sql`${q.caseId}::bigint`;
  const place =
    q.entity !== null
      ? sql`c.entity = ${q.entity}`
      : sql`c.entity is null and c.sector is not distinct from ${q.sector}`;
  const within = casesWithin(q.reach);
  const candidates = (words: readonly string[], where: Sql): Sql => sql`(select c.id, t.lexemes
    from case_texts t join cases c on c.id = t.case_id
    where t.lexemes @@ ${words.join(" | ")}::tsquery and ${where} and ${applicantCases} and c.programme = ${q.programme} and c.id <> ${id}
      and c.duplicate_of is distinct from ${id} and ${within}
    order by c.received_at desc limit ${maxCandidates})`;
  const found = [
    ...(q.rare.length === 0 ? [] : [candidates(q.rare, sql`true`)]),
    candidates(
      q.stems.map(({ lexeme }) => lexeme),
      place,
    ),
  ];
  const shared = q.stems.map(
    ({ lexeme, weight }) =>
      sql`case when f.lexemes @@ ${lexeme}::tsquery then ${weight.toFixed(3)}::numeric else 0 end`,
  );
  const statement = sql`with found as (${join(found, " union all ")}),
    best as (select f.id, max(${join(shared, " + ")}) as shared from found f group by f.id order by shared desc, f.id desc
      limit ${q.limit})
    select a.id, a.subject, a.description, a.received_at as "receivedAt" from best b join applications a on a.id = b.id
    order by b.shared desc, a.id desc`;
  return boundedQuery(db, statement, longest);
}
