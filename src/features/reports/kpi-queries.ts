/**
 * Counts the key figures in one statement, as of any moment.
 *
 * It begins with the cases that can matter (active in the period, or open), found by index, so that its cost follows the
 * period and not the history. What a case was at the moment of the report is read from its columns where nothing has
 * happened to it since, and from its events where something has (`touched`): last year's report stays last year's.
 */
import sql, { empty, join, raw, type Sql } from "sql-template-tag";
import { answers, type KpiCounts, receipts } from "../../engine/measures/kpi-counts.js";
import type { KpiDimension } from "../../engine/measures/kpi-dimensions.js";
import { codesOf } from "../../engine/registry.js";
import { type Database, filled, placeholders, query } from "../../platform/db/query.js";
import { targetOf } from "../cases/list/happened-cases.js";
import { applicantCases } from "../people/case-scope.js";
import type { Heirs } from "./heirs.js";
import { dayBeforeLate, type StretchTable, worked, workingDay } from "./stretch-table.js";

export interface KpiQuestion {
  readonly programme: string;
  /** Half-open. */
  readonly from: Date;
  readonly to: Date;
  readonly at: Date;
  readonly by: KpiDimension | null;
  /** Only cases that these entities handle; null for all. */
  readonly entities: readonly string[] | null;
  /** Only cases that this person has in hand or answered last, and of targets those that were theirs when it was decided whether they are kept; null for all. */
  readonly person: number | null;
  /** Only cases with this property; null for all. */
  readonly only: { readonly dimension: KpiDimension; readonly code: string } | null;
  readonly stretches: StretchTable;
  readonly reopenWindowSeconds: number;
  readonly levels: readonly number[];
  /** True for the desk of those who handle them alone: otherwise they are left out, so that nobody finds one by a number. */
  readonly confidential: boolean;
  /** By entity, those that ended are counted with their successors. */
  readonly heirs: Heirs;
}

/** `code` is null for the whole, empty for cases without such a value (in triage: no entity). */
export interface KpiRow extends Omit<KpiCounts, "focalPoints"> {
  readonly code: string | null;
}

/** What a question brings; the stretches each under their own name. */
type KpiValues = Omit<KpiQuestion, "stretches" | "reopenWindowSeconds" | "only" | "heirs"> &
  StretchTable & {
    readonly window: number;
    readonly onlyBy: KpiDimension | null;
    readonly onlyCode: string | null;
    readonly told: string;
  };
const v = placeholders<KpiValues>();
const at = sql`${v.at}::timestamptz`;
const inPeriod = (x: Sql): Sql =>
  sql`(${x} >= ${v.from}::timestamptz and ${x} < ${v.to}::timestamptz and ${x} <= ${at})`;
const yes = (condition: Sql): Sql => sql`coalesce(${condition}, false)`;

// The same text as the condition of the index case_events_turning.
const turning = sql`(type in ('case.resolved','case.closed','case.reopened','case.appealed','case.withdrawn',
  'case.linked','case.transferred','case.taken-back','case.returned','case.retimed','case.rated','clock.paused','clock.resumed','clock.cancelled')
  or (type in ('case.assigned','case.classified') and (data like '%"by":"person"%' or data like '%"by":"escalation"%')))`;
const begins = sql`('case.reopened','case.appealed')`;
const turns = sql`('case.resolved','case.closed','case.reopened','case.appealed')`;
/** Whether an answer that is written still counts, and whether it has taken effect. */
const writes = sql`('case.answered','case.returned','case.assigned','case.transferred','case.resolved','case.closed','case.reopened','case.appealed')`;
const withdrawals = sql`('case.withdrawn','case.reopened','case.appealed')`;
const places = sql`('case.routed','case.assigned','case.transferred','case.taken-back')`;

/**
 * Of some entities only: whoever had a case at the report has it still, or the case is among those touched since. In a
 * statement of its own, so that their indexes are used.
 */
