/** Cases whose texts have words in common: few candidates out of all, by two indexes, each with an end. */
import type { CaseReach } from "../../../engine/access/permissions.js";
import { boundedQuery } from "../../../platform/db/bounded-query.js";
import { type Database, query } from "../../../platform/db/query.js";
import { caseScope } from "../../people/case-scope.js";

const shares = {
  name: "stem-shares",
  text: `select most_common_elems::text::text[] as stems, most_common_elem_freqs as shares
    from pg_stats where tablename = 'case_texts' and attname = 'lexemes'`,
};

/** In which share of the cases each common stem is, as the database last counted. */
export async function stemShares(db: Database): Promise<Map<string, number>> {
  const [row] = await query<{ stems: string[] | null; shares: number[] | null }>(db, shares, []);
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
  const values: unknown[] = [];
  const bind = (value: unknown): string => `$${values.push(value)}`;
  const id = `${bind(q.caseId)}::bigint`;
  const programme = bind(q.programme);
  const place =
    q.entity !== null
      ? `c.entity = ${bind(q.entity)}`
      : `c.entity is null and c.sector is not distinct from ${bind(q.sector)}`;
  const scope = caseScope(q.reach, values.push(null));
  values[values.length - 1] = scope.value;
  const candidates = (words: readonly string[], where: string): string => `(select c.id, t.lexemes
    from case_texts t join cases c on c.id = t.case_id
    where t.lexemes @@ ${bind(words.join(" | "))}::tsquery and ${where} and c.programme = ${programme} and c.id <> ${id}
      and c.duplicate_of is distinct from ${id} and ${scope.sql}
    order by c.received_at desc limit ${maxCandidates})`;
  const found = [
    ...(q.rare.length === 0 ? [] : [candidates(q.rare, "true")]),
    candidates(
      q.stems.map(({ lexeme }) => lexeme),
      place,
    ),
  ];
  const shared = q.stems.map(
    ({ lexeme, weight }) => `case when f.lexemes @@ ${bind(lexeme)}::tsquery then ${weight.toFixed(3)} else 0 end`,
  );
  const text = `with found as (${found.join(" union all ")}),
  best as (select f.id, max(${shared.join(" + ")}) as shared from found f group by f.id order by shared desc, f.id desc
    limit ${bind(q.limit)})
  select a.id, a.subject, a.description, a.received_at as "receivedAt" from best b join applications a on a.id = b.id order by b.shared desc, a.id desc`;
  return boundedQuery(db, text, values, longest);
}
