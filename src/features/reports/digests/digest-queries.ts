/** What digests count and list beside the key figures. */

import sql, { type Sql } from "sql-template-tag";
import type { Clock } from "../../../engine/calendar/clock.js";
import type { DeskTime } from "../../../engine/lifecycle/desk-groups.js";
import type { FocalGroup } from "../../../engine/measures/focal-digest.js";
import { type Database, query } from "../../../platform/db/query.js";
import { clockColumns, clockOf } from "../../cases/case-queries.js";
import {
  deskCondition,
  isInReview,
  isOverdue,
  overdueByIndex,
  placeByImportance,
} from "../../cases/list/desk-conditions.js";
import { applicantCases } from "../../people/case-scope.js";
import { type Heirs, toldAt } from "../heirs.js";
import type { ReceivedRow } from "../kpi.js";

const places = sql`('case.routed', 'case.assigned', 'case.transferred', 'case.taken-back')`;
/** The entity of `c` by the last event `p` of those that say it. */
const placedBefore = (which: Sql): Sql => sql`(select p.data::jsonb->>'entity' from case_events p
        where p.case_id = c.id and p.type in ${places} and ${which} order by p.seq desc limit 1)`;

export interface DigestCaseRow {
  readonly entity: string;
  readonly group: FocalGroup;
  /** Cases of this entity and group, listed or not. */
  readonly count: number;
  /** How many of those have the highest importance level. */
  readonly critical: number;
  readonly reference: string;
  /** Null for a confidential case: a letter names it by its reference only. */
  readonly subject: string | null;
  readonly importance: string | null;
  /** The target that puts it into its group, while it runs. */
  readonly clock: Clock | null;
  readonly reopened: boolean;
}

/** The most pressing cases of each entity and group, with how many there are; confidential ones among them or not. */
export async function digestCases(
  db: Database,
  a: {
    programme: string;
    entities: readonly string[];
    time: DeskTime;
    endOfDay: Date;
    maxListed: number;
    confidential: boolean;
    /** The highest importance level; null: there is none. */
    level: string | null;
  },
): Promise<DigestCaseRow[]> {
  // Groups do not overlap, and are those of the desk: overdue, with a late first reply, due before the day ends, otherwise reopened and waiting
  // for the office. What waits for a review is in none.
  const statement = sql`with work as (
      select c.id, c.cycle, c.entity, c.reference, c.due_at, c.cycle > 1 as reopened,
        case when c.confidential then null else a.subject end as subject, c.importance, ${placeByImportance(a.time)} as important,
        case when ${deskCondition("overdue", a.time)} then 'late' when ${deskCondition("replyLate", a.time)} then 'replyLate'
          when c.due_at < ${a.endOfDay} then 'dueToday' when c.cycle > 1 and c.urgency = 0 then 'reopened' end as "group"
      from cases c join applications a on a.id = c.id
      where c.programme = ${a.programme} and c.entity = any(${a.entities}::text[]) and c.urgency in (0, 1) and ${applicantCases} and not ${isInReview}
        and (${a.confidential} or not c.confidential)),
    ranked as (
      select *, (count(*) over w)::integer as count, (count(*) filter (where importance = ${a.level}) over w)::integer as critical,
        row_number() over (w order by important nulls last, due_at nulls last, reference) as place
      from work where "group" is not null window w as (partition by entity, "group"))
    select r.entity, r."group", r.count, r.critical, r.reference, r.subject, r.importance, r.reopened,
      case when k.case_id is not null then ${clockColumns} end as clock
    from ranked r left join clocks k on k.case_id = r.id and k.cycle = r.cycle and k.due_at is not null and k.met_at is null
      and k.cancelled_at is null and k.target = case r."group" when 'replyLate' then 'firstResponse' else 'resolution' end
    where r.place <= ${a.maxListed} order by r.entity, r."group", r.place`;
  const rows = await query<DigestCaseRow>(db, statement);
  return rows.map((row) => ({ ...row, clock: row.clock && clockOf({ ...row.clock }) }));
}

/** Overdue cases of an entity, as `diwan kpi` counts them, and those of the highest importance level among them. */
export interface OverdueRow {
  readonly code: string;
  readonly count: number;
  readonly oldestDue: Date;
  readonly oldest: string;
  readonly critical: number;
  /** Null: none of them is. */
  readonly criticalDue: Date | null;
  /** References of those, so that the next letter knows which of them still are. */
  readonly criticalCases: readonly string[];
}

