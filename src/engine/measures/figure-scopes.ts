/** Of which cases somebody reads figures: a scope for each of their seats, as the page offers and the address names them. */
import { type Actor, caseReach, type FigureReach, figureReach, isWithin } from "../access/permissions.js";
import type { Setup } from "../setup/setup.js";

export interface FigureScope {
  /** As an address names it within its programme: `all`, an entity with those below it, `at:ENTITY`, `sector:SECTOR`. */
  readonly id: string;
  readonly kind: FigureReach["kind"];
  readonly programme: string;
  /** Its entity or sector; null: the programme. */
  readonly code: string | null;
  /** Cases of these entities alone; null: of all. */
  readonly entities: readonly string[] | null;
  /** Confidential cases count: only where the reader handles those of all these entities. */
  readonly confidential: boolean;
  /** Whether the reader may read the cases that are counted. */
  readonly readsCases: boolean;
  /**
   * Of the entities counted here, those whose cases the reader reads. Small numbers of these are shown; of the others they are hidden:
   * who reads each case one by one learns nothing from a small number, and whoever does not could recognise somebody by it.
   */
  readonly readsOf: readonly string[];
  /** Whether the reader may have the figures as a file. */
  readonly exports: boolean;
}

const idOf = ({ kind, code }: FigureReach): string =>
  code === null ? "all" : kind === "entity" ? `at:${code}` : kind === "sector" ? `sector:${code}` : code;

function entitiesOf({ kind, code }: FigureReach, setup: Setup): readonly string[] | null {
  if (code === null) return null;
  const all = [...setup.entities.values()];
  if (kind === "entity") return [code];
  const inside =
    kind === "sector"
      ? all.filter(({ sector }) => sector === code)
      : all.filter((one) => isWithin(one.code, code, setup.entities));
  return inside.map((one) => one.code);
}

/** @returns in the order of the seats; none: the actor reads no figures of this programme */
export function figureScopes(actor: Actor, setup: Setup): FigureScope[] {
  const programme = setup.programme.code;
  const reach = caseReach(actor);
  const here = <Item extends { readonly programme: string; readonly code: string }>(items: readonly Item[]) =>
    items.filter((item) => item.programme === programme).map(({ code }) => code);
  const handled = new Set(here(reach.confidentialEntities));
  const [entities, tops] = [new Set(here(reach.entities)), here(reach.subtreeOf)];
  const readsAll = reach.everything || reach.all.includes(programme);
  const reads = (code: string): boolean =>
    readsAll || entities.has(code) || tops.some((top) => isWithin(code, top, setup.entities));
  const files = new Set(figureReach(actor, "figures.export").map((one) => JSON.stringify(one)));
  return figureReach(actor, "kpi.read")
    .filter((one) => one.programme === programme)
    .map((one) => {
      const inside = entitiesOf(one, setup);
      return {
        id: idOf(one),
        kind: one.kind,
        programme,
        code: one.code,
        entities: inside,
        confidential: inside !== null && inside.length > 0 && inside.every((code) => handled.has(code)),
        readsOf: (inside ?? [...setup.entities.keys()]).filter(reads),
        readsCases: inside === null ? readsAll : inside.length > 0 && inside.every(reads),
        exports: files.has(JSON.stringify(one)),
      };
    });
}
