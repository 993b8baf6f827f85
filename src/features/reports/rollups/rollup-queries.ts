/** Reads the sums. Every question is asked in the one snapshot of its transaction. */
import type { Transaction } from "sequelize";
import sql, { empty, join, raw, type Sql } from "sql-template-tag";
import { type DateRange, wholeMonths } from "../../../engine/calendar/whole-months.js";
import type { KpiDimension } from "../../../engine/measures/kpi-dimensions.js";
import type { ClassCount } from "../../../engine/measures/quantiles.js";
import { snakeCase } from "../../../engine/setup/tables/setup-registry.js";
import { type Database, query } from "../../../platform/db/query.js";
import { type Heirs, toldAt } from "../heirs.js";
import { dayColumnCodes, type dayColumns } from "./day-columns.js";
import { coded, type Grain, ofAllEntities, onceAPeriod, standing } from "./sum-statements.js";
import { type PartRange, timedKinds } from "./time-classes.js";

/** Which sums. Civil dates, `to` exclusive. */
export interface SumsAsked {
  readonly rollup: number;
  /** One after the other, or with days in common; each is answered for itself. */
  readonly periods: readonly DateRange[];
  readonly by: KpiDimension | null;
  /** Beside `by: "entity"`: of each code of another property its own figures, by entity. Null for all together. */
  readonly across: Exclude<KpiDimension, "entity"> | null;
  /** Only cases with this property; beside it figures are broken down by entity alone. Null for all. */
  readonly only: { readonly dimension: Exclude<KpiDimension, "entity">; readonly code: string } | null;
  /** Only cases that these entities handle; null for all. */
  readonly entities: readonly string[] | null;
  readonly confidential: boolean;
  /** By entity, those that ended are counted with their successors. */
  readonly heirs: Heirs;
}

/** All entities together have sums of their own. */
const isOfAll = ({ by, entities }: SumsAsked): boolean => entities === null && by !== "entity";
function dimensionOf(a: SumsAsked): string {
  const { by, across, only } = a;
  const dimension = across ?? only?.dimension ?? (by === null || by === "entity" ? "" : by);
  return isOfAll(a) ? ofAllEntities(dimension) : dimension;
}

/** Whether times are also summed up by day, by minute and by second. */
export const isFine = (a: SumsAsked): boolean => dimensionOf(a) === ofAllEntities("");

/** Those of the sums `s` that are asked for. */
const asked = (a: SumsAsked): Sql => sql`s.rollup = ${a.rollup} and s.dimension = ${dimensionOf(a)}
    and (${a.confidential}::boolean or not s.confidential)
    ${a.entities === null ? empty : sql`and s.entity = any(${a.entities}::text[])`}
    ${a.only === null ? empty : sql`and s.code = ${a.only.code}`}`;
const group = ({ by, heirs }: SumsAsked): Sql =>
  by === null ? sql`''::text` : by === "entity" ? toldAt(sql`s.entity`, heirs) : sql`s.code`;
const column = ({ across }: SumsAsked): Sql => (across === null ? sql`''::text` : sql`s.code`);

/** What a row of sums is of. */
interface Place {
  /** The place of its period among those asked for; -1: it tells of now, and is of each. */
  readonly period: number;
  /** The code of `across`; empty where none was asked for. */
  readonly across: string;
  readonly code: string;
}

interface Span extends DateRange {
  readonly period: number;
  readonly measure: string;
  readonly grain: Grain;
}
const spansOf = (period: number, measures: readonly string[], ranges: readonly DateRange[], grain: Grain): Span[] =>
  measures.flatMap((measure) => ranges.map((range) => ({ ...range, period, measure, grain })));
const ofEach = ({ periods }: SumsAsked, spans: (period: DateRange, i: number) => readonly Span[]): Span[] =>
  periods.flatMap((period, i) => spans(period, i));
/** The months of a period, and the days around them. */
const inMonthsAndDays = (i: number, measures: readonly string[], { from, to }: DateRange): Span[] => {
  const { months, days } = wholeMonths(from, to);
  return [...spansOf(i, measures, months, "month"), ...spansOf(i, measures, days, "day")];
};
const spanRows = (spans: readonly Span[]): Sql => sql`unnest(${spans.map(({ period }) => period)}::integer[],
  ${spans.map(({ measure }) => measure)}::text[], ${spans.map(({ grain }) => grain)}::text[],
  ${spans.map(({ from }) => from)}::date[], ${spans.map(({ to }) => to)}::date[]) r(period, measure, grain, lo, hi)`;
/**
 * Sums `s` of each span `r` by itself, so that the index is gone to for each: a row a span and group, to be added up.
 * @param sums what else is read, and of which rows
 */
