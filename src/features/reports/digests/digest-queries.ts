/** What digests count and list beside the key figures. */

import sql from "sql-template-tag";
import type { Clock } from "../../../engine/calendar/clock.js";
import type { FocalGroup } from "../../../engine/measures/focal-digest.js";
import { type Database, query } from "../../../platform/db/query.js";
import { clockColumns, clockOf } from "../../cases/case-queries.js";

export interface DigestCaseRow {
  readonly entity: string;
  readonly group: FocalGroup;
  /** Cases of this entity and group, listed or not. */
  readonly count: number;
  readonly reference: string;
  /** Null for a confidential case: a letter names it by its reference only. */
  readonly subject: string | null;
  readonly importance: string | null;
  /** The resolution target while it runs. */
  readonly clock: Clock | null;
  readonly reopened: boolean;
}

/** The most pressing cases of each entity and group, with how many there are; confidential ones among them or not. */
export async function digestCases(
  db: Database,
  a: {
    programme: string;
    entities: readonly string[];
    now: Date;
    endOfDay: Date;
    maxListed: number;
    confidential: boolean;
  },
): Promise<DigestCaseRow[]> {
  // Groups do not overlap: late (past due, as `diwan kpi` counts delayed), due before the day ends, otherwise reopened and
  // waiting for the office. A case that waits for the applicant has no due time. Imported history is nobody's work.
  const statement = sql`with work as (
      select c.id, c.cycle, c.entity, c.reference,
        case when c.confidential then null else a.subject end as subject, c.importance,
        k.due_at, c.cycle > 1 as reopened,
        case when k.due_at < ${a.now} then 'late' when k.due_at < ${a.endOfDay} then 'dueToday' when c.cycle > 1 then 'reopened' end as "group"
      from cases c join applications a on a.id = c.id
      left join clocks k on k.case_id = c.id and k.cycle = c.cycle and k.target = 'resolution'
        and k.met_at is null and k.cancelled_at is null and k.due_at is not null
      where c.programme = ${a.programme} and c.entity = any(${a.entities}::text[]) and c.state_kind = 'open'
        and not c.imported and (${a.confidential} or not c.confidential)),
    ranked as (
      select *, (count(*) over w)::integer as count, row_number() over (w order by due_at, reference) as place
      from work where "group" is not null window w as (partition by entity, "group"))
    select r.entity, r."group", r.count, r.reference, r.subject, r.importance, r.reopened,
      case when k.case_id is not null then ${clockColumns} end as clock
    from ranked r left join clocks k on k.case_id = r.id and k.cycle = r.cycle and k.target = 'resolution'
      and r.due_at is not null
    where r.place <= ${a.maxListed} order by r.entity, r."group", r.place`;
  const rows = await query<DigestCaseRow>(db, statement);
  return rows.map((row) => ({ ...row, clock: row.clock && clockOf({ ...row.clock }) }));
}

/** Overdue cases of an entity, as `diwan kpi` counts them. */
export interface OverdueRow {
  readonly code: string;
  readonly count: number;
  readonly oldestDue: Date;
  readonly oldest: string;
}

/** What is overdue at each entity now, none of it confidential. @param entities null for all */
export function overdueByEntity(
  db: Database,
  a: { programme: string; entities: readonly string[] | null; now: Date },
): Promise<OverdueRow[]> {
  // By the index of what is due: no promise is nearer than the nearest one.
  const statement = sql`select c.entity as code, count(*)::integer as count, min(c.due_at) as "oldestDue",
      (array_agg(c.reference order by c.due_at, c.id))[1] as oldest
    from cases c where c.programme = ${a.programme} and c.urgency in (0, 1) and c.promise_due_at < ${a.now} and c.due_at < ${a.now}
      and c.entity is not null and not c.confidential
      and (${a.entities}::text[] is null or c.entity = any(${a.entities}::text[]))
    group by c.entity`;
  return query<OverdueRow>(db, statement);
}

/** Open cases of these entities that climbed to a level of the ladder, or higher; none of them confidential. */
export async function climbedTo(
  db: Database,
  a: { programme: string; entities: readonly string[]; level: number },
): Promise<number> {
  const statement = sql`select count(*)::integer as n from cases c
    where c.programme = ${a.programme} and c.urgency in (0, 1) and c.escalation_level > 0 and c.escalation_level >= ${a.level}
      and not c.confidential and c.entity = any(${a.entities}::text[])`;
  return (await query<{ n: number }>(db, statement))[0]?.n ?? 0;
}

export interface CaseNow {
  readonly reference: string;
  readonly entity: string | null;
  readonly open: boolean;
  readonly late: boolean;
}

/** How cases are now that a letter named. */
export function casesNow(
  db: Database,
  a: { programme: string; references: readonly string[]; now: Date },
): Promise<CaseNow[]> {
  return query<CaseNow>(
    db,
    sql`select c.reference, c.entity, c.state_kind in ('open', 'waiting') as open, coalesce(c.due_at < ${a.now}, false) as late
      from cases c where c.programme = ${a.programme} and c.reference = any(${a.references}::text[])`,
  );
}
