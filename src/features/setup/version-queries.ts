/** Reads of configuration versions, for those who look at them: without definitions, which are large, and with names. */
import { type Transaction, Transaction as Transactions } from "sequelize";
import sql, { type Sql } from "sql-template-tag";
import type { ProgrammeSettings } from "../../engine/setup/setup.js";
import type { Bilingual } from "../../engine/text/text.js";
import { type Database, query } from "../../platform/db/query.js";
import { type ConfigurationKind, createModels, type VersionStatus } from "./tables/create-models.js";

export interface VersionUse {
  /** Id of the version. */
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

/**
 * How much was decided by each version of a thing and is pinned to it: counted up to a bound, so that it costs the
 * same in any year. Confidential cases are in no number.
 */
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

export interface VersionHead {
  readonly id: number;
  readonly programme: string;
  readonly kind: ConfigurationKind;
  readonly name: string;
  readonly version: number;
  readonly status: VersionStatus;
  readonly reason: string | null;
  readonly createdAt: Date;
  readonly publishedAt: Date | null;
  /** As it was stored: `user:12`, `system:seed`. */
  readonly publishedBy: string | null;
  /** Name of the account that published it, where it was one. */
  readonly publisher: string | null;
  readonly retiredAt: Date | null;
  /** Names of those who wrote it; null where the machine did. */
  readonly authors: readonly string[] | null;
  readonly warningsReason: string | null;
  /** Name of the second person. */
  readonly approver: string | null;
  readonly approvalReason: string | null;
  /** How a workflow or calendar calls itself. */
  readonly title: Bilingual | null;
}

const columns = sql`v.id, v.programme, v.kind, v.name, v.version, v.status, v.reason, v.created_at as "createdAt",
  v.published_at as "publishedAt", v.published_by as "publishedBy", u.name as publisher, v.retired_at as "retiredAt",
  (select json_agg(w.name order by array_position(v.drafted_by, w.id)) from users w where w.id = any (v.drafted_by)) as authors,
  v.warnings_reason as "warningsReason", a.name as approver, v.approval_reason as "approvalReason",
  v.definition->'name' as title`;
const from = sql`from configuration_versions v left join users u on v.published_by = 'user:' || u.id
  left join users a on a.id = v.approved_by`;

export function versionsInForce(
  db: Database,
  programmes: readonly string[],
): Promise<(VersionHead & { readonly drafts: number })[]> {
  // What is in force in these programmes, with how many drafts wait beside it.
  const statement = sql`select ${columns}, (select count(*)::integer from configuration_versions d
        where d.programme = v.programme and d.kind = v.kind and d.name = v.name and d.status = 'draft' and d.version > v.version) as drafts ${from}
    where v.status = 'published' and v.programme = any(${programmes}) order by v.programme, v.kind, v.name`;
  return query(db, statement);
}

/** All versions of one thing, newest first. */
export function versionHeads(
  db: Database,
  { programme, kind, name }: { programme: string; kind: ConfigurationKind; name: string },
): Promise<VersionHead[]> {
  const statement = sql`select ${columns} ${from}
    where v.programme = ${programme} and v.kind = ${kind} and v.name = ${name} order by v.version desc`;
  return query(db, statement);
}

/** Null where there is none. */
export async function versionOfId(
  db: Database,
  id: number,
): Promise<(VersionHead & { readonly definition: object }) | null> {
  const statement = sql`select ${columns}, v.definition ${from} where v.id = ${id}`;
  const [row] = await query<VersionHead & { readonly definition: object }>(db, statement);
  return row ?? null;
}

export interface OpenClocks {
  readonly current: number;
  readonly older: number;
  readonly olderCases: number;
  /** Whether any is counted by an earlier version, of a confidential case too: those are in none of the numbers. */
  readonly anyOlder: boolean;
}

/** Clocks that run (or are paused) by this version of the calendar, and by others. */
export async function openClocks(db: Database, programme: string, calendarVersionId: number): Promise<OpenClocks> {
  const statement = sql`select count(*) filter (where k.calendar_version_id = ${calendarVersionId} and not c.confidential)::integer as current,
      count(*) filter (where k.calendar_version_id <> ${calendarVersionId} and not c.confidential)::integer as older,
      count(distinct k.case_id) filter (where k.calendar_version_id <> ${calendarVersionId} and not c.confidential)::integer as "olderCases",
      coalesce(bool_or(k.calendar_version_id <> ${calendarVersionId}), false) as "anyOlder"
    from clocks k join cases c on c.id = k.case_id
    where c.programme = ${programme} and c.state_kind in ('open', 'waiting') and k.cycle = c.cycle
      and k.met_at is null and k.cancelled_at is null and k.due_at is not null`;
  const [row] = await query<OpenClocks>(db, statement);
  return row ?? { current: 0, older: 0, olderCases: 0, anyOlder: false };
}

/** The number of each version of one thing, by its id. */
export async function versionNumbers(
  db: Database,
  { programme, kind, name }: { programme: string; kind: ConfigurationKind; name: string },
): Promise<ReadonlyMap<number, number>> {
  const statement = sql`select id, version from configuration_versions
    where programme = ${programme} and kind = ${kind} and name = ${name}`;
  const rows = await query<{ id: number; version: number }>(db, statement);
  return new Map(rows.map(({ id, version }) => [id, version]));
}

/**
 * Lets one transaction at a time change the versions of a programme, and gives its settings; null where there is none.
 * Cases go on: they refer to no programme row.
 */
export async function lockVersions(
  db: Database,
  programme: string,
  transaction: Transaction,
): Promise<ProgrammeSettings | null> {
  const row = await createModels(db).programmes.findOne({
    where: { code: programme },
    transaction,
    lock: Transactions.LOCK.NO_KEY_UPDATE,
  });
  return (row?.get("settings") as ProgrammeSettings | undefined) ?? null;
}
