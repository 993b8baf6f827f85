/** Moments and durations as people say them. */

/** The clock by which "today" is known: the server's when the page was made, ticking on since then. */
const pageStarted = Date.now();
function presentTime(): number {
  const told = window.DIWAN?.now;
  return told === undefined ? Date.now() : Date.parse(told) + (Date.now() - pageStarted);
}

/** The civil date of now where the programme is, `2026-11-22`. */
export function presentDay(): string {
  const timeZone = window.DIWAN?.timeZone ?? "Asia/Amman";
  return new Intl.DateTimeFormat("en-CA", { timeZone }).format(presentTime());
}

const dayMs = 86_400_000;

/** "Sunday 10:10" within six days; "12 October 10:10" in this year; with its year otherwise. `dayOnly`: beyond six days without the time. */
export function shortMoment(at: Date, locale: string, timeZone: string, dayOnly = false): string {
  if (Number.isNaN(at.getTime())) return "—";
  const now = presentTime();
  const format = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(locale, { timeZone, ...options }).format(at);
  const time = format({ hour: "2-digit", minute: "2-digit", hour12: false });
  if (Math.abs(at.getTime() - now) < 6 * dayMs) return `${format({ weekday: "long" })} ${time}`;
  const year = new Intl.DateTimeFormat("en", { timeZone, year: "numeric" });
  const date = { day: "numeric", month: "long" } as const;
  const day = format(year.format(at) === year.format(now) ? date : { ...date, year: "numeric" });
  return dayOnly ? day : `${day} ${time}`;
}

/** All of it: "Sunday 22 November 2026, 10:10 (Asia/Amman)". */
export function fullMoment(at: Date, locale: string, timeZone: string): string {
  if (Number.isNaN(at.getTime())) return "—";
  return new Intl.DateTimeFormat(locale, {
    timeZone,
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hour12: false,
    timeZoneName: "short",
  }).format(at);
}

/** Arabic counts: one, two, few (3–10), many (11–99). */
const arabicUnits = {
  day: { one: "يوم", two: "يومان", few: "{n} أيام", many: "{n} يومًا", other: "{n} يوم" },
  hour: { one: "ساعة", two: "ساعتان", few: "{n} ساعات", many: "{n} ساعة", other: "{n} ساعة" },
  minute: { one: "دقيقة", two: "دقيقتان", few: "{n} دقائق", many: "{n} دقيقة", other: "{n} دقيقة" },
} as const;
const englishUnits = { day: ["day", "days"], hour: ["h", "h"], minute: ["min", "min"] } as const;
type Unit = keyof typeof arabicUnits;
const arabicPlural = new Intl.PluralRules("ar");

function counted(n: number, unit: Unit, language: "ar" | "en"): string {
  if (language === "en") return `${n} ${englishUnits[unit][n === 1 ? 0 : 1]}`;
  const forms: Readonly<Record<string, string>> = arabicUnits[unit];
  return (forms[arabicPlural.select(n)] ?? arabicUnits[unit].other).replace("{n}", String(n));
}

/** From so many days on, hours say nothing. */
const manyDays = 10;

/** The two largest units of a duration, only days of many; "under a minute" for less. */
export function durationWords(seconds: number, daySeconds: number, language: "ar" | "en"): string {
  const minutes = Math.floor(Math.abs(seconds) / 60);
  const dayMinutes = Math.max(1, Math.round(daySeconds / 60));
  const parts: [number, Unit][] = [
    [Math.floor(minutes / dayMinutes), "day"],
    [Math.floor((minutes % dayMinutes) / 60), "hour"],
    [(minutes % dayMinutes) % 60, "minute"],
  ];
  const first = parts.findIndex(([n]) => n > 0);
  if (first < 0) return language === "ar" ? "أقل من دقيقة" : "under a minute";
  return parts
    .slice(first, (parts[first]?.[0] ?? 0) >= manyDays && first === 0 ? 1 : first + 2)
    .filter(([n]) => n > 0)
    .map(([n, unit]) => counted(n, unit, language))
    .join(language === "ar" ? " و" : " ");
}
