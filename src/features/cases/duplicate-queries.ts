/** The applications that were linked to a case as its duplicates. */
import type { Transaction } from "sequelize";
import sql, { type Sql } from "sql-template-tag";
import { type ApplicantReach, waysOf } from "../../engine/letters/applicant-ways.js";
import type { LinkedDuplicate } from "../../engine/letters/messages-for.js";
import { type Database, query } from "../../platform/db/query.js";
import { applicantReach } from "../../platform/sms/applicant-reach.js";

/** By the number of the original. A duplicate's own duplicates wait for the same answer. */
const reachableDuplicates = (caseId: number): Sql => sql`with recursive repeated as (
    select id from cases where duplicate_of = ${caseId}
    union select c.id from cases c join repeated r on c.duplicate_of = r.id)
  select c.id, c.reference, a.language, ${applicantReach} as reach from repeated join cases c using (id)
    join applications a using (id) join applicants p on p.case_id = c.id
  where not c.confidential and not c.imported and (p.email is not null or p.sms_consent_at is not null) order by c.id`;

interface Found {
  readonly id: number;
  readonly reference: string;
  readonly language: LinkedDuplicate["language"];
  readonly reach: ApplicantReach;
}

/** Duplicates whose applicants are told the answer: those who can be written to, not of confidential or imported cases. */
export async function reachableDuplicatesOf(
  db: Database,
  transaction: Transaction,
  caseId: number,
): Promise<LinkedDuplicate[]> {
  const rows = await query<Found>(db, reachableDuplicates(caseId), transaction);
  return rows.flatMap(({ id, reference, language, reach }) => {
    const ways = waysOf(reach);
    return ways.length === 0 ? [] : [{ caseId: id, reference, language, ways }];
  });
}

/** How many applicants would hear the answer of a case besides its own. */
export async function countReachableDuplicates(db: Database, caseId: number): Promise<number> {
  return (await query<Found>(db, reachableDuplicates(caseId))).filter(({ reach }) => waysOf(reach).length > 0).length;
}