function candidates(theirs: Sql | null, held: Sql): Sql {
  const and = theirs === null ? empty : sql` and ${theirs}`;
  const ended = ["first_resolved_at", "resolved_at", "closed_at"].map(
    (column) =>
      sql`union select id from cases where programme = ${v.programme} and ${raw(column)} >= least(${v.from}::timestamptz, ${at})${and}`,
  );
  return sql`
  select id from cases where programme = ${v.programme} and received_at >= ${v.from} and received_at < ${v.to}${and}
  union select id from cases where programme = ${v.programme} and state_kind in ('open','waiting')${and}
  ${join(ended, "\n  ")}
  union select id from cases where programme = ${v.programme} and rated_at >= ${v.from}${and}
  union select id from cases where programme = ${v.programme} and rating_invited_at >= ${v.from} and rating_invited_at < ${v.to}${and}
  union select case_id from clocks where target in ('resolution','firstResponse') and due_at >= ${v.from} and due_at < ${v.to}
    ${theirs === null ? empty : sql`and exists (select 1 from cases c where c.id = case_id and ${theirs})`}
  union select m.case_id from messages m where m.way = 'sms' and m.programme = ${v.programme} and m.created_at >= ${v.from} and m.created_at < ${v.to}
    ${theirs === null ? empty : sql`and exists (select 1 from cases c where c.id = m.case_id and ${theirs})`}
  ${held}
  union select case_id from touched`;
}

/** What the events up to the report say of a case that changed since, or that had more than one cycle. */
const history = sql`select
    bool_or(type in ${places}) as placed,
    (array_agg(data::jsonb->>'entity' order by seq desc) filter (where type in ${places}))[1] as entity,
    bool_or(type = 'case.classified') as classified,
    (array_agg(data::jsonb->>'pillar' order by seq desc) filter (where type = 'case.classified'))[1] as pillar,
    (array_agg(data::jsonb->>'importance' order by seq desc) filter (where type = 'case.classified'))[1] as importance,
    count(*) filter (where type = 'case.transferred' and not data::jsonb ? 'inside')
      > count(*) filter (where type = 'case.taken-back' and data::jsonb ? 'counted') as transferred,
    (array_agg(type order by seq desc) filter (where type in ${turns}))[1] as turn,
    (array_agg(type order by seq desc) filter (where type in ${turns} and at <= ${v.from}))[1] as turn_before,
    (array_agg(type order by seq desc) filter (where type in ${writes}))[1] = 'case.answered' as in_review,
    bool_or(type in ${begins} and ${inPeriod(sql`at`)}) as begun,
    bool_or(type in ${begins}) as begun_ever, bool_or(type = 'case.appealed') as appealed,
    bool_or(type = 'case.resolved' and ${inPeriod(sql`at`)}) as resolved,
    bool_or(type = 'case.closed' and ${inPeriod(sql`at`)}) as closed,
    bool_or(type = 'case.rejected' and ${inPeriod(sql`at`)}) as rejected,
    (array_agg(case when type = 'case.withdrawn' then at end order by seq desc) filter (where type in ${withdrawals}))[1] as withdrawn_at,
    (array_agg(data::jsonb ? 'forApplicant' order by seq desc) filter (where type in ${withdrawals}))[1] as for_applicant
  from case_events e where e.case_id = c.id and e.at <= ${at} and (x.case_id is not null or c.cycle > 1)`;

const sent = (templates: readonly string[]): Sql => sql`exists (select 1 from messages m where m.case_id = c.id
      and m.receiver_case is not null and m.template = any(${templates}::text[]) and m.state = 'sent' and m.sent_at <= ${at})`;
const ended = sql`least(c.first_resolved_at, c.closed_at)`;

/** What a case `c`, placed as `n`, is by a dimension; empty where it has none. */
const codeBy = (
  dimension: Sql,
): Sql => sql`case ${dimension} when 'entity' then coalesce(${v.told}::jsonb ->> n.entity, n.entity, '') when 'pillar' then coalesce(n.pillar, '')
      when 'channel' then c.channel when 'type' then c.type when 'importance' then coalesce(n.importance, '')
      when 'service' then (select coalesce(service, '') from applications a where a.id = c.id)
      when 'governorate' then (select coalesce(governorate, '') from applications a where a.id = c.id) else '' end`;

