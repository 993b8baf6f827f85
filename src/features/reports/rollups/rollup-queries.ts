/** Reads the sums. Every question is asked in the one snapshot of its transaction. */
import type { Transaction } from "sequelize";
import sql, { empty, join, raw, type Sql } from "sql-template-tag";
import { type DateRange, wholeMonths } from "../../../engine/calendar/whole-months.js";
import type { KpiDimension } from "../../../engine/measures/kpi-dimensions.js";
import { snakeCase } from "../../../engine/setup/tables/setup-registry.js";
import { type Database, query } from "../../../platform/db/query.js";
import { dayColumnCodes, type dayColumns } from "./day-columns.js";
import { coded, onceAPeriod, standing, timed } from "./sum-statements.js";

/** Which sums. Civil dates, `to` exclusive. */
export interface SumsAsked {
  readonly rollup: number;
  readonly from: string;
  readonly to: string;
  readonly by: KpiDimension | null;
  /** Only cases with this property; beside it figures are broken down by entity alone. Null for all. */
  readonly only: { readonly dimension: Exclude<KpiDimension, "entity">; readonly code: string } | null;
  /** Only cases that these entities handle; null for all. */
  readonly entities: readonly string[] | null;
  readonly confidential: boolean;
}

const dimensionOf = ({ by, only }: SumsAsked): string => only?.dimension ?? (by === null || by === "entity" ? "" : by);

/** Of the sums `s` those that are asked for. */
const asked = (a: SumsAsked): Sql => sql`s.rollup = ${a.rollup} and s.dimension = ${dimensionOf(a)}
    and (${a.confidential}::boolean or not s.confidential) and (${a.entities}::text[] is null or s.entity = any(${a.entities}::text[]))
    ${a.only === null ? empty : sql`and s.code = ${a.only.code}`}`;
const group = ({ by }: SumsAsked): Sql => (by === null ? sql`''::text` : by === "entity" ? sql`s.entity` : sql`s.code`);

interface Span extends DateRange {
  readonly measure: string;
  readonly month: boolean;
}
const spansOf = (measures: readonly string[], ranges: readonly DateRange[], month: boolean): Span[] =>
  measures.flatMap((measure) => ranges.map((range) => ({ ...range, measure, month })));
const spanRows = (spans: readonly Span[]): Sql => sql`unnest(${spans.map(({ measure }) => measure)}::text[],
  ${spans.map(({ month }) => month)}::boolean[], ${spans.map(({ from }) => from)}::date[], ${spans.map(({ to }) => to)}::date[])
  r(measure, month, lo, hi)`;
const inSpan = sql`s.month = r.month and s.span >= r.lo and s.span < r.hi`;

export type DaySums = { readonly code: string } & { readonly [Name in keyof typeof dayColumns]: number };
const sumsOfColumns = join(
  dayColumnCodes.map((name) => raw(`coalesce(sum(s.${snakeCase(name)}), 0)::float8 as "${name}"`)),
  ", ",
);

/** Sums of the period, a row a group. */
export function daySums(db: Database, a: SumsAsked, tx: Transaction): Promise<DaySums[]> {
  const { months, days } = wholeMonths(a.from, a.to);
  const spans = [...spansOf([""], months, true), ...spansOf([""], days, false)];
  const statement = sql`select ${group(a)} as code, ${sumsOfColumns} from ${spanRows(spans)}
    join rollup_days s on ${asked(a)} and ${inSpan} group by 1`;
  return query<DaySums>(db, statement, tx);
}

/** How many times of being open began before the period's end, and how many ended before its beginning. */
export function openSums(
  db: Database,
  a: SumsAsked,
  tx: Transaction,
): Promise<{ code: string; opened: number; ended: number }[]> {
  const before = (measure: string, to: string) => {
    const { months, days } = wholeMonths(null, to);
    return [...spansOf([measure], months, true), ...spansOf([measure], days, false)];
  };
  const statement = sql`select ${group(a)} as code, coalesce(sum(s.opened) filter (where r.measure = 'opened'), 0)::float8 as opened,
      coalesce(sum(s.ended) filter (where r.measure = 'ended'), 0)::float8 as ended
    from ${spanRows([...before("opened", a.to), ...before("ended", a.from)])} join rollup_days s on ${asked(a)} and ${inSpan} group by 1`;
  return query(db, statement, tx);
}

export interface PartSum {
  readonly code: string;
  readonly measure: string;
  /** Of what tells of now, the day. */
  readonly cell: string;
  readonly n: number;
  readonly total: number;
}

