/** Second factors: a sealed secret an account, the last code that was taken, recovery codes as hashes. */
import type { Transaction } from "sequelize";
import sql from "sql-template-tag";
import { type Database, query } from "../../../platform/db/query.js";

export interface StoredSecondFactor {
  /** Sealed: see accounts/account-keys.ts. */
  readonly secret: Buffer;
  /** Label of the key that sealed it; null for what was sealed before labels were noted. */
  readonly key: string | null;
  /** Null while it was begun only. */
  readonly confirmedAt: Date | null;
  readonly recoveryCodesLeft: number;
}

/** Null when none was begun. */
export async function readSecondFactor(
  db: Database,
  userId: number,
  transaction?: Transaction,
): Promise<StoredSecondFactor | null> {
  const statement = sql`select f.secret, f.key, f.confirmed_at as "confirmedAt",
      (select count(*)::integer from recovery_codes c where c.user_id = f.user_id and c.used_at is null) as "recoveryCodesLeft"
    from second_factors f where f.user_id = ${userId}`;
  return (await query<StoredSecondFactor>(db, statement, transaction))[0] ?? null;
}

/** Stores a secret that is not in use yet, in place of one that was begun; false while one is in use. */
export async function beginSecondFactor(
  db: Database,
  a: { userId: number; secret: Buffer; key: string; now: Date },
): Promise<boolean> {
  const statement = sql`insert into second_factors as f (user_id, secret, created_at, key)
    values (${a.userId}, ${a.secret}, ${a.now}, ${a.key})
    on conflict (user_id) do update set secret = excluded.secret, created_at = excluded.created_at, key = excluded.key
      where f.confirmed_at is null
    returning user_id`;
  return (await query(db, statement)).length === 1;
}

/** Puts exactly this begun secret into use; false when it is in use or another was begun. */
export async function confirmSecondFactor(
  db: Database,
  a: { userId: number; secret: Buffer; step: number; now: Date },
  transaction: Transaction,
): Promise<boolean> {
  const statement = sql`update second_factors set confirmed_at = ${a.now}, last_step = ${a.step}
    where user_id = ${a.userId} and secret = ${a.secret} and confirmed_at is null returning user_id`;
  return (await query(db, statement, transaction)).length === 1;
}

/** Takes the code of a time step; false for one that was taken before, or that is older than one that was. */
export async function takeStep(db: Database, a: { userId: number; step: number }): Promise<boolean> {
  const statement = sql`update second_factors set last_step = ${a.step}
    where user_id = ${a.userId} and confirmed_at is not null and (last_step is null or last_step < ${a.step})
      returning user_id`;
  return (await query(db, statement)).length === 1;
}

/** Uses a recovery code up; false when it is wrong or was used. */
export async function takeRecoveryCode(
  db: Database,
  a: { userId: number; codeHash: Buffer; now: Date },
): Promise<boolean> {
  const statement = sql`update recovery_codes set used_at = ${a.now}
    where user_id = ${a.userId} and code_hash = ${a.codeHash} and used_at is null returning user_id`;
  return (await query(db, statement)).length === 1;
}

/** New recovery codes in place of all old ones. */
export async function replaceRecoveryCodes(
  db: Database,
  a: { userId: number; hashes: readonly Buffer[] },
  transaction: Transaction,
): Promise<void> {
  const statement = sql`with gone as (delete from recovery_codes where user_id = ${a.userId})
    insert into recovery_codes (user_id, code_hash) select ${a.userId}, h from unnest(${a.hashes}::bytea[]) as h`;
  await query(db, statement, transaction);
}

/** With its recovery codes; false when there was none. */
export async function removeSecondFactor(db: Database, userId: number, transaction: Transaction): Promise<boolean> {
  const statement = sql`delete from second_factors where user_id = ${userId} returning user_id`;
  return (await query(db, statement, transaction)).length === 1;
}

/** Secrets that another key sealed, or one that was not noted. */
export function secondFactorsOfOtherKeys(
  db: Database,
  key: string,
): Promise<{ readonly userId: number; readonly secret: Buffer }[]> {
  const statement = sql`select user_id as "userId", secret from second_factors where key is distinct from ${key}
    order by user_id`;
  return query(db, statement);
}

/** The same secret under another key; false when it is not there any more as it was read. */
export async function storeResealed(
  db: Database,
  a: { userId: number; before: Buffer; secret: Buffer; key: string },
): Promise<boolean> {
  const statement = sql`update second_factors set secret = ${a.secret}, key = ${a.key}
    where user_id = ${a.userId} and secret = ${a.before} returning user_id`;
  return (await query(db, statement)).length === 1;
}
