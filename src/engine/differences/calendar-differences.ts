/** What changed between two versions of a calendar: its dated hours and days. */
import type { CalendarDefinition, Interval, SpecialDays, WeeklyPeriod } from "../calendar/calendar-definition.js";
import { weekdays } from "../calendar/civil-date.js";
import { datesWords } from "../calendar/date-words.js";
import type { Bilingual } from "../text/text.js";
import { canonical, type Difference, differencesOf, line } from "./difference.js";

const weekdayNames: Readonly<Record<(typeof weekdays)[number], Bilingual>> = {
  sun: { en: "Sunday", ar: "الأحد" },
  mon: { en: "Monday", ar: "الاثنين" },
  tue: { en: "Tuesday", ar: "الثلاثاء" },
  wed: { en: "Wednesday", ar: "الأربعاء" },
  thu: { en: "Thursday", ar: "الخميس" },
  fri: { en: "Friday", ar: "الجمعة" },
  sat: { en: "Saturday", ar: "السبت" },
};

function both(what: Bilingual, before: Bilingual, after: Bilingual): Bilingual {
  return {
    en: `${what.en}: was ${before.en}, now ${after.en}`,
    ar: `${what.ar}: كان ${before.ar}، والآن ${after.ar}`,
  };
}

function hoursWords(hours: readonly Interval[] | undefined): Bilingual {
  if (hours === undefined || hours.length === 0) return { en: "off", ar: "عطلة" };
  const text = hours.map(([open, close]) => `${open}–${close}`).join(", ");
  return { en: text, ar: text.replaceAll(", ", "، ") };
}

const certainty = ({ provisional }: { readonly provisional?: boolean }): Bilingual =>
  provisional === true ? { en: "expected", ar: "متوقع" } : { en: "confirmed", ar: "مؤكد" };

const common = (before: Common, after: Common): Bilingual[] => [
  ...line(before.provisional === true, after.provisional === true, () =>
    both({ en: "Certainty", ar: "التأكيد" }, certainty(before), certainty(after)),
  ),
  ...line(before.source, after.source, () => {
    const source = (of: Common): Bilingual =>
      of.source === undefined ? { en: "none", ar: "لا يوجد" } : { en: of.source, ar: of.source };
    return both({ en: "Source", ar: "المصدر" }, source(before), source(after));
  }),
];
type Common = Pick<SpecialDays, "provisional" | "source">;

function dayLines(before: SpecialDays, after: SpecialDays): Bilingual[] {
  return [
    ...line(before.name, after.name, () => both({ en: "Name", ar: "الاسم" }, before.name, after.name)),
    ...line([before.date, before.to], [after.date, after.to], () =>
      both({ en: "Dates", ar: "التواريخ" }, datesWords(before.date, before.to), datesWords(after.date, after.to)),
    ),
    ...line(before.hours, after.hours, () =>
      both({ en: "Hours", ar: "الدوام" }, hoursWords(before.hours), hoursWords(after.hours)),
    ),
    ...common(before, after),
  ];
}

const usual: Bilingual = { en: "usual hours", ar: "الدوام المعتاد" };

function periodLines(before: WeeklyPeriod, after: WeeklyPeriod): Bilingual[] {
  return [
    ...line(before.name, after.name, () =>
      both({ en: "Name", ar: "الاسم" }, before.name ?? usual, after.name ?? usual),
    ),
    ...line([before.from, before.to], [after.from, after.to], () =>
      both({ en: "Dates", ar: "التواريخ" }, datesWords(before.from, before.to), datesWords(after.from, after.to)),
    ),
    ...weekdays.flatMap((day) => {
      const [old, now] = [before.hours[day] ?? [], after.hours[day] ?? []];
      return line(old, now, () => both(weekdayNames[day], hoursWords(old), hoursWords(now)));
    }),
    ...common(before, after),
  ];
}

/** Days that keep their date or their name and year are the same days, moved or changed. */
function dayKeys(before: readonly SpecialDays[], after: readonly SpecialDays[]): (days: SpecialDays) => string {
  const dates = new Set(after.map((day) => day.date));
  const moved = new Map<string, string>();
  const known = new Set(before.map((old) => old.date));
  const nameAndYear = (day: SpecialDays) => `${day.date.slice(0, 4)} ${canonical(day.name)}`;
  // From the last to the first, so that the first of a name is taken off the end.
  const free = new Map<string, SpecialDays[]>();
  for (const old of before.filter((day) => !dates.has(day.date)).reverse()) {
    const alike = free.get(nameAndYear(old));
    if (alike === undefined) free.set(nameAndYear(old), [old]);
    else alike.push(old);
  }
  for (const day of after) {
    if (known.has(day.date)) continue;
    const from = free.get(nameAndYear(day))?.pop();
    if (from !== undefined) moved.set(day.date, from.date);
  }
  return (day) => moved.get(day.date) ?? day.date;
}

/** Periods and days that came, went or changed, and what the calendar covers. */
export function calendarDifferences(before: CalendarDefinition, after: CalendarDefinition): Difference[] {
  const whole = [
    ...line(before.name, after.name, () => both({ en: "Name", ar: "الاسم" }, before.name, after.name)),
    ...line(before.covers, after.covers, () =>
      both(
        { en: "Covers", ar: "يغطي" },
        datesWords(before.covers.from, before.covers.to),
        datesWords(after.covers.from, after.covers.to),
      ),
    ),
    ...line(before.yearly ?? [], after.yearly ?? [], () => ({
      en: "What comes back every year has changed",
      ar: "تغيّر ما يتكرر كل سنة",
    })),
    ...line(before.timeZone, after.timeZone, () =>
      both(
        { en: "Time zone", ar: "المنطقة الزمنية" },
        { en: before.timeZone, ar: before.timeZone },
        { en: after.timeZone, ar: after.timeZone },
      ),
    ),
  ];
  const keyOf = dayKeys(before.days, after.days);
  const known = new Set(before.days);
  return [
    ...(whole.length === 0
      ? []
      : [{ kind: "changed" as const, what: { en: "The calendar", ar: "التقويم" }, details: whole }]),
    ...differencesOf(
      before.periods,
      after.periods,
      (period) => (period.name === undefined ? period.from : `${period.name.en} ${period.from.slice(0, 4)}`),
      ({ name = usual, from, to }) => ({
        en: `Hours “${name.en}”, ${datesWords(from, to).en}`,
        ar: `دوام «${name.ar}»، ${datesWords(from, to).ar}`,
      }),
      periodLines,
    ),
    ...differencesOf(
      before.days,
      after.days,
      // A day of the earlier version is known by its own date, one of the later by the date that it was moved from.
      (day) => (known.has(day) ? day.date : keyOf(day)),
      ({ name, date, to }) => ({
        en: `“${name.en}”, ${datesWords(date, to).en}`,
        ar: `«${name.ar}»، ${datesWords(date, to).ar}`,
      }),
      dayLines,
    ),
  ];
}
