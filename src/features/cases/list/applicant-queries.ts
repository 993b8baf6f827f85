/** The table of personal data, the one place where they stand. */

import type { Transaction } from "sequelize";
import sql from "sql-template-tag";
import type { PersonalData } from "../../../engine/text/mask-personal.js";
import { type Database, query } from "../../../platform/db/query.js";
import { isNumberWrong } from "../../../platform/sms/applicant-reach.js";
import type { StoredApplicant } from "../case-rows.js";

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
