/** The pieces that a calendar is checked with: keys, names, hours. Each fault names its place and what to do. */

import { msg } from "../text/msg.js";
import type { Bilingual } from "../text/text.js";
import { listed } from "../text/text.js";
import { timeOfDayMs, weekdays } from "./civil-date.js";

/** How much a calendar may hold: a century of years has room in it, and reading any day stays quick. */
export const calendarLimits = { periods: 500, days: 4000, intervals: 12, yearly: 60 } as const;
export type Fields = Record<string, unknown>;
export type Report = (field: string, reason: Bilingual) => void;

export const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const pointer = (key: string): string => key.replaceAll("~", "~0").replaceAll("/", "~1");

/** Whether a list is no longer than it may be. */
export function isShort(list: readonly unknown[], most: number, at: string, report: Report): boolean {
  if (list.length <= most) return true;
  report(at, msg("calendar.checkPieces.thereAreEntriesAndAt", { listCount: list.length, most }));
  return false;
}

export const shown = (value: unknown): string =>
  (value === undefined ? "(nothing)" : JSON.stringify(value)).slice(0, 60);

export function checkKeys(value: Fields, at: string, known: readonly string[], report: Report): void {
  for (const key of Object.keys(value)) {
    if (!known.includes(key))
      report(`${at}/${pointer(key)}`, msg("calendar.checkPieces.unknownKey", { known: listed(known) }));
  }
}

export function checkName(name: unknown, at: string, report: Report): void {
  if (!isFields(name)) {
    report(at, msg("calendar.checkPieces.nameItInBothLanguages"));
    return;
  }
  checkKeys(name, at, ["ar", "en"], report);
  for (const language of ["ar", "en"] satisfies (keyof Bilingual)[]) {
    const text = name[language];
    if (typeof text !== "string" || text.trim() === "")
      report(`${at}/${language}`, msg("calendar.checkPieces.theNameInIsMissing", { value: language }));
  }
}

export function checkFlags(fields: Fields, at: string, report: Report): void {
  if (fields.provisional !== undefined && typeof fields.provisional !== "boolean")
    report(`${at}/provisional`, msg("calendar.checkPieces.writeTrueOrFalse"));
  if (fields.source !== undefined && typeof fields.source !== "string")
    report(`${at}/source`, msg("calendar.checkPieces.theSourceIsAText"));
}

/** Whether any hour is worked in the week; true for hours that cannot be read, which is a fault of its own. */
export function checkWeek(hours: unknown, at: string, report: Report): boolean {
  if (!isFields(hours)) {
    report(at, msg("calendar.checkPieces.hoursAreAnObjectOf"));
    return true;
  }
  checkKeys(hours, at, weekdays, report);
  let worked = false;
  for (const weekday of weekdays) {
    if (hours[weekday] === undefined) continue;
    checkHours(hours[weekday], `${at}/${weekday}`, report);
    worked ||= Array.isArray(hours[weekday]) && hours[weekday].length > 0;
  }
  return worked;
}

/** Intervals of one day: each closes after it opens, and the next one opens not before. */
export function checkHours(hours: unknown, at: string, report: Report): void {
  if (!Array.isArray(hours)) {
    report(at, msg("calendar.checkPieces.aDayHasAList"));
    return;
  }
  if (!isShort(hours, calendarLimits.intervals, at, report)) return;
  let closedAt = -1;
  for (const [i, interval] of hours.entries()) {
    const here = `${at}/${i}`;
    if (!Array.isArray(interval) || interval.length !== 2) {
      report(here, msg("calendar.checkPieces.anIntervalIsAPair"));
      continue;
    }
    const open = timeOfDayMs(interval[0]);
    const close = timeOfDayMs(interval[1], true);
    if (open === null) report(`${here}/0`, msg("calendar.checkPieces.isNoTimeOfDay", { interval: shown(interval[0]) }));
    if (close === null)
      report(`${here}/1`, msg("calendar.checkPieces.isNoTimeOfDay2", { interval: shown(interval[1]) }));
    if (open === null || close === null) continue;
    if (close <= open) report(`${here}/1`, msg("calendar.checkPieces.itClosesBeforeOrWhen"));
    else if (open < closedAt) report(`${here}/0`, msg("calendar.checkPieces.itOverlapsTheIntervalBefore"));
    closedAt = Math.max(closedAt, close);
  }
}
