/** Rows as aligned columns for a terminal. */
import { dateIn, formatTime } from "../../engine/formatting/moments.js";

export function tableOf(head: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string[] {
  const cells = [head, ...rows].map((row) => row.map((cell) => (cell === null ? "–" : String(cell))));
  const widths = head.map((_, i) => Math.max(...cells.map((row) => (row[i] ?? "").length)));
  return cells.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

/** `2026-11-25 11:30` in a zone: what sorts as it is written. */
export function wallTime(at: Date, timeZone: string): string {
  return `${dateIn(at, timeZone)} ${formatTime(at, timeZone)}`;
}
