/**
 * Marks of rows: an event carries a hash of what was stored together with it, so that a row that somebody alters afterwards
 * no longer fits the record. The last event of each outcome has them, as the member `rows` of its data.
 */
import { createHash } from "node:crypto";
import { canonicalText } from "./chain.js";

export type Row = Readonly<Record<string, unknown>>;

/** What one outcome left behind; marks are SHA-256 in base64url. */
export interface RowMarks {
  /** The application as it was received; with the outcome that opened the case only. */
  readonly application?: string;
  /** The row of the case. */
  readonly case: string;
  /** All clocks of the case. */
  readonly clocks: string;
  /** Decisions of this outcome: from this number up to `decided`. */
  readonly decisions?: { readonly from: number; readonly mark: string };
  /** The number of the last decision there is. */
  readonly decided: number;
}

/** The member of an event's data. Anybody who reads events for people leaves it out. */
export const marksMember = "rows";

/** The text of a value as JSON will store it: null for what JSON has no word for (NaN, a moment that is none). */
function storedText(value: unknown): string {
  try {
    return canonicalText(value);
  } catch {
    return canonicalText(JSON.parse(JSON.stringify(value) ?? "null"));
  }
}

/**
 * Marks rows by these columns, in the order of the rows. Null and left out are the same: a column that is added later changes
 * no mark of rows that have nothing in it.
 */
export function createMarker(columns: readonly string[]): (rows: readonly Row[]) => string {
  const named = [...columns].sort().map((name) => [name, `${JSON.stringify(name)}:`] as const);
  const textOf = (row: Row): string => {
    let text = "";
    for (const [name, written] of named) {
      const value = row[name];
      if (value !== null && value !== undefined) text += (text === "" ? "" : ",") + written + storedText(value);
    }
    return `{${text}}`;
  };
  return (rows) => createHash("sha256").update(rows.map(textOf).join()).digest("base64url");
}

const same = (a: unknown, b: unknown): boolean =>
  a === b ||
  (a !== undefined &&
    b !== undefined &&
    (typeof a !== "string" || typeof b !== "string") &&
    storedText(a) === storedText(b));

/** `facts` as they differ from those of the decision before: one outcome decides by nearly the same ones four times. */
export function differingFacts(facts: Row, before: Row | undefined): unknown {
  if (before === undefined) return facts;
  const differ: Record<string, unknown> = {};
  for (const name in facts) if (!same(facts[name], before[name])) differ[name] = facts[name];
  return [differ, Object.keys(before).filter((name) => before[name] !== undefined && facts[name] === undefined)];
}

const isMark = (value: unknown): value is string => typeof value === "string" && value.length === 43;

/** The marks in the text of an event's data; null: it has none, or is no text of ours (the chain tells of that). */
export function marksIn(data: string): RowMarks | null {
  if (!data.includes(`"${marksMember}":{`)) return null;
  try {
    const marks = (JSON.parse(data) as { rows?: Partial<RowMarks> | null }).rows;
    return isMark(marks?.case) && isMark(marks.clocks) && Number.isInteger(marks.decided) ? (marks as RowMarks) : null;
  } catch {
    return null;
  }
}

/** An event's data without the marks: what happened. */
export function withoutMarks(data: Row): Row {
  if (!Object.hasOwn(data, marksMember)) return data;
  const { [marksMember]: _marks, ...happened } = data;
  return happened;
}
