/**
 * Where the cases lie that somebody may read, as plain conditions an index can answer: “in this programme”, “of these
 * entities”, “in the queue of that sector”. Together they cover the reach exactly; filters narrow them.
 */
import { type CaseReach, type EntityTree, isWithin } from "../access/permissions.js";

export interface CasePlace {
  readonly programme: string;
  /** Only cases of these entities; null: of any and of none. */
  readonly entities: readonly string[] | null;
  /** Only cases that wait for an entity. */
  readonly unplaced: boolean;
  /** Only of this sector; null: only of none; undefined: of any. */
  readonly sector?: string | null;
  readonly secrecy: "open" | "confidential" | "any";
  /** Only what these positions asked for, by number; left out: whoever asked. */
  readonly requestedBy?: readonly number[];
}

/** What of a filter decides where to look. */
export interface PlaceFilter {
  readonly programme?: string | undefined;
  /** A code, or several with commas between. */
  readonly entity?: string | undefined;
  /** Of this entity, and of all below it. */
  readonly under?: string | undefined;
  readonly unplaced?: boolean | undefined;
  readonly confidential?: boolean | undefined;
}

function subtree(top: string, tree: EntityTree): string[] {
  return [top, ...[...tree.keys()].filter((code) => code !== top && isWithin(code, top, tree))];
}

function placesOfProgramme(programme: string, reach: CaseReach, tree: EntityTree): CasePlace[] {
  const here = <Item extends { readonly programme: string }>(items: readonly Item[]) =>
    items.filter((item) => item.programme === programme);
  const nowhere = { programme, entities: null, unplaced: false } as const;
  if (reach.everything) return [{ ...nowhere, secrecy: "any" }];

  const queue = { programme, entities: null, unplaced: true } as const;
  const everyOpen = reach.all.includes(programme);
  const places: CasePlace[] = everyOpen ? [{ ...nowhere, secrecy: "open" }] : [];
  const handled = new Set(here(reach.confidentialEntities).map(({ code }) => code));
  const open = new Set([
    ...here(reach.entities).map(({ code }) => code),
    ...here(reach.subtreeOf).flatMap(({ code }) => subtree(code, tree)),
  ]);
  const entities = (codes: readonly string[], secrecy: CasePlace["secrecy"]): void => {
    if (codes.length > 0) places.push({ programme, entities: codes, unplaced: false, secrecy });
  };
  if (everyOpen) entities([...handled], "confidential");
  else {
    entities(
      [...open].filter((code) => handled.has(code)),
      "any",
    );
    entities(
      [...open].filter((code) => !handled.has(code)),
      "open",
    );
    entities(
      [...handled].filter((code) => !open.has(code)),
      "confidential",
    );
    for (const { code } of here(reach.sectorsTriage)) places.push({ ...queue, sector: code, secrecy: "open" });
  }
  for (const { code } of here(reach.confidentialTriage))
    places.push({ ...queue, sector: code, secrecy: "confidential" });
  if (reach.confidentialUnplaced.includes(programme)) places.push({ ...queue, sector: null, secrecy: "confidential" });
  return places;
}

/** Where what the positions of a reach asked for lies: anywhere in their programmes. */
export function requestedPlaces({ requestedBy }: CaseReach, programmes: Iterable<string>): CasePlace[] {
  return [...programmes].flatMap((programme): CasePlace[] => {
    const ids = requestedBy.filter((one) => one.programme === programme).map(({ id }) => id);
    return ids.length === 0 ? [] : [{ programme, entities: null, unplaced: false, secrecy: "open", requestedBy: ids }];
  });
}

/** @param trees the entities of every programme that may be looked into */
export function casePlaces(reach: CaseReach, trees: ReadonlyMap<string, EntityTree>): CasePlace[] {
  return [...trees].flatMap(([programme, tree]) => placesOfProgramme(programme, reach, tree));
}

function narrowedSecrecy(
  secrecy: CasePlace["secrecy"],
  confidential: boolean | undefined,
): CasePlace["secrecy"] | null {
  if (confidential === undefined) return secrecy;
  const wanted = confidential ? "confidential" : "open";
  return secrecy === "any" || secrecy === wanted ? wanted : null;
}

/** What lies in one of these entities. */
function withinEntities(place: CasePlace, codes: readonly string[]): CasePlace[] {
  const entities = place.unplaced ? [] : codes.filter((code) => place.entities?.includes(code) ?? true);
  return entities.length === 0 ? [] : [{ ...place, entities }];
}

/** What of these places a filter leaves; places in which nothing can be found are gone. @param trees as for the places */
export function narrowPlaces(
  places: readonly CasePlace[],
  filter: PlaceFilter,
  trees: ReadonlyMap<string, EntityTree>,
): CasePlace[] {
  const { under } = filter;
  const below = (place: CasePlace): CasePlace[] =>
    under === undefined ? [place] : withinEntities(place, subtree(under, trees.get(place.programme) ?? new Map()));
  return places.flatMap(below).flatMap((place) => {
    const secrecy = narrowedSecrecy(place.secrecy, filter.confidential);
    if (secrecy === null || (filter.programme !== undefined && filter.programme !== place.programme)) return [];
    const { entity } = filter;
    if (entity !== undefined)
      return filter.unplaced === true ? [] : withinEntities({ ...place, secrecy }, entity.split(","));
    if (filter.unplaced === true) return place.entities === null ? [{ ...place, secrecy, unplaced: true }] : [];
    return [{ ...place, secrecy }];
  });
}