/** What is overdue at each entity now, none of it confidential. @param entities null for all @param level the highest importance level; null: there is none */
export function overdueByEntity(
  db: Database,
  a: { programme: string; entities: readonly string[] | null; level: string | null; now: Date },
): Promise<OverdueRow[]> {
  const statement = sql`select c.entity as code, count(*)::integer as count, min(c.due_at) as "oldestDue",
      (array_agg(c.reference order by c.due_at, c.id))[1] as oldest,
      (count(*) filter (where c.importance = ${a.level}))::integer as critical,
      min(c.due_at) filter (where c.importance = ${a.level}) as "criticalDue",
      coalesce(array_agg(c.reference order by c.due_at, c.id) filter (where c.importance = ${a.level}), '{}') as "criticalCases"
    from cases c where c.programme = ${a.programme} and ${overdueByIndex(a.now)} and ${applicantCases}
      and c.entity is not null and not c.confidential
      and (${a.entities}::text[] is null or c.entity = any(${a.entities}::text[]))
    group by c.entity`;
  return query<OverdueRow>(db, statement);
}

/** An overdue case as it lies in the database. */
export interface UrgentRow {
  readonly reference: string;
  readonly subject: string;
  readonly importance: string | null;
  readonly entity: string;
  readonly workflow: string;
  readonly state: string;
  readonly holder: string | null;
  readonly dueAt: Date;
  readonly clock: Clock | null;
}

/**
 * The most important overdue cases, of equals the oldest, and the oldest of all; none of them confidential.
 * @param a.entities null for all @param a.levels codes of importance, the highest first
 */
export async function urgentCases(
  db: Database,
  a: { programme: string; entities: readonly string[] | null; levels: readonly string[]; most: number; now: Date },
): Promise<UrgentRow[]> {
  const statement = sql`with late as (
      select c.id, c.due_at, row_number() over (order by array_position(${a.levels}::text[], c.importance) nulls last, c.due_at, c.id) as place,
        row_number() over (order by c.due_at, c.id) as age
      from cases c where c.programme = ${a.programme} and ${overdueByIndex(a.now)} and ${applicantCases} and c.entity is not null and not c.confidential
        and (${a.entities}::text[] is null or c.entity = any(${a.entities}::text[])))
    select c.reference, a.subject, c.importance, c.entity, v.name as workflow, c.state, u.name as holder, c.due_at as "dueAt",
      case when k.case_id is not null then ${clockColumns} end as clock
    from late l join cases c on c.id = l.id join applications a on a.id = c.id
      join configuration_versions v on v.id = c.workflow_version_id left join users u on u.id = c.assignee
      left join clocks k on k.case_id = c.id and k.cycle = c.cycle and k.target = 'resolution' and k.due_at is not null
        and k.met_at is null and k.cancelled_at is null
    where l.place <= ${a.most} or l.age = 1 order by l.place`;
  const rows = await query<UrgentRow>(db, statement);
  return rows.map((row) => ({ ...row, clock: row.clock && clockOf({ ...row.clock }) }));
}

/** Reviewed answers of an entity, and those of them that were sent back. */
export interface ReviewRow {
  readonly code: string;
  readonly reviewed: number;
  readonly returned: number;
}

/** Where a case is; of an earlier moment, where it was then. @param at null: now */
const entityAt = (at: Date | null): Sql =>
  at === null
    ? sql`c.entity`
    : sql`case when exists (select 1 from case_events p where p.case_id = c.id and p.type in ${places} and p.at > ${at})
        then ${placedBefore(sql`p.at <= ${at}`)} else c.entity end`;

/** What withdrew a case, or made it a duplicate, only later did not count it out. */
const isCounted = (
  at: Date,
): Sql => sql`${applicantCases} and (c.withdrawn_at is null or c.withdrawn_at > ${at}) and (c.duplicate_of is null
        or exists (select 1 from case_events l where l.case_id = c.id and l.type = 'case.linked' and l.at > ${at}))`;

/**
 * Answers that a review sent back, and those it let pass: they took effect later than they were written. By the entity that wrote them, of the
 * cases that key figures count, none of them confidential.
 */
