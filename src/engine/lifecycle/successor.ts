/** Where cases end up that were to go to an entity which is no more itself by now. */

export interface Successor {
  /** Null: nobody took over; the case is placed by hand. */
  readonly entity: string | null;
  /** Entities that it would have gone to, in their order. */
  readonly through: readonly string[];
}

/** @param successors of entities that were retired: where their cases went last, null for triage */
export function successor(
  to: string | null,
  a: { readonly isLive: (entity: string) => boolean; readonly successors: ReadonlyMap<string, string | null> },
): Successor {
  const through: string[] = [];
  for (let next = to; next !== null && !through.includes(next); next = a.successors.get(next) ?? null) {
    if (a.isLive(next)) return { entity: next, through };
    through.push(next);
  }
  return { entity: null, through };
}
