/** An act enforces what fell due before it. Many at once would do what the operation room is being asked about. */

import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import type { Database } from "../../../platform/db/query.js";
import { programmesHeld } from "./held-sweep-store.js";

/** Problem not-now where the sweep of one of the programmes holds and was not released. */
export async function refuseWhileHeld(db: Database, programmes: readonly string[]): Promise<void> {
  const held = await programmesHeld(db);
  if (!held.some((programme) => programmes.includes(programme))) return;
  throw new Problem("not-now", msg("cases-deadlines.refuseWhileHeld.theSweepOfDeadlinesHolds"));
}
