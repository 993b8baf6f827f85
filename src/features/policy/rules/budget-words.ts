/** Budgets in words, where none may be due, or it at once. */

import type { Budget } from "../../../engine/calendar/budget.js";
import { formatBudget } from "../../../engine/formatting/budgets.js";
import { formatCount, type GrammaticalCase } from "../../../engine/formatting/counted-nouns.js";
import { formatHours } from "../../../engine/formatting/durations.js";
import { msg } from "../../../engine/text/msg.js";
import { type Bilingual, perLanguage } from "../../../engine/text/text.js";

const isNone = (hours: number): boolean => Math.round(hours * 60) === 0;
const hoursWords = (hours: number): Bilingual =>
  perLanguage((language) => formatHours(hours * 3600, { language, detail: "whole" }));

/** Null: nothing is promised. @param grammaticalCase of the sentence that it is put into */
export function budgetWords(budget: Budget | null, grammaticalCase?: GrammaticalCase): Bilingual {
  if (budget === null) return msg("policy-rules.budgetWords.noneIsDue");
  const { amount, unit } = budget;
  if (unit === "workingDays" && amount === 0) return msg("policy-rules.budgetWords.theSameDay");
  if (isNone(amount)) return msg("policy-rules.budgetWords.atOnce");
  return perLanguage((language) => formatBudget(budget, language, grammaticalCase));
}

/** Working hours that no single day holds, as the whole days and the hours that they come to; null of all else. */
function beyondADay(budget: Budget, dayHours: number): { readonly days: number; readonly hours: number } | null {
  const { amount, unit } = budget;
  if (unit !== "workingHours" || dayHours <= 0 || !(amount > dayHours)) return null;
  const days = Math.floor(amount / dayHours);
  return { days, hours: amount - days * dayHours };
}

/** How long working hours are that exceed a day of the calendar; null for all else. */
export function longDayWords(budget: Budget | null, dayHours: number): Bilingual | null {
  const beyond = budget === null ? null : beyondADay(budget, dayHours);
  if (beyond === null) return null;
  const day = hoursWords(dayHours);
  const days = formatCount(beyond.days, "workingDay");
  const rest = isNone(beyond.hours) ? null : hoursWords(beyond.hours);
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
