/** Where the keyboard goes from a day of the year: days along the line of writing, weeks down, months by page. */

const day = 86_400_000;
const dateOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

function months(date: string, by: number): number {
  const [year, month, dayOfMonth] = date.split("-").map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year, month + by, 0)).getUTCDate();
  return Date.UTC(year, month - 1 + by, Math.min(dayOfMonth, last));
}

/** The day that a key leads to, null for a key that leads nowhere, or out of these days. */
export function moveInYear(
  days: readonly { readonly date: string }[],
  from: string,
  key: string,
  dir: "rtl" | "ltr",
): string | null {
  const at = Date.parse(`${from}T00:00:00Z`);
  const onward = dir === "rtl" ? -1 : 1;
  const targets: ReadonlyMap<string, () => number> = new Map([
    ["ArrowRight", () => at + onward * day],
    ["ArrowLeft", () => at - onward * day],
    ["ArrowDown", () => at + 7 * day],
    ["ArrowUp", () => at - 7 * day],
    ["PageDown", () => months(from, 1)],
    ["PageUp", () => months(from, -1)],
    ["Home", () => Date.parse(`${from.slice(0, 7)}-01T00:00:00Z`)],
    ["End", () => months(`${from.slice(0, 7)}-31`, 0)],
  ]);
  const target = targets.get(key)?.();
  if (target === undefined) return null;
  const next = dateOf(target);
  return days.some(({ date }) => date === next) ? next : null;
}
