/** Working time: what a budget means on a dated calendar. The only place where hours, days off and zones are counted. */
import { msg } from "../text/msg.js";
import { Problem } from "../text/problems.js";
import type { Bilingual } from "../text/text.js";
import type { Budget } from "./budget.js";
import type { CalendarDefinition } from "./calendar-definition.js";
import { type CalendarDay, type CalendarTable, type DayReader, layOut, readDays } from "./calendar-table.js";
import { checkCalendar } from "./check-calendar.js";
import { civilDateOf, dayNumberOf } from "./civil-date.js";
import { shiftDate, startOfDay } from "./civil-days.js";
import { firstCountedYear, lastCountedYear, zoneOf } from "./time-zone.js";

export { checkCalendar } from "./check-calendar.js";

/** A piece of the way from one moment to another, for telling a person why a deadline is when it is. */
export type WorkingStretch =
  | {
      readonly kind: "worked";
      /** Civil date `YYYY-MM-DD` in the calendar's zone. */
      readonly date: string;
      readonly from: Date;
      readonly to: Date;
      /** Whole working seconds; the seconds of all stretches add up to `between`. */
      readonly seconds: number;
      /** Why the day's hours differ from the usual week (Ramadan, weather), null when they do not. */
      readonly name: Bilingual | null;
      readonly provisional: boolean;
    }
  | {
      readonly kind: "off";
      /** First and last civil date of the run of days off, both inclusive. */
      readonly date: string;
      readonly lastDate: string;
      readonly days: number;
      /** The feast's name, or the weekend. */
      readonly name: Bilingual;
      readonly provisional: boolean;
    };

export interface WorkingCalendar {
  readonly timeZone: string;
  /**
   * When a budget that starts at `start` is used up.
   * - `workingHours`: after so much working time, to the second; exactly at a closing when it ends there.
   * - `workingDays`: a start outside working time counts from the next opening; due at the same time of day on the n-th
   *   next working day. Where that day is closed at that time, its last working moment before it; its opening if there is none.
   * - `calendarHours`: time on the wall.
   * `provisional` is true when a day from start to due is only expected (never for calendar hours).
   * @throws Problem `invalid-input` outside the years 1970–2099, or for an amount that is no number ≥ 0.
   */
  add(start: Date, budget: Budget): { due: Date; provisional: boolean };
  /** Whole working seconds from one moment to a later one, 0 if `to` ≤ `from`. Additive: a–b and b–c make a–c. */
  between(from: Date, to: Date): number;
  /** Opening inclusive, closing exclusive. */
  isWorkingTime(at: Date): boolean;
  /** `at` itself in working time, else the next opening. */
  nextOpening(at: Date): Date;
  /** `start` moved by working seconds, back for a negative number; a closing rather than the opening after it. 0 gives `start`. */
  addSeconds(start: Date, workingSeconds: number): Date;
  /** Civil days with their worked stretches and the named days off between, in order. */
  walk(from: Date, to: Date): WorkingStretch[];
}

const weekend: Bilingual = msg("calendar.workingCalendar.weekend");
/** Years laid out at once on both sides of the coverage; a moment beyond lays out every year that can be counted. */
const yearsBefore = 1;
const yearsAfter = 5;

/**
 * Compiles a calendar. Outside its coverage the week at its edge is carried on and called provisional.
 * @throws Problem `invalid-configuration` with the faults of `checkCalendar`.
 */
export function compileCalendar(definition: CalendarDefinition): WorkingCalendar {
  const faults = checkCalendar(definition);
  if (faults.length > 0) {
    throw new Problem("invalid-configuration", msg("calendar.workingCalendar.theCalendarHasFaultsCorrect"), faults);
  }
  const readDay = readDays(definition);
  const zone = zoneOf(definition.timeZone);
  const firstYear = Math.max(firstCountedYear, Number(definition.covers.from.slice(0, 4)) - yearsBefore);
  const lastYear = Math.min(lastCountedYear, Number(definition.covers.to.slice(0, 4)) + yearsAfter);
  const near = layOut(readDay, zone, newYear(firstYear), newYear(lastYear + 1));
  let whole: CalendarTable | undefined;
  const every = (): CalendarTable => {
    whole ??= layOut(readDay, zone, newYear(firstCountedYear), newYear(lastCountedYear + 1));
    return whole;
  };
  return calendarOn({ timeZone: definition.timeZone, near, every, readDay });
}

const newYear = (year: number): number => dayNumberOf(`${year}-01-01`) as number;

function outside(): Problem {
  return new Problem(
    "invalid-input",
    msg("calendar.workingCalendar.workingTimeCanBeCounted", {
      firstCountedYear: String(firstCountedYear),
      lastCountedYear: String(lastCountedYear),
    }),
  );
}

interface Layout {
  readonly timeZone: string;
  readonly near: CalendarTable;
  readonly every: () => CalendarTable;
  readonly readDay: DayReader;
}

