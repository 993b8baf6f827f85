/** How facts become sums: the rows of `rollup_days` and `rollup_parts` from any relation of facts that each stand `n` times. */
import sql, { join, raw, type Sql } from "sql-template-tag";
import { snakeCase } from "../../../engine/setup/tables/setup-registry.js";
import { dayColumnCodes, dayColumnNames, dayColumns, type FactKind } from "./day-columns.js";
import { properties } from "./fact-statement.js";
import {
  minuteMeasure,
  secondMeasure,
  type TimedKind,
  timedKinds,
  writtenMinute,
  writtenSecond,
} from "./time-classes.js";

/** What a row of sums is of. */
export type Grain = "day" | "month" | "ever";
/** Kinds that a case counts by once a period: a fact with a day before is taken off where both are in it. */
export const onceAPeriod: readonly FactKind[] = ["resolved", "closed", "rejected", "ratedCase", "opened"];
/** Kinds that have a code each. */
export const coded: readonly FactKind[] = ["scale", "level"];
/** Kinds that tell of now. */
export const standing: readonly FactKind[] = ["open", "late"];

/** The dimension of sums over all entities. */
export const ofAllEntities = (dimension: string): string => `*${dimension}`;

/** Each fact is in all cases of its entity, and in those with the same service, type, … */
const cells = (
  facts: Sql,
): Sql => sql`(${facts}) change cross join lateral (values ('', ''), ('service', service), ('type', type),
  ('pillar', pillar), ('importance', importance), ('channel', channel), ('governorate', governorate)) cell(dimension, cell_code)`;

const ofKind = (name: (typeof dayColumnCodes)[number]): Sql => {
  const { kind, flag, values } = dayColumns[name];
  const which = flag === undefined ? sql`kind = ${kind}` : sql`kind = ${kind} and flags & ${flag}::integer > 0`;
  const type = raw(values ? "bigint" : "integer");
  return sql`nullif(sum(${values ? sql`n * value` : sql`n`}) filter (where ${which}), 0)::${type} as ${raw(snakeCase(name))}`;
};

const kindsOf = (kinds: readonly FactKind[]): Sql => sql`any(${kinds}::text[])`;
const dayKinds = [...new Set(dayColumnCodes.map((name) => dayColumns[name].kind))];
export const dayKeys = sql`dimension, grain, span, entity, code, confidential`;
export const partKeys = sql`measure, dimension, grain, span, entity, code, part, confidential`;
export const dayNames = raw(dayColumnNames.join(", "));

const sumOf = (name: (typeof dayColumnCodes)[number]): Sql => {
  const column = raw(snakeCase(name));
  return sql`nullif(sum(${column}), 0)::${raw(dayColumns[name].values ? "bigint" : "integer")} as ${column}`;
};
const sums = join(dayColumnCodes.map(sumOf), ", ");
const month = sql`date_trunc('month', span)::date`;
const ever = sql`'-infinity'::date`;

/**
 * First the cases that are alike, a row a day; then what each row is in, with and without its entity; then months, then all of them.
 * @param facts `n`, the properties of the case, and the columns of a fact
 */
export const daysOf = (facts: Sql): Sql => sql`select * from (
  with of_entity as (select dimension, day as span, entity, cell_code as code, confidential, ${sums}
    from ${cells(sql`select ${properties}, day, ${join(dayColumnCodes.map(ofKind), ", ")} from (${facts}) fact
      where kind = ${kindsOf(dayKinds)} group by ${properties}, day`)} group by dimension, day, entity, cell_code, confidential),
  of_day as (select * from of_entity
    union all select '*' || dimension, span, '', code, confidential, ${sums} from of_entity group by dimension, span, code, confidential),
  of_month as (select dimension, ${month} as span, entity, code, confidential, ${sums} from of_day
    group by dimension, ${month}, entity, code, confidential)
  select 'day' as grain, * from of_day
  union all select 'month', * from of_month
  union all select 'ever', dimension, ${ever}, entity, code, confidential, ${sums} from of_month group by dimension, entity, code, confidential) d
  where num_nonnulls(${dayNames}) > 0 order by dimension, grain, span, entity, code`;

