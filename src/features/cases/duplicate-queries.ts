/** The applications that were linked to a case as its duplicates. */
import type { Transaction } from "sequelize";
import sql, { type Sql } from "sql-template-tag";
import type { LinkedDuplicate } from "../../engine/letters/messages-for.js";
import { type Database, query } from "../../platform/db/query.js";

/** Of the number of the original. A duplicate's own duplicates wait for the same answer. */
const reachableDuplicates = (caseId: number): Sql => sql`with recursive repeated as (
    select id from cases where duplicate_of = ${caseId}
    union select c.id from cases c join repeated r on c.duplicate_of = r.id)
  select c.id, c.reference, a.language from repeated join cases c using (id)
    join applications a using (id) join applicants p on p.case_id = c.id
  where not c.confidential and not c.imported and p.email is not null order by c.id`;

/** Duplicates whose applicants are told the answer: those who left an address, not of confidential or imported cases. */
export async function reachableDuplicatesOf(
  db: Database,
  transaction: Transaction,
  caseId: number,
): Promise<LinkedDuplicate[]> {
  const rows = await query<{ id: number; reference: string; language: LinkedDuplicate["language"] }>(
    db,
    reachableDuplicates(caseId),
    transaction,
  );
  return rows.map(({ id, reference, language }) => ({ caseId: id, reference, language }));
}

/** How many applicants would hear the answer of a case besides its own. */
export async function countReachableDuplicates(db: Database, caseId: number): Promise<number> {
  const statement = sql`select count(*)::integer as n from (${reachableDuplicates(caseId)}) as told`;
  return (await query<{ n: number }>(db, statement))[0]?.n ?? 0;
}
