/** Writes a batch of imported rows in one statement: all of it or nothing, and nothing that is there already. */

import sql from "sql-template-tag";
import { makeReference } from "../../../engine/lifecycle/case-reference.js";
import type { Policy } from "../../../engine/setup/policy.js";
import { uniqueViolation } from "../../../platform/db/errors.js";
import { type Database, query } from "../../../platform/db/query.js";
import type { Random } from "../../../platform/unguessable.js";
import { insertCases, type OpenedCase } from "../../cases/case-store.js";
import type { Policies } from "../../setup/policies.js";
import type { HistoryRow } from "./history-row.js";
import { importedCase } from "./imported-case.js";

// What an import asks before it writes: which rows are there already, which reference numbers are taken.

/** Of these numbers of the other system, those that came in before. */
async function importedSources(
  db: Database,
  programme: string,
  sourceIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const statement = sql`select source_id from applications
    where programme = ${programme} and source_id = any(${sourceIds}::text[])`;
  const rows = await query<{ source_id: string }>(db, statement);
  return new Set(rows.map((row) => row.source_id));
}

async function takenReferences(db: Database, wanted: readonly string[]): Promise<ReadonlySet<string>> {
  const statement = sql`select reference from cases where reference = any(${wanted}::text[])`;
  const rows = await query<{ reference: string }>(db, statement);
  return new Set(rows.map((row) => row.reference));
}

export interface HistoryParts {
  readonly db: Database;
  readonly policies: Policies;
  readonly random: Random;
  readonly nextCaseId: () => Promise<number>;
}

/** The applicant of history is not known, so there is no code and no row of personal data. */
const anonymous = { codeHash: null, applicant: null, idempotency: null } as const;

async function freshReferences({ db, random }: HistoryParts, count: number): Promise<string[]> {
  const chosen = new Set<string>();
  while (chosen.size < count) {
    const wanted = Array.from({ length: count - chosen.size }, () => makeReference(random.bytes(8)));
    const taken = await takenReferences(db, wanted);
    for (const reference of wanted) if (!taken.has(reference)) chosen.add(reference);
  }
  return [...chosen];
}

/**
 * Stores the rows that are not there yet, decided by `policy`; their source numbers differ. Null when the configuration
 * has moved on or somebody else wrote one of them just now: nothing was written, read the rows again and repeat.
 */
export async function storeHistory(
  parts: HistoryParts,
  policy: Policy,
  rows: readonly HistoryRow[],
  now: Date,
): Promise<{ imported: number } | null> {
  const { db } = parts;
  const { setup, calendar } = policy;
  const there = await importedSources(
    db,
    setup.programme.code,
    rows.map((row) => row.sourceId),
  );
  const missing = rows.filter((row) => !there.has(row.sourceId));
  if (missing.length === 0) return { imported: 0 };
  const references = await freshReferences(parts, missing.length);
  const opened: OpenedCase[] = [];
  for (const [i, row] of missing.entries()) {
    const id = await parts.nextCaseId();
    const outcome = importedCase({ id, reference: references[i] as string, row, setup, calendar, now });
    opened.push({ outcome, rows: { ...anonymous, sourceId: row.sourceId } });
  }
  try {
    const written = await insertCases(db, opened, { revision: setup.revision, messages: "kept" });
    return written ? { imported: missing.length } : null;
  } catch (error) {
    // A second import of the same file, or a reference that intake took in the meantime.
    if (uniqueViolation(error) === null) throw error;
    return null;
  }
}
