/**
 * What each case adds to the figures, as of a moment behind which it has no event: the rules of `kpi-queries.ts` for one case
 * instead of a period. Pieces of statements, whose values are given by name.
 */
import sql, { type Sql } from "sql-template-tag";
import { placeholders } from "../../../platform/db/query.js";
import { applicantCases } from "../../people/case-scope.js";
import { dayBeforeLate, type StretchTable, worked, workingDate } from "../stretch-table.js";
import { flags } from "./day-columns.js";
import { classOf } from "./time-classes.js";

export interface FactValues extends StretchTable {
  readonly rollup: number;
  readonly programme: string;
  readonly ids: readonly number[];
  readonly at: Date;
  readonly zone: string;
  readonly window: number;
  readonly levels: readonly number[];
  /** Names of letters. */
  readonly receipts: readonly string[];
  readonly answers: readonly string[];
}
export const f = placeholders<FactValues>();

const at = sql`${f.at}::timestamptz`;
const by = (x: Sql): Sql => sql`${x} <= ${at}`;
const day = (x: Sql): Sql => sql`((${x}) at time zone ${f.zone}::text)::date`;
const yes = (condition: Sql): Sql => sql`coalesce(${condition}, false)`;
const flag = (condition: Sql, value: number): Sql => sql`case when ${yes(condition)} then ${value}::integer else 0 end`;
const begins = sql`('case.reopened','case.appealed')`;

const noDate = sql`null::date`;
const noPart = sql`null::integer, null::bigint`;

/** The properties by which figures are broken down, in the order of `rollup_cases`. */
export const properties = sql`confidential, entity, service, type, pillar, importance, channel, governorate`;

// A case counts by day from when it was received, answered, closed …; those withdrawn or linked are left out as in kpi-queries.ts.
const counted = sql`select c.id, c.confidential, coalesce(c.entity, '') as entity, coalesce(a.service, '') as service, c.type,
    coalesce(c.pillar, '') as pillar, coalesce(c.importance, '') as importance, c.channel,
    coalesce(a.governorate, '') as governorate, c.received_at, c.first_resolved_at, c.resolved_at, c.closed_at, c.rejected_at,
    c.rating_invited_at, c.rated_at, c.rating, c.imported, c.cycle, c.transfer_count, c.first_reopened_at,
    c.resolution_working_seconds, c.state_kind, c.state_kind = 'open' and c.answer_written_at is not null as in_review, least(c.first_resolved_at, c.closed_at) as ended,
    case when ${by(sql`c.withdrawn_at`)} then c.withdrawn_at end as withdrawn_at
  from cases c join applications a on a.id = c.id
  where c.id = any(${f.ids}::bigint[]) and c.programme = ${f.programme} and ${applicantCases} and ${by(sql`c.received_at`)} and c.duplicate_of is null
    and (c.withdrawn_at is null or c.withdrawn_by is not null or c.withdrawn_at > ${at})`;

// By the last event each time, whatever moment an earlier one names.
const turns = sql`turned as materialized (select e.case_id, e.seq, e.at, e.type from case_events e join live l on l.id = e.case_id
  where l.cycle > 1 and ${by(sql`e.at`)}
    and e.type in ('case.resolved','case.closed','case.reopened','case.appealed','case.rejected')),
turn as materialized (select case_id, seq, at, type in ${begins} as opens, max(seq) over (partition by case_id order by at, seq) as newest
  from turned where type <> 'case.rejected'),
standing as materialized (
  select l.id, ${yes(sql`coalesce(t.opens, l.state_kind in ('open','waiting') or ${yes(sql`l.ended > ${at}`)})`)} as open
  from live l left join (select distinct on (case_id) case_id, opens from turn order by case_id, seq desc) t on t.case_id = l.id)`;

/** The days during which a case was open, those that touch put together: so it counts once in any period. */
const openTimes = sql`step as (
  select case_id, at, seq, opens from turn where seq = newest
  union all select id, received_at, -2, true from live
  union all select id, ended, -1, false from live l left join (select case_id, min(at) as at from turn group by case_id) t
    on t.case_id = l.id where ${by(sql`ended`)} and not ${yes(sql`t.at < ended`)}),
stretch as (select case_id, at, opens, lead(at) over (partition by case_id order by at, seq) as shut from step),
open_days as (select case_id, ${day(sql`at`)} as opened, case when shut is null then 'infinity'
    else greatest(${day(sql`at`)}, ${day(sql`shut - interval '1 microsecond'`)}) end as ended from stretch where opens),
marked as (select case_id, opened, ended, coalesce(opened > max(ended) over (partition by case_id order by opened, ended
    rows between unbounded preceding and 1 preceding), true)::integer as apart from open_days),
numbered as (select case_id, opened, ended, sum(apart) over (partition by case_id order by opened, ended) as n from marked),
open_time as materialized (select case_id, min(opened) as opened, max(ended) as ended from numbered group by case_id, n)`;

