/** Lines of what comes back every year that fall on the same days: only the first of two is entered into a year. */

import { msg } from "../text/msg.js";
import type { FieldFault } from "../text/problems.js";
import { type Bilingual, quoted } from "../text/text.js";
import { type Fields, isFields } from "./check-pieces.js";
import { dayNumberOf } from "./civil-date.js";

interface Line {
  readonly i: number;
  readonly calendar: "gregorian" | "hijri";
  /** Hours of a whole month, or days. */
  readonly isWeeks: boolean;
  readonly month: number;
  readonly from: number;
  readonly to: number;
}

const isDay = (value: unknown): value is number => Number.isInteger(value);

/** Days of a leap year; of the Hijri calendar by months of thirty days, the longest that there are. */
const numberIn = (calendar: Line["calendar"], month: number, day: number): number | null =>
  calendar === "hijri"
    ? month * 30 + day
    : dayNumberOf(`2028-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`);

const yearOf: Readonly<Record<Line["calendar"], number>> = { gregorian: 366, hijri: 360 };

function lineOf(entry: unknown, i: number): Line[] {
  if (!isFields(entry)) return [];
  const { calendar, month, day, days } = entry;
  const isWeeks = "weeks" in entry;
  const isKnown = calendar === "gregorian" || calendar === "hijri";
  if (!isKnown || !isDay(month) || !isDay(day) || !(isWeeks || isDay(days))) return [];
  const from = numberIn(calendar, month, day);
  return from === null ? [] : [{ i, calendar, isWeeks, month, from, to: from + (isWeeks ? 0 : Number(days) - 1) }];
}

/** Also across the end of a year. */
function meet(one: Line, other: Line): boolean {
  if (one.calendar !== other.calendar || one.isWeeks !== other.isWeeks) return false;
  if (one.isWeeks) return one.month === other.month;
  const year = yearOf[one.calendar];
  return [-year, 0, year].some((shift) => one.from + shift <= other.to && other.from <= one.to + shift);
}

const isText = (value: unknown): value is string => typeof value === "string";

function nameOf({ name }: Fields): Bilingual {
  const { ar, en } = isFields(name) ? name : {};
  return quoted({ ar: isText(ar) ? ar : "", en: isText(en) ? en : "" });
}

/**
 * Two of one calendar always fall together; a feast that meets a national day in some years is one day off, and no fault.
 * @returns warnings: what is in force may have some
 */
export function yearlyOverlaps(definition: unknown): FieldFault[] {
  const yearly = isFields(definition) && Array.isArray(definition.yearly) ? (definition.yearly as unknown[]) : [];
  const lines = yearly.flatMap(lineOf);
  return lines.flatMap((line, n): FieldFault[] => {
    const earlier = lines.slice(0, n).find((one) => meet(one, line));
    if (earlier === undefined) return [];
    const [own, other] = [yearly[line.i] as Fields, yearly[earlier.i] as Fields];
    const reason = msg("calendar.checkCalendar.yearlyOverlap", {
      ...{ name: nameOf(own), other: nameOf(other), what: line.isWeeks ? "weeks" : "other" },
    });
    return [{ field: `/yearly/${line.i}/${line.isWeeks ? "month" : "day"}`, reason }];
  });
}
