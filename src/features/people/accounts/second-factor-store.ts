/** Second factors: a sealed secret an account, the last code that was taken, recovery codes as hashes. */
import type { Transaction } from "sequelize";
import { type Database, query, type Statement } from "../../../platform/db/query.js";

export interface StoredSecondFactor {
  /** Sealed: see accounts/account-keys.ts. */
  readonly secret: Buffer;
  /** Label of the key that sealed it; null for what was sealed before labels were noted. */
  readonly key: string | null;
  /** Null while it was begun only. */
  readonly confirmedAt: Date | null;
  readonly recoveryCodesLeft: number;
}

const read: Statement = {
  name: "read-second-factor",
  text: `select f.secret, f.key, f.confirmed_at as "confirmedAt",
  (select count(*)::integer from recovery_codes c where c.user_id = f.user_id and c.used_at is null) as "recoveryCodesLeft"
from second_factors f where f.user_id = $1`,
};

/** Null when none was begun. */
export async function readSecondFactor(
  db: Database,
  userId: number,
  transaction?: Transaction,
): Promise<StoredSecondFactor | null> {
  return (await query<StoredSecondFactor>(db, read, [userId], transaction))[0] ?? null;
}

const begin: Statement = {
  name: "begin-second-factor",
  text: `insert into second_factors as f (user_id, secret, created_at, key) values ($1, $2, $3, $4)
on conflict (user_id) do update set secret = excluded.secret, created_at = excluded.created_at, key = excluded.key
  where f.confirmed_at is null
returning user_id`,
};

/** Stores a secret that is not in use yet, in place of one that was begun; false while one is in use. */
export async function beginSecondFactor(
  db: Database,
  a: { userId: number; secret: Buffer; key: string; now: Date },
): Promise<boolean> {
  return (await query(db, begin, [a.userId, a.secret, a.now, a.key])).length === 1;
}

const confirm: Statement = {
  name: "confirm-second-factor",
  text: `update second_factors set confirmed_at = $3, last_step = $4
where user_id = $1 and secret = $2 and confirmed_at is null returning user_id`,
};

/** Puts exactly this begun secret into use; false when it is in use or another was begun. */
export async function confirmSecondFactor(
  db: Database,
  a: { userId: number; secret: Buffer; step: number; now: Date },
  transaction: Transaction,
): Promise<boolean> {
  return (await query(db, confirm, [a.userId, a.secret, a.now, a.step], transaction)).length === 1;
}

const take: Statement = {
  name: "take-totp-step",
  text: `update second_factors set last_step = $2
where user_id = $1 and confirmed_at is not null and (last_step is null or last_step < $2) returning user_id`,
};

/** Takes the code of a time step; false for one that was taken before, or that is older than one that was. */
export async function takeStep(db: Database, a: { userId: number; step: number }): Promise<boolean> {
  return (await query(db, take, [a.userId, a.step])).length === 1;
}

const takeCode: Statement = {
  name: "take-recovery-code",
  text: "update recovery_codes set used_at = $3 where user_id = $1 and code_hash = $2 and used_at is null returning user_id",
};

/** Uses a recovery code up; false when it is wrong or was used. */
export async function takeRecoveryCode(
  db: Database,
  a: { userId: number; codeHash: Buffer; now: Date },
): Promise<boolean> {
  return (await query(db, takeCode, [a.userId, a.codeHash, a.now])).length === 1;
}

const replace: Statement = {
  name: "replace-recovery-codes",
  text: `with gone as (delete from recovery_codes where user_id = $1)
insert into recovery_codes (user_id, code_hash) select $1, h from unnest($2::bytea[]) as h`,
};

/** New recovery codes in place of all old ones. */
export async function replaceRecoveryCodes(
  db: Database,
  a: { userId: number; hashes: readonly Buffer[] },
  transaction: Transaction,
): Promise<void> {
  await query(db, replace, [a.userId, a.hashes], transaction);
}

const remove: Statement = {
  name: "remove-second-factor",
  text: "delete from second_factors where user_id = $1 returning user_id",
};

/** With its recovery codes; false when there was none. */
export async function removeSecondFactor(db: Database, userId: number, transaction: Transaction): Promise<boolean> {
  return (await query(db, remove, [userId], transaction)).length === 1;
}

/** $1 label of the key that writes now. */
const others: Statement = {
  name: "second-factors-of-other-keys",
  text: `select user_id as "userId", secret from second_factors where key is distinct from $1 order by user_id`,
};

/** Secrets that another key sealed, or one that was not noted. */
export function secondFactorsOfOtherKeys(
  db: Database,
  key: string,
): Promise<{ readonly userId: number; readonly secret: Buffer }[]> {
  return query(db, others, [key]);
}

const sealAnew: Statement = {
  name: "seal-second-factor-anew",
  text: "update second_factors set secret = $3, key = $4 where user_id = $1 and secret = $2 returning user_id",
};

/** The same secret under another key; false when it is not there any more as it was read. */
export async function storeSealedAnew(
  db: Database,
  a: { userId: number; before: Buffer; secret: Buffer; key: string },
): Promise<boolean> {
  return (await query(db, sealAnew, [a.userId, a.before, a.secret, a.key])).length === 1;
}