/** Sums in parts: of the period, and of now. */
export function partSums(db: Database, a: SumsAsked, tx: Transaction): Promise<PartSum[]> {
  const { months, days } = wholeMonths(a.from, a.to);
  const always = [{ from: "0001-01-01", to: "9999-12-31" }];
  const spans = [
    ...spansOf(onceAPeriod, [a], false),
    ...spansOf(coded, days, false),
    ...spansOf([...coded, ...timed], months, true),
    ...spansOf(standing, always, false),
  ];
  const cell = sql`case when s.measure = any(${standing}::text[]) then s.span::text
    when s.measure = any(${onceAPeriod}::text[]) then '' else s.part end`;
  const statement = sql`select ${group(a)} as code, s.measure, ${cell} as cell, sum(s.n)::float8 as n, sum(s.total)::float8 as total
    from ${spanRows(spans)} join rollup_parts s on ${asked(a)} and s.measure = r.measure and ${inSpan}
    where s.measure <> all(${onceAPeriod}::text[]) or s.part >= ${a.from} group by 1, 2, 3`;
  return query<PartSum>(db, statement, tx);
}

/** Facts know the entity of their case; for its other properties the case is looked up. */
const withCase = ({ by, only }: SumsAsked): Sql =>
  only === null && (by === null || by === "entity")
    ? empty
    : sql`join rollup_cases c on c.rollup = s.rollup and c.case_id = s.case_id`;
const factGroup = ({ by }: SumsAsked): Sql =>
  by === null ? sql`''::text` : sql`${raw(by === "entity" ? "s" : "c")}.${raw(by)}`;
const factAsked = (a: SumsAsked): Sql => sql`(${a.confidential}::boolean or not s.confidential)
    and (${a.entities}::text[] is null or s.entity = any(${a.entities}::text[]))
    ${a.only === null ? empty : sql`and c.${raw(a.only.dimension)} = ${a.only.code}`}`;

/** What the months do not have: times of the days around them. */
export async function timesAround(db: Database, a: SumsAsked, tx: Transaction): Promise<PartSum[]> {
  const spans = spansOf(timed, wholeMonths(a.from, a.to).days, false);
  if (spans.length === 0) return [];
  const statement = sql`select ${factGroup(a)} as code, s.kind as measure, s.part::text as cell, count(*)::float8 as n, 0::float8 as total
    from ${spanRows(spans)} join rollup_facts s on s.rollup = ${a.rollup} and s.kind = r.measure and s.part is not null
      and s.day >= r.lo and s.day < r.hi ${withCase(a)} where ${factAsked(a)} group by 1, 2, 3`;
  return query<PartSum>(db, statement, tx);
}

export interface Lookup extends DateRange {
  readonly kind: string;
  readonly part: number;
  /** Null: in all groups. */
  readonly code: string | null;
  /** How many values of its class are smaller. */
  readonly skip: number;
  readonly take: number;
}

/** Values of facts that follow one another in their class, in the order asked. */
export async function lookUp(
  db: Database,
  a: SumsAsked,
  lookups: readonly Lookup[],
  tx: Transaction,
): Promise<readonly (readonly number[])[]> {
  if (lookups.length === 0) return [];
  const inGroup = a.by === null ? sql`true` : sql`(q.code is null or ${factGroup(a)} = q.code)`;
  const found = (which: Sql): Sql => sql`array(select s.value::float8 from rollup_facts s ${withCase(a)}
      where s.rollup = ${a.rollup} and s.kind = q.kind and s.part = q.part and s.day >= q."from" and s.day < q."to"
        and ${which} and ${factAsked(a)} order by s.value offset q.skip limit q.take)`;
  // Of one entity the index has the values of a class together.
  const value =
    a.by === "entity"
      ? sql`case when q.code is null then ${found(sql`true`)} else ${found(sql`s.entity = q.code`)} end`
      : found(inGroup);
  const numbered = JSON.stringify(lookups.map((lookup, i) => ({ ...lookup, i })));
  const statement = sql`select ${value} as found from jsonb_to_recordset(${numbered}::jsonb)
      as q(i integer, kind text, part integer, "from" date, "to" date, code text, skip integer, take integer) order by q.i`;
  return (await query<{ found: number[] }>(db, statement, tx)).map((row) => row.found);
}

/** The edition to read, if it is counted in this way and is of a moment between two. */
export async function readableRollup(
  db: Database,
  a: { programme: string; countedBy: string; since: Date; until: Date },
  tx: Transaction,
): Promise<{ readonly id: number; readonly asOf: Date } | null> {
  const statement = sql`select id, as_of as "asOf" from rollups where programme = ${a.programme} and state = 'current'
    and counted_by = ${a.countedBy} and as_of between ${a.since} and ${a.until}`;
  return (await query<{ id: number; asOf: Date }>(db, statement, tx))[0] ?? null;
}
