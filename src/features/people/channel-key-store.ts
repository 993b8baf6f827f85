/** Keys of channels. A key is shown once, when it is issued; only its SHA-256 is kept (it has 256 random bits: no salt is needed). */

import { createHash } from "node:crypto";
import sql from "sql-template-tag";
import type { KeyPurpose } from "../../engine/access/key-purposes.js";
import type { Change } from "../../engine/access/permissions.js";
import { isKeylessKind } from "../../engine/setup/channel-kinds.js";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";
import { appendAudit } from "../../platform/audit/audit-store.js";
import { type Database, query } from "../../platform/db/query.js";
import { inTransaction } from "../../platform/db/transaction.js";
import { createModels } from "../setup/tables/create-models.js";

/** A channel's key as it is listed: never the key itself. */
export interface ListedKey {
  readonly id: number;
  readonly channel: string;
  readonly label: string;
  readonly purpose: KeyPurpose;
  readonly createdAt: Date;
  /** Null while it is in use. */
  readonly revokedAt: Date | null;
  /** `YYYY-MM-DD` (UTC); null: never. */
  readonly lastUsedOn: string | null;
}

export interface ChannelKey {
  /** Null: our own public pages, which need no key. */
  readonly id: number | null;
  readonly programme: string;
  readonly channel: string;
}

/** A key that was sent: whose it is and what it opens. */
export interface SentKey extends ChannelKey {
  readonly id: number;
  readonly purpose: KeyPurpose;
}

const digest = (key: string): Buffer => createHash("sha256").update(key).digest();

/**
 * Issues a key for a channel. `key` is the only time it can be read.
 * Problem not-found when the programme has no such channel in use, invalid-input where nothing comes by it from outside.
 */
export async function issueChannelKey(
  db: Database,
  a: {
    programme: string;
    channel: string;
    label: string;
    /** Left out: it sends applications. */
    purpose?: KeyPurpose;
    random: { bytes(n: number): Buffer };
  } & Change,
): Promise<{ id: number; key: string }> {
  const { programme, channel, label, purpose = "applications", by, now } = a;
  const models = createModels(db);
  const key = `dk_${a.random.bytes(32).toString("base64url")}`;
  return inTransaction(db, async (transaction) => {
    const inUse = await models.channels.findOne({ where: { programme, code: channel, retiredAt: null }, transaction });
    if (inUse === null) {
      throw new Problem("not-found", msg("people.channelKeyStore.theProgrammeHasNoChannel", { programme, channel }));
    }
    if (isKeylessKind(String(inUse.get("kind")))) {
      const reason = msg("people.channelKeyStore.keyless", { channel });
      throw new Problem("invalid-input", reason, [{ field: "/channel", reason }]);
    }
    const row = await models.ChannelKey.create(
      { programme, channel, label, purpose, keyHash: digest(key), createdAt: now },
      { transaction },
    );
    const data = { keyId: row.id, programme, channel, label, purpose };
    await appendAudit(transaction, db, { stream: "permissions", type: "key.issued", actor: by, data, at: now });
    return { id: row.id, key };
  });
}

/** Takes a key out of use at once. Problem not-found. */
export async function revokeChannelKey(db: Database, a: { id: number } & Change): Promise<void> {
  const { id, by, now } = a;
  await inTransaction(db, async (transaction) => {
    const row = await createModels(db).ChannelKey.findOne({ where: { id, revokedAt: null }, transaction, lock: true });
    if (row === null) {
      throw new Problem("not-found", msg("people.channelKeyStore.thereIsNoKeyIn", { id: String(id) }));
    }
    await row.update({ revokedAt: now }, { transaction });
    const data = { keyId: id, programme: row.programme, channel: row.channel, label: row.label };
    await appendAudit(transaction, db, { stream: "permissions", type: "key.revoked", actor: by, data, at: now });
  });
}

/** Notes on which day (UTC) a key was last used: one write a key, day and instance, however many applications come. */
export function createKeyUses(db: Database): (a: { id: number; now: Date }) => Promise<void> {
  const noted = new Map<number, string>();
  return async ({ id, now }) => {
    const day = now.toISOString().slice(0, 10);
    if ((noted.get(id) ?? "") >= day) return;
    noted.set(id, day);
    const statement = sql`insert into channel_key_uses (channel_key_id, used_on) values (${id}, ${day})
      on conflict (channel_key_id) do update set used_on = greatest(channel_key_uses.used_on, excluded.used_on)`;
    await query(db, statement).catch((error: unknown) => {
      noted.delete(id);
      throw error;
    });
  };
}

/** All keys of a programme, also revoked ones, the oldest first; what they are is not kept. */
export function keysOfProgramme(db: Database, programme: string): Promise<ListedKey[]> {
  const statement = sql`select k.id, k.channel, k.label, k.purpose, k.created_at as "createdAt", k.revoked_at as "revokedAt", u.used_on::text as "lastUsedOn"
    from channel_keys k left join channel_key_uses u on u.channel_key_id = k.id
    where k.programme = ${programme} order by k.id`;
  return query<ListedKey>(db, statement);
}

/** Null for a number that no key has. */
export async function programmeOfKey(db: Database, id: number): Promise<string | null> {
  const statement = sql`select programme from channel_keys where id = ${id}`;
  return (await query<{ programme: string }>(db, statement))[0]?.programme ?? null;
}

const goodKeys = sql`select k.id, k.programme, k.channel, k.purpose from channel_keys k
    join channels c on c.programme = k.programme and c.code = k.channel
    join programmes p on p.code = k.programme
    where k.revoked_at is null and c.retired_at is null and p.retired_at is null`;

/** Whether a key that was good is so still. */
export async function isKeyGood(db: Database, id: number): Promise<boolean> {
  return (await query(db, sql`${goodKeys} and k.id = ${id}`)).length > 0;
}

/** Whose key it is, or null: unknown, revoked, or of a channel or programme that is out of use. */
export async function channelOfKey(db: Database, key: string): Promise<SentKey | null> {
  if (!/^dk_[\w-]{43}$/.test(key)) return null;
  const [row] = await query<SentKey>(db, sql`${goodKeys} and k.key_hash = ${digest(key)}`);
  return row ?? null;
}
