/** The days of the week by name. */
import { msg } from "../text/msg.js";
import type { Bilingual } from "../text/text.js";

export const weekdayNames = {
  sun: msg("differences.calendarDifferences.weekdayNamesSun"),
  mon: msg("differences.calendarDifferences.weekdayNamesMon"),
  tue: msg("differences.calendarDifferences.weekdayNamesTue"),
  wed: msg("differences.calendarDifferences.weekdayNamesWed"),
  thu: msg("differences.calendarDifferences.weekdayNamesThu"),
  fri: msg("differences.calendarDifferences.weekdayNamesFri"),
  sat: msg("differences.calendarDifferences.weekdayNamesSat"),
} as const satisfies Readonly<Record<string, Bilingual>>;
