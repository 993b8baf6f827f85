/** Rows as aligned columns for a terminal. */
import { dateIn, formatTime } from "../../engine/formatting/moments.js";

/** How many columns of a terminal a text takes: what only marks a letter, or its direction, takes none. */
export const columnsOf = (text: string): number => text.replace(/\p{Mn}|\p{Cf}/gu, "").length;

export function tableOf(head: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string[] {
  const cells = [head, ...rows].map((row) => row.map((cell) => (cell === null ? "–" : String(cell))));
  const widths = head.map((_, i) => Math.max(...cells.map((row) => columnsOf(row[i] ?? ""))));
  return cells.map((row) =>
    row
      .map((cell, i) => cell + " ".repeat(Math.max(0, (widths[i] ?? 0) - columnsOf(cell))))
      .join("  ")
      .trimEnd(),
  );
}

/** `2026-11-25 11:30` in a zone: what sorts as it is written. */
export function wallTime(at: Date, timeZone: string): string {
  return `${dateIn(at, timeZone)} ${formatTime(at, timeZone)}`;
}
