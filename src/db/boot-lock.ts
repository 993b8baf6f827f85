/** One starts, the others wait: migrations, queues and seed run under one advisory lock of the database. */
import pg from "pg";

/** Spells "diwan" on a telephone's keys. */
const bootLock = 34926;

/** Runs `work` while no other process does the like on this database. */
export async function withBootLock<T>(ownerUrl: string, work: () => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: "diwan-boot" });
  await client.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [bootLock]);
    return await work();
  } finally {
    await client.end();
  }
}
