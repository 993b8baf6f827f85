/** Working time as the database counts it: a calendar's stretches as running sums, and what statements ask of them. */
import sql, { type Sql } from "sql-template-tag";
import type { WorkingCalendar } from "../../engine/calendar/working-calendar.js";
import { placeholders } from "../../platform/db/query.js";

/** Working stretches as running sums, in milliseconds; `days` numbers the working day of each stretch, `dates` names it. */
export interface StretchTable {
  readonly opens: readonly number[];
  readonly closes: readonly number[];
  readonly before: readonly number[];
  readonly days: readonly number[];
  readonly dates: readonly string[];
}

const hourMs = 3_600_000;

/**
 * The calendar from the first receipt to a moment. It begins with a full hour: then differences of whole seconds do not depend on
 * which case came first.
 * @param earliest null where nothing was received: the table is empty
 */
export function stretchTable(calendar: WorkingCalendar, earliest: Date | null, at: Date): StretchTable {
  const table = { opens: [] as number[], closes: [] as number[], before: [] as number[], days: [] as number[] };
  const dates: string[] = [];
  let sum = 0;
  const from = earliest === null ? at : new Date(earliest.getTime() - (earliest.getTime() % hourMs));
  for (const stretch of calendar.walk(from, at)) {
    if (stretch.kind === "off") continue;
    table.days.push((table.days.at(-1) ?? 0) + (stretch.date === dates.at(-1) ? 0 : 1));
    dates.push(stretch.date);
    table.opens.push(stretch.from.getTime());
    table.closes.push(stretch.to.getTime());
    table.before.push(sum);
    sum += stretch.to.getTime() - stretch.from.getTime();
  }
  return { ...table, dates };
}

const v = placeholders<StretchTable>();
const stretchOf = (x: Sql): Sql => sql`(select width_bucket(m, ${v.opens}::float8[]) as i, m
  from (select floor(extract(epoch from ${x}) * 1000)::float8 as m) x) x`;

/** Whole working seconds from the table's beginning to a moment; a difference of two is the time between. */
export const worked = (x: Sql): Sql =>
  sql`(select floor(coalesce((${v.before}::float8[])[i] + least(m, (${v.closes}::float8[])[i]) - (${v.opens}::float8[])[i], 0) / 1000)
  from ${stretchOf(x)})`;
/** The number of the last working day that had begun. */
export const workingDay = (x: Sql): Sql => sql`(select coalesce((${v.days}::integer[])[i], 0) from ${stretchOf(x)})`;
/** From where on a deadline's days are counted: one at the very opening of a day leaves that whole day to be late by. */
export const dayBeforeLate = (due: Sql): Sql => sql`${due} - interval '1 millisecond'`;
/** The date of the last working day that had begun; null before the first. */
export const workingDate = (x: Sql): Sql => sql`(select (${v.dates}::date[])[i] from ${stretchOf(x)})`;
