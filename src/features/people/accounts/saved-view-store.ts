/** Views that officials keep: nobody reads or changes another's. */
import { type Database, query, type Statement } from "../../../platform/db/query.js";

export interface SavedViewRow {
  readonly id: number;
  readonly screen: string;
  readonly name: string;
  readonly query: string;
}

const list: Statement = {
  name: "saved-views",
  text: "select id, screen, name, query from saved_views where user_id = $1 order by created_at, id",
};
/** $1 user, $2 screen, $3 name, $4 query, $5 now, $6 how many there may be. A name that is taken gets the new address. */
const save: Statement = {
  name: "save-view",
  text: `insert into saved_views (user_id, screen, name, query, created_at)
    select $1, $2, $3, $4, $5 where (select count(*) from saved_views where user_id = $1) < $6
      or exists (select from saved_views where user_id = $1 and screen = $2 and name = $3)
    on conflict (user_id, screen, name) do update set query = $4 returning id`,
};
const rename: Statement = {
  name: "rename-view",
  text: "update saved_views set name = $3 where id = $2 and user_id = $1 returning id",
};
const remove: Statement = {
  name: "remove-view",
  text: "delete from saved_views where id = $2 and user_id = $1 returning id",
};

export const viewsOf = (db: Database, userId: number): Promise<SavedViewRow[]> => query(db, list, [userId]);

/** False when there are as many as there may be. */
export async function saveView(
  db: Database,
  a: { userId: number; screen: string; name: string; query: string; now: Date; most: number },
): Promise<boolean> {
  return (await query(db, save, [a.userId, a.screen, a.name, a.query, a.now, a.most])).length > 0;
}

/** False when this person has none of that number. */
export async function renameView(db: Database, a: { userId: number; id: number; name: string }): Promise<boolean> {
  return (await query(db, rename, [a.userId, a.id, a.name])).length > 0;
}

/** False when this person has none of that number. */
export async function removeView(db: Database, a: { userId: number; id: number }): Promise<boolean> {
  return (await query(db, remove, [a.userId, a.id])).length > 0;
}