const theirs = sql`(${v.person}::integer is null or coalesce(c.assignee = ${v.person}::integer, false) or coalesce(c.answered_by = ${v.person}::integer, false))`;
/** Whether a target was theirs when that was decided. */
const targetTheirs = sql`(${v.person}::integer is null or ${yes(targetOf("k", sql`s.assignee`, sql`${v.person}::integer`))})`;

/**
 * What the applicant withdrew is left out. What an official withdrew for them is too, but for the targets that had fallen due
 * by then: they stay as they were kept, so that nobody withdraws a delay. See `obligations`.
 */
const subjects = sql`select c.id, c.assignee, w.at as withdrawn_at, x.case_id is not null as touched, n.entity, c.rated_at is not null as rated,
    ${codeBy(sql`${v.by}::text`)} as code,
    ${inPeriod(sql`c.received_at`)} as received,
    case when x.case_id is not null and not c.imported then ${yes(sql`h.transferred`)} else c.transfer_count > 0 end as transferred,
    ${yes(inPeriod(sql`c.first_resolved_at`))} or ${yes(inPeriod(sql`c.resolved_at`))} or ${yes(sql`h.resolved`)} as resolved,
    ${yes(inPeriod(sql`c.closed_at`))} or ${yes(sql`h.closed`)} as closed,
    ${yes(inPeriod(sql`c.rejected_at`))} or ${yes(sql`h.rejected`)} as rejected,
    ${yes(inPeriod(sql`c.first_resolved_at`))} as first_resolved,
    ${yes(sql`c.first_reopened_at <= ${at} and c.first_reopened_at < c.first_resolved_at + make_interval(secs => ${v.window})`)} as reopened,
    ${yes(sql`h.appealed`)} as appealed,
    not (${yes(sql`h.begun_ever`)} or ${yes(sql`c.first_reopened_at <= ${at}`)}) as settled,
    ${inPeriod(sql`c.received_at`)} and ${sent(receipts)} as receipt_reached,
    ${yes(inPeriod(sql`c.first_resolved_at`))} and ${sent(answers)} as answer_reached,
    c.resolution_working_seconds,
    ${yes(sql`case when x.case_id is not null then h.in_review else c.state_kind = 'open' and c.answer_written_at <= ${at} end`)} as in_review,
    ${theirs} as own,
    ${yes(inPeriod(sql`c.rating_invited_at`))} as invited,
    case when h.turn is not null then h.turn in ${begins}
      when x.case_id is not null then not ${yes(sql`${ended} <= ${at}`)}
      else c.state_kind in ('open','waiting') or ${yes(sql`${ended} > ${at}`)} end as open,
    ${v.from}::timestamptz <= ${at} and (${inPeriod(sql`c.received_at`)} or ${yes(sql`h.begun`)} or (c.received_at < ${v.from} and
      case when h.turn_before is not null then h.turn_before in ${begins} else not ${yes(sql`${ended} <= ${v.from}`)} end)) as open_in_period,
    c.received_at
  from candidate d join cases c on c.id = d.id and c.programme = ${v.programme} and ${applicantCases}
  left join touched x on x.case_id = c.id
  left join lateral (${history}) h on true
  cross join lateral (select
    case when x.case_id is not null and h.placed then h.entity else c.entity end as entity,
    case when x.case_id is not null and h.classified then h.pillar else c.pillar end as pillar,
    case when x.case_id is not null and h.classified then h.importance else c.importance end as importance) n
  cross join lateral (select
    case when x.case_id is not null then h.withdrawn_at when c.withdrawn_at <= ${at} then c.withdrawn_at end as at,
    case when x.case_id is not null then ${yes(sql`h.for_applicant`)} else c.withdrawn_by is not null end as for_applicant) w
  where c.received_at <= ${at} and (w.at is null or w.for_applicant)
    and not (c.duplicate_of is not null
      and not exists (select 1 from case_events e where e.case_id = c.id and e.type = 'case.linked' and e.at > ${at}))
    and not (c.split_from is not null
      and exists (select 1 from case_events e where e.case_id = c.id and e.seq = 1 and e.at > ${at}))
    and (${v.entities}::text[] is null or n.entity = any(${v.entities})) and (${v.confidential}::boolean or not c.confidential)
    and (${theirs} or exists (select 1 from clocks k where k.case_id = c.id and k.held_by = ${v.person}::integer))
    and (${v.onlyCode}::text is null or ${codeBy(sql`${v.onlyBy}::text`)} = ${v.onlyCode})`;

