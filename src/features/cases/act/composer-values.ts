/** What was filled in with an action, before it is sent. */
import type { OfferedField } from "../../../engine/lifecycle/views/case-view.js";

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

/** Naming a colleague in a text by `@`: what is being typed of the name at the cursor, and how the name takes its place. */

export interface Mention {
  /** Where the `@` stands. */
  readonly from: number;
  /** Where the cursor is. */
  readonly to: number;
  readonly typed: string;
}

/** Names are of two or three words, so a space does not end one; a line does. */
const longestName = 40;

/** The name that is being typed before the cursor, or null. An `@` inside a word belongs to an address. */
export function mentionAt(text: string, cursor: number): Mention | null {
  const before = text.slice(Math.max(0, cursor - longestName), cursor);
  const found = /(?:^|[\s(،,;:])@([^@\n]*)$/u.exec(before);
  if (found === null) return null;
  const typed = found[1] ?? "";
  return { from: cursor - typed.length - 1, to: cursor, typed };
}

export type FieldValue = string | readonly string[];

/** What is sent of what was typed: nothing that is empty. */
export function sentFields(
  fields: readonly OfferedField[],
  typed: Readonly<Record<string, FieldValue>>,
): Readonly<Record<string, FieldValue>> {
  return Object.fromEntries(
    fields.flatMap(({ name }): [string, FieldValue][] => {
      const value = typed[name];
      return value === undefined || value.length === 0 ? [] : [[name, value]];
    }),
  );
}

/** Required fields in which nothing stands. */
export const missingFields = (
  fields: readonly OfferedField[],
  typed: Readonly<Record<string, FieldValue>>,
): readonly string[] =>
  fields
    .filter(({ name, required }) => {
      const value = typed[name] ?? "";
      return required && (typeof value === "string" ? value.trim() : value).length === 0;
    })
    .map(({ name }) => name);

/** By what an act is known again whose answer was lost, as this browser keeps it meanwhile: without the applicant's code. */
export function rememberedAct(
  { fields, attachments }: { fields: Readonly<Record<string, unknown>>; attachments: readonly string[] },
  secret: string | null,
): string {
  return JSON.stringify([Object.fromEntries(Object.entries(fields).filter(([name]) => name !== secret)), attachments]);
}
