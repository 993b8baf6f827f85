/** The importance level above all others: cases of it are named first in letters. */
import type { Setup } from "./setup.js";

type Level = Setup["importanceLevels"] extends ReadonlyMap<string, infer Row> ? Row : never;

/** Undefined: the programme has no levels. */
export const highestLevel = ({ importanceLevels }: Pick<Setup, "importanceLevels">): Level | undefined =>
  [...importanceLevels.values()].filter(({ retired }) => !retired).sort((x, y) => y.rank - x.rank)[0];