/** When a target was due as the report's moment knew it: null while it was paused. The cycle of an event is that of the last one that names it. */
const dueThen = sql`select true as known, (case type when 'clock.paused' then null when 'case.retimed' then data->'to'->>'dueAt'
      else data->>'dueAt' end)::timestamptz as due
    from (select e.seq, e.type, e.data::jsonb as data,
        max(case when e.type in ('clock.started','clock.met','case.reopened','case.appealed') then (e.data::jsonb->>'cycle')::integer end)
          over (order by e.seq) as cycle
      from case_events e where e.case_id = k.case_id and e.at <= ${at} and s.touched) e
    where type in ('clock.started','clock.paused','clock.resumed','case.retimed') and data->>'target' = k.target and cycle = k.cycle
    order by seq desc limit 1`;

/** A target that ended without being met falls away, unless it was late already: that stays an obligation not kept. */
const obligations = sql`select s.code, k.target, t.due, t.met,
    s.own and s.open and not s.in_review and not ${yes(sql`k.cancelled_at <= ${at}`)} as runs,
    ${targetTheirs} and ${inPeriod(sql`t.due`)} and (s.withdrawn_at is null or t.due < s.withdrawn_at) as falls,
    s.own and s.withdrawn_at is null and ${yes(inPeriod(sql`t.met`))} as met_in_period, k.paused_seconds, k.started_at
  from subject s join clocks k on k.case_id = s.id and k.target in ('resolution','firstResponse')
    and k.started_at <= ${at} and not ${yes(sql`k.cancelled_at <= ${at} and k.cancelled_at <= k.due_at`)}
  left join lateral (${dueThen}) d on true
  cross join lateral (select case when d.known then d.due else k.due_at end as due,
    case when k.met_at <= ${at} then k.met_at end as met) t`;

const bySet = sql`grouping(code) = 1 as whole, code`;
const sets = sql`group by grouping sets ((), (code))`;
const count = (condition: Sql): Sql => sql`(count(*) filter (where ${condition}))::integer`;
const resolutionFalls = sql`target = 'resolution' and falls`;
const responseFalls = sql`target = 'firstResponse' and falls`;
const late = (days: Sql): Sql => count(sql`late and days_late ${days}`);
const share = (part: number, of: Sql, which: Sql): Sql =>
  sql`percentile_cont(${raw(String(part))}) within group (order by ${of}) filter (where ${which})`;
const seconds = (column: Sql): Sql =>
  sql`sum(${column}) filter (where target = 'resolution' and met_in_period)::float8`;

/** What each count is counted of: the rows of a part of the statement below. */
type Source = "cases" | "targets" | "ratings" | "scales" | "levels" | "texts";
interface CountSql {
  readonly of: Source;
  readonly figure: Sql;
  /** Where there are no rows; of a median there is none. */
  readonly none: Sql;
}
const number = (of: Source, figure: Sql): CountSql => ({ of, figure, none: sql`0` });
const median = (of: Source, figure: Sql): CountSql => ({ of, figure, none: sql`null` });

