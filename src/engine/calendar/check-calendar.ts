/** What is wrong with a calendar that somebody wrote: each fault names its place and what to do, in both languages. */

import { msg } from "../text/msg.js";
import type { FieldFault } from "../text/problems.js";
import {
  calendarLimits,
  checkFlags,
  checkHours,
  checkKeys,
  checkName,
  checkWeek,
  type Fields,
  isFields,
  isShort,
  type Report,
  shown,
} from "./check-pieces.js";
import { civilDateOf, dayNumberOf } from "./civil-date.js";
import { datesWords, dateWords } from "./date-words.js";
import { firstCountedYear, isTimeZone, lastCountedYear } from "./time-zone.js";

// Runs of days (day numbers, both inclusive): which share a day, and what they leave open. Sorted once and swept.

interface DatedRun {
  /** JSON pointer to where it is written. */
  readonly at: string;
  readonly from: number;
  readonly to: number;
}

/**
 * Pairs of runs that share a day, each told at the one that is written later; of many that share one day not every pair.
 * `runs` stand in the order in which they are written.
 */
function overlaps<Run extends DatedRun>(runs: readonly Run[]): { later: Run; earlier: Run }[] {
  const order = new Map(runs.map((run, i) => [run, i]));
  const found: { later: Run; earlier: Run }[] = [];
  let furthest: Run | undefined;
  for (const run of [...runs].sort((a, b) => a.from - b.from)) {
    if (furthest !== undefined && run.from <= furthest.to) {
      const inOrder = (order.get(run) as number) > (order.get(furthest) as number);
      found.push(inOrder ? { later: run, earlier: furthest } : { later: furthest, earlier: run });
    }
    if (furthest === undefined || run.to > furthest.to) furthest = run;
  }
  return found.sort((a, b) => (order.get(a.later) as number) - (order.get(b.later) as number));
}

/** The days of `whole` on which none of `runs` holds, as few runs. */
function gapsWithin(whole: Pick<DatedRun, "from" | "to">, runs: readonly DatedRun[]): { from: number; to: number }[] {
  const gaps: { from: number; to: number }[] = [];
  let next = whole.from;
  for (const { from, to } of [...runs].sort((a, b) => a.from - b.from)) {
    if (from > next && next <= whole.to) gaps.push({ from: next, to: Math.min(from - 1, whole.to) });
    next = Math.max(next, to + 1);
  }
  if (next <= whole.to) gaps.push({ from: next, to: whole.to });
  return gaps;
}

// What is wrong with what comes back every year.

/** Of a feast; nobody closes longer by custom. */
const maxDays = 31;

function checkWhole(value: unknown, at: string, most: number, report: Report): void {
  if (typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= most) return;
  report(at, msg("calendar.checkCalendar.writeAWholeNumberFrom", { value: shown(value), most }));
}

/** A list of days or weeks by the month and day of one of two calendars; left out: nothing is proposed. */
function checkYearly(yearly: unknown, report: Report): void {
  if (yearly === undefined) return;
  if (!Array.isArray(yearly)) {
    report("/yearly", msg("calendar.checkCalendar.whatComesBackEveryYear"));
    return;
  }
  if (!isShort(yearly, calendarLimits.yearly, "/yearly", report)) return;
  for (const [i, entry] of yearly.entries()) {
    const at = `/yearly/${i}`;
    if (!isFields(entry)) {
      report(at, msg("calendar.checkCalendar.anEntryIsAnObject"));
      continue;
    }
    const isWeeks = "weeks" in entry;
    checkKeys(
      entry,
      at,
      ["calendar", "month", "day", "name", "source", ...(isWeeks ? ["weeks"] : ["days", "hours"])],
      report,
    );
    if (entry.calendar !== "gregorian" && entry.calendar !== "hijri")
      report(`${at}/calendar`, msg("calendar.checkCalendar.writeGregorianOrHijri"));
    checkWhole(entry.month, `${at}/month`, 12, report);
    checkWhole(entry.day, `${at}/day`, entry.calendar === "hijri" ? 30 : 31, report);
    checkName(entry.name, `${at}/name`, report);
    if (entry.source !== undefined && typeof entry.source !== "string")
      report(`${at}/source`, msg("calendar.checkCalendar.theSourceIsAText"));
    if (isWeeks) checkWeek(entry.weeks, `${at}/weeks`, report);
    else {
      checkWhole(entry.days, `${at}/days`, maxDays, report);
      checkHours(entry.hours, `${at}/hours`, report);
    }
  }
}

