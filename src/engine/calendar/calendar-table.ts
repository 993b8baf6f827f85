/**
 * A calendar laid out day by day with running sums of working time: `worked` is one look-up, its inverse one binary
 * search, and nothing steps over days. The same idea serves in SQL.
 */
import type { Bilingual } from "../text/text.js";
import type { CalendarDefinition, Interval, SpecialDays, WeeklyPeriod } from "./calendar-definition.js";
import { dayMs, dayNumberOf, timeOfDayMs, weekdayOf } from "./civil-date.js";
import type { Zone } from "./time-zone.js";

/** One civil day as the calendar has it. */
export interface CalendarDay {
  readonly hours: readonly Interval[];
  /** The special day's name, else the period's (Ramadan), else null. */
  readonly name: Bilingual | null;
  /** Named by the special day that takes or changes its hours, not by the period. */
  readonly special: boolean;
  /** Expected or computed, or outside the dates that the calendar covers. */
  readonly provisional: boolean;
  readonly covered: boolean;
}

export type DayReader = (dayNumber: number) => CalendarDay;

const day = (text: string): number => dayNumberOf(text) as number;

interface DatedPeriod {
  readonly period: WeeklyPeriod;
  readonly from: number;
  readonly to: number;
}

/**
 * Reads any civil day from a definition that `checkCalendar` accepted: a special day wins over a period, the narrower
 * period over the wider one. Outside the coverage the week of the widest period at its edge is carried on.
 */
export function readDays(definition: CalendarDefinition): DayReader {
  const from = day(definition.covers.from);
  const to = day(definition.covers.to);
  const narrowFirst = definition.periods
    .map((period): DatedPeriod => ({ period, from: day(period.from), to: day(period.to) }))
    .sort((a, b) => a.to - a.from - (b.to - b.from));
  const wideFirst = [...narrowFirst].reverse();
  const first = periodAt(wideFirst, from);
  const last = periodAt(wideFirst, to);
  const special = new Map<number, SpecialDays>();
  for (const entry of definition.days) {
    for (let n = day(entry.date), end = day(entry.to ?? entry.date); n <= end; n++) special.set(n, entry);
  }
  return (dayNumber) => {
    const own = special.get(dayNumber);
    const covered = dayNumber >= from && dayNumber <= to;
    if (own !== undefined) {
      return {
        hours: own.hours,
        name: own.name,
        special: true,
        provisional: own.provisional === true || !covered,
        covered,
      };
    }
    const period = covered ? periodAt(narrowFirst, dayNumber) : dayNumber < from ? first : last;
    const hours = period.hours[weekdayOf(dayNumber)] ?? [];
    return {
      hours,
      name: period.name ?? null,
      special: false,
      provisional: !covered || period.provisional === true,
      covered,
    };
  };
}

function periodAt(periods: readonly DatedPeriod[], dayNumber: number): WeeklyPeriod {
  const found = periods.find((p) => dayNumber >= p.from && dayNumber <= p.to);
  if (found === undefined) throw new Error(`no weekly period holds on day ${dayNumber}: the calendar was not checked`);
  return found.period;
}

/** Days `from` (inclusive) to `to` (exclusive). All times are milliseconds; NaN means outside what the table covers. */
export interface CalendarTable {
  /** Whether an instant lies on one of the table's days. */
  has(instant: number): boolean;
  /** Working milliseconds from the table's beginning to an instant on it. */
  worked(instant: number): number;
  /** The earliest instant by which so much was worked: a closing, not the opening that follows it. */
  momentOf(worked: number): number;
  /** The instant itself in working time, else the next opening. */
  opening(instant: number): number;
  isOpen(instant: number): boolean;
  /** The same time of day on the n-th working day after that of a working moment, drawn back to that day's last working moment. */
  sameTimeOn(moment: number, days: number): number;
  /** Day number of an instant. */
  dayOf(instant: number): number;
  /** Stretches of a day, as pairs of instants. */
  stretchesOf(dayNumber: number): readonly (readonly [open: number, close: number])[];
  /** Whether one of the days from one instant's to another's is provisional. */
  anyProvisional(from: number, to: number): boolean;
}

