/**
 * Rows of entities that one transaction holds: always in the order of their codes, so that one that retires several and one that
 * places cases with several never wait for each other in a circle.
 */
import type { Transaction } from "sequelize";
import sql, { type Sql } from "sql-template-tag";
import { type Database, query } from "../../platform/db/query.js";

interface Entities {
  readonly programme: string;
  readonly codes: readonly string[];
}

async function lockRows(db: Database, { programme, codes }: Entities, how: Sql, tx: Transaction): Promise<void> {
  if (codes.length === 0) return;
  const rows = sql`select 1 from entities where programme = ${programme} and code = any(${[...new Set(codes)]})
    order by code`;
  await query(db, sql`${rows} for ${how}`, tx);
}

/** Nobody places a case with them meanwhile. */
export const lockToRetire = (db: Database, a: Entities, tx: Transaction): Promise<void> =>
  lockRows(db, a, sql`update`, tx);

/** Nobody retires them meanwhile: as the foreign key of a case holds them. */
export const lockToPlace = (db: Database, a: Entities, tx: Transaction): Promise<void> =>
  lockRows(db, a, sql`key share`, tx);
