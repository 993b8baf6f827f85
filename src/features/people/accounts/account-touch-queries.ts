/** Whose hands an account went through lately, from the record. */
import type { Transaction } from "sequelize";
import sql from "sql-template-tag";
import { type Database, query } from "../../../platform/db/query.js";

/** The name of whoever of them last did something to the account since `since`; null: none of them did. */
export async function accountTouchedBy(
  db: Database,
  a: { userId: number; by: readonly number[]; since: Date },
  transaction: Transaction,
): Promise<string | null> {
  const others = a.by.filter((id) => id !== a.userId);
  if (others.length === 0) return null;
  // Acts on how the account signs in and where it sits. A link that they had sent before counts when it was used since.
  const statement = sql`with mine as (
      select type, at, actor::json as actor, data::json as data from audit_events
      where stream in ('users', 'permissions') and data::json ->> 'userId' = ${String(a.userId)}::text
        and type in ('account.link-sent', 'account.link-used', 'account.second-factor-removed', 'account.second-factor-added',
          'user.password-set', 'user.created', 'user.enabled', 'seat.held', 'seat.extended')),
    theirs as (select * from mine where actor ->> 'kind' = 'user' and (actor ->> 'userId')::integer = any(${others}::integer[]))
    select coalesce(t.actor ->> 'name', '') as name from theirs t
    where t.at >= ${a.since} or (t.type = 'account.link-sent' and exists (
      select 1 from mine u where u.type = 'account.link-used' and u.at >= ${a.since}
        and u.data ->> 'link' = t.data ->> 'link'))
    order by t.at desc limit 1`;
  const rows = await query<{ name: string }>(db, statement, transaction);
  return rows[0]?.name ?? null;
}
