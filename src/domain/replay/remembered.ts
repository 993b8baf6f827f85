/** What comes again and again, made once. When so many are known, it begins anew: what is common comes back at once. */

/**
 * @param most how many are kept
 * @param own what is kept of a key, and given to `make`; left out: the key itself
 */
export function remembered<Key, Made extends {}>(
  make: (key: Key) => Made,
  most: number,
  own: (key: Key) => Key = (key) => key,
): (key: Key) => Made {
  const known = new Map<Key, Made>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    if (known.size >= most) known.clear();
    const kept = own(key);
    const made = make(kept);
    known.set(kept, made);
    return made;
  };
}

/** By two objects, each known by being the same one. */
export function rememberedPair<A extends object, B extends object, Made extends {}>(
  make: (a: A, b: B) => Made,
  most: number,
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
    size += 1;
    return made;
  };
}
