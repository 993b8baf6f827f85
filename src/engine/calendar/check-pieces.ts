/** The pieces that a calendar is checked with: keys, names, hours. Each fault names its place and what to do. */
import type { Bilingual } from "../text/text.js";
import { timeOfDayMs, weekdays } from "./civil-date.js";

/** How much a calendar may hold: a century of years has room in it, and reading any day stays quick. */
export const calendarLimits = { periods: 500, days: 4000, intervals: 12, yearly: 60 } as const;
export type Fields = Record<string, unknown>;
export type Report = (field: string, en: string, ar: string) => void;

export const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const pointer = (key: string): string => key.replaceAll("~", "~0").replaceAll("/", "~1");

/** Whether a list is no longer than it may be. */
export function isShort(list: readonly unknown[], most: number, at: string, report: Report): boolean {
  if (list.length <= most) return true;
  report(
    at,
    `There are ${list.length} entries, and at most ${most} may stand here: join those that say the same.`,
    `عدد العناصر ${list.length}، والمسموح هنا ${most} على الأكثر: ادمج ما يتشابه منها.`,
  );
  return false;
}

export const shown = (value: unknown): string =>
  (value === undefined ? "(nothing)" : JSON.stringify(value)).slice(0, 60);

export function checkKeys(value: Fields, at: string, known: readonly string[], report: Report): void {
  for (const key of Object.keys(value)) {
    if (!known.includes(key))
      report(
        `${at}/${pointer(key)}`,
        `Unknown: only ${known.join(", ")} may stand here.`,
        `غير معروف: المسموح هنا ${known.join("، ")} فقط.`,
      );
  }
}

export function checkName(name: unknown, at: string, report: Report): void {
  if (!isFields(name)) {
    report(at, "Name it in both languages: {ar, en}.", "سمِّه باللغتين: {ar, en}.");
    return;
  }
  checkKeys(name, at, ["ar", "en"], report);
  for (const language of ["ar", "en"] satisfies (keyof Bilingual)[]) {
    const text = name[language];
    if (typeof text !== "string" || text.trim() === "")
      report(`${at}/${language}`, `The name in ${language} is missing.`, `الاسم بلغة ${language} ناقص.`);
  }
}

export function checkFlags(fields: Fields, at: string, report: Report): void {
  if (fields.provisional !== undefined && typeof fields.provisional !== "boolean")
    report(`${at}/provisional`, "Write true or false.", "اكتب true أو false.");
  if (fields.source !== undefined && typeof fields.source !== "string")
    report(`${at}/source`, "The source is a text.", "المصدر نص.");
}

/** Whether any hour is worked in the week; true for hours that cannot be read, which is a fault of its own. */
export function checkWeek(hours: unknown, at: string, report: Report): boolean {
  if (!isFields(hours)) {
    report(
      at,
      'Hours are an object of weekdays: {sun: [["08:30","15:30"]]}.',
      'الساعات كائن بأيام الأسبوع: {sun: [["08:30","15:30"]]}.',
    );
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
    report(at, "A day has a list of intervals, empty for a day off.", "لليوم قائمة فترات، فارغة ليوم العطلة.");
    return;
  }
  if (!isShort(hours, calendarLimits.intervals, at, report)) return;
  let closedAt = -1;
  for (const [i, interval] of hours.entries()) {
    const here = `${at}/${i}`;
    if (!Array.isArray(interval) || interval.length !== 2) {
      report(here, 'An interval is a pair: ["08:30","15:30"].', 'الفترة زوج: ["08:30","15:30"].');
      continue;
    }
    const open = timeOfDayMs(interval[0]);
    const close = timeOfDayMs(interval[1], true);
    if (open === null)
      report(
        `${here}/0`,
        `${shown(interval[0])} is no time of day: write HH:MM from 00:00 to 23:59.`,
        `${shown(interval[0])} ليس وقتًا: اكتب HH:MM من 00:00 إلى 23:59.`,
      );
    if (close === null)
      report(
        `${here}/1`,
        `${shown(interval[1])} is no time of day: write HH:MM, or 24:00 for midnight.`,
        `${shown(interval[1])} ليس وقتًا: اكتب HH:MM أو 24:00 لمنتصف الليل.`,
      );
    if (open === null || close === null) continue;
    if (close <= open)
      report(
        `${here}/1`,
        "It closes before or when it opens: put a later time.",
        "يغلق قبل أن يفتح أو معه: ضع وقتًا بعده.",
      );
    else if (open < closedAt)
      report(
        `${here}/0`,
        "It overlaps the interval before: order them, and open after the other closed.",
        "تتداخل مع الفترة السابقة: رتّبها وافتح بعد إغلاق ما قبلها.",
      );
    closedAt = Math.max(closedAt, close);
  }
}