function calendarOn({ timeZone, near, every, readDay }: Layout): WorkingCalendar {
  /** The table that has both instants. */
  const tableOf = (a: number, b: number): CalendarTable => {
    if (near.has(a) && near.has(b)) return near;
    const table = every();
    if (table.has(a) && table.has(b)) return table;
    throw outside();
  };
  /** Asks the near table, then the one with every year: an answer may lie beyond the first. */
  const ask = (at: number, question: (table: CalendarTable) => number): number => {
    const nearby = near.has(at) ? question(near) : Number.NaN;
    if (!Number.isNaN(nearby)) return nearby;
    const answer = every().has(at) ? question(every()) : Number.NaN;
    if (Number.isNaN(answer)) throw outside();
    return answer;
  };
  const moved = (start: number, seconds: number): number =>
    seconds === 0 ? start : ask(start, (table) => table.momentOf(table.worked(start) + seconds * 1000));
  const dueOf = (start: number, budget: Budget): number => {
    if (!(budget.amount >= 0 && budget.amount < 1e7)) throw outside();
    switch (budget.unit) {
      case "workingHours":
        return moved(start, Math.round(budget.amount * 3600));
      case "workingDays":
        return ask(start, (table) => table.sameTimeOn(table.opening(start), Math.ceil(budget.amount)));
      case "calendarHours":
        return start + Math.round(budget.amount * 3_600_000);
    }
  };
  const between = (from: number, to: number): number => {
    if (to <= from) return 0;
    const table = tableOf(from, to);
    return Math.floor(table.worked(to) / 1000) - Math.floor(table.worked(from) / 1000);
  };
  return {
    timeZone,
    add(start, budget) {
      const from = start.getTime();
      const due = dueOf(from, budget);
      const provisional = budget.unit !== "calendarHours" && tableOf(from, due).anyProvisional(from, due);
      return { due: new Date(due), provisional };
    },
    between: (from, to) => between(from.getTime(), to.getTime()),
    isWorkingTime: (at) => tableOf(at.getTime(), at.getTime()).isOpen(at.getTime()),
    nextOpening: (at) => new Date(ask(at.getTime(), (table) => table.opening(at.getTime()))),
    addSeconds: (start, workingSeconds) => new Date(moved(start.getTime(), workingSeconds)),
    walk: (from, to) =>
      to <= from
        ? []
        : walkTable({
            table: tableOf(from.getTime(), to.getTime()),
            readDay,
            from: from.getTime(),
            to: to.getTime(),
            between,
          }),
  };
}

function walkTable(a: {
  table: CalendarTable;
  readDay: DayReader;
  from: number;
  to: number;
  between: (from: number, to: number) => number;
}): WorkingStretch[] {
  const { table, readDay, from, to, between } = a;
  const walked: WorkingStretch[] = [];
  for (let n = table.dayOf(from), last = table.dayOf(to); n <= last; n++) {
    const day = readDay(n);
    const stretches = table.stretchesOf(n);
    if (stretches.length === 0) addDayOff(walked, n, day);
    for (const [open, close] of stretches) {
      const start = Math.max(open, from);
      const end = Math.min(close, to);
      if (end <= start) continue;
      const { name, provisional } = day;
      walked.push({
        kind: "worked",
        date: civilDateOf(n),
        from: new Date(start),
        to: new Date(end),
        seconds: between(start, end),
        name,
        provisional,
      });
    }
  }
  return walked;
}

/** Lengthens the run of days off that it continues, or begins one. */
function addDayOff(walked: WorkingStretch[], dayNumber: number, day: CalendarDay): void {
  const name = day.special && day.name !== null ? day.name : weekend;
  const date = civilDateOf(dayNumber);
  const before = walked.at(-1);
  if (before?.kind === "off" && before.name.en === name.en && before.provisional === day.provisional) {
    walked[walked.length - 1] = { ...before, lastDate: date, days: before.days + 1 };
  } else {
    walked.push({ kind: "off", date, lastDate: date, days: 1, name, provisional: day.provisional });
  }
}

/** When a civil day begins and ends for those who work: what a date without a time of day means. */
export interface HoursOfDay {
  /** Its first opening; on a day off, midnight. */
  readonly begins: Date;
  /** Its last closing; on a day off, its last second. */
  readonly ends: Date;
}

/** @param date `YYYY-MM-DD` in the calendar's zone, of the years that can be counted */
export function hoursOfDay(calendar: WorkingCalendar, date: string): HoursOfDay {
  const { timeZone } = calendar;
  const first = startOfDay(date, timeZone);
  const last = new Date(startOfDay(shiftDate(date, 1), timeZone).getTime() - 1000);
  const worked = calendar.walk(first, last).flatMap((stretch) => (stretch.kind === "worked" ? [stretch] : []));
  return { begins: worked[0]?.from ?? first, ends: worked.at(-1)?.to ?? last };
}
