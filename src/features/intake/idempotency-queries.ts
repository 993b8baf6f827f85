/** Stored answers to retries. */
import { type Database, query } from "../../platform/db/query.js";

export interface IdempotentAnswer {
  readonly requestHash: Buffer;
  readonly answer: unknown;
  readonly lockedCode: Buffer;
}

const byKey = {
  name: "idempotent-answer",
  text: `select request_hash as "requestHash", answer, locked_code as "lockedCode" from idempotency_keys where coalesce(channel_key_id, 0) = coalesce($1::integer, 0) and key_hash = $2`,
};

/** What was answered to this key of this channel before; null when it is new. Our own pages have no channel's key. */
export async function idempotentAnswer(
  db: Database,
  channelKeyId: number | null,
  keyHash: Buffer,
): Promise<IdempotentAnswer | null> {
  return (await query<IdempotentAnswer>(db, byKey, [channelKeyId, keyHash]))[0] ?? null;
}

/** Forgets answers given before a moment; how many. */
export async function forgetOldKeys(db: Database, before: Date): Promise<{ forgotten: number }> {
  const text =
    "with gone as (delete from idempotency_keys where created_at < $1 returning 1) select count(*)::integer as forgotten from gone";
  return (await query<{ forgotten: number }>(db, { name: "forget-keys", text }, [before]))[0] ?? { forgotten: 0 };
}
