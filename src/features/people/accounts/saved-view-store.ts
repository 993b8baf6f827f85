/** Views that officials keep: nobody reads or changes another's. */
import sql from "sql-template-tag";
import { type Database, query } from "../../../platform/db/query.js";

export interface SavedViewRow {
  readonly id: number;
  readonly screen: string;
  readonly name: string;
  readonly query: string;
}

export const viewsOf = (db: Database, userId: number): Promise<SavedViewRow[]> =>
  query(db, sql`select id, screen, name, query from saved_views where user_id = ${userId} order by created_at, id`);

/** False when there are as many as there may be. */
export async function saveView(
  db: Database,
  a: { userId: number; screen: string; name: string; query: string; now: Date; most: number },
): Promise<boolean> {
  // A name that is taken gets the new address.
  const statement = sql`insert into saved_views (user_id, screen, name, query, created_at)
    select ${a.userId}, ${a.screen}, ${a.name}, ${a.query}, ${a.now}
      where (select count(*) from saved_views where user_id = ${a.userId}) < ${a.most}
      or exists (select from saved_views where user_id = ${a.userId} and screen = ${a.screen} and name = ${a.name})
    on conflict (user_id, screen, name) do update set query = ${a.query} returning id`;
  return (await query(db, statement)).length > 0;
}

/** False when this person has none of that number. */
export async function renameView(db: Database, a: { userId: number; id: number; name: string }): Promise<boolean> {
  const statement = sql`update saved_views set name = ${a.name} where id = ${a.id} and user_id = ${a.userId}
    returning id`;
  return (await query(db, statement)).length > 0;
}

/** False when this person has none of that number. */
export async function removeView(db: Database, a: { userId: number; id: number }): Promise<boolean> {
  const statement = sql`delete from saved_views where id = ${a.id} and user_id = ${a.userId} returning id`;
  return (await query(db, statement)).length > 0;
}
