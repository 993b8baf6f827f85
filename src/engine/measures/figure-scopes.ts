/** Of which cases somebody reads figures: a scope for each of their seats, as the page offers and the address names them. */
import {
  type Actor,
  caseReach,
  type FigureReach,
  figureReach,
  type HeldSeat,
  isWithin,
} from "../access/permissions.js";
import type { RoleCode } from "../access/roles.js";
import type { Setup } from "../setup/setup.js";

export interface FigureScope {
  /** As an address names it within its programme: `own`, `all`, an entity with those below it, `at:ENTITY`, `sector:SECTOR`. */
  readonly id: string;
  /** `own`: what the reader has in hand or answered. */
  readonly kind: FigureReach["kind"] | "own";
  readonly programme: string;
  /** Its entity or sector; null: the programme. */
  readonly code: string | null;
  /** Cases of these entities alone; null: of all. */
  readonly entities: readonly string[] | null;
  /** Only what this person has in hand or answered last; null: anybody's. */
  readonly person: number | null;
  /** Entities of which the reader sees what each of their people has in hand. */
  readonly teams: readonly string[];
  /** Confidential cases count: only where the reader handles those of all these entities. */
  readonly confidential: boolean;
  /** Whether the reader may read the cases that are counted. */
  readonly readsCases: boolean;
  /**
   * Of the entities counted here, those whose cases the reader reads. Small numbers of these are shown; of the others they are hidden:
   * who reads each case one by one learns nothing from a small number, and others could recognise somebody by it.
   */
  readonly readsOf: readonly string[];
  /** Whether the reader may have the figures as a file. */
  readonly exports: boolean;
}

export const scopeIdOf = ({ kind, code }: Pick<FigureReach, "kind" | "code">): string =>
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

/** The roles by which somebody reads figures of a scope; where it comes from no single one, all that they hold in its programme. */
export function rolesOfScope(actor: Actor, scope: Pick<FigureScope, "id" | "programme">): RoleCode[] {
  if (actor.kind !== "user") return [];
  const reaches = (seat: HeldSeat): boolean =>
    figureReach({ ...actor, seats: [seat] }, "kpi.read").some(
      (one) => one.programme === scope.programme && scopeIdOf(one) === scope.id,
    );
  const own = actor.seats.filter(reaches);
  const seats = own.length > 0 ? own : actor.seats.filter(({ programme }) => programme === scope.programme);
  return [...new Set(seats.map(({ role }) => role))];
}

/** Of what somebody handles they see their own part, at all of their entities together. */
function ownScope(actor: Actor, programme: string): FigureScope[] {
  const entities = figureReach(actor, "figures.own").flatMap((one) =>
    one.programme === programme && one.code !== null ? [one.code] : [],
  );
  if (actor.kind !== "user" || entities.length === 0) return [];
  return [
    {
      ...{ id: "own", kind: "own", programme, code: entities.length === 1 ? (entities[0] ?? null) : null, entities },
      ...{ person: actor.userId, teams: [], confidential: true, readsCases: true, readsOf: entities, exports: false },
    },
  ];
}

/** @returns in the order of the seats, the own cases last; none: the actor reads no figures of this programme */
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
  const teams = figureReach(actor, "team.read").flatMap((one) =>
    one.programme === programme && one.code !== null ? [one.code] : [],
  );
  const files = new Set(figureReach(actor, "figures.export").map((one) => JSON.stringify(one)));
  const scopes = figureReach(actor, "kpi.read")
    .filter((one) => one.programme === programme)
    .map((one) => {
      const inside = entitiesOf(one, setup);
      return {
        id: scopeIdOf(one),
        kind: one.kind,
        programme,
        code: one.code,
        entities: inside,
        person: null,
        teams,
        confidential: inside !== null && inside.length > 0 && inside.every((code) => handled.has(code)),
        readsOf: (inside ?? [...setup.entities.keys()]).filter(reads),
        readsCases: inside === null ? readsAll : inside.length > 0 && inside.every(reads),
        exports: files.has(JSON.stringify(one)),
      };
    });
  return [...scopes, ...ownScope(actor, programme)];
}

/**
 * A part of a scope: exactly one of its entities, as a line of its table is.
 * @returns null: it is none of the scope, or the reader does not read the cases there, so that each further table would be of fewer
 */
export function narrowedScope(scope: FigureScope, entity: string, { entities }: Setup): FigureScope | null {
  const isInside = entities.has(entity) && (scope.entities === null || scope.entities.includes(entity));
  if (!isInside || !scope.readsCases || scope.kind === "own") return null;
  return { ...scope, kind: "entity", code: entity, entities: [entity], readsOf: [entity] };
}
