/** The tree of entities with what the operation room wants to see of each: seats, open cases, what is missing. */

import sql from "sql-template-tag";
import { type Actor, can, caseReach } from "../../../engine/access/permissions.js";
import type { JoiningState, Seat, Setup } from "../../../engine/setup/setup.js";
import { incumbent } from "../../../engine/setup/setup-references.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { type Database, query } from "../../../platform/db/query.js";
import { type EntityTrouble, troublesOfEntities } from "../../setup/find-warnings.js";
import { refusals } from "../../setup/setup-refusals.js";
import { applicantCases, casesWithin } from "../case-scope.js";

export interface EntityNode {
  readonly id: number;
  readonly code: string;
  readonly name: Bilingual;
  readonly parent: string | null;
  readonly sector: string;
  readonly sectorName: Bilingual;
  readonly joining: JoiningState;
  readonly retired: boolean;
  readonly seats: number;
  /** Titles of the seats nobody sits on now. */
  readonly emptySeats: readonly Bilingual[];
  /** Open cases of this very entity, as far as the viewer may read them. */
  readonly openCases: number;
  readonly troubles: readonly EntityTrouble[];
}

export interface EntityTree {
  readonly programme: string;
  /** Whether the viewer may add and move. */
  readonly editable: boolean;
  /** In the order of the lists; each stands under the one whose code is its `parent`. */
  readonly entities: readonly EntityNode[];
}

/** Problems: forbidden (no `configuration.read` there), not-found. */
export type ReadEntityTree = (a: {
  readonly programme: string;
  readonly actor: Actor;
  readonly now: Date;
}) => Promise<EntityTree>;

export interface EntityTreeParts {
  readonly db: Database;
  readonly setupOf: (programme: string) => Promise<Setup>;
}

interface CountRow {
  readonly id: number;
  readonly code: string;
  readonly open: number;
}

async function countsOf(db: Database, programme: string, actor: Actor): Promise<ReadonlyMap<string, CountRow>> {
  const statement = sql`select e.id, e.code, coalesce(o.open, 0) as open from entities e left join (
        select c.entity, count(*)::int as open from cases c
        where c.programme = ${programme} and c.entity is not null and c.state_kind in ('open', 'waiting') and ${applicantCases}
          and ${casesWithin(caseReach(actor))}
        group by c.entity) o on o.entity = e.code
      where e.programme = ${programme}`;
  const rows = await query<CountRow>(db, statement);
  return new Map(rows.map((row) => [row.code, row]));
}

export function createEntityTree({ db, setupOf }: EntityTreeParts): ReadEntityTree {
  return async ({ programme, actor, now }) => {
    if (!can(actor, "configuration.read", { programme })) throw refusals.mayNotRead(programme);
    const setup = await setupOf(programme);
    const counts = await countsOf(db, programme, actor);
    const troubles = troublesOfEntities(setup, now);
    const seatsOf = new Map<string, Seat[]>();
    for (const seat of setup.seats) {
      if (seat.entity !== null) seatsOf.set(seat.entity, [...(seatsOf.get(seat.entity) ?? []), seat]);
    }
    const entities = [...setup.entities.values()].flatMap((entity): EntityNode[] => {
      const { code, name, parent, sector, joining, retired } = entity;
      const counted = counts.get(code);
      // Added between the two reads: the next look has it.
      if (counted === undefined) return [];
      const seats = seatsOf.get(code) ?? [];
      return [
        {
          id: counted.id,
          code,
          name,
          parent,
          sector,
          sectorName: setup.sectors.get(sector)?.name ?? { en: sector, ar: sector },
          joining,
          retired,
          seats: seats.length,
          emptySeats: seats.filter((seat) => incumbent(seat, now) === null).map(({ title }) => title),
          openCases: counted.open,
          troubles: troubles.get(code) ?? [],
        },
      ];
    });
    return { programme, editable: can(actor, "setup.edit", { programme }), entities };
  };
}