const ending = (kind: string, columns: readonly Sql[]): Sql => {
  const type = `case.${kind}`;
  const read = columns.map(
    (column) => sql`select id as case_id, ${kind}::text as kind, ${column} as at from live union all `,
  );
  const [first, second] = read;
  const events = sql`select case_id, ${kind}::text, at from turned where type = ${type}`;
  return second === undefined ? sql`${first as Sql}${events}` : sql`${first as Sql}${second}${events}`;
};
const endings = sql`ending as (select distinct case_id, kind, ${day(sql`at`)} as day from (
  ${ending("resolved", [sql`first_resolved_at`, sql`resolved_at`])} union all ${ending("closed", [sql`closed_at`])}
  union all ${ending("rejected", [sql`rejected_at`])}) e where ${by(sql`at`)})`;

/** A target that ended without being met falls away, unless it was late already. */
const targets = sql`target as materialized (select k.case_id, k.cycle, k.target, k.due_at as due, k.started_at, k.paused_seconds,
    case when ${by(sql`k.met_at`)} then k.met_at end as met, c.withdrawn_at,
    ${yes(sql`s.open`)} and not c.in_review and k.cancelled_at is null as runs
  from counted c join clocks k on k.case_id = c.id and k.target in ('resolution','firstResponse') and ${by(sql`k.started_at`)}
    and not ${yes(sql`${by(sql`k.cancelled_at`)} and k.cancelled_at <= k.due_at`)}
  left join standing s on s.id = c.id),
answered as materialized (select *, ${worked(sql`met`)} - ${worked(sql`started_at`)} as seconds from target where met is not null),
fallen as (select t.*, case when target = 'firstResponse' then a.seconds end as seconds from target t
  left join answered a using (case_id, target, cycle)
  where ${by(sql`t.due`)} and (t.withdrawn_at is null or t.due < t.withdrawn_at))`;

/** Of \`rated\`: an agent took it down for the applicant. What was imported says nothing of it. */
const byTelephone = yes(sql`data ? 'forApplicant'`);
const ratings = sql`rated as (
  select e.case_id, e.at, e.data::jsonb as data, (e.data::jsonb->>'rating')::integer as rating from live l
    join case_events e on e.case_id = l.id and e.type = 'case.rated' and ${by(sql`e.at`)} where l.rated_at is not null
  union all
  select l.id, l.rated_at, null, l.rating from live l where l.imported and ${by(sql`l.rated_at`)}
    and not exists (select 1 from case_events e where e.case_id = l.id and e.type = 'case.rated'))`;

