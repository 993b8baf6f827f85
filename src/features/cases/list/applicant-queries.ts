/** The table of personal data, the one place where they stand. */

import type { Transaction } from "sequelize";
import type { Sql } from "sql-template-tag";
import sql from "sql-template-tag";
import type { CaseReach } from "../../../engine/access/permissions.js";
import type { PersonalData } from "../../../engine/text/mask-personal.js";
import { boundedQuery } from "../../../platform/db/bounded-query.js";
import { type Database, query } from "../../../platform/db/query.js";
import { isNumberWrong } from "../../../platform/sms/applicant-reach.js";
import { casesWithin } from "../../people/case-scope.js";
import type { StoredApplicant } from "../case-rows.js";

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

/** Who sent it; null for an anonymous application. */
export async function applicantOf(
  db: Database,
  transaction: Transaction | undefined,
  caseId: number,
): Promise<PersonalData | null> {
  const statement = sql`select name, national_number as "nationalNumber", phone, email from applicants
    where case_id = ${caseId}`;
  return (await query<PersonalData>(db, statement, transaction))[0] ?? null;
}

/** The same as a caller is known by it: a number that reached another person is no sign of who calls. */
export async function callerOf(db: Database, transaction: Transaction, caseId: number): Promise<PersonalData | null> {
  const statement = sql`select p.name, p.national_number as "nationalNumber", p.email,
      case when ${isNumberWrong} then null else p.phone end as phone
    from applicants p where p.case_id = ${caseId}`;
  return (await query<PersonalData>(db, statement, transaction))[0] ?? null;
}

/** The same with the ways in which they are written to, for a second case of theirs. */
export async function storedApplicantOf(
  db: Database,
  transaction: Transaction,
  caseId: number,
): Promise<StoredApplicant | null> {
  const statement = sql`select name, national_number as "nationalNumber", phone, email,
      sms_consent_at as "smsConsentAt", contact_by as "contactBy" from applicants where case_id = ${caseId}`;
  return (await query<StoredApplicant>(db, statement, transaction))[0] ?? null;
}

/** The same of several cases, by number. */
export async function applicantsOf(
  db: Database,
  caseIds: readonly number[],
): Promise<ReadonlyMap<number, PersonalData>> {
  if (caseIds.length === 0) return new Map();
  const statement = sql`select case_id as "caseId", name, national_number as "nationalNumber", phone, email from applicants
    where case_id = any(${caseIds}::bigint[])`;
  const rows = await query<PersonalData & { caseId: number }>(db, statement);
  return new Map(rows.map(({ caseId, ...applicant }) => [Number(caseId), applicant]));
}
