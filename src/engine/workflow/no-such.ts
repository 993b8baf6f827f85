/** How a name that nothing has is told: what may have been meant, or what there is. */

import { calledBy, type NameOf, shown } from "../rules/schema-faults.js";
import { msg } from "../text/msg.js";
import { nearest } from "../text/nearest.js";
import { type Bilingual, together } from "../text/text.js";

/**
 * @param what is missing: “state”
 * @param nameOf what those that there are are called
 */
export type NoSuch = (what: Bilingual, value: string, known: readonly string[], nameOf?: NameOf) => Bilingual;

/** Each is held against everything that there is: who has so many faults mends the first of them first. */
const maxHints = 20;

/** For one check: hints are given for so many names. */
export function newNoSuch(): NoSuch {
  let hints = maxHints;
  return (what, value, known, nameOf = () => null) => {
    hints -= 1;
    const near = hints < 0 ? null : nearest(value, known);
    const meant = near === null ? null : calledBy(near, nameOf);
    const there = together(known.map((one) => (nameOf(one) === null ? { en: one, ar: one } : calledBy(one, nameOf))));
    return msg("workflow.noSuch.thereIsNo", {
      what,
      value: shown(value),
      meant: meant === null ? msg("workflow.noSuch.thereAre", { there }) : msg("workflow.noSuch.didYouMean", { meant }),
    });
  };
}