const added = sql`sum(n)::integer as n, sum(total)::bigint as total`;
/** With the rows of all entities together. @param rows a relation with the columns of `rollup_parts` */
const withAllEntities = (rows: Sql): Sql => sql`select * from (with of_entity as (${rows}) select * from of_entity
    union all select measure, '*' || dimension, grain, span, '', code, part, confidential, ${added} from of_entity
      group by measure, dimension, grain, span, code, part, confidential) either`;

const byDay = sql`select kind as measure, dimension, 'day' as grain, day as span, entity, cell_code as code,
    case when kind = ${kindsOf(onceAPeriod)} then before::text when kind = ${kindsOf(coded)} then change.code else '' end as part,
    confidential, sum(n)::integer as n, case when kind = 'scale' then sum(n * value) else 0 end::bigint as total`;
const isInDays = sql`kind = ${kindsOf([...coded, ...standing])} or (kind = ${kindsOf(onceAPeriod)} and before is not null)`;
const partOfMonth = sql`case when measure = ${kindsOf(onceAPeriod)} then date_trunc('month', part::date)::date::text else part end`;

/** Once a period, by code, and what tells of now: by day, by month, and of now as a whole. */
const dayPartsOf = (facts: Sql): Sql => sql`select * from (with of_day as (${withAllEntities(
  sql`${byDay} from ${cells(facts)} where ${isInDays} group by kind, dimension, day, entity, cell_code, 7, confidential`,
)})
  select * from of_day
  union all select measure, dimension, 'month', ${month}, entity, code, ${partOfMonth}, confidential, ${added} from of_day
    group by 1, 2, 4, 5, 6, 7, 8
  union all select measure, dimension, 'ever', ${ever}, entity, code, '', confidential, ${added} from of_day
    where measure = ${kindsOf(standing)} group by measure, dimension, entity, code, confidential) by_day`;

const timed = sql`kind = ${kindsOf(timedKinds)} and change.part is not null`;
const dayMonth = sql`date_trunc('month', day)::date`;
/** Of the whole programme in one way: by the class of a day, by minute, by second. */
const fineOf = (facts: Sql, a: { measure: (kind: TimedKind) => string; part: Sql; grain: Sql; span: Sql }): Sql => {
  const names = timedKinds.map((kind) => sql`when ${kind} then ${a.measure(kind)}`);
  return sql`select case kind ${join(names, " ")} end as measure, '*' as dimension, ${a.grain} as grain, ${a.span} as span, '' as entity,
      '' as code, ${a.part} as part, confidential, sum(n)::integer as n, 0::bigint as total
    from (${facts}) change where ${timed} group by 1, 4, 7, confidential`;
};

/** Times in classes: by month, of the whole programme by day too. */
const timesOf = (facts: Sql): Sql => sql`${withAllEntities(
  sql`select kind as measure, dimension, 'month' as grain, ${dayMonth} as span, entity, cell_code as code, change.part::text as part,
      confidential, sum(n)::integer as n, 0::bigint as total
    from ${cells(facts)} where ${timed} group by kind, dimension, ${dayMonth}, entity, cell_code, change.part, confidential`,
)}
  union all ${fineOf(facts, { measure: (kind) => kind, part: sql`change.part::text`, grain: sql`'day'`, span: sql`day` })}
  union all ${fineOf(facts, { measure: minuteMeasure, part: writtenMinute, grain: sql`'month'`, span: dayMonth })}
  union all ${fineOf(facts, { measure: secondMeasure, part: writtenSecond, grain: sql`'month'`, span: dayMonth })}`;

/** As `daysOf`; a total only where values add up to something. */
export const partsOf = (facts: Sql): Sql =>
  sql`select ${partKeys}, n, total from (${dayPartsOf(facts)} union all ${timesOf(facts)}) parts`;
