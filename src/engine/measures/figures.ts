/**
 * Numbers, dates and stretches of working time as people say them, in either language.
 *
 * Digits are 0–9 in both languages (screens.md); Arabic month names are those of the Levant (`ar-JO`).
 */
import { shiftDate } from "../calendar/civil-days.js";
import type { Language } from "../text/text.js";

const locale: Record<Language, string> = { ar: "ar-JO-u-nu-latn", en: "en-GB" };
const formats = new Map<string, Intl.DateTimeFormat>();

function dateFormat(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = `${language}${JSON.stringify(options)}`;
  let format = formats.get(name);
  if (!format) {
    format = new Intl.DateTimeFormat(locale[language], options);
    formats.set(name, format);
  }
  return format;
}

/** `12,345` */
export function formatCount(value: number): string {
  return value.toLocaleString("en-GB");
}

/** `84.3%`; a share of nothing is null and said in words by the caller. */
export function formatRate(rate: number): string {
  return `${(rate * 100).toFixed(1)}%`;
}

/** `Sunday 22 November 2026, 10:10` in the zone. With the year: a letter is kept and read again in another one. */
export function formatMoment(at: Date, language: Language, timeZone: string): string {
  const weekday = dateFormat(language, { timeZone, weekday: "long" }).format(at);
  const day = dateFormat(language, { timeZone, day: "numeric", month: "long", year: "numeric" }).format(at);
  const time = dateFormat("en", { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at);
  return language === "ar" ? `${weekday}، ${day}، ${time}` : `${weekday} ${day}, ${time}`;
}

/** `22 November 2026` of a civil date. */
export function formatDate(date: string, language: Language): string {
  return dateFormat(language, { timeZone: "UTC", day: "numeric", month: "long", year: "numeric" }).format(civil(date));
}

/** `22 Nov`, in Arabic `22/11`, of a civil date: short enough for an axis. */
export function formatShortDate(date: string, language: Language): string {
  if (language === "ar") return `${Number(date.slice(8))}/${Number(date.slice(5, 7))}`;
  return dateFormat(language, { timeZone: "UTC", day: "numeric", month: "short" }).format(civil(date));
}

/** `15 – 21 November 2026`: both days are inside the period. */
export function formatPeriod(from: string, toExclusive: string, language: Language): string {
  const to = shiftDate(toExclusive, -1);
  if (from === to) return formatDate(from, language);
  if (from.slice(0, 7) === to.slice(0, 7)) return `${Number(from.slice(8))} – ${formatDate(to, language)}`;
  return `${formatDate(from, language)} – ${formatDate(to, language)}`;
}

/** The forms that Arabic counts with: 1, 2, 3–10, 11 and up. English needs the first and the last. */
interface CountedNoun {
  readonly one: string;
  readonly two: string;
  readonly few: string;
  readonly many: string;
}
type Unit = "workingDay" | "day" | "hour" | "minute";
const nouns: Record<Language, Record<Unit, CountedNoun>> = {
  ar: {
    workingDay: { one: "يوم عمل", two: "يوما عمل", few: "أيام عمل", many: "يوم عمل" },
    day: { one: "يوم", two: "يومان", few: "أيام", many: "يومًا" },
    hour: { one: "ساعة", two: "ساعتان", few: "ساعات", many: "ساعة" },
    minute: { one: "دقيقة", two: "دقيقتان", few: "دقائق", many: "دقيقة" },
  },
  en: {
    workingDay: { one: "working day", two: "working days", few: "working days", many: "working days" },
    day: { one: "day", two: "days", few: "days", many: "days" },
    hour: { one: "h", two: "h", few: "h", many: "h" },
    minute: { one: "min", two: "min", few: "min", many: "min" },
  },
};

function counted(n: number, unit: Unit, language: Language): string {
  const noun = nouns[language][unit];
  if (language === "en") return `${n} ${n === 1 ? noun.one : noun.many}`;
  if (n === 1) return noun.one;
  if (n === 2) return noun.two;
  // CLDR's plural rule for Arabic: 3–10 by the last two digits take the plural, 11–99 the singular.
  return `${n} ${n % 100 >= 3 && n % 100 <= 10 ? noun.few : noun.many}`;
}

/**
 * A stretch of time: `3 h 20 min`, `2 working days`, on the wall `2 days`.
 * @param seconds not negative
 * @param day how many of them make a day: of an ordinary day of that calendar, or of a day on the wall
 */
export function formatDuration(seconds: number, day: { seconds: number; wall: boolean }, language: Language): string {
  if (day.seconds > 0 && seconds >= day.seconds) {
    return counted(Math.floor(seconds / day.seconds), day.wall ? "day" : "workingDay", language);
  }
  const minutes = Math.max(1, Math.floor(seconds / 60));
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return counted(rest, "minute", language);
  if (rest === 0) return counted(hours, "hour", language);
  return `${counted(hours, "hour", language)}${language === "ar" ? " و" : " "}${counted(rest, "minute", language)}`;
}

function civil(date: string): Date {
  return new Date(`${date}T00:00:00Z`);
}
