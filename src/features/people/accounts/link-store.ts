/** Single-use links to choose a password. The token that opens one is in no table: see accounts/account-keys.ts. */
import type { Transaction } from "sequelize";
import type { Language } from "../../../engine/text/text.js";
import { type Database, query, type Statement } from "../../../platform/db/query.js";

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

const insert: Statement = {
  name: "insert-link",
  text: `insert into account_links (user_id, purpose, nonce, created_at, expires_at, key) values ($1, $2, $3, $4, $5, $6) returning id`,
};

const voidOpen: Statement = {
  name: "void-links",
  text: "update account_links set voided_at = $2 where user_id = $1 and used_at is null and voided_at is null",
};

/** Open links of an account work no more. */
export async function voidLinks(
  db: Database,
  a: { userId: number; now: Date },
  transaction: Transaction,
): Promise<void> {
  await query(db, voidOpen, [a.userId, a.now], transaction);
}

/** A new link. Lock the account first. */
export async function insertLink(db: Database, link: NewLink, transaction: Transaction): Promise<number> {
  const { userId, purpose, nonce, key, now, expiresAt } = link;
  if (link.replaces) await voidLinks(db, { userId, now }, transaction);
  const [row] = await query<{ id: number }>(db, insert, [userId, purpose, nonce, now, expiresAt, key], transaction);
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

const usable: Statement = {
  name: "usable-link",
  text: `select l.id, l.nonce, l.purpose, u.id as "userId", u.name, u.email, u.language
from account_links l join users u on u.id = l.user_id
where l.id = $1 and l.used_at is null and l.voided_at is null and l.expires_at > $2 and u.disabled_at is null`,
};

/** A link that works at `now`; whoever asks has to show its token. */
export async function usableLink(db: Database, a: { id: number; now: Date }): Promise<UsableLink | null> {
  return (await query<UsableLink>(db, usable, [a.id, a.now]))[0] ?? null;
}

const open: Statement = {
  name: "open-links",
  text: `select count(*)::integer as n from account_links
where user_id = $1 and created_at > $2 and used_at is null and voided_at is null and expires_at > $3`,
};

/** How many links of an account were sent since a moment and work at `now`. Lock the account first. */
export async function openLinks(
  db: Database,
  a: { userId: number; since: Date; now: Date },
  transaction: Transaction,
): Promise<number> {
  return (await query<{ n: number }>(db, open, [a.userId, a.since, a.now], transaction))[0]?.n ?? 0;
}

const use: Statement = {
  name: "use-link",
  text: `update account_links l set used_at = $2 from users u
where l.id = $1 and u.id = l.user_id and u.disabled_at is null
  and l.used_at is null and l.voided_at is null and l.expires_at > $2 returning l.id`,
};

/** Uses it up; false when somebody was quicker, or it works no more. */
export async function markLinkUsed(
  db: Database,
  a: { id: number; now: Date },
  transaction: Transaction,
): Promise<boolean> {
  return (await query(db, use, [a.id, a.now], transaction)).length === 1;
}

const forget: Statement = {
  name: "forget-links",
  text: "with gone as (delete from account_links where expires_at < $1 returning id) select count(*)::integer as gone from gone",
};

/** Removes links that ran out before `before`; how many. */
export async function forgetLinks(db: Database, before: Date): Promise<number> {
  return (await query<{ gone: number }>(db, forget, [before]))[0]?.gone ?? 0;
}
