/**
 * A time zone as a table of its transitions, read from `Intl` once: afterwards wall time and instants are converted
 * without it. Every offset comes from the zone's name; Amman alternated until 2022 and New York still does.
 */
import { dayMs } from "./civil-date.js";

/** The years in which Diwan can count working time. */
export const firstCountedYear = 1970;
export const lastCountedYear = 2099;

export interface Zone {
  /** Milliseconds that wall time is ahead of UTC at an instant. */
  offsetAt(instant: number): number;
  /** The instant at which clocks show this wall time: the end of a gap for a time that was left out, the first of two for one that came twice. */
  instantOf(wall: number): number;
}

/** Whether `Intl` knows a zone of this name. */
export function isTimeZone(name: unknown): name is string {
  if (typeof name !== "string" || name === "") return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

const zones = new Map<string, Zone>();

/** The zone of an IANA name that `isTimeZone` accepts. Compiled once a process: a zone is the same for every calendar. */
export function zoneOf(name: string): Zone {
  const known = zones.get(name);
  if (known !== undefined) return known;
  const zone = compileZone(intlOffset(name));
  zones.set(name, zone);
  return zone;
}

function intlOffset(name: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: name,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  return (instant) => {
    const part: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(instant)) part[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000;
  };
}

/** Where the offset changes, to the second. A week between probes: no zone has changed there and back within one. */
function transitionsOf(offset: (instant: number) => number): { since: number[]; offsets: number[] } {
  const end = Date.UTC(lastCountedYear + 1, 0, 8);
  let probe = Date.UTC(firstCountedYear - 1, 11, 25);
  const since = [Number.NEGATIVE_INFINITY];
  const offsets = [offset(probe)];
  for (let before = offsets[0]; probe < end; probe += 7 * dayMs) {
    const after = offset(probe + 7 * dayMs);
    if (after === before) continue;
    let early = probe;
    let late = probe + 7 * dayMs;
    while (late - early > 1000) {
      const middle = Math.floor((early + late) / 2000) * 1000;
      if (offset(middle) === before) early = middle;
      else late = middle;
    }
    since.push(late);
    offsets.push(after);
    before = after;
  }
  return { since, offsets };
}

function compileZone(offset: (instant: number) => number): Zone {
  const { since, offsets } = transitionsOf(offset);
  const last = since.length - 1;
  const stretchAt = (isBefore: (stretch: number) => boolean): number => {
    let low = 0;
    let high = last;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBefore(middle)) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  return {
    offsetAt: (instant) => offsets[stretchAt((i) => instant < (since[i + 1] as number))] as number,
    instantOf(wall) {
      const stretch = stretchAt((i) => wall < (since[i + 1] as number) + (offsets[i] as number));
      return Math.max(wall - (offsets[stretch] as number), since[stretch] as number);
    },
  };
}
