/** Entities that ended, each with the one that took its cases over: its past figures are counted with that one's. */
import sql, { type Sql } from "sql-template-tag";
import { civilDate } from "../../engine/calendar/civil-days.js";
import { successor } from "../../engine/lifecycle/successor.js";
import { isLive } from "../../engine/rules/fact-catalogue.js";
import type { Setup } from "../../engine/setup/setup.js";
import type { Database } from "../../platform/db/query.js";
import { successorsIn } from "../policy/change-sets/case-move-store.js";

/** Code of an entity that ended to the code of its successor. */
export type Heirs = ReadonlyMap<string, string>;

/** As of a moment: who ended later had not ended then. An entity whose cases were placed by hand has no successor. */
export async function heirsOf(db: Database, { programme, entities }: Setup, at: Date): Promise<Heirs> {
  const successors = await successorsIn(db, programme.code, at);
  const today = civilDate(at, programme.timeZone);
  const there = { isLive: (code: string) => isLive(entities.get(code), today), successors };
  const found = [...successors.keys()].map((code) => [code, successor(code, there).entity] as const);
  return new Map(found.flatMap(([code, heir]) => (heir === null || heir === code ? [] : [[code, heir]])));
}

/** Those of whom both are among some entities: a part's figures have nobody outside of it. */
export const heirsAmong = (heirs: Heirs, entities: readonly string[] | null): Heirs =>
  entities === null
    ? heirs
    : new Map([...heirs].filter(([code, heir]) => entities.includes(code) && entities.includes(heir)));

/** The entity under which a row is counted. @param entity its column */
export const toldAt = (entity: Sql, heirs: Heirs): Sql =>
  heirs.size === 0
    ? entity
    : sql`coalesce(${JSON.stringify(Object.fromEntries(heirs))}::jsonb ->> ${entity}, ${entity})`;
