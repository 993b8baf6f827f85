/** Where a long job stands, so that it goes on (or starts anew) after a kill. */
import sql from "sql-template-tag";
import { type Database, query } from "./query.js";

/** The last position that was written, or null. */
export async function readCheckpoint(db: Database, name: string): Promise<unknown> {
  const statement = sql`select position from checkpoints where name = ${name}`;
  const rows = await query<{ position: unknown }>(db, statement);
  return rows[0]?.position ?? null;
}

export async function writeCheckpoint(db: Database, name: string, position: unknown, at: Date): Promise<void> {
  const statement = sql`insert into checkpoints (name, position, updated_at)
    values (${name}, ${JSON.stringify(position)}::jsonb, ${at})
    on conflict (name) do update set position = excluded.position, updated_at = excluded.updated_at`;
  await query(db, statement);
}

/**
 * Writes the position unless another run is at it: one whose position says `{"state": "running"}` and that was written not
 * before `staleBefore`. False: somebody else is at it.
 */
export async function claimCheckpoint(
  db: Database,
  a: { name: string; position: object; at: Date; staleBefore: Date },
): Promise<boolean> {
  const statement = sql`insert into checkpoints (name, position, updated_at)
    values (${a.name}, ${JSON.stringify(a.position)}::jsonb, ${a.at})
    on conflict (name) do update set position = excluded.position, updated_at = excluded.updated_at
    where checkpoints.position->>'state' is distinct from 'running' or checkpoints.updated_at < ${a.staleBefore}
      returning name`;
  return (await query(db, statement)).length > 0;
}

/** With when it was written; null when there is none. */
export async function datedCheckpoint(db: Database, name: string): Promise<{ position: unknown; at: Date } | null> {
  const statement = sql`select position, updated_at as at from checkpoints where name = ${name}`;
  return (await query<{ position: unknown; at: Date }>(db, statement))[0] ?? null;
}
