/**
 * Periods of figures: a week, a month, a quarter, a year or any days; the one before, the same of last year, the last twelve.
 *
 * All are civil dates of the programme's zone, so that a change of the zone's clocks moves none of them: what begins and ends when
 * is asked of the zone where it is counted. `to` is never part of the period.
 */
import { dayMs, dayNumberOf } from "../calendar/civil-date.js";
import { shiftDate } from "../calendar/civil-days.js";
import type { DateRange } from "../calendar/whole-months.js";

export type PeriodUnit = "week" | "month" | "quarter" | "year" | "days";

export interface FigurePeriod extends DateRange {
  readonly unit: PeriodUnit;
}

/** Months of each unit that is made of months. */
const monthsOf = { month: 1, quarter: 3, year: 12 } as const;
type MonthUnit = keyof typeof monthsOf;

const isOfMonths = (unit: PeriodUnit): unit is MonthUnit => unit in monthsOf;

/** @param month 0 for January; any number counts on */
const firstOf = (year: number, month: number): string => new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);

function ofMonths(unit: MonthUnit, year: number, month: number): FigurePeriod {
  return { unit, from: firstOf(year, month), to: firstOf(year, month + monthsOf[unit]) };
}

const weekday = (date: string): number => new Date(`${date}T00:00:00Z`).getUTCDay();
const daysBetween = (from: string, to: string): number =>
  (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs;

/** Seven days from a Sunday on are a week, a whole month is a month; all else are days. */
function ofDays(from: string, to: string): FigurePeriod {
  if (weekday(from) === 0 && daysBetween(from, to) === 7) return { unit: "week", from, to };
  const [year, month] = partsOf(from);
  const units = Object.keys(monthsOf) as MonthUnit[];
  const whole = units.map((unit) => ofMonths(unit, year, month)).find((one) => one.from === from && one.to === to);
  const starts = whole?.unit === "year" ? month === 0 : whole?.unit === "quarter" ? month % 3 === 0 : true;
  return whole !== undefined && starts ? whole : { unit: "days", from, to };
}

const partsOf = (date: string): [year: number, month: number, day: number] => {
  const [year, month, day] = date.split("-").map(Number) as [number, number, number];
  return [year, month - 1, day];
};

/** The unit that a date is in. Weeks begin on Sunday. */
export function periodWith(unit: Exclude<PeriodUnit, "days">, date: string): FigurePeriod {
  if (unit === "week") {
    const from = shiftDate(date, -weekday(date));
    return { unit, from, to: shiftDate(from, 7) };
  }
  const [year, month] = partsOf(date);
  return ofMonths(unit, year, month - (month % monthsOf[unit]));
}

/** As an address has it: `2026-11`, `2026-Q4`, `2026`, or first and last day, `2026-11-22..2026-11-28`. An address may say `last-month` too. */
export function writtenPeriod({ unit, from, to }: FigurePeriod): string {
  if (unit === "month") return from.slice(0, 7);
  if (unit === "quarter") return `${from.slice(0, 4)}-Q${(Number(from.slice(5, 7)) + 2) / 3}`;
  return unit === "year" ? from.slice(0, 4) : `${from}..${shiftDate(to, -1)}`;
}

/** Why a period cannot be counted. */
export type PeriodFault = "unreadable" | "backwards" | "future" | "tooLong";

/** So many days are counted at once at most: five years. */
const mostDays = 1827;

const form = /^(?:(\d{4})(?:-(?:Q([1-4])|(0[1-9]|1[0-2])))?|(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2}))$/;

function readForm(text: string): FigurePeriod | PeriodFault {
  const [, year, quarter, month, from, last] = form.exec(text) ?? [];
  if (year !== undefined && Number(year) >= 1970) {
    if (quarter !== undefined) return ofMonths("quarter", Number(year), 3 * (Number(quarter) - 1));
    return month === undefined ? ofMonths("year", Number(year), 0) : ofMonths("month", Number(year), Number(month) - 1);
  }
  if (from === undefined || last === undefined || dayNumberOf(from) === null || dayNumberOf(last) === null)
    return "unreadable";
  if (last < from) return "backwards";
  return ofDays(from, shiftDate(last, 1));
}

/** The last whole one, whenever it is looked at: what a view that is kept can follow. */
const lastOnes = {
  "last-week": "week",
  "last-month": "month",
  "last-30-days": "days",
  "last-quarter": "quarter",
  "last-year": "year",
} as const;
export type LastPeriod = keyof typeof lastOnes;
export const isLastPeriod = (text: unknown): text is LastPeriod =>
  typeof text === "string" && Object.hasOwn(lastOnes, text);
const lastCodes = Object.keys(lastOnes) as LastPeriod[];

/** So many days are the last thirty: today is not over and none of them. */
const someDays = 30;

export function lastPeriod(last: LastPeriod, today: string): FigurePeriod {
  const unit = lastOnes[last];
  if (unit === "days") return { unit, from: shiftDate(today, -someDays), to: today };
  return periodBefore(periodWith(unit, today));
}

/** Which of the last ones is of that unit. */
export const lastOf = (unit: PeriodUnit): LastPeriod => lastCodes.find((last) => lastOnes[last] === unit) as LastPeriod;

