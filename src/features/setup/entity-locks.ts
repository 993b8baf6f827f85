/**
 * Rows of entities that one transaction holds: always in the order of their codes, so that one that retires several and one that
 * places cases with several never wait for each other in a circle.
 */
import type { Transaction } from "sequelize";
import { type Database, query, type Statement } from "../../platform/db/query.js";

const rows = "select 1 from entities where programme = $1 and code = any($2) order by code";
const toRetire: Statement = { name: "lock-entities-to-retire", text: `${rows} for update` };
/** As the foreign key of a case holds them. */
const toPlace: Statement = { name: "lock-entities-to-place", text: `${rows} for key share` };

interface Entities {
  readonly programme: string;
  readonly codes: readonly string[];
}

/** Nobody places a case with them meanwhile. */
export async function lockToRetire(db: Database, a: Entities, tx: Transaction): Promise<void> {
  if (a.codes.length > 0) await query(db, toRetire, [a.programme, [...new Set(a.codes)]], tx);
}

/** Nobody retires them meanwhile. */
export async function lockToPlace(db: Database, a: Entities, tx: Transaction): Promise<void> {
  if (a.codes.length > 0) await query(db, toPlace, [a.programme, [...new Set(a.codes)]], tx);
}
