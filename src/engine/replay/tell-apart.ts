/** Items that are alike by several things, found thing by thing with tables of whole numbers: no item is written down as a text. */

/** What items say of one thing. */
export interface Said {
  /** How many kinds there are. */
  readonly width: number;
  /** Of each place, the kind that it is of; null: places are kinds. */
  readonly kindOf: ArrayLike<number> | null;
  /** Of each item; null: all of them are of the first kind. */
  readonly places: ArrayLike<number> | null;
}

/** Pairs of a group and a kind are looked up in a table up to this size. */
const largestTable = 1 << 20;

/**
 * Tells groups of items apart by one more thing, in place.
 * @param groups of each item, from 0
 * @param count how many groups there are
 * @returns how many there are then
 */
export function tellApart(groups: Uint32Array, count: number, { width, kindOf, places }: Said): number {
  if (width < 2 || places === null) return count;
  const pairAt = (i: number): number => {
    const place = places[i] as number;
    return (groups[i] as number) * width + (kindOf === null ? place : (kindOf[place] as number));
  };
  let found = 0;
  if (count * width <= largestTable) {
    const table = new Uint32Array(count * width);
    for (let i = 0; i < groups.length; i++) {
      const pair = pairAt(i);
      if (table[pair] === 0) table[pair] = ++found;
      groups[i] = (table[pair] as number) - 1;
    }
    return found;
  }
  const table = new Map<number, number>();
  for (let i = 0; i < groups.length; i++) {
    const pair = pairAt(i);
    const group = table.get(pair) ?? found++;
    table.set(pair, group);
    groups[i] = group;
  }
  return found;
}
