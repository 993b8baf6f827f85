/** Cases by who sent them, each way by an index of its own; only those of which the asker may know it. */
import type { CaseReach } from "../../../engine/access/permissions.js";
import { boundedQuery } from "../../../platform/db/bounded-query.js";
import { type Database, query } from "../../../platform/db/query.js";
import { caseScope } from "../../people/case-scope.js";

export type ApplicantKey = "name" | "phone" | "email" | "nationalNumber";

/** What of an applicant is compared with the parameter $1. */
const comparisons: Readonly<Record<ApplicantKey, string>> = {
  name: "p.name_words @@ $1::tsquery",
  phone: "p.phone = $1",
  email: "lower(p.email) = $1",
  nationalNumber: "p.national_number = $1",
};

const longest = 3000;

/** Numbers of cases with their programmes, the newest first. Throws `TookTooLong`. */
export async function casesOfApplicant(
  db: Database,
  a: { by: ApplicantKey; value: string; personal: CaseReach; limit: number },
): Promise<{ id: number; programme: string }[]> {
  const scope = caseScope(a.personal, 2);
  // Found first and sorted then: the other way round the newest cases would all be asked who sent them.
  const text = `with p as materialized (select case_id from applicants p where ${comparisons[a.by]})
    select c.id, c.programme from p join cases c on c.id = p.case_id where ${scope.sql}
    order by c.received_at desc, c.id desc limit $3`;
  return boundedQuery(db, text, [a.value, scope.value, a.limit], longest);
}

/** Earlier and later cases of whoever sent this one, in the same programme, the newest first. */
export async function casesOfSameApplicant(
  db: Database,
  a: { caseId: number; personal: CaseReach; limit: number },
): Promise<number[]> {
  const scope = caseScope(a.personal, 2);
  const text = `with one as (select a.programme, p.* from applicants p join applications a on a.id = p.case_id where p.case_id = $1),
  same as (
    select p.case_id from applicants p, one where p.phone = one.phone
    union select p.case_id from applicants p, one where lower(p.email) = lower(one.email)
    union select p.case_id from applicants p, one where p.national_number = one.national_number)
  select c.id from same s join cases c on c.id = s.case_id join one on c.programme = one.programme
  where c.id <> $1 and ${scope.sql} order by c.received_at desc, c.id desc limit $3`;
  const rows = await query<{ id: number }>(db, { name: "same-applicant", text }, [a.caseId, scope.value, a.limit]);
  return rows.map(({ id }) => id);
}