/** How the database counts each. */
const countSql: Readonly<Record<keyof Omit<KpiCounts, "focalPoints">, CountSql>> = {
  received: number("cases", count(sql`received`)),
  transferred: number("cases", count(sql`received and transferred`)),
  resolved: number("cases", count(sql`resolved`)),
  closed: number("cases", count(sql`closed`)),
  rejected: number("cases", count(sql`rejected`)),
  firstResolved: number("cases", count(sql`first_resolved`)),
  reopened: number("cases", count(sql`first_resolved and reopened`)),
  appealed: number("cases", count(sql`first_resolved and appealed`)),
  settledAtFirst: number("cases", count(sql`first_resolved and settled`)),
  medianResolution: median("cases", share(0.5, sql`resolution_working_seconds`, sql`first_resolved`)),
  p90Resolution: median("cases", share(0.9, sql`resolution_working_seconds`, sql`first_resolved`)),
  resolutionDue: number("targets", count(resolutionFalls)),
  resolutionDueMet: number("targets", count(sql`${resolutionFalls} and met is not null`)),
  resolutionOnTime: number("targets", count(sql`${resolutionFalls} and met <= due`)),
  responseDue: number("targets", count(responseFalls)),
  responseOnTime: number("targets", count(sql`${responseFalls} and met <= due`)),
  medianResponse: median("targets", share(0.5, sql`seconds`, responseFalls)),
  p90Response: median("targets", share(0.9, sql`seconds`, responseFalls)),
  delayed: {
    of: "targets",
    figure: sql`array[${late(sql`< 1`)}, ${late(sql`between 1 and 2`)}, ${late(sql`between 3 and 5`)}, ${late(sql`between 6 and 10`)}, ${late(sql`> 10`)}]`,
    none: sql`'{}'`,
  },
  ratings: number("ratings", count(sql`not phone`)),
  goodRatings: number("ratings", count(sql`not phone and rating >= 4`)),
  ratedCases: number("ratings", sql`(count(distinct id) filter (where not phone))::integer`),
  phoneRatings: number("ratings", count(sql`phone`)),
  goodPhoneRatings: number("ratings", count(sql`phone and rating >= 4`)),
  scales: {
    of: "scales",
    figure: sql`jsonb_object_agg(scale, json_build_object('n', n, 'sum', given))`,
    none: sql`'{}'`,
  },
  invitations: number("cases", count(sql`invited`)),
  receiptsReached: number("cases", count(sql`receipt_reached`)),
  answersReached: number("cases", count(sql`answer_reached`)),
  smsWritten: number("texts", count(sql`true`)),
  smsSent: number("texts", count(sql`sent`)),
  smsDelivered: number("texts", count(sql`delivered`)),
  smsFailed: number("texts", count(sql`failed`)),
  smsSegments: number("texts", sql`(sum(segments) filter (where sent))::float8`),
  escalated: { of: "levels", figure: sql`jsonb_object_agg(level, n)`, none: sql`'{}'` },
  openInPeriod: number("cases", count(sql`open_in_period`)),
  open: number("cases", count(sql`open`)),
  medianAge: median("cases", share(0.5, sql`age`, sql`open`)),
  p90Age: median("cases", share(0.9, sql`age`, sql`open`)),
  pausedSeconds: number("targets", seconds(sql`paused_seconds`)),
  workingSeconds: number("targets", seconds(sql`seconds`)),
};
const counts = codesOf(countSql);
/** The columns of one part of the statement. */
const columnsOf = (source: Source): Sql =>
  join(
    counts
      .filter((name) => countSql[name].of === source)
      .map((name) => sql`${countSql[name].figure} as ${raw(`"${name}"`)}`),
    ",\n    ",
  );
/** All columns of its answer. */
const allColumns = join(
  counts.map((name) => {
    const { of, none } = countSql[name];
    return sql`coalesce(${raw(`${of}_counted."${name}"`)}, ${none}) as ${raw(`"${name}"`)}`;
  }),
  ",\n  ",
);
const joined = join(
  (["cases", "targets", "ratings", "scales", "levels", "texts"] as const satisfies readonly Source[]).map((source) =>
    raw(`left join ${source}_counted on ${source}_counted.whole = groups.whole
  and ${source}_counted.code is not distinct from groups.code`),
  ),
  "\n",
);

