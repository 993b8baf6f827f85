/** Reads the sums. Every question is asked in the one snapshot of its transaction. */
import type { Transaction } from "sequelize";
import sql, { empty, join, raw, type Sql } from "sql-template-tag";
import { type DateRange, wholeMonths } from "../../../engine/calendar/whole-months.js";
import type { KpiDimension } from "../../../engine/measures/kpi-dimensions.js";
import { snakeCase } from "../../../engine/setup/tables/setup-registry.js";
import { type Database, query } from "../../../platform/db/query.js";
import { type Heirs, toldAt } from "../heirs.js";
import { dayColumnCodes, type dayColumns } from "./day-columns.js";
import { coded, onceAPeriod, standing, timed } from "./sum-statements.js";

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

const dimensionOf = ({ by, across, only }: SumsAsked): string =>
  across ?? only?.dimension ?? (by === null || by === "entity" ? "" : by);

/** Of the sums `s` those that are asked for. */
const asked = (a: SumsAsked): Sql => sql`s.rollup = ${a.rollup} and s.dimension = ${dimensionOf(a)}
    and (${a.confidential}::boolean or not s.confidential) and (${a.entities}::text[] is null or s.entity = any(${a.entities}::text[]))
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
  readonly month: boolean;
}
const spansOf = (period: number, measures: readonly string[], ranges: readonly DateRange[], month: boolean): Span[] =>
  measures.flatMap((measure) => ranges.map((range) => ({ ...range, period, measure, month })));
const ofEach = ({ periods }: SumsAsked, spans: (period: DateRange, i: number) => readonly Span[]): Span[] =>
  periods.flatMap((period, i) => spans(period, i));
const spanRows = (spans: readonly Span[]): Sql => sql`unnest(${spans.map(({ period }) => period)}::integer[],
  ${spans.map(({ measure }) => measure)}::text[], ${spans.map(({ month }) => month)}::boolean[],
  ${spans.map(({ from }) => from)}::date[], ${spans.map(({ to }) => to)}::date[]) r(period, measure, month, lo, hi)`;
const inSpan = sql`s.month = r.month and s.span >= r.lo and s.span < r.hi`;

export type DaySums = Place & { readonly [Name in keyof typeof dayColumns]: number };
const sumsOfColumns = join(
  dayColumnCodes.map((name) => raw(`coalesce(sum(s.${snakeCase(name)}), 0)::float8 as "${name}"`)),
  ", ",
);

/** Sums of the periods, a row a group. */
export function daySums(db: Database, a: SumsAsked, tx: Transaction): Promise<DaySums[]> {
  const spans = ofEach(a, ({ from, to }, i) => {
    const { months, days } = wholeMonths(from, to);
    return [...spansOf(i, [""], months, true), ...spansOf(i, [""], days, false)];
  });
  const statement = sql`select r.period, ${column(a)} as across, ${group(a)} as code, ${sumsOfColumns} from ${spanRows(spans)}
    join rollup_days s on ${asked(a)} and ${inSpan} group by 1, 2, 3`;
  return query<DaySums>(db, statement, tx);
}

export interface OpenSum extends Place {
  readonly opened: number;
  readonly ended: number;
}

/**
 * How many times of being open began before a period's end, and how many ended before its beginning.
 * @param begun of each period whether it has begun: nothing is open in one to come
 */
export function openSums(db: Database, a: SumsAsked, begun: readonly boolean[], tx: Transaction): Promise<OpenSum[]> {
  const before = (i: number, measure: string, to: string) => {
    const { months, days } = wholeMonths(null, to);
    return [...spansOf(i, [measure], months, true), ...spansOf(i, [measure], days, false)];
  };
  const spans = ofEach(a, ({ from, to }, i) =>
    begun[i] ? [...before(i, "opened", to), ...before(i, "ended", from)] : [],
  );
  const statement = sql`select r.period, ${column(a)} as across, ${group(a)} as code, coalesce(sum(s.opened) filter (where r.measure = 'opened'), 0)::float8 as opened,
      coalesce(sum(s.ended) filter (where r.measure = 'ended'), 0)::float8 as ended
    from ${spanRows(spans)} join rollup_days s on ${asked(a)} and ${inSpan} group by 1, 2, 3`;
  return query(db, statement, tx);
}

export interface PartSum extends Place {
  readonly measure: string;
  /** Of what tells of now, the day. */
  readonly cell: string;
  readonly n: number;
  readonly total: number;
}

/** Sums in parts: of the periods, and of now. */
export function partSums(db: Database, a: SumsAsked, tx: Transaction): Promise<PartSum[]> {
  const always = [{ from: "0001-01-01", to: "9999-12-31" }];
  const spans = [
    ...ofEach(a, (period, i) => {
      const { months, days } = wholeMonths(period.from, period.to);
      return [
        ...spansOf(i, onceAPeriod, [{ from: period.from, to: period.to }], false),
        ...spansOf(i, coded, days, false),
        ...spansOf(i, [...coded, ...timed], months, true),
      ];
    }),
    ...spansOf(-1, standing, always, false),
  ];
  const cell = sql`case when s.measure = any(${standing}::text[]) then s.span::text
    when s.measure = any(${onceAPeriod}::text[]) then '' else s.part end`;
  const statement = sql`select r.period, ${column(a)} as across, ${group(a)} as code, s.measure, ${cell} as cell,
      sum(s.n)::float8 as n, sum(s.total)::float8 as total
    from ${spanRows(spans)} join rollup_parts s on ${asked(a)} and s.measure = r.measure and ${inSpan}
    where s.measure <> all(${onceAPeriod}::text[]) or s.part >= r.lo::text group by 1, 2, 3, 4, 5`;
  return query<PartSum>(db, statement, tx);
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
export async function timesAround(db: Database, a: SumsAsked, tx: Transaction): Promise<PartSum[]> {
  const spans = ofEach(a, ({ from, to }, i) => spansOf(i, timed, wholeMonths(from, to).days, false));
  if (spans.length === 0) return [];
  const statement = sql`select r.period, ${factColumn(a)} as across, ${factGroup(a)} as code, s.kind as measure, s.part::text as cell, count(*)::float8 as n, 0::float8 as total
    from ${spanRows(spans)} join rollup_facts s on s.rollup = ${a.rollup} and s.kind = r.measure and s.part is not null
      and s.day >= r.lo and s.day < r.hi ${withCase(a)} where ${factAsked(a)} group by 1, 2, 3, 4, 5`;
  return query<PartSum>(db, statement, tx);
}

export interface Lookup extends DateRange {
  readonly kind: string;
  readonly part: number;
  readonly across: string;
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
  const ofColumn = a.across === null ? sql`true` : sql`${factColumn(a)} = q.across`;
  const inGroup = a.by === null ? sql`true` : sql`(q.code is null or ${factGroup(a)} = q.code)`;
  const found = (which: Sql): Sql => sql`array(select s.value::float8 from rollup_facts s ${withCase(a)}
      where s.rollup = ${a.rollup} and s.kind = q.kind and s.part = q.part and s.day >= q."from" and s.day < q."to"
        and ${which} and ${ofColumn} and ${factAsked(a)} order by s.value offset q.skip limit q.take)`;
  // Of one entity the index has the values of a class together.
  const value =
    a.by === "entity"
      ? sql`case when q.code is null then ${found(sql`true`)} else ${found(sql`s.entity = any(q.told)`)} end`
      : found(inGroup);
  const toldWith = new Map<string, string[]>();
  for (const [code, heir] of a.heirs) toldWith.set(heir, [...(toldWith.get(heir) ?? []), code]);
  const numbered = JSON.stringify(
    lookups.map((lookup, i) => ({
      ...lookup,
      i,
      told: lookup.code === null ? [] : [lookup.code, ...(toldWith.get(lookup.code) ?? [])],
    })),
  );
  const statement = sql`select ${value} as found from jsonb_to_recordset(${numbered}::jsonb)
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
