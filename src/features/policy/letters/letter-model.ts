/** Reading and changing a letter or a digest of whatever form: what is not understood is left as it is. */
import { type StoredLanguage, storedLanguages } from "../../../engine/text/languages.js";

export type Members = Readonly<Record<string, unknown>>;
export type Spoken = StoredLanguage;
export const spoken = storedLanguages;

export const isMembers = (value: unknown): value is Members =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const textIn = (value: unknown, language: Spoken): string => {
  const text = isMembers(value) ? value[language] : undefined;
  return typeof text === "string" ? text : "";
};

/** With one language of a text written; an optional text that is empty in both is taken out. */
export function withText(
  definition: Members,
  member: string,
  language: Spoken,
  text: string,
  optional = false,
): Members {
  const before = definition[member];
  const after = { ...(isMembers(before) ? before : { ar: "", en: "" }), [language]: text };
  if (optional && spoken.every((one) => textIn(after, one) === "")) {
    const { [member]: _gone, ...rest } = definition;
    return rest;
  }
  return { ...definition, [member]: after };
}

/** What a button for a field puts into the text. */
export function insertionOf({ name, form, always }: { name: string; form: string; always: boolean }): string {
  if (form === "list") return `{{#each ${name}}}\n- {{this}}\n{{/each}}`;
  return form === "part" || always ? `{{${name}}}` : `{{#if ${name}}}{{${name}}}{{/if}}`;
}

/** The place in a text that a line and a character (from 1) are. */
export function offsetOf(text: string, { line, column }: { line: number; column: number }): number {
  const before = text.split("\n").slice(0, line - 1);
  const start = before.reduce((sum, one) => sum + one.length + 1, 0);
  return Math.min(text.length, start + column - 1);
}
