/** How many text messages may leave, and when: by the settings of the programme. */

import { civilDate, shiftDate, startOfDay, wallTime } from "../calendar/civil-days.js";
import { zoneOf } from "../calendar/time-zone.js";
import type { WorkingCalendar } from "../calendar/working-calendar.js";
import type { SmsHeldBack } from "./message-intent.js";

export const smsDefaults = {
  perNumber: 10,
  perDay: 20_000,
  perCountry: 50,
  segments: 40_000,
  quietFrom: 21,
  quietTo: 8,
  workingDays: false,
} as const;

interface SmsSettings {
  readonly smsPerNumber?: number | undefined;
  readonly smsPerDay?: number | undefined;
  readonly smsPerCountry?: number | undefined;
  readonly smsSegments?: number | undefined;
  readonly smsQuietFrom?: number | undefined;
  readonly smsQuietTo?: number | undefined;
  readonly smsWorkingDays?: boolean | undefined;
}

/** What left today with this one: of all, to its number, to its country; and the segments of all. */
export interface SmsCounts {
  readonly all: number;
  readonly number: number;
  readonly country: number;
  readonly segments: number;
}

/**
 * Which limit these counts are beyond; null: none. `abroad`: to another country than the programme's: only those have a limit a country, since
 * strangers' numbers abroad are what such services are abused for.
 */
export function beyondLimit(counts: SmsCounts, settings: SmsSettings, abroad: boolean): SmsHeldBack | null {
  const { smsPerNumber, smsPerDay, smsPerCountry, smsSegments } = settings;
  if (counts.number > (smsPerNumber ?? smsDefaults.perNumber))
    return "held back: too many text messages to this number";
  if (abroad && counts.country > (smsPerCountry ?? smsDefaults.perCountry))
    return "held back: too many text messages to this country";
  if (counts.all > (smsPerDay ?? smsDefaults.perDay)) return "held back: too many text messages today";
  if (counts.segments > (smsSegments ?? smsDefaults.segments)) return "held back: no segments left today";
  return null;
}

/**
 * When a text message that is due may leave: now, or when the quiet hours of the programme are over. From and to the same hour: there are
 * none. Where only working days are asked for, days off are quiet as a whole.
 */
export function leavesAt(now: Date, settings: SmsSettings, calendar: WorkingCalendar): Date {
  const { timeZone } = calendar;
  const [from, to] = [settings.smsQuietFrom ?? smsDefaults.quietFrom, settings.smsQuietTo ?? smsDefaults.quietTo];
  const only = settings.smsWorkingDays ?? smsDefaults.workingDays;
  const quiet = (at: Date): boolean => {
    const hour = wallTime(at, timeZone).getUTCHours();
    return from < to ? hour >= from && hour < to : from > to && (hour >= from || hour < to);
  };
  const isOff = (day: string): boolean => civilDate(calendar.nextOpening(startOfDay(day, timeZone)), timeZone) !== day;
  const opening = (day: string): Date => (from === to ? startOfDay(day, timeZone) : atHour(day, to, timeZone));
  const today = civilDate(now, timeZone);
  if (only && isOff(today)) {
    const next = civilDate(calendar.nextOpening(now), timeZone);
    return opening(next);
  }
  if (!quiet(now)) return now;
  const sameDay = atHour(today, to, timeZone);
  if (sameDay > now) return sameDay;
  const tomorrow = shiftDate(today, 1);
  return only && isOff(tomorrow)
    ? opening(civilDate(calendar.nextOpening(startOfDay(tomorrow, timeZone)), timeZone))
    : atHour(tomorrow, to, timeZone);
}

/** When clocks there show this hour of a day. */
function atHour(day: string, hour: number, timeZone: string): Date {
  return new Date(zoneOf(timeZone).instantOf(Date.parse(`${day}T00:00:00Z`) + hour * 3_600_000));
}
