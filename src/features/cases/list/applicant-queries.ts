/** The table of personal data, the one place where they stand. */
import type { Transaction } from "sequelize";
import type { PersonalData } from "../../../engine/text/mask-personal.js";
import { type Database, query } from "../../../platform/db/query.js";

const byCase = {
  name: "applicant",
  text: `select name, national_number as "nationalNumber", phone, email from applicants where case_id = $1`,
};

/** Who sent it; null for an anonymous application. */
export async function applicantOf(
  db: Database,
  transaction: Transaction | undefined,
  caseId: number,
): Promise<PersonalData | null> {
  return (await query<PersonalData>(db, byCase, [caseId], transaction))[0] ?? null;
}
