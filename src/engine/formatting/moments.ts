/** Dates and moments as people say them. `now` and the time zone are arguments: nobody here asks what time it is. */
import { shiftDate } from "../calendar/civil-days.js";
import { describeLanguage } from "../text/languages.js";
import { msg } from "../text/msg.js";
import { inLanguage, type Language } from "../text/text.js";
import { dateFormat, withoutMarks } from "./intl-formats.js";

/** `10:10` on the wall of the zone. */
export const formatTime = (at: Date, timeZone: string): string =>
  dateFormat("en", { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at);

/**
 * The civil date (`YYYY-MM-DD`) of a moment in a zone, asked of `Intl`: a browser writes a few moments, for which the table of
 * all changes of its clocks (`calendar/time-zone.ts`) takes too long to make.
 */
export function dateIn(at: Date, timeZone: string): string {
  const parts = dateFormat("en", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" }).formatToParts(at);
  const of = (wanted: string): string => parts.find(({ type }) => type === wanted)?.value ?? "";
  return `${of("year")}-${of("month")}-${of("day")}`;
}

/** Midnight of a civil date (`YYYY-MM-DD`), in UTC: to be written with `timeZone: "UTC"`. */
const midnightOf = (date: string): Date => new Date(`${date}T00:00:00Z`);

const longDate = { day: "numeric", month: "long", year: "numeric" } as const;

/** `22 November 2026` of a civil date (`YYYY-MM-DD`). */
export const formatDate = (date: string, language: Language): string =>
  dateFormat(language, { timeZone: "UTC", ...longDate }).format(midnightOf(date));

/** `November`. @param month `YYYY-MM` */
export const formatMonth = (month: string, language: Language): string =>
  dateFormat(language, { timeZone: "UTC", month: "long" }).format(midnightOf(`${month}-01`));

/** `22 Nov`, in Arabic `22/11`, of a civil date: short enough for an axis. */
export const formatShortDate = (date: string, language: Language): string =>
  withoutMarks(
    dateFormat(language, {
      timeZone: "UTC",
      day: "numeric",
      month: describeLanguage(language).shortMonth ?? "short",
    }).format(midnightOf(date)),
  );

/** `Sunday 22 November 2026` of a civil date: with the weekday there is always the date. */
export const formatWeekdayDate = (date: string, language: Language): string =>
  inLanguage(
    msg("times.dateOfWeekday", {
      weekday: dateFormat(language, { timeZone: "UTC", weekday: "long" }).format(midnightOf(date)),
      date: formatDate(date, language),
    }),
    language,
  );

/** `15 – 21 November 2026`: both days are inside the period. */
export function formatPeriod(from: string, toExclusive: string, language: Language): string {
  const to = shiftDate(toExclusive, -1);
  if (from === to) return formatDate(from, language);
  const first = from.slice(0, 7) === to.slice(0, 7) ? String(Number(from.slice(8))) : formatDate(from, language);
  return inLanguage(msg("times.period", { from: first, to: formatDate(to, language) }), language);
}

/** `Sunday 22 November 2026, 10:10` in the zone. With the year: a letter is kept and read again in another one. */
export const formatMoment = (at: Date, language: Language, timeZone: string): string =>
  inLanguage(
    msg("times.dateAndTime", {
      date: formatWeekdayDate(dateIn(at, timeZone), language),
      time: formatTime(at, timeZone),
    }),
    language,
  );

/** `Sunday 22 November 2026, 10:10:00 (GMT+3)`: all of it, under the pointer and where a wrong year would matter. */
export function formatWholeMoment(at: Date, language: Language, timeZone: string): string {
  const time = { timeZone, hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" } as const;
  const zone = dateFormat(language, { timeZone, timeZoneName: "short" })
    .formatToParts(at)
    .find(({ type }) => type === "timeZoneName")?.value;
  const moment = inLanguage(
    msg("times.dateAndTime", {
      date: formatWeekdayDate(dateIn(at, timeZone), language),
      time: dateFormat("en", time).format(at),
    }),
    language,
  );
  return inLanguage(msg("times.inZone", { moment, zone: zone ?? timeZone }), language);
}

/** A time zone as people call it, `Jordan Time`, as of a moment. */
export const formatZone = (timeZone: string, language: Language, at: Date): string =>
  dateFormat(language, { timeZone, timeZoneName: "longGeneric" })
    .formatToParts(at)
    .find(({ type }) => type === "timeZoneName")?.value ?? timeZone;

/** Where and when the reader is. */
export interface Present {
  readonly language: Language;
  readonly timeZone: string;
  readonly now: Date;
}

const besideToday = { "-1": "times.yesterday", 0: "times.today", 1: "times.tomorrow" } as const;

/**
 * As people say it: `today 10:10`, `yesterday 10:10`, `tomorrow 10:10`; `12 October, 10:10` in this year, `12 October 2025, 10:10`
 * otherwise. Never a weekday alone, which could be last or next.
 * @param dayOnly beyond those three days without the time
 */
export function formatRecentMoment(at: Date, { language, timeZone, now }: Present, dayOnly = false): string {
  const [date, today] = [dateIn(at, timeZone), dateIn(now, timeZone)];
  const time = formatTime(at, timeZone);
  for (const days of [-1, 0, 1] as const) {
    if (date === shiftDate(today, days)) return inLanguage(msg(besideToday[days], { time }), language);
  }
  const day = dayBeside(date, today, language);
  return dayOnly ? day : inLanguage(msg("times.dateAndTime", { date: day, time }), language);
}

/** `12 October` in this year, `12 October 2025` otherwise. */
const dayBeside = (date: string, today: string, language: Language): string =>
  date.slice(0, 4) === today.slice(0, 4)
    ? dateFormat(language, { timeZone: "UTC", day: "numeric", month: "long" }).format(midnightOf(date))
    : formatDate(date, language);

/** When something begins or ends that people count in days: the day alone where that is when the day begins, else as `formatRecentMoment`. */
export function formatTermMoment(at: Date, present: Present): string {
  const { language, timeZone, now } = present;
  if (formatTime(at, timeZone) !== "00:00") return formatRecentMoment(at, present);
  return dayBeside(dateIn(at, timeZone), dateIn(now, timeZone), language);
}
