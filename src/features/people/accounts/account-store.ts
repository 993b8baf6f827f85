/** Accounts as signing in sees them: password, second factor demanded and given, the seats of this moment. */
import { verify } from "@node-rs/argon2";
import type { Transaction } from "sequelize";
import sql, { type Sql } from "sql-template-tag";
import type { HeldSeat } from "../../../engine/access/permissions.js";
import { normalEmail } from "../../../engine/text/mail-address.js";
import type { Language } from "../../../engine/text/text.js";
import { type Database, query } from "../../../platform/db/query.js";
import { createModels } from "../../setup/tables/create-models.js";
import { heldSeat } from "../people-queries.js";
import { hashPassword } from "../user-store.js";
import { voidLinks } from "./link-store.js";
import { idleMs, wholeMs } from "./session-store.js";

/** Terms of account `u` that run at a moment, as `h`, with their seats and programmes. */
const seatsHeld = (
  now: Date,
): Sql => sql`seat_holders h join seats s on s.id = h.seat_id join programmes p on p.code = s.programme
    where h.user_id = u.id and h.held_from <= ${now} and (h.held_to is null or ${now}::timestamptz < h.held_to)
      and s.retired_at is null`;

export interface SessionOwner {
  readonly userId: number;
  readonly name: string;
  readonly email: string;
  readonly language: Language;
  readonly epoch: number;
  readonly seats: readonly HeldSeat[];
}

/**
 * Whom a session `o` lets in at a moment. Everything is asked of this one session: joined to it, the accounts would all be gone
 * through, with what each of them holds.
 */
const letIn = (now: Date): Sql => sql`select u.id as "userId", u.name, u.email, u.language, o.epoch, held.seats
    from users u cross join lateral (select coalesce(json_agg(${heldSeat}
          order by s.id), '[]') as seats,
      coalesce(bool_or(p.settings->'secondFactor' ? s.role), false) as demanded from ${seatsHeld(now)}) held
    where u.id = o.user_id and u.disabled_at is null
      and o.epoch = coalesce((select e.epoch from session_epochs e where e.user_id = o.user_id), 0)
      and coalesce(o.seen_at, o.started_at) > ${now}::timestamptz - make_interval(secs => ${idleMs / 1000})
      and o.started_at > ${now}::timestamptz - make_interval(secs => ${wholeMs / 1000})
      and (coalesce((o.sess->>'secondFactor')::boolean, false) or not held.demanded)
    offset 0`;

/** What a browser's session is, and whom it lets in. */
export interface OpenedSession {
  readonly data: unknown;
  /** When it was last noted that it was used. */
  readonly seenAt: Date | null;
  /** As `ownerOfSession`. */
  readonly owner: SessionOwner | null;
}

/** The session of a cookie with its owner at `now`, in one question; null when there is none. */
export async function openedSession(
  db: Database,
  a: { sessionId: string; now: Date; machine: Date },
): Promise<OpenedSession | null> {
  const statement = sql`select o.sess as data, o.seen_at as "seenAt", (select row_to_json(w) from (${letIn(a.now)}) w) as owner
    from sessions o where o.sid = ${a.sessionId} and o.expire >= ${a.machine}`;
  return (await query<OpenedSession>(db, statement))[0] ?? null;
}

/** Whom a session belongs to at `now`, with the seats held then; null once it is over or does not suffice any more. */
export async function ownerOfSession(
  db: Database,
  a: { sessionId: string; userId: number; now: Date },
): Promise<SessionOwner | null> {
  const statement = sql`select w.* from sessions o cross join lateral (${letIn(a.now)}) w
    where o.sid = ${a.sessionId} and o.user_id = ${a.userId}`;
  return (await query<SessionOwner>(db, statement))[0] ?? null;
}

export interface Account {
  readonly userId: number;
  readonly name: string;
  readonly email: string;
  readonly language: Language;
  readonly disabled: boolean;
  /** Argon2id; null: cannot sign in yet. */
  readonly passwordHash: string | null;
  readonly epoch: number;
  readonly secondFactorOn: boolean;
  readonly secondFactorRequired: boolean;
}

/** The account for which `condition` holds of `u`; null when there is none. */
async function accountWhere(db: Database, condition: Sql, now: Date): Promise<Account | null> {
  const statement = sql`select u.id as "userId", u.name, u.email, u.language, u.disabled_at is not null as disabled,
      u.password_hash as "passwordHash", coalesce((select e.epoch from session_epochs e where e.user_id = u.id), 0) as epoch,
      exists (select from ${seatsHeld(now)} and p.settings->'secondFactor' ? s.role) as "secondFactorRequired",
      exists (select from second_factors f where f.user_id = u.id and f.confirmed_at is not null) as "secondFactorOn"
    from users u where ${condition}`;
  return (await query<Account>(db, statement))[0] ?? null;
}

/** Null when there is none. */
export async function accountByEmail(db: Database, a: { email: string; now: Date }): Promise<Account | null> {
  // PostgreSQL stores no such text, so nobody is called so.
  if (a.email.includes("\0")) return null;
  return accountWhere(db, sql`u.email = ${normalEmail(a.email)}`, a.now);
}

/** Null when there is none. */
export async function accountById(db: Database, a: { userId: number; now: Date }): Promise<Account | null> {
  return accountWhere(db, sql`u.id = ${a.userId}`, a.now);
}

// Checked where there is no password to check, so that the answer takes as long as for a wrong one.
let decoy: Promise<string> | null = null;
const longest = 200;

/** Whether an account may come in with this password; it takes as long whatever the reason is why not. */
export async function passwordOpens(account: Account | null, password: string): Promise<boolean> {
  const usable = account !== null && !account.disabled && account.passwordHash !== null;
  decoy ??= hashPassword("nobody signs in with this");
  const matches = await verify(usable ? (account.passwordHash ?? "") : await decoy, password.slice(0, longest));
  return usable && matches && password.length <= longest;
}

/** Stores a hash made by `hashPassword`. Links that were to set another one work no more. */
export async function storePassword(
  db: Database,
  a: { userId: number; passwordHash: string; now: Date },
  transaction: Transaction,
): Promise<void> {
  const { userId: id, passwordHash } = a;
  await createModels(db).User.update({ passwordHash }, { where: { id }, transaction });
  await voidLinks(db, a, transaction);
}

/** An account that is nobody's yet becomes a programme's. */
export async function giveAccount(
  db: Database,
  a: { userId: number; programme: string },
  transaction: Transaction,
): Promise<void> {
  const { userId: id, programme } = a;
  await createModels(db).User.update({ programme }, { where: { id, programme: null }, transaction });
}

/** Whoever changes how an account signs in waits for whoever does so now. */
export async function lockAccount(db: Database, userId: number, transaction: Transaction): Promise<void> {
  await query(db, sql`select id from users where id = ${userId} for update`, transaction);
}

/** Stores the language an account reads and is written to in. */
export async function storeLanguage(
  db: Database,
  a: { userId: number; language: Language },
  transaction: Transaction,
): Promise<void> {
  const { userId: id, language } = a;
  await createModels(db).User.update({ language }, { where: { id }, transaction });
}