/** Enough to correct before the next check. */
const maxFaults = 100;

/**
 * Checks the whole of a calendar definition: shape, zone, dates, hours, coverage without gaps, no day claimed twice.
 * @returns faults with JSON pointers into the definition, part by part; none when it may be compiled.
 */
export function checkCalendar(definition: unknown): FieldFault[] {
  const faults: FieldFault[] = [];
  const report: Report = (field, reason) => {
    if (faults.length < maxFaults) faults.push({ field, reason });
    else if (faults.length === maxFaults) faults.push(andMore);
  };
  if (!isFields(definition)) {
    report("", msg("calendar.checkCalendar.aCalendarIsAnObject"));
    return faults;
  }
  checkKeys(definition, "", ["code", "name", "timeZone", "covers", "periods", "days", "yearly"], report);
  if (typeof definition.code !== "string" || !/^[a-z0-9][a-z0-9_-]*$/i.test(definition.code)) {
    report("/code", msg("calendar.checkCalendar.giveTheCalendarACode"));
  }
  checkName(definition.name, "/name", report);
  if (!isTimeZone(definition.timeZone)) {
    report("/timeZone", msg("calendar.checkCalendar.thereIsNoTimeZone", { timeZone: shown(definition.timeZone) }));
  }
  const covers = checkCovers(definition.covers, report);
  const periods = checkPeriods(definition.periods, report);
  const days = checkDays(definition.days, report);
  checkYearly(definition.yearly, report);
  if (covers !== null && periods !== null) checkCoverage(covers, periods, report);
  if (covers !== null) {
    for (const run of [...(periods ?? []), ...days]) {
      if (run.to < covers.from || run.from > covers.to) {
        report(run.at, msg("calendar.checkCalendar.thisLiesOutsideTheDates"));
      }
    }
  }
  return faults;
}

const andMore: FieldFault = {
  field: "",
  reason: msg("calendar.checkCalendar.andMoreReason", { maxFaults }),
};

function checkDate(value: unknown, at: string, report: Report): number | null {
  const found = dayNumberOf(value);
  if (found === null) {
    report(at, msg("calendar.checkCalendar.isNoDateOfThe", { value: shown(value) }));
    return null;
  }
  const year = Number(String(value).slice(0, 4));
  if (year >= firstCountedYear && year <= lastCountedYear) return found;
  report(
    at,
    msg("calendar.checkCalendar.datesFromToOnly", {
      firstCountedYear: String(firstCountedYear),
      lastCountedYear: String(lastCountedYear),
    }),
  );
  return null;
}

/** Two dates, both inclusive and in order. */
function checkRun(
  fields: Fields,
  at: string,
  keys: readonly [from: string, to: string],
  report: Report,
): DatedRun | null {
  const from = checkDate(fields[keys[0]], `${at}/${keys[0]}`, report);
  const to = checkDate(fields[keys[1]], `${at}/${keys[1]}`, report);
  if (from === null || to === null) return null;
  if (from <= to) return { at, from, to };
  report(
    `${at}/${keys[1]}`,
    msg("calendar.checkCalendar.itEndsBeforeItBegins", { from: dateWords(civilDateOf(from)) }),
  );
  return null;
}

function checkCovers(covers: unknown, report: Report): DatedRun | null {
  if (!isFields(covers)) {
    report("/covers", msg("calendar.checkCalendar.sayWhichDatesItCovers"));
    return null;
  }
  checkKeys(covers, "/covers", ["from", "to"], report);
  return checkRun(covers, "/covers", ["from", "to"], report);
}

