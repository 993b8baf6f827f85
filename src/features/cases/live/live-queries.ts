/**
 * What has been committed since an earlier look, by any instance. A snapshot of PostgreSQL says exactly which transactions
 * a look has seen: whatever one sees and the one before did not is new, none is told twice and none is lost, also over a
 * broken connection. A notification would need a lock that lets one transaction commit at a time.
 */
import sql from "sql-template-tag";
import type { CaseSubject } from "../../../engine/access/permissions.js";
import { type Database, query, queryUnprepared } from "../../../platform/db/query.js";

export interface ChangedCaseRow extends CaseSubject {
  readonly reference: string;
  /** It was received since. */
  readonly opened: boolean;
  /** It was moved to another place since. */
  readonly moved: boolean;
  /** Where it was before that; null: in its sector's queue. */
  readonly before: string | null;
  /** Whose its news is, by number; 0: of all of its place. */
  readonly newsOf: readonly number[];
}

export interface PresenceRow extends CaseSubject {
  readonly reference: string;
  /** Who has it open now. */
  readonly users: readonly number[];
}

export interface LiveRow {
  /** What this look has seen; the next one begins there. */
  readonly snapshot: string;
  readonly cases: readonly ChangedCaseRow[];
  readonly presence: readonly PresenceRow[];
  /** There was more than is listed. */
  readonly more: boolean;
}

/** Whoever missed more than this looks at everything anew. */
const maxEvents = 5000;
const maxCases = 200;

/** The present moment, as a place to look from. */
export async function liveSnapshot(db: Database): Promise<string> {
  return (
    (await query<{ snapshot: string }>(db, sql`select pg_current_snapshot()::text as snapshot`))[0]?.snapshot ?? ""
  );
}

const subject = sql`'reference', c.reference, 'programme', c.programme, 'entity', c.entity, 'sector', c.sector,
    'confidential', c.confidential`;

/** Each says which entity, if any, a case stands with from then on. */
const places = sql`('case.routed','case.assigned','case.transferred')`;

/** What was committed since `snapshot`. `seenSince`: who has given no sign of life since then is not present. */
export async function liveChanges(db: Database, a: { snapshot: string; seenSince: Date }): Promise<LiveRow> {
  const isSince = sql`tx >= pg_snapshot_xmin(${a.snapshot}::pg_snapshot)
        and not pg_visible_in_snapshot(tx, ${a.snapshot}::pg_snapshot)`;
  const statement = sql`with events as materialized (
      select case_id, seq, type from case_events where ${isSince} order by tx limit ${maxEvents + 1}),
    touched as (
      select case_id, bool_or(type = 'application.received') as opened, min(seq) filter (where type in ${places}) as moved_at
      from events group by case_id limit ${maxCases + 1}),
    present as (
      select case_id from case_presence where ${isSince} group by case_id limit ${maxCases})
    select pg_current_snapshot()::text as snapshot,
      (select count(*) > ${maxEvents} from events) or (select count(*) > ${maxCases} from touched) as more,
      coalesce((select json_agg(json_build_object(${subject}, 'opened', t.opened, 'moved', t.moved_at is not null and not t.opened,
          'before', (select p.data::jsonb->>'entity' from case_events p
            where p.case_id = c.id and p.seq < t.moved_at and p.type in ${places} order by p.seq desc limit 1),
          'newsOf', (select coalesce(json_agg(coalesce(n.holder, 0)), '[]') from case_news n
            where n.case_id = c.id and n.last_seq > n.read_to)))
        from touched t join cases c on c.id = t.case_id), '[]') as cases,
      coalesce((select json_agg(json_build_object(${subject}, 'users', (select coalesce(json_agg(p.user_id), '[]')
          from case_presence p where p.case_id = c.id and not p.gone and p.seen_at > ${a.seenSince})))
        from present t join cases c on c.id = t.case_id), '[]') as presence`;
  // Planned for its very snapshot, so that the index on transactions is taken whatever statistics say.
  const [row] = await queryUnprepared<LiveRow>(db, statement);
  if (row === undefined) throw new Error("no snapshot");
  return row;
}
