/** Budgets in words, as an office says them: "3 working days", "2 hours 20 minutes of working time". */

import type { Budget } from "../../../engine/calendar/budget.js";
import { msg } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";

type Noun = "hour" | "minute" | "workingDay" | "day";

/** Arabic counts in four forms (1, 2, 3–10, 11 and up), English in two. */
const nouns: Readonly<
  Record<Noun, { readonly en: readonly [string, string]; readonly ar: readonly [string, string, string, string] }>
> = {
  hour: { en: ["hour", "hours"], ar: ["ساعة واحدة", "ساعتان", "ساعات", "ساعة"] },
  minute: { en: ["minute", "minutes"], ar: ["دقيقة واحدة", "دقيقتان", "دقائق", "دقيقة"] },
  workingDay: { en: ["working day", "working days"], ar: ["يوم عمل واحد", "يوما عمل", "أيام عمل", "يوم عمل"] },
  day: { en: ["day", "days"], ar: ["يوم واحد", "يومان", "أيام", "يومًا"] },
};

function counted(n: number, noun: Noun): Bilingual {
  const { en, ar } = nouns[noun];
  const [one, two, few, many] = ar;
  const arabic = n === 1 ? one : n === 2 ? two : `${n} ${n % 100 >= 3 && n % 100 <= 10 ? few : many}`;
  return { en: `${n} ${en[n === 1 ? 0 : 1]}`, ar: arabic };
}

function joined(parts: readonly Bilingual[]): Bilingual {
  return { en: parts.map((part) => part.en).join(" "), ar: parts.map((part) => part.ar).join(" و") };
}

function time(hours: number): Bilingual {
  const minutes = Math.round(hours * 60);
  const parts = [
    [Math.floor(minutes / 60), "hour"],
    [minutes % 60, "minute"],
  ] as const;
  const said = parts.filter(([n]) => n > 0).map(([n, noun]) => counted(n, noun));
  return said.length === 0 ? msg("policy-rules.budgetWords.atOnce") : joined(said);
}

/** Null: nothing is promised. */
export function budgetWords(budget: Budget | null): Bilingual {
  if (budget === null) return msg("policy-rules.budgetWords.noneIsDue");
  const { amount, unit } = budget;
  if (unit === "workingDays")
    return amount === 0 ? msg("policy-rules.budgetWords.theSameDay") : counted(amount, "workingDay");
  if (unit === "workingHours") {
    const words = time(amount);
    return amount === 0 ? words : msg("policy-rules.budgetWords.ofWorkingTime", { value: words });
  }
  const whole = amount >= 48 && amount % 24 === 0;
  const words = whole ? counted(amount / 24, "day") : time(amount);
  return msg("policy-rules.budgetWords.daysOffIncluded", { value: words });
}

/** Working hours that no single day holds, as the whole days and the hours that they come to; null of all else. */
function beyondADay(budget: Budget, dayHours: number): { readonly days: number; readonly hours: number } | null {
  const { amount, unit } = budget;
  if (unit !== "workingHours" || dayHours <= 0 || !(amount > dayHours)) return null;
  const days = Math.floor(amount / dayHours);
  return { days, hours: amount - days * dayHours };
}

/** Of working hours that are more than a day of the calendar has; null of all else. */
export function longDayWords(budget: Budget | null, dayHours: number): Bilingual | null {
  const beyond = budget === null ? null : beyondADay(budget, dayHours);
  if (beyond === null) return null;
  const day = time(dayHours);
  const days = counted(beyond.days, "workingDay");
  const rest = Math.round(beyond.hours * 60) === 0 ? null : time(beyond.hours);
  return msg("policy-rules.budgetWords.moreThanAWorkingDay", {
    day,
    days,
    rest: rest === null ? "" : msg("policy-rules.budgetWords.and", { rest }),
  });
}

export const unitWords: Readonly<Record<Budget["unit"], Bilingual>> = {
  workingDays: msg("policy-rules.budgetWords.unitWordsWorkingDays"),
  workingHours: msg("policy-rules.budgetWords.unitWordsWorkingHours"),
  calendarHours: msg("policy-rules.budgetWords.unitWordsCalendarHours"),
};