/** The faultless runs, or null when there is no list or no period at all. Two periods of one length may not meet: neither is the narrower. */
function checkPeriods(periods: unknown, report: Report): (DatedRun & { readonly worked: boolean })[] | null {
  if (!Array.isArray(periods) || periods.length === 0) {
    report("/periods", msg("calendar.checkCalendar.atLeastOnePeriodWith"));
    return null;
  }
  if (!isShort(periods, calendarLimits.periods, "/periods", report)) return null;
  const runs: (DatedRun & { readonly worked: boolean })[] = [];
  for (const [i, period] of periods.entries()) {
    const at = `/periods/${i}`;
    if (!isFields(period)) {
      report(at, msg("calendar.checkCalendar.aPeriodIsAnObject"));
      continue;
    }
    checkKeys(period, at, ["from", "to", "name", "hours", "provisional", "source"], report);
    const run = checkRun(period, at, ["from", "to"], report);
    if (period.name !== undefined) checkName(period.name, `${at}/name`, report);
    checkFlags(period, at, report);
    const worked = checkWeek(period.hours, `${at}/hours`, report);
    if (run !== null) runs.push({ ...run, worked });
  }
  const byLength = new Map<number, DatedRun[]>();
  for (const run of runs) {
    const alike = byLength.get(run.to - run.from) ?? [];
    byLength.set(run.to - run.from, alike);
    alike.push(run);
  }
  for (const { later, earlier } of [...byLength.values()].flatMap((alike) => overlaps(alike))) {
    report(later.at, msg("calendar.checkCalendar.itOverlapsAndIsAs", { at: earlier.at }));
  }
  return runs;
}

function checkDays(days: unknown, report: Report): DatedRun[] {
  if (!Array.isArray(days)) {
    report("/days", msg("calendar.checkCalendar.specialDaysAreAList"));
    return [];
  }
  if (!isShort(days, calendarLimits.days, "/days", report)) return [];
  const runs: DatedRun[] = [];
  for (const [i, entry] of days.entries()) {
    const at = `/days/${i}`;
    if (!isFields(entry)) {
      report(at, msg("calendar.checkCalendar.aSpecialDayIsAn"));
      continue;
    }
    checkKeys(entry, at, ["date", "to", "name", "hours", "provisional", "source"], report);
    checkName(entry.name, `${at}/name`, report);
    checkFlags(entry, at, report);
    checkHours(entry.hours, `${at}/hours`, report);
    const run = checkRun(entry.to === undefined ? { ...entry, to: entry.date } : entry, at, ["date", "to"], report);
    if (run !== null) runs.push(run);
  }
  for (const { later, earlier } of overlaps(runs)) {
    const date = dateWords(civilDateOf(Math.max(later.from, earlier.from)));
    report(`${later.at}/date`, msg("calendar.checkCalendar.isAlreadyNamedByKeep", { date, at: earlier.at }));
  }
  return runs;
}

/** Every covered day has a period, and the weeks carried on at both edges have working hours (else no budget would ever end). */
function checkCoverage(
  covers: DatedRun,
  periods: readonly (DatedRun & { readonly worked: boolean })[],
  report: Report,
): void {
  for (const { from, to } of gapsWithin(covers, periods)) {
    const dates = datesWords(civilDateOf(from), civilDateOf(to));
    report("/periods", msg("calendar.checkCalendar.noPeriodHoldsFromAdd", { dates }));
  }
  for (const edge of [covers.from, covers.to]) {
    const widest = periods
      .filter((p) => p.from <= edge && p.to >= edge)
      .sort((a, b) => b.to - b.from - (a.to - a.from))[0];
    if (widest === undefined || widest.worked) continue;
    const date = dateWords(civilDateOf(edge));
    report(`${widest.at}/hours`, msg("calendar.checkCalendar.thisWeekIsCarriedOn", { date }));
    break;
  }
}
