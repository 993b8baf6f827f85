/**
 * What comes again and again, made once. When so many are known, it begins anew: what is common comes back at once. What is large
 * counts as many, so that memory is bounded whatever is remembered.
 */
import type { Facts } from "../rules/fact-catalogue.js";

/** Letters beyond which a text, or texts of facts together, count as another one. */
const lettersOfOne = 500;

/** As how many facts of a case count: those that say codes alone as one, those with texts that people typed as more. */
export function weightOfFacts(facts: Facts): number {
  let letters = 0;
  for (const word of Object.values(facts)) if (typeof word === "string") letters += word.length;
  return 1 + Math.floor(letters / lettersOfOne);
}

/** As how many a word of a fact counts. */
export const weightOfWord = (word: unknown): number =>
  typeof word === "string" ? 1 + Math.floor(word.length / lettersOfOne) : 1;

/**
 * @param most how many are kept
 * @param a `own`: what is kept of a key, and given to `make`; left out: the key itself. `weightOf`: as how many one counts; left
 *   out: as one
 */
export function remembered<Key, Made extends {}>(
  make: (key: Key) => Made,
  most: number,
  a: { readonly own?: (key: Key) => Key; readonly weightOf?: (key: Key) => number } = {},
): (key: Key) => Made {
  const { own = (key) => key, weightOf = () => 1 } = a;
  const known = new Map<Key, Made>();
  let size = 0;
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    if (size >= most) {
      known.clear();
      size = 0;
    }
    const kept = own(key);
    const made = make(kept);
    known.set(kept, made);
    size += weightOf(kept);
    return made;
  };
}

/** By two objects, each known by being the same one; otherwise as `remembered`. */
export function rememberedPair<A extends object, B extends object, Made extends {}>(
  make: (a: A, b: B) => Made,
  most: number,
  weightOf: (a: A, b: B) => number = () => 1,
): (a: A, b: B) => Made {
  const known = new Map<A, Map<B, Made>>();
  let size = 0;
  return (a, b) => {
    const before = known.get(a)?.get(b);
    if (before !== undefined) return before;
    if (size >= most) {
      known.clear();
      size = 0;
    }
    const made = make(a, b);
    known.set(a, (known.get(a) ?? new Map<B, Made>()).set(b, made));
    size += weightOf(a, b);
    return made;
  };
}
