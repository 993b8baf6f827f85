/** Where cases and applications end up that were to go to an entity which is no more itself by now. */
import type { Entity, Setup } from "../setup/setup.js";

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

/** Written on the case: entities that were taken over one after the other, and the one that has taken over by now. */
export interface TakenOver {
  readonly through: readonly string[];
  readonly by: string;
  /** Of the entity that is no more, and out of use as well: what it was about is not lost. */
  readonly service?: string;
}

/** Whether it receives cases on the day that is asked about. */
export type Receives = (entity: Entity) => boolean;

/**
 * Who took an entity over, past those that were taken over themselves; null: it is in use itself, none did, or they lead to
 * each other in a circle. One that only has not joined yet has no successor: it is still there.
 */
export function takenOver(
  code: string,
  { entities, successors = new Map() }: Pick<Setup, "entities" | "successors">,
  receives: Receives,
): TakenOver | null {
  if (entities.get(code)?.retired !== true) return null;
  const isLive = (one: string): boolean => {
    const entity = entities.get(one);
    return entity !== undefined && !entity.retired && receives(entity);
  };
  const { entity, through } = successor(code, { isLive, successors });
  return entity === null ? null : { through, by: entity };
}
