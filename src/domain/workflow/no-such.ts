/** How a name that nothing has is told: what may have been meant, or what there is. */
import { nearest } from "../nearest.js";
import { shown } from "../rules/schema-faults.js";
import type { Bilingual } from "../text.js";

/** @param what is missing: “state” */
export type NoSuch = (what: Bilingual, value: string, known: readonly string[]) => Bilingual;

const mostNamed = 12;

/** Codes in a sentence: the first of them, and how many there are. */
export const named = (codes: readonly string[], comma: string) =>
  `${codes.slice(0, mostNamed).join(comma)}${codes.length > mostNamed ? ` … (${codes.length})` : ""}`;

/** Each is held against everything that there is: who has so many faults mends the first of them first. */
const mostHints = 20;

/** For one check: hints are given for so many names. */
export function newNoSuch(): NoSuch {
  let hints = mostHints;
  return (what, value, known) => {
    hints -= 1;
    const meant = hints < 0 ? null : nearest(value, known);
    return {
      en: `There is no ${what.en} ${shown(value)}.${meant === null ? ` There are: ${named(known, ", ")}.` : ` Did you mean ${shown(meant)}?`}`,
      ar: `لا وجود ل${what.ar} ${shown(value)}.${meant === null ? ` الموجود: ${named(known, "، ")}.` : ` هل المقصود ${shown(meant)}؟`}`,
    };
  };
}
