/** What an import asks before it writes: which rows are there already, which reference numbers are taken. */
import { type Database, query, type Statement } from "../../../platform/db/query.js";

const sources: Statement = {
  name: "imported-sources",
  text: "select source_id from applications where programme = $1 and source_id = any($2::text[])",
};
const references: Statement = {
  name: "taken-references",
  text: "select reference from cases where reference = any($1::text[])",
};

/** Of these numbers of the other system, those that came in before. */
export async function importedSources(
  db: Database,
  programme: string,
  sourceIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await query<{ source_id: string }>(db, sources, [programme, sourceIds]);
  return new Set(rows.map((row) => row.source_id));
}

export async function takenReferences(db: Database, wanted: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await query<{ reference: string }>(db, references, [wanted]);
  return new Set(rows.map((row) => row.reference));
}
