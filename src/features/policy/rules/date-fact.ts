/** Facts that are dates: rules compare them as numbers, 31 January 2026 as 20260131; people read and choose dates. */

/** `2026-01-31`; null of what is no such number. */
export function dateOfNumber(value: unknown): string | null {
  const parts = typeof value === "number" ? /^(\d{4})(\d{2})(\d{2})$/.exec(String(value)) : null;
  if (parts === null) return null;
  const date = `${parts[1]}-${parts[2]}-${parts[3]}`;
  const day = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(date) ? date : null;
}

/** Null while no date is chosen. */
export const numberOfDate = (date: string): number | null =>
  /^\d{4}-\d{2}-\d{2}$/.test(date) ? Number(date.replaceAll("-", "")) : null;

/** Some days later, or earlier; a number that is no date counts on as it is. */
export function daysOn(value: number, days: number): number {
  const date = dateOfNumber(value);
  if (date === null) return value + days;
  const moved = new Date(`${date}T00:00:00Z`);
  moved.setUTCDate(moved.getUTCDate() + days);
  return numberOfDate(moved.toISOString().slice(0, 10)) ?? value + days;
}
