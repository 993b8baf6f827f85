/** Whether an instance can do its whole work: answer, and see to it that what is due happens. */

import type { Bilingual } from "../engine/text/text.js";
import { type ClocksApart, clockWords } from "./clocks-apart.js";
import { type DatabaseFault, databaseFaults } from "./db/connect.js";
import type { Database } from "./db/query.js";
import { isQueueThere } from "./db/queue.js";

/** The bell rings every five seconds; one that is late by this much does not ring any more. */
const longestSilence = 60_000;

/** One that has much to do does its work all the same. */
const databaseReason = (fault: DatabaseFault | null): string | null =>
  fault === null || fault === "busy" ? null : databaseFaults[fault].short.en;

/**
 * Null when ready, otherwise why not.
 * @param apart what the clocks of the machine and of the database say when they do not agree
 * @param pendingMigrations names of those that this build has and the database has not
 * @param bell when it last rang, or the start while it has not yet; null before the scheduler is started
 * @param fault of the database as of a second ago; left out where nobody watches it
 * Errors are those of a database that is away.
 */
export async function whyNotReady(a: {
  db: Database;
  pendingMigrations: (db: Database) => Promise<readonly string[]>;
  apart: () => ClocksApart | null;
  schedulerTick: () => Date | null;
  now: Date;
  fault?: DatabaseFault | null;
}): Promise<string | Bilingual | null> {
  const reason = databaseReason(a.fault ?? null);
  if (reason !== null) return reason;
  const rung = a.schedulerTick();
  // While it starts the database may be in the middle of its migrations, and there is nothing to ask of it.
  if (rung === null) return "the queue is not started";
  const missing = await a.pendingMigrations(a.db);
  if (missing.length > 0) return `migrations are missing: ${missing.join(", ")}`;
  if (!(await isQueueThere(a.db))) return "the queue is unavailable";
  const apart = a.apart();
  if (apart !== null) return clockWords(apart);
  // One that lies ahead is of a clock that was wrong.
  return Math.abs(a.now.getTime() - rung.getTime()) > longestSilence ? "the scheduler is not running" : null;
}
