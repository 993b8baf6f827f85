/** Which keys of SESSION_SECRET and SEAL_KEY the database needs, by the labels that are stored with what they made. */
import sql from "sql-template-tag";
import { type Database, query } from "../../platform/db/query.js";

export type MadeByKeys = "seals" | "second-factors" | "links";

export interface KeyNeed {
  readonly what: MadeByKeys;
  /** Null for what was made before labels were noted. */
  readonly key: string | null;
  readonly count: number;
  /** When the last of them runs out; null for what never does. */
  readonly until: Date | null;
}

/** What was made and may still be read at `now`, a key and kind a row. */
export function keyNeeds(db: Database, now: Date): Promise<KeyNeed[]> {
  const statement = sql`select 'seals' as what, key, count(*)::integer as count, null::timestamptz as until from seals
    group by key
    union all
    select 'second-factors', key, count(*)::integer, null from second_factors group by key
    union all
    select 'links', key, count(*)::integer, max(expires_at) from account_links
    where used_at is null and voided_at is null and expires_at > ${now} group by key
    order by what, key`;
  return query<KeyNeed>(db, statement);
}

/** Sealed before labels were noted. */
export function secondFactorsWithoutKey(db: Database): Promise<{ readonly userId: number; readonly secret: Buffer }[]> {
  return query(db, sql`select user_id as "userId", secret from second_factors where key is null order by user_id`);
}

export interface CookieKey {
  readonly key: string;
  /** When an instance first and last noted that it signs cookies with it. */
  readonly firstAt: Date;
  readonly lastAt: Date;
}

export function cookieKeys(db: Database): Promise<CookieKey[]> {
  return query<CookieKey>(
    db,
    sql`select key, first_at as "firstAt", last_at as "lastAt" from cookie_keys order by key`,
  );
}

/** An instance signs cookies with the key of this label at this moment. */
export async function noteCookieKey(db: Database, a: { key: string; now: Date }): Promise<void> {
  const statement = sql`insert into cookie_keys as k (key, first_at, last_at) values (${a.key}, ${a.now}, ${a.now})
    on conflict (key) do update
      set first_at = least(k.first_at, excluded.first_at), last_at = greatest(k.last_at, excluded.last_at)`;
  await query(db, statement);
}