const fact = sql`plain as (
  select id as case_id, 'received'::text as kind, ${day(sql`received_at`)} as day, ${noDate} as before,
    ${flag(sql`transfer_count > 0`, flags.transferred)} + ${flag(sql`t.receipt`, flags.receiptReached)} as flags, ''::text as code,
    null::integer as part, null::bigint as value from live l left join told t on t.case_id = l.id
  union all select case_id, kind, day, lag(day) over (partition by case_id, kind order by day), 0, '', ${noPart} from ending
  union all select id, 'first', ${day(sql`first_resolved_at`)}, ${noDate},
    ${flag(sql`${by(sql`first_reopened_at`)} and first_reopened_at < first_resolved_at + make_interval(secs => ${f.window})`, flags.reopened)}
      + ${flag(sql`b.appealed`, flags.appealed)} + ${flag(sql`b.case_id is null and not ${yes(by(sql`first_reopened_at`))}`, flags.settled)}
      + ${flag(sql`t.answer`, flags.answerReached)},
    '', ${classOf(sql`resolution_working_seconds`)}, resolution_working_seconds
    from live l left join (select case_id, bool_or(type = 'case.appealed') as appealed from turned where type in ${begins} group by case_id) b
      on b.case_id = l.id left join told t on t.case_id = l.id where ${by(sql`first_resolved_at`)}
  union all select case_id, case target when 'resolution' then 'due' else 'reply' end, ${day(sql`due`)}, ${noDate},
    ${flag(sql`met is not null`, flags.met)} + ${flag(sql`met <= due`, flags.onTime)}, '', ${classOf(sql`seconds::bigint`)}, seconds::bigint
    from fallen
  union all select case_id, 'met', ${day(sql`met`)}, ${noDate}, 0, '', null, seconds::bigint from answered
    where target = 'resolution' and withdrawn_at is null
  union all select case_id, 'paused', ${day(sql`met`)}, ${noDate}, 0, '', null, paused_seconds from answered
    where target = 'resolution' and withdrawn_at is null and paused_seconds > 0
  union all select case_id, 'late', coalesce(${workingDate(dayBeforeLate(sql`due`))}, '0001-01-01'), ${noDate}, 0, '', ${noPart} from target
    where target = 'resolution' and runs and met is null and due < ${at}
  union all select case_id, case when ${byTelephone} then 'phoneRated' else 'rated' end, ${day(sql`at`)}, ${noDate}, ${flag(sql`rating >= 4`, flags.good)}, '', ${noPart} from rated
  union all select case_id, 'ratedCase', day, lag(day) over (partition by case_id order by day), 0, '', ${noPart}
    from (select distinct case_id, ${day(sql`at`)} as day from rated where not ${byTelephone}) r
  union all select case_id, 'scale', ${day(sql`at`)}, ${noDate}, 0, k.key, null, k.value::bigint
    from rated cross join lateral jsonb_each_text(data->'scales') k where not ${byTelephone}
  union all select id, 'invited', ${day(sql`rating_invited_at`)}, ${noDate}, 0, '', ${noPart} from live where ${by(sql`rating_invited_at`)}
  union all select l.id, 'level', ${day(sql`min(e.at)`)}, ${noDate}, 0, v.level::text, ${noPart} from live l
    join enforcements e on e.case_id = l.id and e.kind = 'escalation' and ${by(sql`e.at`)}
    join unnest(${f.levels}::integer[]) v(level) on e.level >= v.level group by l.id, v.level
  union all select m.case_id, 'waiting', ${day(sql`m.created_at`)}, ${noDate}, 0, '', null, m.id from letter m join told t using (case_id)
    where not m.sent and not case when m.receipt then t.receipt else t.answer end
  union all select m.case_id, 'sms', ${day(sql`m.created_at`)}, ${noDate}, ${flag(by(sql`m.sent_at`), flags.sent)}
      + ${flag(by(sql`m.delivered_at`), flags.delivered)} + ${flag(by(sql`m.failed_at`), flags.failed)}, m.id::text, null::integer,
      case when ${by(sql`m.sent_at`)} then coalesce(m.segments, 0) else 0 end::bigint
    from live l join messages m on m.case_id = l.id where m.way = 'sms' and ${by(sql`m.created_at`)}
  union all select case_id, 'opened', opened, lag(ended) over (partition by case_id order by opened), 0, '', ${noPart} from open_time
  union all select case_id, 'ended', ended, ${noDate}, 0, '', ${noPart} from open_time where ended < 'infinity'
  union all select l.id, 'open', ${day(sql`received_at`)}, ${noDate}, 0, '', 0, floor(extract(epoch from received_at) * 1000)::bigint
    from live l join standing s on s.id = l.id where s.open),
fact as materialized (select p.*, c.entity, c.confidential from plain p join counted c on c.id = p.case_id)`;

/** As `properties`, of the case `c`. */
export const propertiesOfCase = sql`c.confidential, c.entity, c.service, c.type, c.pillar, c.importance, c.channel, c.governorate`;
/** The columns of a fact. */
export const factColumns = sql`case_id, kind, day, before, flags, code, part, value, entity, confidential`;

/** `with` these: `counted`, the cases that count anywhere, with their properties, and `fact`, what they add. */
export const factsOfCases = sql`counted as materialized (${counted}),
live as materialized (select * from counted where withdrawn_at is null),
letter as materialized (select m.case_id, m.id, m.created_at, ${yes(sql`m.state = 'sent' and ${by(sql`m.sent_at`)}`)} as sent,
    m.template = any(${f.receipts}::text[]) as receipt
  from live l join messages m on m.case_id = l.id
  where m.receiver_case is not null and m.template = any(${f.receipts}::text[] || ${f.answers}::text[])),
told as (select case_id, bool_or(sent and receipt) as receipt, bool_or(sent and not receipt) as answer from letter group by case_id),
${turns},
${openTimes},
${endings},
${targets},
${ratings},
${fact}`;
