/** What is wrong with what comes back every year. */
import {
  calendarLimits,
  checkHours,
  checkKeys,
  checkName,
  checkWeek,
  isFields,
  isShort,
  type Report,
  shown,
} from "./check-pieces.js";

/** Of a feast; nobody closes longer by custom. */
const mostDays = 31;

function checkWhole(value: unknown, at: string, most: number, report: Report): void {
  if (typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= most) return;
  report(
    at,
    `${shown(value)}: write a whole number from 1 to ${most}.`,
    `${shown(value)}: اكتب عددًا صحيحًا من 1 إلى ${most}.`,
  );
}

/** A list of days or weeks by the month and day of one of two calendars; left out: nothing is proposed. */
export function checkYearly(yearly: unknown, report: Report): void {
  if (yearly === undefined) return;
  if (!Array.isArray(yearly)) {
    report("/yearly", "What comes back every year is a list.", "ما يتكرر كل سنة قائمة.");
    return;
  }
  if (!isShort(yearly, calendarLimits.yearly, "/yearly", report)) return;
  for (const [i, entry] of yearly.entries()) {
    const at = `/yearly/${i}`;
    if (!isFields(entry)) {
      report(
        at,
        "An entry is an object: {calendar, month, day, days, name, hours}.",
        "العنصر كائن: {calendar, month, day, days, name, hours}.",
      );
      continue;
    }
    const isWeeks = "weeks" in entry;
    checkKeys(
      entry,
      at,
      ["calendar", "month", "day", "name", "source", ...(isWeeks ? ["weeks"] : ["days", "hours"])],
      report,
    );
    if (entry.calendar !== "gregorian" && entry.calendar !== "hijri")
      report(`${at}/calendar`, "Write gregorian or hijri.", "اكتب gregorian أو hijri.");
    checkWhole(entry.month, `${at}/month`, 12, report);
    checkWhole(entry.day, `${at}/day`, entry.calendar === "hijri" ? 30 : 31, report);
    checkName(entry.name, `${at}/name`, report);
    if (entry.source !== undefined && typeof entry.source !== "string")
      report(`${at}/source`, "The source is a text.", "المصدر نص.");
    if (isWeeks) checkWeek(entry.weeks, `${at}/weeks`, report);
    else {
      checkWhole(entry.days, `${at}/days`, mostDays, report);
      checkHours(entry.hours, `${at}/hours`, report);
    }
  }
}
