/**
 * Working times are counted in classes that grow, each of these in minutes, and each minute in seconds: so a quantile is found by
 * reading some hundred sums, however many values there are. Minutes and seconds are numbers of one length, so that their text is in order.
 */
import sql, { type Sql } from "sql-template-tag";
import type { FactKind } from "./day-columns.js";

/** Kinds whose values are summed up in classes. */
export const timedKinds = ["first", "reply"] as const satisfies readonly FactKind[];
export type TimedKind = (typeof timedKinds)[number];

/** What a kind's sums by minute and by second are called. */
export const minuteMeasure = (kind: TimedKind): string => `${kind}Minute`;
export const secondMeasure = (kind: TimedKind): string => `${kind}Second`;

/** The class that working seconds fall in, by minutes: each minute to 31, then sixteen classes for each doubling. */
export const classOf = (seconds: Sql): Sql => sql`(select case when m < 16 then m else 16 * shift + (m >> shift) end
  from (select m, case when m < 16 then 0 else floor(log(2.0, m))::integer - 4 end as shift
    from (select (case when ${seconds} < 0 then 0 else ${seconds} end / 60)::bigint::integer as m) minutes) classes)`;

const minuteBase = 100_000_000;
/** Not a power of ten: below nought the number is as long. */
const secondBase = 20_000_000_000;
/** Of the column `value`. */
export const writtenMinute = sql`(${minuteBase}::bigint + greatest(value, 0) / 60)::text`;
export const writtenSecond = sql`(${secondBase}::bigint + value)::text`;

/** Parts from one on and before another. */
export interface PartRange {
  readonly low: string;
  readonly high: string;
}

/** The minutes of a class, as they are written. */
export function minutesOf(cell: string): PartRange {
  const code = Number(cell);
  const shift = code < 32 ? 0 : Math.floor(code / 16) - 1;
  const first = code - 16 * shift;
  return { low: String(minuteBase + first * 2 ** shift), high: String(minuteBase + (first + 1) * 2 ** shift) };
}

/** The seconds of a minute, as both are written. What is below nought is in the first. */
export function secondsOf(minute: string): PartRange {
  const first = (Number(minute) - minuteBase) * 60;
  return { low: first === 0 ? "" : String(secondBase + first), high: String(secondBase + first + 60) };
}

export const readSecond = (part: string): number => Number(part) - secondBase;
