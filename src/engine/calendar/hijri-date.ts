/**
 * Dates of the Hijri calendar as Umm al-Qura reckons them (Saudi Arabia's civil calendar, in ICU since 2015). A month begins
 * in Jordan when its new moon was seen, which may be a day before or after: what is reckoned is expected, never certain.
 */
import { dayMs } from "./civil-date.js";

export interface HijriDate {
  readonly year: number;
  /** 1 is Muharram, 9 Ramadan, 12 Dhu al-Hijja. */
  readonly month: number;
  readonly day: number;
}

const reckoning = new Intl.DateTimeFormat("en-u-ca-islamic-umalqura-nu-latn", {
  timeZone: "UTC",
  year: "numeric",
  month: "numeric",
  day: "numeric",
});

/** The Hijri date of a civil day (days since 1970-01-01). ICU has the tables from 1882 to 2174 and goes on by rule outside. */
export function hijriDate(dayNumber: number): HijriDate {
  const parts = new Map(reckoning.formatToParts(dayNumber * dayMs).map(({ type, value }) => [type, Number(value)]));
  return { year: parts.get("year") as number, month: parts.get("month") as number, day: parts.get("day") as number };
}
