/**
 * What the homes count and list. Every statement begins with an index over what is open, due or of today, so that its cost
 * follows the work there is and not the history.
 */

import sql, { empty, join, raw, type Sql } from "sql-template-tag";
import type { CaseReach } from "../../engine/access/permissions.js";
import type { Clock } from "../../engine/calendar/clock.js";
import { type DeskGroup, type DeskNarrowing, type DeskTime, deskGroups } from "../../engine/lifecycle/desk-groups.js";
import type { Happening } from "../../engine/lifecycle/happened.js";
import { type Database, parameter, query, queryUnprepared } from "../../platform/db/query.js";
import { clockOf, promisedClocks } from "../cases/case-queries.js";
import { deskCondition, isInReview, isOverdue, placeByImportance } from "../cases/list/desk-conditions.js";
import { fellDue, happenedCases, targetOf } from "../cases/list/happened-cases.js";
import { applicantCases, casesWithin } from "../people/case-scope.js";

/** Cases of these entities: with confidential ones where the asker handles them, without in those below. */
export interface DeskPlaces {
  readonly programme: string;
  readonly handled: readonly string[];
  readonly below: readonly string[];
}

export interface HomeCaseRow {
  readonly reference: string;
  readonly subject: string;
  readonly entity: string | null;
  readonly sector: string | null;
  readonly importance: string | null;
  readonly receivedAt: Date;
  readonly escalationLevel: number;
  readonly cycle: number;
  /** Clocks of the current cycle: first reply and final answer, as far as they were promised. */
  readonly clocks: readonly Clock[];
}

export const lined = sql`c.reference, a.subject, c.entity, c.sector, c.importance, c.received_at as "receivedAt",
  c.escalation_level as "escalationLevel", c.cycle, ${promisedClocks} as clocks`;
export const joined = sql`join applications a on a.id = c.id`;

export type StoredRow = Omit<HomeCaseRow, "clocks"> & { readonly clocks: readonly Record<string, unknown>[] };
export const rowOf = (row: StoredRow): HomeCaseRow => ({ ...row, clocks: row.clocks.map(clockOf) });

const ofEntities = ({ handled, below }: DeskPlaces): Sql =>
  sql`c.entity = any(${[...handled, ...below]}::text[]) and (not c.confidential or c.entity = any(${handled}::text[]))`;
export const inPlaces = (places: DeskPlaces): Sql =>
  sql`c.programme = ${places.programme} and c.urgency in (0, 1) and ${applicantCases} and ${ofEntities(places)}`;

export interface DeskCounts {
  readonly open: number;
  readonly escalated: number;
  /** Escalated to the level that was asked for, or a higher one; 0 where none was. */
  readonly atLevel: number;
  /** Overdue, as `diwan kpi` counts them. */
  readonly delayed: number;
  readonly reviewsLate: number;
  readonly groups: Readonly<Record<DeskGroup, number>>;
}

/** How many cases wait in these places, and in which groups. */
export async function deskCounts(
  db: Database,
  a: { places: DeskPlaces; time: DeskTime; level?: number | undefined },
): Promise<DeskCounts> {
  const { places, time, level } = a;
  const counts = deskGroups.map(
    (group) => sql`(count(*) filter (where ${deskCondition(group, time)}))::integer as ${raw(`"${group}"`)}`,
  );
  const statement = sql`select count(*)::integer as open, (count(*) filter (where c.escalation_level > 0))::integer as escalated,
      (count(*) filter (where c.escalation_level >= ${level ?? null}::integer))::integer as "atLevel",
      (count(*) filter (where ${isOverdue(time.now)}))::integer as delayed,
      (count(*) filter (where ${deskCondition("reviewLate", time)}))::integer as "reviewsLate", ${join(counts)}
    from cases c where ${inPlaces(places)}`;
  type Row = Omit<DeskCounts, "groups"> & Record<DeskGroup, number>;
  const [row] = await query<Row>(db, statement);
  const { open = 0, escalated = 0, atLevel = 0, delayed = 0, reviewsLate = 0, ...groups } = row ?? ({} as Partial<Row>);
  return { open, escalated, atLevel, delayed, reviewsLate, groups: groups as Record<DeskGroup, number> };
}

export interface DeskGroupRow {
  readonly group: DeskGroup;
  readonly total: number;
  /** How many of them are overdue, have a late first reply, or are in review and past their deadline. */
  readonly late: number;
  readonly repliesLate: number;
  readonly reviewsLate: number;
  /** Numbers of its first cases: the most important first, among equals the nearest promise. */
  readonly ids: readonly number[];
}