export function reviewsByEntity(
  db: Database,
  a: { programme: string; from: Date; to: Date; now: Date; heirs: Heirs },
): Promise<ReviewRow[]> {
  // Each by its own index of moments. Who has the case now may have got it since.
  const statement = sql`with seen as (
      select e.case_id, e.seq, e.at, true as returned from case_events e
        where e.type = 'case.returned' and e.at >= ${a.from} and e.at < ${a.to} and e.at <= ${a.now}
      union all
      select e.case_id, e.seq, e.at, false from case_events e
        where e.type = 'case.resolved' and e.at >= ${a.from} and e.at < ${a.to} and e.at <= ${a.now}),
    review as (
      select s.returned, ${toldAt(sql`coalesce(${placedBefore(sql`p.seq < coalesce(w.seq, s.seq)`)}, c.entity)`, a.heirs)} as code
      from seen s join cases c on c.id = s.case_id
        left join lateral (select w.seq, w.at from case_events w where w.case_id = s.case_id and w.type = 'case.answered' and w.seq < s.seq
          order by w.seq desc limit 1) w on true
      where c.programme = ${a.programme} and not c.confidential and not c.imported and ${isCounted(a.now)}
        and (s.returned or w.at < s.at))
    select code, count(*)::integer as reviewed, (count(*) filter (where returned))::integer as returned
    from review where code is not null group by code`;
  return query<ReviewRow>(db, statement);
}

/**
 * Cases received by entity and service, as the key figures count them, one by one: of a past moment, and where the sums do not answer.
 * @param a.periods follow each other, the oldest first @param a.past of an earlier moment: where cases were then
 */
export function receivedByService(
  db: Database,
  a: { programme: string; begins: readonly Date[]; end: Date; now: Date; past: boolean; heirs: Heirs },
): Promise<ReceivedRow[]> {
  const statement = sql`with received as (
      select ${toldAt(entityAt(a.past ? a.now : null), a.heirs)} as entity, c.id,
        width_bucket(c.received_at, ${a.begins}::timestamptz[]) - 1 as period
      from cases c where c.programme = ${a.programme} and c.received_at >= ${a.begins[0]} and c.received_at < ${a.end}
        and c.received_at <= ${a.now} and not c.confidential and ${isCounted(a.now)}
        and not (c.split_from is not null and exists (select 1 from case_events e where e.case_id = c.id and e.seq = 1 and e.at > ${a.now})))
    select r.entity, a.service as code, r.period, count(*)::integer as received
    from received r join applications a on a.id = r.id where r.entity is not null and a.service is not null
    group by r.entity, a.service, r.period`;
  return query<ReceivedRow>(db, statement);
}

/** So many texts tell what they have in common. */
const mostTexts = 400;

/**
 * What applicants wrote to an entity in a time, of one service or of all: none of it confidential, a person's once, so that a word that many
 * texts have is of many people.
 */
export async function textsReceived(
  db: Database,
  a: { programme: string; entity: string; service: string | null; from: Date; to: Date },
): Promise<string[]> {
  const rows = await query<{ text: string }>(
    db,
    sql`with newest as (
        select c.id, a.subject || ' ' || a.description as text from cases c join applications a on a.id = c.id
        where c.programme = ${a.programme} and c.entity = ${a.entity} and ${applicantCases} and c.received_at >= ${a.from} and c.received_at < ${a.to}
          and (${a.service}::text is null or a.service = ${a.service}) and not c.confidential
          and c.duplicate_of is null and c.withdrawn_at is null
        order by c.received_at desc limit ${mostTexts})
      select distinct on (coalesce(p.national_number, p.phone, lower(p.email), n.id::text)) n.text
      from newest n left join applicants p on p.case_id = n.id`,
  );
  return rows.map(({ text }) => text);
}

/** Cases of an entity that climbed, and how many of them are overdue. */
export interface ClimbedRow {
  readonly entity: string;
  readonly count: number;
  readonly overdue: number;
}

/** Open cases of these entities that climbed to a level of the ladder, or higher, by entity, the most first; none of them confidential. */
export function climbedTo(
  db: Database,
  a: { programme: string; entities: readonly string[]; level: number; now: Date },
): Promise<ClimbedRow[]> {
  const statement = sql`select c.entity, count(*)::integer as count,
      (count(*) filter (where ${isOverdue(a.now)}))::integer as overdue from cases c
    where c.programme = ${a.programme} and c.urgency in (0, 1) and ${applicantCases} and c.escalation_level > 0 and c.escalation_level >= ${a.level}
      and not c.confidential and c.entity = any(${a.entities}::text[])
    group by c.entity order by count desc, c.entity`;
  return query<ClimbedRow>(db, statement);
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
    sql`select c.reference, c.entity, c.state_kind in ('open', 'waiting') as open, coalesce(${isOverdue(a.now)}, false) as late
      from cases c where c.programme = ${a.programme} and c.reference = any(${a.references}::text[])`,
  );
}
