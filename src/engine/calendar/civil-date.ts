/** Civil dates as day numbers (days since 1970-01-01), so that stepping and comparing them is integer arithmetic. */
import type { Weekday } from "./calendar-definition.js";

export const dayMs = 86_400_000;

/** Sunday first, as `Date.getUTCDay` counts. */
export const weekdays: readonly Weekday[] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/** The day number of `YYYY-MM-DD`, or null when there is no such date (`2026-02-30`) or it is written otherwise. */
export function dayNumberOf(text: unknown): number | null {
  if (typeof text !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const ms = Date.parse(`${text}T00:00:00Z`);
  // Date.parse lets 2026-02-30 through as the second of March: only what reads back the same is a date.
  return Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== text ? null : ms / dayMs;
}

/** `YYYY-MM-DD` of a day number. */
export function civilDateOf(dayNumber: number): string {
  return new Date(dayNumber * dayMs).toISOString().slice(0, 10);
}

/** 1970-01-01 was a Thursday. */
export function weekdayOf(dayNumber: number): Weekday {
  return weekdays[(((dayNumber + 4) % 7) + 7) % 7] as Weekday;
}

/** Milliseconds after midnight of `HH:MM`, or null; `24:00` (the end of the day) only where a closing is meant. */
export function timeOfDayMs(text: unknown, closing = false): number | null {
  if (typeof text !== "string") return null;
  if (closing && text === "24:00") return dayMs;
  const parts = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
  return parts === null ? null : (Number(parts[1]) * 60 + Number(parts[2])) * 60_000;
}
