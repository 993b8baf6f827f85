/** Files that answer questions of the type: each waits with the others, and belongs to its question. */
import type { Attachment } from "../../engine/files/attachment.js";
import type { Setup } from "../../engine/setup/setup.js";

type Typed = Readonly<Record<string, string>>;

/** Inputs of the type's questions that are answered by a file. */
export const fileInputs = (setup: Setup, typed: Typed): string[] =>
  (setup.types.get(typed.type ?? "")?.fields ?? [])
    .filter(({ type }) => type === "file")
    .map(({ code }) => `field.${code}`);

/** Ids of files that belong to a question: the page of all files leaves them alone. */
export const idsOfFields = (setup: Setup, typed: Typed): ReadonlySet<string> =>
  new Set(fileInputs(setup, typed).flatMap((name) => typed[name] || []));

/**
 * What a page with one file leaves of those that wait: the newest is the answer, and what else came with the page, or
 * answered before, is to be dropped.
 */
export function answeredByFile(a: {
  readonly before: readonly Attachment[];
  readonly after: readonly Attachment[];
  /** Id of the answer so far; empty: none. */
  readonly answer: string;
}): { readonly answer: string; readonly drop: readonly string[] } {
  const known = new Set(a.before.map(({ id }) => id));
  const sent = a.after.filter(({ id }) => !known.has(id)).map(({ id }) => id);
  const newest = sent.at(-1);
  const still = a.after.some(({ id }) => id === a.answer) ? a.answer : "";
  if (newest === undefined) return { answer: still, drop: [] };
  return { answer: newest, drop: [...sent.slice(0, -1), ...(still === "" ? [] : [still])] };
}
