/**
 * How much was decided by each version of a thing and is pinned to it: counted up to a bound, so that it costs the same in any year.
 * Confidential cases are in no number.
 */

import sql, { type Sql } from "sql-template-tag";
import { type Database, query } from "../../platform/db/query.js";
import type { ConfigurationKind } from "./tables/define-configuration-version.js";

export interface VersionUse {
  /** Of the version. */
  readonly id: number;
  readonly used: number;
  /** True when there are more than `used`, which is as far as is counted. */
  readonly isMore: boolean;
}

const maxCounted = 10_000;

/** What a version is pinned to. Letters and digests are to nothing. */
const pinned: Readonly<Partial<Record<ConfigurationKind, Sql>>> = {
  rules: sql`decisions p join cases c on c.id = p.case_id where p.version_id = v.id and not c.confidential`,
  workflow: sql`cases c where c.workflow_version_id = v.id and not c.confidential`,
  calendar: sql`clocks p join cases c on c.id = p.case_id where p.calendar_version_id = v.id and not c.confidential`,
};

export async function versionUses(
  db: Database,
  { programme, kind, name }: { programme: string; kind: ConfigurationKind; name: string },
): Promise<VersionUse[]> {
  const uses = pinned[kind];
  if (uses === undefined) return [];

  const statement = sql`select v.id, (select count(*)::integer from (select from ${uses} limit ${maxCounted + 1}) u) as used
    from configuration_versions v where v.programme = ${programme} and v.kind = ${kind} and v.name = ${name}
      order by v.version desc`;
  const rows = await query<{ id: number; used: number }>(db, statement);
  return rows.map(({ id, used }) => ({ id, used: Math.min(used, maxCounted), isMore: used > maxCounted }));
}
