/** What a target allows, in words: three working days, two hours of working time, ten days with nights and days off. */
import type { Budget } from "../calendar/budget.js";
import { msg } from "../text/msg.js";
import { inLanguage, type Language } from "../text/text.js";
import { formatCount, type GrammaticalCase } from "./counted-nouns.js";
import { formatHours } from "./durations.js";

/** `3 working days`, `2 hours 20 minutes of working time`, `10 days, nights and days off included`. */
export function formatBudget({ amount, unit }: Budget, language: Language, grammaticalCase?: GrammaticalCase): string {
  if (unit === "workingDays")
    return inLanguage(formatCount(Math.ceil(amount), "workingDay", grammaticalCase), language);
  // Nobody says 240 hours where ten days are meant.
  const inDays = unit === "calendarHours" && amount >= 48 && amount % 24 === 0;
  const time = inDays
    ? inLanguage(formatCount(amount / 24, "day", grammaticalCase), language)
    : formatHours(amount * 3600, { language, case: grammaticalCase, detail: "whole" });
  return unit === "workingHours"
    ? inLanguage(msg("times.ofWorkingTime", { time }), language)
    : inLanguage(msg("times.nightsIncluded", { time }), language);
}