/** The groups of a desk that are not empty, with the first `limits` of each: the work that there is, read once. */
export function deskWork(
  db: Database,
  a: {
    places: DeskPlaces;
    time: DeskTime;
    narrowing: DeskNarrowing;
    limits: Readonly<Record<DeskGroup, number>>;
  },
): Promise<DeskGroupRow[]> {
  const narrowed = Object.entries(a.narrowing)
    .filter(([, value]) => value !== undefined)
    .map(([column, value]) => sql`and c.${raw(narrowingColumns[column as keyof DeskNarrowing])} = ${value}`);
  const groups = deskGroups.map((group) => sql`when ${deskCondition(group, a.time)} then ${raw(`'${group}'`)}`);
  const statement = sql`with work as materialized (
      select c.id, c.promise_due_at, ${placeByImportance(a.time)} as important, c.received_at, case ${join(groups, " ")} end as "group",
        ${deskCondition("overdue", a.time)} as late, ${deskCondition("replyLate", a.time)} as reply, ${deskCondition("reviewLate", a.time)} as review
      from cases c where ${inPlaces(a.places)} ${join([empty, ...narrowed], " ")}),
    placed as (
      select id, "group", late, reply, review, row_number() over (partition by "group" order by important nulls last, promise_due_at nulls last,
        received_at, id) as place
      from work)
    select "group", count(*)::integer as total, (count(*) filter (where late))::integer as late,
      (count(*) filter (where reply))::integer as "repliesLate", (count(*) filter (where review))::integer as "reviewsLate", coalesce((array_agg(id order by place)
        filter (where place <= (${JSON.stringify(a.limits)}::jsonb->>"group")::integer)), '{}') as ids
    from placed group by "group"`;
  // What it is narrowed to makes another statement of it.
  return narrowed.length === 0 ? query(db, statement) : queryUnprepared(db, statement);
}
const narrowingColumns: Readonly<Record<keyof DeskNarrowing, string>> = {
  assignee: "assignee",
  importance: "importance",
  sector: "sector",
  pillar: "pillar",
  type: "type",
};

/** What is overdue: the most important first, then what is so for longest. */
export async function delayedCases(
  db: Database,
  a: { places: DeskPlaces; time: DeskTime; limit: number },
): Promise<HomeCaseRow[]> {
  const statement = sql`select ${lined} from cases c ${joined}
    where ${inPlaces(a.places)} and ${isOverdue(a.time.now)}
    order by ${placeByImportance(a.time)} nulls last, c.due_at, c.received_at, c.id limit ${a.limit}`;
  return (await query<StoredRow>(db, statement)).map(rowOf);
}

export interface LateEntityRow {
  readonly entity: string;
  readonly late: number;
  readonly open: number;
  readonly oldestDueAt: Date | null;
}

/** The entities with most overdue cases, of those for which `condition` holds. */
function mostLate(db: Database, condition: Sql, a: { now: Date; limit: number }): Promise<LateEntityRow[]> {
  const late = isOverdue(parameter(a.now) as Sql);
  const statement = sql`select c.entity, (count(*) filter (where ${late}))::integer as late, count(*)::integer as open,
      min(c.due_at) filter (where ${late}) as "oldestDueAt"
    from cases c where c.urgency in (0, 1) and ${applicantCases} and ${condition}
    group by c.entity having count(*) filter (where ${late}) > 0
    order by late desc, "oldestDueAt", c.entity limit ${a.limit}`;
  return query(db, statement);
}

export interface QueueRow {
  readonly sector: string | null;
  readonly waiting: number;
  readonly late: number;
  readonly repliesLate: number;
  readonly oldestReceivedAt: Date;
}

/** What waits for an entity, a sector; only of these sectors, or of all. Inside the reach. */
export function triageQueue(
  db: Database,
  a: { programme: string; sectors: readonly string[] | null; reach: CaseReach; time: DeskTime },
): Promise<QueueRow[]> {
  const sectors = sql`${a.sectors}::text[]`;
  const statement = sql`select c.sector, count(*)::integer as waiting, (count(*) filter (where ${isOverdue(a.time.now)}))::integer as late,
      (count(*) filter (where ${deskCondition("replyLate", a.time)}))::integer as "repliesLate",
      min(c.received_at) as "oldestReceivedAt"
    from cases c where c.programme = ${a.programme} and c.urgency in (0, 1) and c.entity is null and ${applicantCases}
      and (${sectors} is null or c.sector = any(${sectors})) and ${casesWithin(a.reach)}
    group by c.sector order by waiting desc, c.sector`;
  return query(db, statement);
}

/** Numbers of the first of a triage queue: late ones first, of these and of the others the most important, then the nearest promise. */
export async function triageCases(
  db: Database,
  a: { programme: string; sectors: readonly string[]; reach: CaseReach; time: DeskTime; limit: number },
): Promise<number[]> {
  const statement = sql`select c.id from cases c
    where c.programme = ${a.programme} and c.urgency in (0, 1) and c.entity is null and ${applicantCases}
      and c.sector = any(${a.sectors}) and ${casesWithin(a.reach)}
    order by coalesce(c.promise_due_at < ${a.time.now}, false) desc, ${placeByImportance(a.time)} nulls last,
      c.promise_due_at nulls last, c.received_at, c.id limit ${a.limit}`;
  return (await query<{ id: number }>(db, statement)).map(({ id }) => id);
}

export interface RoomWork {
  /** As `diwan kpi` counts them: without confidential cases. */
  readonly open: number;
  readonly delayed: number;
  readonly repliesLate: number;
  /** In reach; and those past their deadline. */
  readonly reviews: number;
  readonly reviewsLate: number;
}

