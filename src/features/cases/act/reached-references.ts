/** Which of some references somebody may know: those of the cases that they may read. */
import type { Transaction } from "sequelize";
import sql from "sql-template-tag";
import { type Actor, caseReach } from "../../../engine/access/permissions.js";
import { type Database, query } from "../../../platform/db/query.js";
import { casesWithin } from "../../people/case-scope.js";

/** References that nobody has, or that are out of reach, are not among them. */
export async function reachedReferences(
  db: Database,
  a: { references: readonly string[]; actor: Actor; transaction?: Transaction },
): Promise<ReadonlySet<string>> {
  if (a.references.length === 0) return new Set();
  const statement = sql`select c.reference from cases c
    where c.reference = any(${a.references}::text[]) and ${casesWithin(caseReach(a.actor))}`;
  const rows = await query<{ reference: string }>(db, statement, a.transaction);
  return new Set(rows.map(({ reference }) => reference));
}
