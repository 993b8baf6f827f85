/** How facts become sums: the rows of `rollup_days` and `rollup_parts` from any relation of facts that each stand `n` times. */
import sql, { join, raw, type Sql } from "sql-template-tag";
import { snakeCase } from "../../../engine/setup/tables/setup-registry.js";
import { dayColumnCodes, dayColumnNames, dayColumns, type FactKind } from "./day-columns.js";
import { properties } from "./fact-statement.js";

/** Kinds that a case counts by once a period: a fact with a day before is taken off where both are in it. */
export const onceAPeriod: readonly FactKind[] = ["resolved", "closed", "rejected", "opened"];
/** Kinds whose values are summed up in classes, by month. */
export const timed: readonly FactKind[] = ["first", "reply"];
/** Kinds that have a code each. */
export const coded: readonly FactKind[] = ["scale", "level"];
/** Kinds that tell of now, by day. */
export const standing: readonly FactKind[] = ["open", "late"];

/** Each fact is in all cases of its entity, and in those with the same service, type, … */
const cells = (
  facts: Sql,
): Sql => sql`(${facts}) change cross join lateral (values ('', ''), ('service', service), ('type', type),
  ('pillar', pillar), ('importance', importance), ('channel', channel), ('governorate', governorate)) cell(dimension, cell_code)`;
/** A row of the day and one of its month. */
const spans = sql`cross join lateral (values (false, day), (true, date_trunc('month', day)::date)) span(month, span)`;

const ofKind = (name: (typeof dayColumnCodes)[number]): Sql => {
  const { kind, flag, values } = dayColumns[name];
  const which = flag === undefined ? sql`kind = ${kind}` : sql`kind = ${kind} and flags & ${flag}::integer > 0`;
  const type = raw(values ? "bigint" : "integer");
  return sql`nullif(sum(${values ? sql`n * value` : sql`n`}) filter (where ${which}), 0)::${type} as ${raw(snakeCase(name))}`;
};

const kindsOf = (kinds: readonly FactKind[]): Sql => sql`any(${kinds}::text[])`;
const dayKinds = [...new Set(dayColumnCodes.map((name) => dayColumns[name].kind))];
const keys = sql`dimension, month, span, entity, cell_code as code`;
export const dayKeys = sql`dimension, month, span, entity, code, confidential`;
export const partKeys = sql`measure, dimension, month, span, entity, code, part, confidential`;
export const dayNames = raw(dayColumnNames.join(", "));

const sumOf = (name: (typeof dayColumnCodes)[number]): Sql => {
  const column = raw(snakeCase(name));
  return sql`sum(${column})::${raw(dayColumns[name].values ? "bigint" : "integer")} as ${column}`;
};

/**
 * First the cases that are alike, a row a day; then what each row is in.
 * @param facts `n`, the properties of the case, and the columns of a fact
 */
export const daysOf = (facts: Sql): Sql => sql`select ${keys}, confidential, ${join(dayColumnCodes.map(sumOf), ", ")}
  from ${cells(sql`select ${properties}, day, ${join(dayColumnCodes.map(ofKind), ", ")} from (${facts}) fact
    where kind = ${kindsOf(dayKinds)} group by ${properties}, day`)} ${spans}
  group by dimension, month, span, entity, cell_code, confidential
  order by dimension, month, span, entity, cell_code`;

const part = (a: {
  facts: Sql;
  part: Sql;
  spans: Sql;
  which: Sql;
}): Sql => sql`select kind as measure, ${keys}, ${a.part} as piece,
    confidential, sum(n)::integer as n, coalesce(sum(n * value), 0)::bigint as total
  from ${cells(a.facts)} ${a.spans} where ${a.which} group by kind, dimension, month, span, entity, cell_code, piece, confidential`;

const byDay = sql`cross join lateral (values (false, day)) span(month, span)`;
const byMonth = sql`cross join lateral (values (true, date_trunc('month', day)::date)) span(month, span)`;

/** As `daysOf`; a total only where values add up to something. */
export const partsOf = (
  facts: Sql,
): Sql => sql`select measure, dimension, month, span, entity, code, piece as part, confidential, n, case when measure = 'scale' then total else 0 end as total from (
  ${part({ facts, part: sql`before::text`, spans: byDay, which: sql`kind = ${kindsOf(onceAPeriod)} and before is not null` })}
  union all ${part({ facts, part: sql`change.part::text`, spans: byMonth, which: sql`kind = ${kindsOf(timed)} and change.part is not null` })}
  union all ${part({ facts, part: sql`change.code`, spans, which: sql`kind = ${kindsOf(coded)}` })}
  union all ${part({ facts, part: sql`''::text`, spans: byDay, which: sql`kind = ${kindsOf(standing)}` })}) parts`;