export async function roomWork(
  db: Database,
  a: { programme: string; time: DeskTime; reach: CaseReach },
): Promise<RoomWork> {
  const now = sql`${a.time.now}::timestamptz`;
  const count = (condition: Sql): Sql => sql`(count(*) filter (where ${condition}))::integer`;
  const counted = sql`c.withdrawn_at is null and c.duplicate_of is null and not c.confidential`;
  const statement = sql`select ${count(counted)} as open, ${count(sql`${counted} and ${isOverdue(now)}`)} as delayed,
      ${count(sql`${counted} and ${deskCondition("replyLate", a.time)}`)} as "repliesLate",
      ${count(sql`review`)} as reviews, ${count(sql`review and c.due_at < ${now}`)} as "reviewsLate"
    from cases c cross join lateral (select case when ${isInReview} then ${casesWithin(a.reach)} else false end as review) r
    where c.programme = ${a.programme} and c.urgency in (0, 1) and ${applicantCases}`;
  const [row] = await query<RoomWork>(db, statement);
  return row ?? { open: 0, delayed: 0, repliesLate: 0, reviews: 0, reviewsLate: 0 };
}

/** For the whole programme, without confidential cases: the list behind it does not show them either. */
export function lateEntitiesOfProgramme(
  db: Database,
  a: { programme: string; now: Date; limit: number },
): Promise<LateEntityRow[]> {
  const condition = sql`c.programme = ${a.programme} and c.entity is not null and not c.confidential`;
  return mostLate(db, condition, a);
}

export interface EscalationRow {
  readonly at: Date;
  readonly reference: string;
  readonly level: number;
  readonly entity: string | null;
  readonly total: number;
}

/** The newest escalations of this time, of cases in reach, with how many cases there were. */
export function escalationsWithin(
  db: Database,
  a: { programme: string; from: Date; to: Date; reach: CaseReach; limit: number },
): Promise<EscalationRow[]> {
  const { programme, from, to } = a;
  const statement = sql`with escalated as materialized (select c.id, c.reference, c.entity from cases c
      where c.id in (${happenedCases("escalated", { programme, from, to })}) and ${casesWithin(a.reach)})
    select f.at, c.reference, f.level, c.entity, (select count(*)::integer from escalated) as total
    from escalated c join enforcements f on f.case_id = c.id
    where f.kind = 'escalation' and f.at >= ${from} and f.at < ${to}
    order by f.at desc, f.level desc, c.id limit ${a.limit}`;
  return query(db, statement);
}

/** How many cases of these places were answered in this time. */
export async function answeredWithin(db: Database, a: { places: DeskPlaces; from: Date; to: Date }): Promise<number> {
  const { programme, handled, below } = a.places;
  const entities = [...handled, ...below];
  const answered = happenedCases("resolved", { programme, from: a.from, to: a.to, entities });
  const statement = sql`select count(*)::integer as n from cases c
    where c.id in (${answered}) and ${ofEntities(a.places)}`;
  return (await query<{ n: number }>(db, statement))[0]?.n ?? 0;
}

/**
 * On-time resolution of one person, by the definition of `diwan kpi`: of the cases that they may read, the targets that fell due in this
 * time while they had the case, and how many were kept.
 */
export async function ownOnTime(
  db: Database,
  a: { programme: string; person: number; from: Date; to: Date; reach: CaseReach },
): Promise<{ due: number; kept: number }> {
  const own = happenedCases("fellDue", a);
  const statement = sql`select count(*)::integer as due, (count(*) filter (where k.met_at <= k.due_at))::integer as kept
    from cases c join clocks k on k.case_id = c.id
    where c.id in (${own}) and ${fellDue("k", a)} and ${targetOf("k", sql`c.assignee`, a.person)} and ${casesWithin(a.reach)}`;
  const [row] = await query<{ due: number; kept: number }>(db, statement);
  return row ?? { due: 0, kept: 0 };
}

export interface WindowCounts {
  readonly received: number;
  readonly resolved: number;
  readonly becameLate: number;
}

/** What happened between `from[i]` and `to[i]`, by the definitions of `diwan kpi`, as things are known now; without confidential cases. */
export async function windowCounts(
  db: Database,
  a: { programme: string; from: readonly Date[]; to: readonly Date[] },
): Promise<WindowCounts[]> {
  const within = { programme: a.programme, from: sql`w.since`, to: sql`w.upto`, secret: false } as const;
  function n(happening: Happening): Sql {
    const [figure, table] = [raw(`"${happening}"`), raw(`of_${happening}`)];
    return sql`cross join lateral (select count(*)::integer as ${figure} from (${happenedCases(happening, within)}) x) ${table}`;
  }
  const statement = sql`select received, resolved, "becameLate"
    from unnest(${a.from}::timestamptz[], ${a.to}::timestamptz[]) with ordinality as w(since, upto, place)
    ${n("received")} ${n("resolved")} ${n("becameLate")}
    order by w.place`;
  return query(db, statement);
}
