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