/** Lays out the days from `from` to `to` (day numbers, `to` exclusive). */
export function layOut(readDay: DayReader, zone: Zone, from: number, to: number): CalendarTable {
  const count = to - from;
  const dayStart = new Float64Array(count + 1);
  const firstStretch = new Int32Array(count + 1);
  const provisionalBefore = new Int32Array(count + 1);
  const workingDays: number[] = [];
  /** For a working day its place in `workingDays`. */
  const place = new Int32Array(count);
  const opens: number[] = [];
  const closes: number[] = [];
  const sums: number[] = [];
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const wall = (from + i) * dayMs;
    const { hours, provisional } = readDay(from + i);
    dayStart[i] = zone.instantOf(wall);
    firstStretch[i] = opens.length;
    provisionalBefore[i + 1] = (provisionalBefore[i] as number) + (provisional ? 1 : 0);
    place[i] = workingDays.length;
    for (const [open, close] of hours) {
      const opensAt = zone.instantOf(wall + (timeOfDayMs(open) as number));
      const closesAt = zone.instantOf(wall + (timeOfDayMs(close, true) as number));
      // A stretch that fell wholly into the hour that the zone left out was never worked.
      if (closesAt <= opensAt) continue;
      opens.push(opensAt);
      closes.push(closesAt);
      sums.push(sum);
      sum += closesAt - opensAt;
    }
    if (opens.length > (firstStretch[i] as number)) workingDays.push(i);
  }
  dayStart[count] = zone.instantOf(to * dayMs);
  firstStretch[count] = opens.length;
  const open = Float64Array.from(opens);
  const close = Float64Array.from(closes);
  const before = Float64Array.from(sums);
  const stretches = open.length;
  const start = dayStart[0] as number;
  const end = dayStart[count] as number;

  const has = (instant: number): boolean => instant >= start && instant < end;
  /** Index of the last stretch that opened at or before an instant, −1 for none: the day is guessed, then corrected. */
  const lastOpened = (instant: number): number => {
    const guess = Math.min(Math.floor((instant - start) / dayMs) + 2, count);
    let i = (firstStretch[guess] as number) - 1;
    while (i >= 0 && (open[i] as number) > instant) i--;
    return i;
  };
  const indexOfDay = (instant: number): number => {
    let i = Math.min(Math.floor((instant - start) / dayMs) + 1, count - 1);
    while ((dayStart[i] as number) > instant) i--;
    return i;
  };
  const isOpen = (instant: number): boolean => {
    const i = lastOpened(instant);
    return i >= 0 && instant < (close[i] as number);
  };
  return {
    has,
    isOpen,
    worked(instant) {
      const i = lastOpened(instant);
      return i < 0 ? 0 : (before[i] as number) + Math.min(instant, close[i] as number) - (open[i] as number);
    },
    momentOf(worked) {
      if (worked <= 0 || worked > sum) return Number.NaN;
      let low = 0;
      let high = stretches;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((before[middle] as number) < worked) low = middle + 1;
        else high = middle;
      }
      return (open[low - 1] as number) + worked - (before[low - 1] as number);
    },
    opening(instant) {
      if (isOpen(instant)) return instant;
      return open[lastOpened(instant) + 1] ?? Number.NaN;
    },
    sameTimeOn(moment, days) {
      if (Number.isNaN(moment)) return moment;
      const today = indexOfDay(moment);
      const target = workingDays[(place[today] as number) + days];
      if (target === undefined) return Number.NaN;
      const timeOfDay = moment + zone.offsetAt(moment) - (from + today) * dayMs;
      const same = zone.instantOf((from + target) * dayMs + timeOfDay);
      const first = firstStretch[target] as number;
      let i = (firstStretch[target + 1] as number) - 1;
      while (i > first && (open[i] as number) > same) i--;
      return Math.max(open[i] as number, Math.min(same, close[i] as number));
    },
    dayOf: (instant) => from + indexOfDay(instant),
    stretchesOf(dayNumber) {
      const found: [number, number][] = [];
      const i = dayNumber - from;
      for (let s = firstStretch[i] as number; s < (firstStretch[i + 1] as number); s++)
        found.push([open[s] as number, close[s] as number]);
      return found;
    },
    anyProvisional: (a, b) =>
      (provisionalBefore[indexOfDay(b) + 1] as number) > (provisionalBefore[indexOfDay(a)] as number),
  };
}
