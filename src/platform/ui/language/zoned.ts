/** Wall-clock times of a zone ⇄ moments, for inputs. */

/** Minutes that a zone is ahead of UTC at a moment. */
function offsetMinutes(at: Date, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
  }).formatToParts(at);
  const of = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
  const wall = Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"));
  return Math.round((wall - Math.floor(at.getTime() / 60_000) * 60_000) / 60_000);
}

/** `2026-11-22T10:10` as the zone's clocks show a moment. */
export function momentToLocal(iso: string, timeZone: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return "";
  return new Date(at.getTime() + offsetMinutes(at, timeZone) * 60_000).toISOString().slice(0, 16);
}

/** The moment at which the zone's clocks show this; null for nothing. */
export function momentFromLocal(local: string, timeZone: string): string | null {
  const wall = Date.parse(`${local}Z`);
  if (local === "" || Number.isNaN(wall)) return null;
  const guess = new Date(wall - offsetMinutes(new Date(wall), timeZone) * 60_000);
  // Once more with the offset that holds there: it differs around a change of the clocks.
  return new Date(wall - offsetMinutes(guess, timeZone) * 60_000).toISOString();
}
