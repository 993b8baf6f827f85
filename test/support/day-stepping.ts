/**
 * Working time as one would write it first: luxon, one civil day after the other. An oracle for tests and the honest
 * baseline of the benchmarks; it shares nothing with the calendar table.
 */
import { DateTime } from "luxon";
import type { CalendarDefinition, Interval, WeeklyPeriod } from "../../src/engine/calendar/calendar-definition.js";

const weekdayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;

export interface DaySteppingCalendar {
  addSeconds(start: Date, seconds: number): Date;
  addDays(start: Date, days: number): Date;
  between(from: Date, to: Date): number;
}

export function daySteppingCalendar(definition: CalendarDefinition): DaySteppingCalendar {
  const { timeZone: zone, covers } = definition;
  const special = new Map<string, readonly Interval[]>();
  for (const entry of definition.days) {
    const last = DateTime.fromISO(entry.to ?? entry.date, { zone });
    for (let d = DateTime.fromISO(entry.date, { zone }); d <= last; d = d.plus({ days: 1 }))
      special.set(d.toISODate() ?? "", entry.hours);
  }
  const length = (p: WeeklyPeriod) => Date.parse(p.to) - Date.parse(p.from);
  const narrowFirst = [...definition.periods].sort((a, b) => length(a) - length(b));
  const hoursOn = (d: DateTime): readonly Interval[] => {
    const date = d.toISODate() ?? "";
    const own = special.get(date);
    if (own !== undefined) return own;
    const inside = date >= covers.from && date <= covers.to;
    const nearestEdge = date < covers.from ? covers.from : covers.to;
    const edge = inside ? date : nearestEdge;
    const holding = narrowFirst.filter((p) => p.from <= edge && edge <= p.to);
    const period = inside ? holding[0] : holding.at(-1);
    return period?.hours[weekdayNames[d.weekday % 7] as "sun"] ?? [];
  };
  const at = (d: DateTime, time: string): DateTime =>
    d.set({ hour: Number(time.slice(0, 2)), minute: Number(time.slice(3)) });
  const stretchesOn = (d: DateTime): [number, number][] =>
    hoursOn(d).map(([open, close]) => [at(d, open).toMillis(), at(d, close).toMillis()]);
  const dayOf = (instant: Date | number): DateTime => DateTime.fromMillis(+instant, { zone }).startOf("day");

  return {
    addSeconds(start, seconds) {
      if (seconds === 0) return start;
      let left = seconds * 1000;
      for (let d = dayOf(start); ; d = d.plus({ days: 1 })) {
        for (const [open, close] of stretchesOn(d)) {
          const from = Math.max(open, start.getTime());
          if (close <= from) continue;
          if (left <= close - from) return new Date(from + left);
          left -= close - from;
        }
      }
    },
    between(from, to) {
      let worked = 0;
      for (let d = dayOf(from); d.toMillis() < to.getTime(); d = d.plus({ days: 1 })) {
        for (const [open, close] of stretchesOn(d))
          worked += Math.max(0, Math.min(close, to.getTime()) - Math.max(open, from.getTime()));
      }
      return worked / 1000;
    },
    addDays(start, days) {
      let d = dayOf(start);
      let moment = Number.NaN;
      for (; Number.isNaN(moment); d = d.plus({ days: 1 })) {
        const stretch = stretchesOn(d).find(([, close]) => close > start.getTime());
        if (stretch !== undefined) moment = Math.max(stretch[0], start.getTime());
      }
      const time = DateTime.fromMillis(moment, { zone });
      d = time.startOf("day");
      for (let left = days; left > 0; ) {
        d = d.plus({ days: 1 });
        if (stretchesOn(d).length > 0) left--;
      }
      const same = d
        .set({ hour: time.hour, minute: time.minute, second: time.second, millisecond: time.millisecond })
        .toMillis();
      const stretches = stretchesOn(d);
      const begun = stretches.filter(([open]) => open <= same).at(-1);
      return new Date(begun === undefined ? (stretches[0]?.[0] ?? Number.NaN) : Math.min(same, begun[1]));
    },
  };
}
