/** Cases that climbed the ladder to a position: as many as its home counts, by the same rule. */

import { isWithin } from "../../../engine/access/permissions.js";
import type { EscalatedTo } from "../../../engine/measures/digest-asked.js";
import type { Seat, Setup } from "../../../engine/setup/setup.js";
import type { Database } from "../../../platform/db/query.js";
import { climbedTo } from "./digest-queries.js";

/** The level of the ladder that comes to one of these roles; null: none does. */
function levelOf(setup: Setup, roles: readonly string[]): number | null {
  const levels = setup.programme.settings.ladder.filter(({ role }) => roles.includes(role)).map(({ level }) => level);
  return levels.length === 0 ? null : Math.min(...levels);
}

/**
 * Of each entity where somebody holds a position of the ladder, whatever else a letter tells of: open cases there and below that
 * climbed to it, none of them confidential.
 */
export async function escalatedTo(
  db: Database,
  { setup, seats, now }: { setup: Setup; seats: readonly Pick<Seat, "role" | "entity">[]; now: Date },
): Promise<EscalatedTo[]> {
  const programme = setup.programme.code;
  const found: EscalatedTo[] = [];
  for (const top of new Set(seats.flatMap(({ entity }) => entity ?? []))) {
    const roles = seats.filter(({ entity }) => entity === top).map(({ role }) => role);
    const level = levelOf(setup, roles);
    if (level === null) continue;
    const entities = [...setup.entities.keys()].filter((code) => isWithin(code, top, setup.entities));
    const rows = await climbedTo(db, { programme, entities, level, now });
    const sum = (of: "count" | "overdue") => rows.reduce((all, row) => all + row[of], 0);
    const at = rows.flatMap(({ entity, count, overdue }) => {
      const name = setup.entities.get(entity)?.name;
      return name === undefined ? [] : [{ code: entity, name, count, overdue }];
    });
    if (rows.length > 0) found.push({ count: sum("count"), level, under: top, overdue: sum("overdue"), at });
  }
  return found;
}
