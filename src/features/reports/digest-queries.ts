/** What a focal point's digest counts and lists. */

import sql from "sql-template-tag";
import type { Clock } from "../../engine/calendar/clock.js";
import type { FocalGroup } from "../../engine/measures/digest-view.js";
import { type Database, query } from "../../platform/db/query.js";
import { clockColumns, clockOf } from "../cases/case-queries.js";

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
