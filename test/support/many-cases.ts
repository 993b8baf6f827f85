/** Copies of cases as rows: an office as large as a test of many needs, in a second. */
import pg from "pg";
import { cloneStatement } from "./bench-office.js";
import type { WorkingOffice } from "./working-office.js";

/** What a sweep reads of a case; its past stays with the one that it was copied from. */
const tables = ["applications", "cases", "clocks"] as const;

/**
 * Copies a case `copies` times, every moment of it moved.
 * @param shift SQL of the move of copy number `g` (from 1): `g * interval '1 minute'`
 */
export async function copyCase(
  office: WorkingOffice,
  a: { caseId: number; copies: number; shift?: string },
): Promise<void> {
  const owner = new pg.Client({ connectionString: office.database.ownerUrl });
  await owner.connect();
  try {
    await owner.query(`create temp table clones as select 1000000 + (select max(id) from cases) + g as id, ${a.caseId}::bigint as from_id,
      ${a.shift ?? "interval '0'"} as shift from generate_series(1, ${a.copies}) g;
      set session_replication_role = replica`);
    for (const table of tables) await owner.query(cloneStatement(table));
  } finally {
    await owner.end();
  }
}
