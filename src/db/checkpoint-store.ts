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
