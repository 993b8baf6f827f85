/** What an import asks before it writes: which rows are there already, which reference numbers are taken. */
import sql from "sql-template-tag";
import { type Database, query } from "../../../platform/db/query.js";

/** Of these numbers of the other system, those that came in before. */
export async function importedSources(
  db: Database,
  programme: string,
  sourceIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const statement = sql`select source_id from applications
    where programme = ${programme} and source_id = any(${sourceIds}::text[])`;
  const rows = await query<{ source_id: string }>(db, statement);
  return new Set(rows.map((row) => row.source_id));
}

export async function takenReferences(db: Database, wanted: readonly string[]): Promise<ReadonlySet<string>> {
  const statement = sql`select reference from cases where reference = any(${wanted}::text[])`;
  const rows = await query<{ reference: string }>(db, statement);
  return new Set(rows.map((row) => row.reference));
}
