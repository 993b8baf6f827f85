/** Single-use links to choose a password. The token that opens one is in no table: see accounts/account-keys.ts. */
import type { Transaction } from "sequelize";
import sql from "sql-template-tag";
import type { Language } from "../../../engine/text/text.js";
import { type Database, query } from "../../../platform/db/query.js";

export type LinkKind = "invitation" | "reset";

export interface NewLink {
  readonly userId: number;
  readonly purpose: LinkKind;
  /** Whether links that were sent before work no more. */
  readonly replaces: boolean;
  readonly nonce: Buffer;
  /** Label of the key that its token is made with. */
  readonly key: string;
  readonly now: Date;
  readonly expiresAt: Date;
}

/** Open links of an account work no more. */
export async function voidLinks(
  db: Database,
  a: { userId: number; now: Date },
  transaction: Transaction,
): Promise<void> {
  const statement = sql`update account_links set voided_at = ${a.now}
    where user_id = ${a.userId} and used_at is null and voided_at is null`;
  await query(db, statement, transaction);
}

/** A new link. Lock the account first. */
export async function insertLink(db: Database, link: NewLink, transaction: Transaction): Promise<number> {
  const { userId, purpose, nonce, key, now, expiresAt } = link;
  if (link.replaces) await voidLinks(db, { userId, now }, transaction);
  const statement = sql`insert into account_links (user_id, purpose, nonce, created_at, expires_at, key)
    values (${userId}, ${purpose}, ${nonce}, ${now}, ${expiresAt}, ${key}) returning id`;
  const [row] = await query<{ id: number }>(db, statement, transaction);
  if (row === undefined) throw new Error("a link was not written");
  return row.id;
}

export interface UsableLink {
  readonly id: number;
  readonly nonce: Buffer;
  readonly purpose: LinkKind;
  readonly userId: number;
  readonly name: string;
  readonly email: string;
  readonly language: Language;
}

/** A link that works at `now`; whoever asks has to show its token. */
export async function usableLink(db: Database, a: { id: number; now: Date }): Promise<UsableLink | null> {
  const statement = sql`select l.id, l.nonce, l.purpose, u.id as "userId", u.name, u.email, u.language
    from account_links l join users u on u.id = l.user_id
    where l.id = ${a.id} and l.used_at is null and l.voided_at is null and l.expires_at > ${a.now}
      and u.disabled_at is null`;
  return (await query<UsableLink>(db, statement))[0] ?? null;
}

/** How many links of an account were sent since a moment and work at `now`. Lock the account first. */
export async function openLinks(
  db: Database,
  a: { userId: number; since: Date; now: Date },
  transaction: Transaction,
): Promise<number> {
  const statement = sql`select count(*)::integer as n from account_links
    where user_id = ${a.userId} and created_at > ${a.since} and used_at is null and voided_at is null
      and expires_at > ${a.now}`;
  return (await query<{ n: number }>(db, statement, transaction))[0]?.n ?? 0;
}

/** Uses it up; false when somebody was quicker, or it works no more. */
export async function markLinkUsed(
  db: Database,
  a: { id: number; now: Date },
  transaction: Transaction,
): Promise<boolean> {
  const statement = sql`update account_links l set used_at = ${a.now} from users u
    where l.id = ${a.id} and u.id = l.user_id and u.disabled_at is null
      and l.used_at is null and l.voided_at is null and l.expires_at > ${a.now} returning l.id`;
  return (await query(db, statement, transaction)).length === 1;
}

/** Removes links that ran out before `before`; how many. */
export async function forgetLinks(db: Database, before: Date): Promise<number> {
  const statement = sql`with gone as (delete from account_links where expires_at < ${before} returning id)
    select count(*)::integer as gone from gone`;
  return (await query<{ gone: number }>(db, statement))[0]?.gone ?? 0;
}
