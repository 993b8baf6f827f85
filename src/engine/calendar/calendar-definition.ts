/** A calendar as the operation room writes it: dated weekly hours, and single days that differ. */
import type { Bilingual } from "../text/text.js";

export type Weekday = "sun" | "mon" | "tue" | "wed" | "thu" | "fri" | "sat";
/** Opening inclusive, closing exclusive, wall time: `["08:30","15:30"]`. Several a day make a split shift. */
export type Interval = readonly [open: string, close: string];

/** Weekly hours that hold from one civil date to another, both inclusive. The narrower of two periods wins (Ramadan inside the year). */
export interface WeeklyPeriod {
  readonly from: string;
  readonly to: string;
  readonly name?: Bilingual;
  readonly hours: Readonly<Partial<Record<Weekday, readonly Interval[]>>>;
  readonly provisional?: boolean;
  readonly source?: string;
}

/** A civil date (or run of dates, both inclusive) with hours of its own: none for a day off. */
export interface SpecialDays {
  readonly date: string;
  readonly to?: string;
  readonly name: Bilingual;
  readonly hours: readonly Interval[];
  /** Computed or expected, not yet fixed by a circular. */
  readonly provisional?: boolean;
  readonly source?: string;
}

interface ComesBack {
  readonly calendar: "gregorian" | "hijri";
  /** 1–12. */
  readonly month: number;
  /** 1–31. */
  readonly day: number;
  readonly name: Bilingual;
  readonly source?: string;
}
/** Days that come back every year: proposed for a year to come, in force once they stand among `days`. */
export interface YearlyDays extends ComesBack {
  readonly days: number;
  readonly hours: readonly Interval[];
}
/** Weekly hours of a month that comes back every year, from that day to the month's end. */
export interface YearlyWeeks extends ComesBack {
  readonly weeks: Readonly<Partial<Record<Weekday, readonly Interval[]>>>;
}

export interface CalendarDefinition {
  readonly code: string;
  readonly name: Bilingual;
  readonly timeZone: string;
  /** The dates it covers, both inclusive. Beyond `to` the last period's week is carried on and called provisional. */
  readonly covers: { readonly from: string; readonly to: string };
  readonly periods: readonly WeeklyPeriod[];
  readonly days: readonly SpecialDays[];
  /** What a year to come is prepared with; decides nothing by itself. */
  readonly yearly?: readonly (YearlyDays | YearlyWeeks)[];
}
