/** Civil dates as people write them, in both languages. */

import { formatDate } from "../formatting/moments.js";
import { msg } from "../text/msg.js";
import { type Bilingual, perLanguage } from "../text/text.js";
import { dayNumberOf } from "./civil-date.js";

/** `9 March 2027`; what is no date stays as it was written. */
export const dateWords = (date: string): Bilingual =>
  dayNumberOf(date) === null ? { en: date, ar: date } : perLanguage((language) => formatDate(date, language));

/** From a date to another, both included; the one alone where there is no other. */
export function datesWords(from: string, to: string | undefined): Bilingual {
  const first = dateWords(from);
  if (to === undefined || to === from) return first;
  const last = dateWords(to);
  return msg("calendar.dateWords.to", { first, last });
}
