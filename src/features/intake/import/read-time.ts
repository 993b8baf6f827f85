/** Moments and days as other systems write them: ISO 8601, or a pattern that the mapping names. What does not exist is refused. */
import { firstCountedYear, lastCountedYear, zoneOf } from "../../../engine/calendar/time-zone.js";
import { plainDigits } from "../input-checks.js";

/** A moment, or a civil date `YYYY-MM-DD` where the text has no time of day. */
export type WrittenTime = { readonly at: Date; readonly day: null } | { readonly at: null; readonly day: string };

/** Null when the text is not a moment or a day that exists. */
export type TimeReader = (text: string) => WrittenTime | null;

const iso =
  /^(?<YYYY>\d{4})-(?<MM>\d\d)-(?<DD>\d\d)(?:[T ](?<HH>\d\d):(?<mm>\d\d)(?::(?<ss>\d\d)(?:[.,](?<fraction>\d{1,9}))?)? ?(?<offset>Z|[+-]\d\d(?::?\d\d)?)?)?$/i;

const tokens: Readonly<Record<string, string>> = {
  YYYY: "\\d{4}",
  MM: "\\d{1,2}",
  DD: "\\d{1,2}",
  HH: "\\d{1,2}",
  hh: "\\d{1,2}",
  mm: "\\d{2}",
  ss: "\\d{2}",
  A: "[AaPp]\\.?[Mm]\\.?",
};
const token = /YYYY|MM|DD|HH|hh|mm|ss|A/g;

const ofTime = ["HH", "hh", "mm", "ss", "A"];

/** Whether a mapping may name it: a pattern of a date, alone or with a time of day. */
export function isTimeFormat(format: string): boolean {
  if (format === "iso") return true;
  const found: readonly string[] = format.match(token) ?? [];
  const has = (name: string): boolean => found.includes(name);
  const wholeTime = has("mm") && (has("HH") ? !has("hh") && !has("A") : has("hh") && has("A"));
  return (
    new Set(found).size === found.length &&
    ["YYYY", "MM", "DD"].every(has) &&
    (wholeTime || !ofTime.some(has)) &&
    !/[A-Za-z]/.test(format.replace(token, "").replaceAll("T", ""))
  );
}

function patternOf(format: string): RegExp {
  if (format === "iso") return iso;
  const literal = (part: string): string => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/\s+/g, "\\s+");
  let source = "";
  let end = 0;
  for (const match of format.matchAll(token)) {
    source += `${literal(format.slice(end, match.index))}(?<${match[0]}>${tokens[match[0]]})`;
    end = match.index + match[0].length;
  }
  return new RegExp(`^${source}${literal(format.slice(end))}$`);
}

type Parts = Readonly<Record<string, string | undefined>>;

/** Wall time as if it were UTC, or null: hour 24, month 13, the 30th of February. */
function wallOf(parts: Parts): number | null {
  const part = (name: string): number => Number(parts[name] ?? 0);
  const half = parts.A?.[0]?.toLowerCase();
  if (half !== undefined && (part("hh") < 1 || part("hh") > 12)) return null;
  const hour = half === undefined ? part("HH") : (part("hh") % 12) + (half === "p" ? 12 : 0);
  const [year, month, day, minute, second] = [part("YYYY"), part("MM"), part("DD"), part("mm"), part("ss")];
  if (hour > 23 || minute > 59 || second > 59 || year < firstCountedYear || year > lastCountedYear) return null;
  const milliseconds = Math.floor(Number(`0.${parts.fraction ?? "0"}`) * 1000);
  const wall = new Date(Date.UTC(year, month - 1, day, hour, minute, second, milliseconds));
  return wall.getUTCMonth() === month - 1 && wall.getUTCDate() === day ? wall.getTime() : null;
}

/** Milliseconds that the offset is ahead of UTC, or null: no place is more than 14 hours ahead or behind. */
function offsetOf(offset: string): number | null {
  if (/^z$/i.test(offset)) return 0;
  const digits = offset.slice(1).replace(":", "").padEnd(4, "0");
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  if (minutes > 14 * 60 || Number(digits.slice(2)) > 59) return null;
  return (offset.startsWith("-") ? -minutes : minutes) * 60_000;
}

/** A reader of a format that `isTimeFormat` accepts; `timeZone` (that `isTimeZone` accepts) is for what has no offset. */
export function timeReader(format: string, timeZone: string): TimeReader {
  const pattern = patternOf(format);
  const zone = zoneOf(timeZone);
  return (text) => {
    const parts = pattern.exec(plainDigits(text.trim()))?.groups;
    const wall = parts === undefined ? null : wallOf(parts);
    if (parts === undefined || wall === null) return null;
    // Minutes stand in every time of day; a date alone is kept apart, since what it means depends on the column.
    if (parts.mm === undefined) return { at: null, day: new Date(wall).toISOString().slice(0, 10) };
    if (parts.offset === undefined) return { at: new Date(zone.instantOf(wall)), day: null };
    const offset = offsetOf(parts.offset);
    return offset === null ? null : { at: new Date(wall - offset), day: null };
  };
}
