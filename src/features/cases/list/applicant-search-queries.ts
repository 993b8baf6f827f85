/** Cases by who sent them, each way by an index of its own; only those of which the asker may know it. */
import sql, { type Sql } from "sql-template-tag";
import type { CaseReach } from "../../../engine/access/permissions.js";
import { boundedQuery } from "../../../platform/db/bounded-query.js";
import { type Database, query } from "../../../platform/db/query.js";
import { casesWithin } from "../../people/case-scope.js";

export type ApplicantKey = "name" | "phone" | "email" | "nationalNumber";

/** What of an applicant is compared with a value. */
const comparisons: Readonly<Record<ApplicantKey, (value: string) => Sql>> = {
  name: (value) => sql`p.name_words @@ ${value}::tsquery`,
  phone: (value) => sql`p.phone = ${value}`,
  email: (value) => sql`lower(p.email) = ${value}`,
  nationalNumber: (value) => sql`p.national_number = ${value}`,
};

const longest = 3000;

/** Numbers of cases with their programmes, the newest first. Throws `TookTooLong`. */
export async function casesOfApplicant(
  db: Database,
  a: { by: ApplicantKey; value: string; personal: CaseReach; limit: number },
): Promise<{ id: number; programme: string }[]> {
  // Found first and sorted then: the other way round the newest cases would all be asked who sent them.
  const statement = sql`with p as materialized (select case_id from applicants p where ${comparisons[a.by](a.value)})
    select c.id, c.programme from p join cases c on c.id = p.case_id where ${casesWithin(a.personal)}
    order by c.received_at desc, c.id desc limit ${a.limit}`;
  return boundedQuery(db, statement, longest);
}

/** Earlier and later cases of whoever sent this one, in the same programme, the newest first. */
export async function casesOfSameApplicant(
  db: Database,
  a: { caseId: number; personal: CaseReach; limit: number },
): Promise<number[]> {
  const statement = sql`with one as (
      select a.programme, p.* from applicants p join applications a on a.id = p.case_id where p.case_id = ${a.caseId}),
    same as (
      select p.case_id from applicants p, one where p.phone = one.phone
      union select p.case_id from applicants p, one where lower(p.email) = lower(one.email)
      union select p.case_id from applicants p, one where p.national_number = one.national_number)
    select c.id from same s join cases c on c.id = s.case_id join one on c.programme = one.programme
    where c.id <> ${a.caseId} and ${casesWithin(a.personal)} order by c.received_at desc, c.id desc limit ${a.limit}`;
  const rows = await query<{ id: number }>(db, statement);
  return rows.map(({ id }) => id);
}