/**
 * What figures open on: the last whole month. A programme that has begun since has no figures there: then the month that goes on.
 * @param began day of the first receipt; null: nothing was received yet
 */
export function usualPeriod(today: string, began: string | null): FigurePeriod {
  const whole = lastPeriod("last-month", today);
  return began === null || began >= whole.to ? periodWith("month", today) : whole;
}

/** What a kept view follows. */
export type FollowedPeriod = Exclude<LastPeriod, "last-30-days">;

/** Of a written period that always stays the same: the one that moves on with time; null: it has none, or moves already. */
export function followingPeriod(text: string): FollowedPeriod | null {
  const period = readForm(text);
  if (typeof period === "string" || period.unit === "days") return null;
  return `last-${period.unit}`;
}

/** @param today a period that begins later is in the future */
export function readPeriod(text: string, today: string): FigurePeriod | PeriodFault {
  if (isLastPeriod(text)) return lastPeriod(text, today);
  const period = readForm(text);
  if (typeof period === "string") return period;
  if (period.from > today) return "future";
  return daysBetween(period.from, period.to) > mostDays ? "tooLong" : period;
}

/** The same day a year earlier; of 29 February the 28th. */
function yearBefore(date: string): string {
  const [year, month, day] = partsOf(date);
  const same = new Date(Date.UTC(year - 1, month, day));
  return (same.getUTCMonth() === month ? same : new Date(Date.UTC(year - 1, month + 1, 0))).toISOString().slice(0, 10);
}

function shifted(period: FigurePeriod, units: number): FigurePeriod {
  const { unit, from, to } = period;
  if (isOfMonths(unit)) {
    const [year, month] = partsOf(from);
    return ofMonths(unit, year, month + units * monthsOf[unit]);
  }
  const days = units * daysBetween(from, to);
  return { unit, from: shiftDate(from, days), to: shiftDate(to, days) };
}

/** The one before, of the same kind. */
export const periodBefore = (period: FigurePeriod): FigurePeriod => shifted(period, -1);
export const periodAfter = (period: FigurePeriod): FigurePeriod => shifted(period, 1);

/** The next longer kind of period that it begins in; null: there is none. */
export function longerPeriod({ from, to }: FigurePeriod): FigurePeriod | null {
  const units = ["month", "quarter", "year"] as const;
  const longer = units.map((unit) => periodWith(unit, from));
  return longer.find((one) => daysBetween(one.from, one.to) > daysBetween(from, to)) ?? null;
}

/** The same of last year. Of a week the one with the same weekdays, 52 weeks before. */
export function periodLastYear(period: FigurePeriod): FigurePeriod {
  const { unit, from, to } = period;
  if (unit === "week") return shifted(period, -52);
  if (isOfMonths(unit)) return shifted(period, -12 / monthsOf[unit]);
  return { unit, from: yearBefore(from), to: yearBefore(to) };
}

/** What of a period has been: it ends with today where it goes on. `days`: how many that are; `running`: it goes on. */
export function elapsedOf(
  period: FigurePeriod,
  today: string,
): { readonly range: DateRange; readonly days: number; readonly running: boolean } {
  const end = shiftDate(today, 1);
  const running = period.to > end;
  const range = { from: period.from, to: running ? end : period.to };
  // Today itself is not over either.
  return { range, days: daysBetween(range.from, range.to), running: running || period.to === end };
}

/** As many days from the beginning of another period: a month that goes on is compared with as much of the one before. */
export function firstDays({ from, to }: FigurePeriod, days: number): DateRange {
  const end = shiftDate(from, days);
  return { from, to: end < to ? end : to };
}

export type TrendUnit = "week" | "month";

/** In which steps a period's trend is looked at, where nobody chose. */
export const trendUnitOf = ({ unit, from, to }: FigurePeriod): TrendUnit =>
  unit === "week" || (unit === "days" && daysBetween(from, to) < 28) ? "week" : "month";

/** Steps of a trend. */
const trendSteps = 12;

/** The last twelve weeks or months in order, the last of them with the period's last day that has been. */
export function trendPeriods(period: FigurePeriod, unit: TrendUnit, today: string): FigurePeriod[] {
  const lastDay = shiftDate(period.to, -1);
  const last = periodWith(unit, lastDay < today ? lastDay : today);
  return Array.from({ length: trendSteps }, (_, i) => shifted(last, i - trendSteps + 1));
}

/** Enough whole months for a line of months; a younger programme has one of weeks. */
const leastMonths = 6;

/** The last twelve whole steps until a period ends, of a programme that began some day: in the period's own steps, where enough of them have been. */
export function lineSteps(
  period: FigurePeriod,
  { today, began }: { readonly today: string; readonly began: string | null },
): FigurePeriod[] {
  const steps = (unit: TrendUnit): FigurePeriod[] => {
    const all = trendPeriods(period, unit, today);
    const whole = (all.at(-1)?.to ?? today) > today ? all.map(periodBefore) : all;
    return whole.filter(({ from }) => began !== null && from >= began);
  };
  const months = trendUnitOf(period) === "month" && lastOf(period.unit) !== "last-30-days" ? steps("month") : [];
  return months.length >= leastMonths ? months : steps("week");
}