const ofSpans = (
  a: SumsAsked,
  spans: readonly Span[],
  { table, sums, where = empty, cell }: { table: "rollup_days" | "rollup_parts"; sums: Sql; where?: Sql; cell?: Sql },
): Sql => {
  const named = cell === undefined ? empty : sql`s.measure, ${cell} as cell,`;
  const grouped = cell === undefined ? sql`1, 2` : sql`1, 2, 3, 4`;
  return sql`select r.period, x.* from ${spanRows(spans)} cross join lateral (
    select ${column(a)} as across, ${group(a)} as code, ${named} ${sums} from ${raw(table)} s
    where ${asked(a)} ${where} and s.grain = r.grain and s.span >= r.lo and s.span < r.hi group by ${grouped}) x`;
};
/** The one span of what is summed up since ever, and all of the others. */
const ever = { from: "-infinity", to: "0001-01-01" };
const always = { from: "0001-01-01", to: "9999-12-01" };

export type DaySums = Place & { readonly [Name in keyof typeof dayColumns]: number };
const sumsOfColumns = join(
  dayColumnCodes.map((name) => raw(`coalesce(sum(s.${snakeCase(name)}), 0)::float8 as "${name}"`)),
  ", ",
);

/** Sums of the periods. */
export function daySums(db: Database, a: SumsAsked, tx: Transaction): Promise<DaySums[]> {
  const spans = ofEach(a, (period, i) => inMonthsAndDays(i, [""], period));
  return query<DaySums>(db, ofSpans(a, spans, { table: "rollup_days", sums: sumsOfColumns }), tx);
}

export interface OpenSum extends Place {
  readonly opened: number;
  readonly ended: number;
}

/**
 * How many times of being open began before a period's end, and how many ended before its beginning: all of them but those that
 * did later, since most questions are of late.
 * @param begun of each period whether it has begun: nothing is open in one to come
 */
export function openSums(db: Database, a: SumsAsked, begun: readonly boolean[], tx: Transaction): Promise<OpenSum[]> {
  const later = (i: number, measure: string, from: string) => inMonthsAndDays(i, [measure], { from, to: always.to });
  const spans = ofEach(a, ({ from, to }, i) =>
    begun[i] ? [...spansOf(i, ["all"], [ever], "ever"), ...later(i, "opened", to), ...later(i, "ended", from)] : [],
  );
  const before = (name: "opened" | "ended"): Sql => sql`coalesce(sum(case when r.measure = 'all' then s.${raw(name)}
      when r.measure = ${name} then -s.${raw(name)} end), 0)::float8 as ${raw(name)}`;
  const sums = sql`${before("opened")}, ${before("ended")}`;
  return query(db, ofSpans(a, spans, { table: "rollup_days", sums }), tx);
}

export interface PartSum extends Place {
  readonly measure: string;
  /** The day, for what tells of now; empty for all days. */
  readonly cell: string;
  readonly n: number;
  readonly total: number;
}

/**
 * Sums in parts: of the periods, and of now.
 * @param lateSince what is late since a day or longer comes by day, and all that is late as one
 */
export function partSums(db: Database, a: SumsAsked, lateSince: string, tx: Transaction): Promise<PartSum[]> {
  const spans = [
    ...ofEach(a, (period, i) => {
      const isWhole = wholeMonths(period.from, period.to).days.length === 0;
      return [...spansOf(i, onceAPeriod, [period], isWhole ? "month" : "day"), ...inMonthsAndDays(i, coded, period)];
    }),
    ...spansOf(-1, standing, [ever], "ever"),
    ...spansOf(-1, ["late"], [{ from: lateSince, to: always.to }], "day"),
  ];
  const cell = sql`case when s.measure = 'late' and s.grain = 'day' then s.span::text when s.measure = any(${coded}::text[]) then s.part else '' end`;
  const where = sql`and s.measure = r.measure and (r.measure <> all(${onceAPeriod}::text[]) or s.part >= r.lo::text)`;
  const sums = sql`sum(s.n)::float8 as n, sum(s.total)::float8 as total`;
  return query<PartSum>(db, ofSpans(a, spans, { table: "rollup_parts", sums, where, cell }), tx);
}

/** How many times fall in each class, by period, and how many cases that are open were received in each month. */
export async function timeClasses(db: Database, a: SumsAsked, tx: Transaction): Promise<PartSum[]> {
  const spans = [
    ...ofEach(a, (period, i) => inMonthsAndDays(i, timedKinds, period)).filter(
      ({ grain }) => grain === "month" || isFine(a),
    ),
    ...spansOf(-1, ["open"], [always], "month"),
  ];
  const cell = sql`case when s.measure = 'open' then s.span::text else s.part end`;
  const sums = sql`sum(s.n)::float8 as n, 0::float8 as total`;
  const where = sql`and s.measure = r.measure`;
  const summed = await query<PartSum>(db, ofSpans(a, spans, { table: "rollup_parts", sums, where, cell }), tx);
  return [...summed, ...(isFine(a) ? [] : await timesAround(db, a, tx))];
}

/** Sums that a class is made of. */
export interface Finer extends DateRange {
  readonly measure: string;
  readonly grain: Grain;
  /** By part, from `low` on and before `high`; or by span. */
  readonly parts: PartRange | null;
  readonly across: string;
  readonly code: string;
}

