/** What changed between two versions of something that is published, told to people. */

import { type Words, wordsIn } from "../explain/words.js";
import type { Setup } from "../setup/setup.js";
import { msg } from "../text/msg.js";
import { type Bilingual, perLanguage } from "../text/text.js";

export interface Difference {
  readonly kind: "added" | "removed" | "changed";
  /** What it is about: `Rule “High: three working days”`. */
  readonly what: Bilingual;
  /** What about it changed, a line each; of a rule that came or went what it says. */
  readonly details: readonly Bilingual[];
}

/** A text made of words in each language. */
export type Say = (text: (words: Words) => string) => Bilingual;

export function sayIn(setup: Setup): Say {
  const wordsFor = wordsIn(setup);
  return (text) => perLanguage((language) => text(wordsFor(language)));
}

export const same = (a: unknown, b: unknown): boolean => canonical(a) === canonical(b);

/** The same text for values that say the same: the order of keys does not count. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "";
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`)
    .join(",")}}`;
}

/** In words: an arrow would have to turn with the language, and the typefaces of the screens have none. */
export function fromTo(words: Words, what: string, before: string, after: string): string {
  return words.say(msg("differences.difference.wasNow", { what, before, after }));
}

/** Pairs two lists by a key; what stands in one of them only came or went. */
function pair<Item>(
  before: readonly Item[],
  after: readonly Item[],
  keyOf: (item: Item) => string,
): { added: Item[]; removed: Item[]; changed: [Item, Item][] } {
  const [old, now] = [keyed(before, keyOf), keyed(after, keyOf)];
  const only = (of: ReadonlyMap<string, Item>, other: ReadonlyMap<string, Item>) =>
    [...of].filter(([key]) => !other.has(key)).map(([, item]) => item);
  return {
    added: only(now, old),
    removed: only(old, now),
    changed: [...now].flatMap(([key, item]): [Item, Item][] => {
      const earlier = old.get(key);
      return earlier === undefined || same(earlier, item) ? [] : [[earlier, item]];
    }),
  };
}

/** Things with the same key are told apart by their order. */
function keyed<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item> {
  const found = new Map<string, Item>();
  const last = new Map<string, number>();
  for (const item of items) {
    const key = keyOf(item);
    let n = last.get(key) ?? 0;
    let unique: string;
    do {
      n += 1;
      unique = n === 1 ? key : `${key} ${n}`;
    } while (found.has(unique));
    last.set(key, n);
    found.set(unique, item);
  }
  return found;
}

/**
 * Differences of the things of one kind: each named, with what about it changed.
 * @param whole what is said of one that came or went
 */
export function differencesOf<Item>(
  before: readonly Item[],
  after: readonly Item[],
  keyOf: (item: Item) => string,
  what: (item: Item) => Bilingual,
  details: (before: Item, after: Item) => Bilingual[],
  whole: (item: Item) => Bilingual[] = () => [],
): Difference[] {
  const { added, removed, changed } = pair(before, after, keyOf);
  return [
    ...changed.map(([old, now]): Difference => ({ kind: "changed", what: what(now), details: details(old, now) })),
    ...added.map((item): Difference => ({ kind: "added", what: what(item), details: whole(item) })),
    ...removed.map((item): Difference => ({ kind: "removed", what: what(item), details: whole(item) })),
  ];
}

/** One line where a part changed, none where it did not. */
export function line(before: unknown, after: unknown, text: () => Bilingual): Bilingual[] {
  return same(before, after) ? [] : [text()];
}
