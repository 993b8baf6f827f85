/** Hours and dates of a calendar in words. */

import type { Interval, Weekday } from "../../../engine/calendar/calendar-definition.js";
import { msg } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { inLanguage, type Language, listed, perLanguage } from "../../../engine/text/text.js";

export const weekdays: readonly { readonly day: Weekday; readonly name: Bilingual }[] = [
  { day: "sun", name: msg("policy-calendar.calendarWords.sunday") },
  { day: "mon", name: msg("policy-calendar.calendarWords.monday") },
  { day: "tue", name: msg("policy-calendar.calendarWords.tuesday") },
  { day: "wed", name: msg("policy-calendar.calendarWords.wednesday") },
  { day: "thu", name: msg("policy-calendar.calendarWords.thursday") },
  { day: "fri", name: msg("policy-calendar.calendarWords.friday") },
  { day: "sat", name: msg("policy-calendar.calendarWords.saturday") },
];

const off: Bilingual = msg("policy-calendar.calendarWords.off");

/** The joiners keep a stretch on one line. */
export function hoursWords(hours: readonly Interval[] | undefined): Bilingual {
  if (hours === undefined || hours.length === 0) return off;
  const text = hours.map(([open, close]) => `${open}\u2060–\u2060${close}`);
  return listed(text);
}

/** Weekdays with the same hours together: "Sunday–Thursday 08:30–15:30". */
export function weekWords(hours: Readonly<Partial<Record<Weekday, readonly Interval[]>>>): Bilingual[] {
  const runs: { first: Bilingual; last: Bilingual; hours: readonly Interval[] }[] = [];
  for (const { day, name } of weekdays) {
    const now = hours[day] ?? [];
    const previous = runs.at(-1);
    if (previous !== undefined && JSON.stringify(previous.hours) === JSON.stringify(now)) previous.last = name;
    else runs.push({ first: name, last: name, hours: now });
  }
  return runs.map(({ first, last, hours: shown }) => {
    const range = (language: Language) =>
      first === last ? inLanguage(first, language) : `${inLanguage(first, language)}–${inLanguage(last, language)}`;
    const words = hoursWords(shown);
    return perLanguage((language) => `${range(language)}: ${inLanguage(words, language)}`);
  });
}
