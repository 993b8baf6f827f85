/** Bullets of a letter in which nothing was written: they came with a template, for the official to fill in. */

export interface EmptyPlace {
  /** What is asked for there; empty for a bare bullet. */
  readonly label: string;
  /** The line, from 1. */
  readonly line: number;
  /** Where somebody writes on. */
  readonly at: number;
}

const bullet = /^\s*[•‣▪*–-](?=\s|$)\s*/;
const empty = /^(?:|.*[:：])\s*$/;

/** A bullet with nothing behind it, or behind its colon, and no line of text below that belongs to it. */
export function emptyPlaces(text: string): EmptyPlace[] {
  const lines = text.split("\n");
  const found: EmptyPlace[] = [];
  let at = 0;
  for (const [i, line] of lines.entries()) {
    const mark = bullet.exec(line);
    const rest = mark === null ? "" : line.slice(mark[0].length);
    const below = lines[i + 1] ?? "";
    if (mark !== null && empty.test(rest) && (below.trim() === "" || bullet.test(below))) {
      found.push({ label: rest.replace(/[:：]\s*$/, "").trim(), line: i + 1, at: at + line.length });
    }
    at += line.length + 1;
  }
  return found;
}
