/**
 * How much was decided by each version of a thing and is pinned to it: counted up to a bound, so that it costs the same in any year.
 * Confidential cases are in no number.
 */

import { type Database, query } from "../../platform/db/query.js";
import type { ConfigurationKind } from "./tables/define-configuration-version.js";

export interface VersionUse {
  /** Of the version. */
  readonly id: number;
  readonly used: number;
  /** True when there are more than `used`, which is as far as is counted. */
  readonly isMore: boolean;
}

const most = 10_000;

/** What a version is pinned to. Letters and digests are to nothing. */
const pinned: Readonly<Partial<Record<ConfigurationKind, string>>> = {
  rules: "decisions p join cases c on c.id = p.case_id where p.version_id = v.id and not c.confidential",
  workflow: "cases c where c.workflow_version_id = v.id and not c.confidential",
  calendar: "clocks p join cases c on c.id = p.case_id where p.calendar_version_id = v.id and not c.confidential",
};

export async function versionUses(
  db: Database,
  { programme, kind, name }: { programme: string; kind: ConfigurationKind; name: string },
): Promise<VersionUse[]> {
  const uses = pinned[kind];
  if (uses === undefined) return [];
  const text = `select v.id, (select count(*)::integer from (select from ${uses} limit ${most + 1}) u) as used
    from configuration_versions v where v.programme = $1 and v.kind = $2 and v.name = $3 order by v.version desc`;
  const statement = { name: `version-uses-${kind}`, text };
  const rows = await query<{ id: number; used: number }>(db, statement, [programme, kind, name]);
  return rows.map(({ id, used }) => ({ id, used: Math.min(used, most), isMore: used > most }));
}
