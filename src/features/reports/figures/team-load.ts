/** What each of an entity's people has in hand: for those who run it, to spread the work, and no ranking. */
import sql, { type Sql } from "sql-template-tag";
import type { DeskGroup, DeskTime } from "../../../engine/lifecycle/desk-groups.js";
import type { TeamLine } from "../../../engine/measures/figures-view.js";
import { type Database, query } from "../../../platform/db/query.js";
import { deskCondition } from "../../cases/list/desk-conditions.js";
import { applicantCases } from "../../people/case-scope.js";

type Row = Omit<TeamLine, "person"> & { readonly id: number | null; readonly name: string | null };

/**
 * By name; what nobody has taken on comes first. Those who handle the entity's cases are in it with nothing in hand too, and others who have some of
 * theirs. Confidential cases count: the reader handles them.
 */
export async function teamLoad(
  db: Database,
  a: { readonly programme: string; readonly entity: string; readonly time: DeskTime },
): Promise<TeamLine[]> {
  const { programme, entity, time } = a;
  const group = (name: DeskGroup): Sql => sql`(count(*) filter (where ${deskCondition(name, time)}))::integer`;
  const statement = sql`with held as (
      select c.assignee as id, count(*)::integer as open, ${group("overdue")} as overdue, ${group("replyLate")} as "replyLate", ${group("today")} as today, ${group("next")} as next
      from cases c where c.programme = ${programme} and c.entity = ${entity} and c.urgency in (0, 1) and ${applicantCases} group by c.assignee),
    people as (
      select h.user_id as id from seats s join seat_holders h on h.seat_id = s.id
        and h.held_from <= ${time.now} and (h.held_to is null or h.held_to > ${time.now})
      where s.programme = ${programme} and s.entity = ${entity} and s.role in ('focal_point', 'entity_manager')
      union select id from held)
    select p.id, u.name, coalesce(held.open, 0) as open, coalesce(held.overdue, 0) as overdue, coalesce(held."replyLate", 0) as "replyLate",
      coalesce(held.today, 0) as today, coalesce(held.next, 0) as next
    from people p left join users u on u.id = p.id left join held on held.id is not distinct from p.id
    order by p.id is not null, u.name, p.id`;
  return (await query<Row>(db, statement)).map(({ id, name, ...counts }) => ({
    person: id === null ? null : { id, name: name ?? `#${id}` },
    ...counts,
  }));
}
