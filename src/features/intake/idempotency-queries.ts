/** Stored answers to retries. */
import sql from "sql-template-tag";
import { type Database, query } from "../../platform/db/query.js";

export interface IdempotentAnswer {
  readonly requestHash: Buffer;
  readonly answer: unknown;
  readonly lockedCode: Buffer;
}

/** What was answered to this key of this channel before; null when it is new. Our own pages have no channel's key. */
export async function idempotentAnswer(
  db: Database,
  channelKeyId: number | null,
  keyHash: Buffer,
): Promise<IdempotentAnswer | null> {
  const statement = sql`select request_hash as "requestHash", answer, locked_code as "lockedCode"
    from idempotency_keys
    where coalesce(channel_key_id, 0) = coalesce(${channelKeyId}::integer, 0) and key_hash = ${keyHash}`;
  return (await query<IdempotentAnswer>(db, statement))[0] ?? null;
}

/** Forgets answers given before a moment; how many. */
export async function forgetOldKeys(db: Database, before: Date): Promise<{ forgotten: number }> {
  const statement = sql`with gone as (delete from idempotency_keys where created_at < ${before} returning 1)
    select count(*)::integer as forgotten from gone`;
  return (await query<{ forgotten: number }>(db, statement))[0] ?? { forgotten: 0 };
}
