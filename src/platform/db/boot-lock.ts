/** One starts, the others wait: migrations, queues and seed run under one advisory lock of the database. */
import pg from "pg";
import { type ClientClass, connectMs } from "./connect.js";

/** Spells "diwan" on a telephone's keys. */
const bootLock = 34926;

/**
 * Runs `work` while no other process does the like on this database. When the connection that holds the lock is lost, the
 * work goes on to its end: each migration is one transaction, and of two that run the same one at once, one fails.
 */
export async function withBootLock<T>(
  ownerUrl: string,
  work: () => Promise<T>,
  Client: ClientClass = pg.Client,
): Promise<T> {
  const client = new Client({
    connectionString: ownerUrl,
    application_name: "diwan-boot",
    keepAlive: true,
    connectionTimeoutMillis: connectMs,
  });
  // Nothing is asked of it while the work goes on: with nobody listening its loss would end the process.
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query("select pg_advisory_lock($1)", [bootLock]);
    return await work();
  } finally {
    await client.end();
  }
}
