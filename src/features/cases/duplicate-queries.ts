/** The applications that were linked to a case as its duplicates. */
import type { Transaction } from "sequelize";
import type { LinkedDuplicate } from "../../engine/letters/messages-for.js";
import { type Database, query, type Statement } from "../../platform/db/query.js";

/** $1 the number of the original. A duplicate's own duplicates wait for the same answer. */
const reachableDuplicates: Statement = {
  name: "reachable-duplicates",
  text: `with recursive repeated as (
    select id from cases where duplicate_of = $1
    union select c.id from cases c join repeated r on c.duplicate_of = r.id)
  select c.id, c.reference, a.language from repeated join cases c using (id)
    join applications a using (id) join applicants p on p.case_id = c.id
  where not c.confidential and not c.imported and p.email is not null order by c.id`,
};

/** Duplicates whose applicants are told the answer: those who left an address, not of confidential or imported cases. */
export async function reachableDuplicatesOf(
  db: Database,
  transaction: Transaction,
  caseId: number,
): Promise<LinkedDuplicate[]> {
  const rows = await query<{ id: number; reference: string; language: LinkedDuplicate["language"] }>(
    db,
    reachableDuplicates,
    [caseId],
    transaction,
  );
  return rows.map(({ id, reference, language }) => ({ caseId: id, reference, language }));
}

/** $1 the number of the original. */
const howMany: Statement = {
  name: "count-reachable-duplicates",
  text: `select count(*)::integer as n from (${reachableDuplicates.text}) as told`,
};

/** How many applicants would hear the answer of a case besides its own. */
export async function countReachableDuplicates(db: Database, caseId: number): Promise<number> {
  return (await query<{ n: number }>(db, howMany, [caseId]))[0]?.n ?? 0;
}
