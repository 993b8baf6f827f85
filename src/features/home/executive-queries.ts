/** What an executive's home lists: what climbed to them, and where most is late. */
import sql from "sql-template-tag";
import type { DeskTime } from "../../engine/lifecycle/desk-groups.js";
import type { PlaceWork } from "../../engine/measures/home-troubles.js";
import { type Database, query } from "../../platform/db/query.js";
import { isOverdue, placeByImportance } from "../cases/list/desk-conditions.js";
import { type DeskPlaces, type HomeCaseRow, inPlaces, joined, lined, rowOf, type StoredRow } from "./home-queries.js";

export interface ClimbedRow extends HomeCaseRow {
  readonly climbedAt: Date;
  readonly ruleId: string;
}

/** Open cases that climbed to a level or above it, with the step that took them there: the most important first, then what is due first. */
export async function climbedCases(
  db: Database,
  a: { places: DeskPlaces; time: DeskTime; level: number; limit: number },
): Promise<ClimbedRow[]> {
  const statement = sql`select ${lined}, f.at as "climbedAt", f.rule_id as "ruleId"
    from cases c ${joined} cross join lateral (
      select at, rule_id from enforcements f where f.case_id = c.id and f.cycle = c.cycle and f.kind = 'escalation' and f.level >= ${a.level}
      order by f.at, f.level limit 1) f
    where ${inPlaces(a.places)} and c.escalation_level >= ${a.level}
    order by ${placeByImportance(a.time)} nulls last, c.due_at nulls last, c.id limit ${a.limit}`;
  type Row = StoredRow & { readonly climbedAt: Date; readonly ruleId: string };
  return (await query<Row>(db, statement)).map((row) => ({
    ...rowOf(row),
    ...{ climbedAt: row.climbedAt, ruleId: row.ruleId },
  }));
}

/** How much is open and late in these places, by entity and service. */
export function troublesIn(db: Database, a: { places: DeskPlaces; time: DeskTime }): Promise<PlaceWork[]> {
  const late = isOverdue(a.time.now);
  const [highest = null] = a.time.byImportance;
  const statement = sql`select c.entity, a.service, count(*)::integer as open, (count(*) filter (where ${late}))::integer as late,
      (count(*) filter (where ${late} and c.importance = ${highest}::text))::integer as critical, min(c.due_at) filter (where ${late}) as "oldestDueAt"
    from cases c ${joined} where ${inPlaces(a.places)} group by c.entity, a.service`;
  return query(db, statement);
}