const statement = (
  theirs: Sql | null,
  /** Further cases that can matter. */
  held: Sql = empty,
): Sql => sql`with touched as materialized (select distinct case_id from case_events where ${turning} and at > ${at}),
candidate as materialized (${candidates(theirs, held)}),
subject as materialized (${subjects}),
counted as materialized (select *, case when open then ${worked(at)} - ${worked(sql`received_at`)} end as age
  from subject where withdrawn_at is null and own),
obligation as materialized (
  select o.*, late, case when late then ${workingDay(at)} - ${workingDay(dayBeforeLate(sql`o.due`))} end as days_late,
    case when (target = 'firstResponse' and falls and met is not null) or (target = 'resolution' and met_in_period)
      then ${worked(sql`o.met`)} - ${worked(sql`o.started_at`)} end as seconds
  from (${obligations}) o, lateral (select target = 'resolution' and runs and met is null and ${yes(sql`due < ${at}`)} as late) l),
rating as (
  select s.code, s.id, (e.data::jsonb->>'rating')::integer as rating, e.data::jsonb ? 'forApplicant' as phone from counted s join case_events e on e.case_id = s.id
    where s.rated and e.type = 'case.rated' and ${inPeriod(sql`e.at`)}
  union all
  select s.code, s.id, c.rating, false from counted s join cases c on c.id = s.id
    where s.rated and c.imported and ${inPeriod(sql`c.rated_at`)}
    and not exists (select 1 from case_events e where e.case_id = c.id and e.type = 'case.rated')),
scale as (
  select s.code, k.key as scale, k.value::integer as given from counted s join case_events e on e.case_id = s.id
    cross join lateral jsonb_each_text(e.data::jsonb->'scales') k
    where s.rated and e.type = 'case.rated' and not e.data::jsonb ? 'forApplicant' and ${inPeriod(sql`e.at`)}),
reached as (
  select s.code, s.id, l.level, min(f.at) as at from counted s
  join enforcements f on f.case_id = s.id and f.kind = 'escalation' and f.at <= ${at}
  join unnest(${v.levels}::integer[]) l(level) on f.level >= l.level group by s.code, s.id, l.level),
text as (
  select s.code, ${yes(sql`m.sent_at <= ${at}`)} as sent, ${yes(sql`m.delivered_at <= ${at}`)} as delivered,
    ${yes(sql`m.failed_at <= ${at}`)} as failed, m.segments
  from counted s join messages m on m.case_id = s.id where m.way = 'sms' and ${inPeriod(sql`m.created_at`)}),
groups as (select ${bySet} from subject ${sets}),
cases_counted as (select ${bySet}, ${columnsOf("cases")} from counted ${sets}),
targets_counted as (select ${bySet}, ${columnsOf("targets")} from obligation ${sets}),
ratings_counted as (select ${bySet}, ${columnsOf("ratings")} from rating ${sets}),
texts_counted as (select ${bySet}, ${columnsOf("texts")} from text ${sets}),
scales_counted as (
  select whole, code, ${columnsOf("scales")} from (
    select grouping(code) = 1 as whole, code, scale, count(*)::integer as n, sum(given)::integer as given from scale
    group by grouping sets ((scale), (code, scale))) g
  group by whole, code),
levels_counted as (
  select whole, code, ${columnsOf("levels")} from (
    select grouping(code) = 1 as whole, code, level, ${count(inPeriod(sql`at`))} as n from reached
    group by grouping sets ((level), (code, level))) l
  group by whole, code)
select groups.code, ${allColumns}
from groups
${joined}
where groups.whole or ${v.by} is not null order by groups.whole desc, groups.code collate "C"`;
const ofAll = statement(null);
/** By the indexes of a person, in which no other person's cases are, and by that of what they had when it was due. */
const ofPerson = statement(
  sql`(assignee = ${v.person}::integer or answered_by = ${v.person}::integer)`,
  sql`union select case_id from clocks where held_by = ${v.person}::integer and due_at >= ${v.from} and due_at < ${v.to}`,
);
const ofEntities = statement(sql`entity = any(${v.entities}::text[])`);

/** A level that nobody reached counts too. */
const withLevels = (row: KpiRow, levels: readonly number[]): KpiRow => ({
  ...row,
  escalated: Object.fromEntries(levels.map((level) => [level, row.escalated[level] ?? 0])),
});

/** The counts of the whole first (always there), then of each group in order of its code. */
export async function countKpi(db: Database, q: KpiQuestion): Promise<KpiRow[]> {
  const { stretches, reopenWindowSeconds, only, heirs, ...values } = q;
  const statement = filled(q.person !== null ? ofPerson : q.entities === null ? ofAll : ofEntities, {
    ...values,
    ...stretches,
    window: reopenWindowSeconds,
    told: JSON.stringify(Object.fromEntries(heirs)),
    onlyBy: only?.dimension ?? null,
    onlyCode: only?.code ?? null,
  });
  return (await query<KpiRow>(db, statement)).map((row) => withLevels(row, q.levels));
}