/** What each of these classes is made of: how many there are of each part, or in each span. */
export async function finerSums(
  db: Database,
  a: SumsAsked,
  classes: readonly Finer[],
  tx: Transaction,
): Promise<readonly (readonly ClassCount[])[]> {
  if (classes.length === 0) return [];
  const told = toldWith(a.heirs);
  const rows = classes.map(({ parts, ...finer }, i) => ({
    ...{ ...finer, i, told: told(finer.code), bySpan: parts === null },
    ...(parts ?? { low: "", high: "z" }),
  }));
  const inGroup = a.by === null ? sql`true` : a.by === "entity" ? sql`s.entity = any(q.told)` : sql`s.code = q.code`;
  const inColumn = a.across === null ? sql`true` : sql`s.code = q.across`;
  // What is of all entities together has neither: with both named, the index goes to the parts.
  const placed = isFine(a) ? sql`and s.entity = '' and s.code = ''` : empty;
  const statement = sql`select q.i, x.cell, x.n from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as q(i integer, measure text,
      grain text, "from" date, "to" date, low text, high text, across text, code text, told text[], "bySpan" boolean)
    cross join lateral (select case when q."bySpan" then s.span::text else s.part end as cell, sum(s.n)::float8 as n from rollup_parts s
      where ${asked(a)} ${placed} and s.measure = q.measure and s.grain = q.grain and s.span >= q."from" and s.span < q."to"
        and s.part >= q.low and s.part < q.high and ${inGroup} and ${inColumn} group by 1) x`;
  const found = await query<{ i: number } & ClassCount>(db, statement, tx);
  const byClass: ClassCount[][] = classes.map(() => []);
  for (const { i, ...made } of found) byClass[i]?.push(made);
  return byClass;
}

/** Facts know the entity of their case; for its other properties the case is looked up. */
const withCase = ({ by, across, only }: SumsAsked): Sql =>
  only === null && across === null && (by === null || by === "entity")
    ? empty
    : sql`join rollup_cases c on c.rollup = s.rollup and c.case_id = s.case_id`;
const factGroup = ({ by, heirs }: SumsAsked): Sql =>
  by === null ? sql`''::text` : by === "entity" ? toldAt(sql`s.entity`, heirs) : sql`c.${raw(by)}`;
const factColumn = ({ across }: SumsAsked): Sql => (across === null ? sql`''::text` : sql`c.${raw(across)}`);
const factAsked = (a: SumsAsked): Sql => sql`(${a.confidential}::boolean or not s.confidential)
    and (${a.entities}::text[] is null or s.entity = any(${a.entities}::text[]))
    ${a.only === null ? empty : sql`and c.${raw(a.only.dimension)} = ${a.only.code}`}`;

/** What the months do not have: times of the days around them. */
async function timesAround(db: Database, a: SumsAsked, tx: Transaction): Promise<PartSum[]> {
  const spans = ofEach(a, (period, i) => inMonthsAndDays(i, timedKinds, period)).filter(({ grain }) => grain === "day");
  if (spans.length === 0) return [];
  const statement = sql`select r.period, ${factColumn(a)} as across, ${factGroup(a)} as code, s.kind as measure, s.part::text as cell, count(*)::float8 as n, 0::float8 as total
    from ${spanRows(spans)} join rollup_facts s on s.rollup = ${a.rollup} and s.kind = r.measure and s.part is not null
      and s.day >= r.lo and s.day < r.hi ${withCase(a)} where ${factAsked(a)} group by 1, 2, 3, 4, 5`;
  return query<PartSum>(db, statement, tx);
}

/** An entity and those that are counted with it. */
function toldWith(heirs: Heirs): (code: string) => readonly string[] {
  const with_ = new Map<string, string[]>();
  for (const [code, heir] of heirs) with_.set(heir, [...(with_.get(heir) ?? []), code]);
  return (code) => [code, ...(with_.get(code) ?? [])];
}

export interface Lookup extends DateRange {
  readonly kind: string;
  readonly part: number;
  readonly across: string;
  readonly code: string;
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
  const inColumn = a.across === null ? sql`true` : sql`${factColumn(a)} = q.across`;
  // Of one entity the index has the values of a class together.
  const inGroup =
    a.by === null ? sql`true` : a.by === "entity" ? sql`s.entity = any(q.told)` : sql`${factGroup(a)} = q.code`;
  const told = toldWith(a.heirs);
  const rows = JSON.stringify(lookups.map((lookup, i) => ({ ...lookup, i, told: told(lookup.code) })));
  const statement = sql`select array(select s.value::float8 from rollup_facts s ${withCase(a)}
      where s.rollup = ${a.rollup} and s.kind = q.kind and s.part = q.part and s.day >= q."from" and s.day < q."to"
        and ${inGroup} and ${inColumn} and ${factAsked(a)} order by s.value offset q.skip limit q.take) as found
    from jsonb_to_recordset(${rows}::jsonb)
      as q(i integer, kind text, part integer, "from" date, "to" date, across text, code text, told text[], skip integer, take integer) order by q.i`;
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
