/** What is found while somebody types. */
import { nameFinder } from "../../../engine/search/name-finder.js";
import { normaliseText } from "../../../engine/text/normalise-text.js";
import type { Words } from "../boot.js";

export interface Option {
  readonly value: string;
  readonly label: Words;
  /** Shown beside the label. */
  readonly code?: string | null;
  /** Why it is among the first. */
  readonly hint?: Words;
}

/** How many are offered at a time: typing leads to the others. */
export const maxOffered = 12;

/** Those in which every word occurs that was typed: those that begin with it first, last those that have it in another form only. */
export function foundAmong(choices: readonly Option[], typed: string): Option[] {
  const wanted = normaliseText(typed);
  const isFound = nameFinder(typed);
  const found = choices.flatMap((choice) => {
    const { label, value } = choice;
    const names = typeof label === "string" ? [label, value] : [label.ar, label.en, value];
    if (!isFound(...names)) return [];
    const texts = names.map(normaliseText);
    const begins = texts.some((text) => text.startsWith(wanted));
    const asTyped = wanted.split(" ").every((word) => texts.some((text) => text.includes(word)));
    return [{ choice, place: begins ? 0 : asTyped ? 1 : 2 }];
  });
  return found
    .sort((a, b) => a.place - b.place)
    .slice(0, maxOffered)
    .map(({ choice }) => choice);
}
