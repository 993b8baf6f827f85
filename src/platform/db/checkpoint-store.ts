/** Where a long job stands, so that it goes on (or starts anew) after a kill. */
import { type Database, query } from "./query.js";

/** The last position that was written, or null. */
export async function readCheckpoint(db: Database, name: string): Promise<unknown> {
  const rows = await query<{ position: unknown }>(
    db,
    { name: "read-checkpoint", text: "select position from checkpoints where name = $1" },
    [name],
  );
  return rows[0]?.position ?? null;
}

export async function writeCheckpoint(db: Database, name: string, position: unknown, at: Date): Promise<void> {
  const text = `insert into checkpoints (name, position, updated_at) values ($1, $2::jsonb, $3)
    on conflict (name) do update set position = excluded.position, updated_at = excluded.updated_at`;
  await query(db, { name: "write-checkpoint", text }, [name, JSON.stringify(position), at]);
}

/**
 * Writes the position unless another run is at it: one whose position says `{"state": "running"}` and that was written not
 * before `staleBefore`. False: somebody else is at it.
 */
export async function claimCheckpoint(
  db: Database,
  a: { name: string; position: object; at: Date; staleBefore: Date },
): Promise<boolean> {
  const text = `insert into checkpoints (name, position, updated_at) values ($1, $2::jsonb, $3)
    on conflict (name) do update set position = excluded.position, updated_at = excluded.updated_at
    where checkpoints.position->>'state' is distinct from 'running' or checkpoints.updated_at < $4 returning name`;
  const values = [a.name, JSON.stringify(a.position), a.at, a.staleBefore];
  return (await query(db, { name: "claim-checkpoint", text }, values)).length > 0;
}

/** With when it was written; null when there is none. */
export async function datedCheckpoint(db: Database, name: string): Promise<{ position: unknown; at: Date } | null> {
  const text = "select position, updated_at as at from checkpoints where name = $1";
  return (await query<{ position: unknown; at: Date }>(db, { name: "dated-checkpoint", text }, [name]))[0] ?? null;
}
