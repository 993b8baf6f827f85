/** Counts of words by matter, of past cases that were answered: what suggestions are made from. */
import sql from "sql-template-tag";
import { fewestCases, type WordCounts } from "../../engine/suggestions/matters-from-counts.js";
import { type Database, query } from "../../platform/db/query.js";
import { inTransaction } from "../../platform/db/transaction.js";

/** Of a programme the cases that are looked at, the latest answered: more would say no more, and cost more. */
const latest = 20_000;
/** In fewer cases of a matter a word is somebody's. */
const fewestOfWord = 3;

interface Counted {
  readonly cases: number;
  readonly words: number;
}

/**
 * Counts the words of a programme's latest answered cases anew; confidential ones are not among them. A matter is a type, the
 * entity that had the case in the end, and the service that the applicant named, as far as it is that entity's.
 */
async function countWordsOf(db: Database, programme: string): Promise<Counted> {
  return inTransaction(db, async (tx) => {
    await query(db, sql`delete from suggestion_words where programme = ${programme}`, tx);
    await query(db, sql`delete from suggestion_matters where programme = ${programme}`, tx);
    const statement = sql`with lately as (
        select id, type, entity from cases
        where programme = ${programme} and resolved_at is not null and not confidential and entity is not null
        order by resolved_at desc limit ${latest}),
      answered as (
        select l.id, l.type, l.entity, s.code as service
        from lately l join applications a on a.id = l.id
          left join services s on s.programme = ${programme} and s.code = a.service and s.entity = l.entity),
      matters as (
        select row_number() over (order by type, entity, service)::integer as id, type, entity, service,
          count(*)::integer as cases
        from answered group by type, entity, service having count(*) >= ${fewestCases}),
      told as (
        insert into suggestion_matters (programme, id, type, entity, service, cases)
        select ${programme}, id, type, entity, service, cases from matters returning cases),
      -- Words are told from places by their weight (engine/search/search-document.ts).
      stood as (
        select m.id as matter, w.lexeme as word, count(*)::integer as cases
        from answered a
          join matters m on m.type = a.type and m.entity = a.entity and m.service is not distinct from a.service
          join case_texts t on t.case_id = a.id, unnest(t.lexemes) w
        where 'A' = any(w.weights) and w.lexeme !~ '[0-9]' group by m.id, w.lexeme),
      kept as (
        insert into suggestion_words (programme, word, cases, matters, counts)
        select ${programme}, word, sum(cases), array_agg(matter order by matter) filter (where cases >= ${fewestOfWord}),
          array_agg(cases order by matter) filter (where cases >= ${fewestOfWord})
        from stood group by word having max(cases) >= ${fewestOfWord} returning 1)
      select coalesce((select sum(cases) from told), 0)::integer as cases, (select count(*) from kept)::integer as words`;
    const [counted] = await query<Counted>(db, statement, tx);
    return counted ?? { cases: 0, words: 0 };
  });
}

/** Counts anew, a transaction a programme: whatever stops it, the others have what they had. */
export async function countWords(db: Database, programmes: readonly string[]): Promise<Counted> {
  const all = { cases: 0, words: 0 };
  for (const programme of programmes) {
    const { cases, words } = await countWordsOf(db, programme);
    all.cases += cases;
    all.words += words;
  }
  return all;
}

/** What was counted of these stems; null where nothing was counted yet. */
export async function wordCountsOf(
  db: Database,
  a: { programme: string; stems: readonly string[] },
): Promise<WordCounts | null> {
  const { programme, stems } = a;
  const [matters, words] = await Promise.all([
    query<WordCounts["matters"][number]>(
      db,
      sql`select id, type, entity, service, cases from suggestion_matters where programme = ${programme} order by id`,
    ),
    query<{ word: string; cases: number; matters: readonly number[]; counts: readonly number[] }>(
      db,
      sql`select word, cases, matters, counts from suggestion_words
        where programme = ${programme} and word = any(${stems}::text[])`,
    ),
  ]);
  if (matters.length === 0) return null;
  return {
    matters,
    words: new Map(
      words.map(({ word, cases, matters: ids, counts }) => [
        word,
        { cases, byMatter: new Map(ids.map((id, i) => [id, counts[i] ?? 0])) },
      ]),
    ),
  };
}
