/** The queue: pg-boss in a schema of its own. It wakes; what is due is decided by our own columns. */
import PgBoss from "pg-boss";
import sql, { raw } from "sql-template-tag";
import { jobDefinitions } from "../../engine/jobs/job-definitions.js";
import { type ClientClass, isUnavailable } from "./connect.js";
import { type Database, query } from "./query.js";

const queueSchema = "pgboss";

/** What pg-boss hands on to its pool. */
const connectionOf = (url: string, Client: ClientClass | undefined) => ({
  connectionString: url,
  keepAlive: true,
  ...(Client !== undefined && { Client }),
});

/** Makes the queue's tables and a queue a job. Owner only, under the boot lock: two at once would deadlock. */
export async function createQueues(ownerUrl: string, Client?: ClientClass): Promise<void> {
  const boss = new PgBoss({
    ...connectionOf(ownerUrl, Client),
    schema: queueSchema,
    max: 2,
    supervise: false,
    schedule: false,
  });
  boss.on("error", () => undefined);
  await boss.start();
  try {
    const existing = new Set((await boss.getQueues()).map((queue) => queue.name));
    for (const { name, queue } of jobDefinitions)
      if (!existing.has(name)) await boss.createQueue(name, { name, ...queue });
  } finally {
    await boss.stop({ graceful: false, wait: true });
  }
}

/** Whether the running role finds the queue's tables. Errors: only that the database is away. */
export async function isQueueThere(db: Database): Promise<boolean> {
  try {
    return (await query(db, sql`select version from ${raw(queueSchema)}.version`)).length > 0;
  } catch (error) {
    if (isUnavailable(error)) throw error;
    return false;
  }
}

/**
 * The running role's side of the queue: it cannot create or alter anything. Start it with `start()`; one whose start failed
 * cannot be started again.
 */
export function openQueue(
  url: string,
  a: { connections: number; onError: (error: Error) => void; Client?: ClientClass },
): PgBoss {
  const boss = new PgBoss({
    ...connectionOf(url, a.Client),
    schema: queueSchema,
    max: a.connections,
    migrate: false,
    schedule: false,
    maintenanceIntervalSeconds: 60,
    application_name: "diwan-queue",
  });
  boss.on("error", a.onError);
  return boss;
}
