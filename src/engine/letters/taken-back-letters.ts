/**
 * What becomes of letters about a forward that is taken back: one that has not left lapses, or leaves without the case; who got one gets a
 * short letter that says so. It names references alone: who reads it may not see the case any more.
 */

import { isRecord } from "../is-record.js";
import { takenBackKind } from "../lifecycle/gather-messages.js";
import { digestWithout } from "../measures/focal-digest.js";
import { msg } from "../text/msg.js";
import type { Bilingual, Language } from "../text/text.js";
import { happeningOf, type WaitingLetter } from "./gather-letters.js";
import type { MessageIntent } from "./message-intent.js";

/** What the act is called in letters and in lists of runs. */
export const takeBackName: Bilingual = msg("lifecycle.takeBack.name");

/** Somebody who was written to about it. */
export interface Corrected {
  readonly userId: number;
  readonly language: Language;
  /** The kind of the letter, and the position for which they got it. */
  readonly letter: string;
  readonly seat: number | null;
}

/** That it was taken back, to one who was told of it. */
export const correction = (
  { userId, language }: Pick<Corrected, "userId" | "language">,
  a: { readonly key: string; readonly by: string; readonly reference: string },
): MessageIntent => ({
  template: "official-bulk",
  receiver: { kind: "user", userId },
  language,
  key: a.key,
  data: { kind: takenBackKind, action: takeBackName, by: a.by, count: 1, references: [a.reference] },
});

type Data = Readonly<Record<string, unknown>>;

/** What a letter of an act on many says without this case; null: nothing is left to say. */
function bulkWithout(data: Data, reference: string): Data | null {
  const references = Array.isArray(data.references) ? data.references : [];
  const count = Number(data.count) - 1;
  return count < 1 ? null : { ...data, count, references: references.filter((one) => one !== reference) };
}

interface Lines {
  readonly count: number;
  readonly lines: readonly { readonly reference: string; readonly happened?: readonly unknown[] }[];
}

/** The same whatever the order of its members: the database keeps its own. */
const canonical = (one: unknown): string =>
  JSON.stringify(
    Object.entries(isRecord(one) ? one : {})
      .filter(([, value]) => value !== undefined)
      .sort(),
  );

/** @param gone what is not said of the case any more; null: nothing of it is */
function linesWithout(
  { count, lines, ...more }: Lines,
  reference: string,
  gone: ReadonlySet<string> | null,
): Lines | null {
  const left = lines.flatMap((line) => {
    if (line.reference !== reference) return line;
    const happened = gone === null ? [] : (line.happened ?? []).filter((one) => !gone.has(canonical(one)));
    return happened.length === 0 ? [] : { ...line, happened };
  });
  // A line beyond those that are named is gone from their number.
  const named = lines.some((line) => line.reference === reference);
  const fewer = named ? lines.length - left.length : gone === null ? 1 : 0;
  return count - fewer < 1 ? null : { ...more, count: count - fewer, lines: left };
}

/**
 * What a letter that tells of several cases says without this one; null: nothing is left to say.
 * @param a.lapsed letters of the act that it tells
 * @param a.others whether it tells something else of the case
 * @param a.reads whether its receiver still reads the case: then a day's list may name it
 */
export function withoutCase(
  letter: Pick<WaitingLetter, "template" | "data">,
  a: {
    readonly reference: string;
    readonly lapsed: readonly WaitingLetter[];
    readonly others: boolean;
    readonly reads: boolean;
  },
): Data | null {
  const { template, data } = letter;
  if (template === "official-bulk") return bulkWithout(data, a.reference);
  const gone = a.others ? new Set(a.lapsed.map((one) => canonical(happeningOf(one)))) : null;
  if (template === "official-gathered") return linesWithout(data as unknown as Lines, a.reference, gone) as Data | null;
  // The day's list, which names cases and told what waited as well.
  const { gathered, ...list } = data;
  const left = isRecord(gathered) ? linesWithout(gathered as unknown as Lines, a.reference, gone) : null;
  return digestWithout(left === null ? list : { ...list, gathered: left }, new Set(a.reads ? [] : [a.reference]));
}
