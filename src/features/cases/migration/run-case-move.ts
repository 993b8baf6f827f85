/**
 * Moves the open cases of an entity that a change-set retired, some a transaction. What was moved is not the entity's any
 * more, so that a kill, a second instance or a case that comes back changes nothing: each is moved once. A case that cannot be
 * moved is named with the reason and keeps none of the others waiting.
 */

import type { Actor } from "../../../engine/access/permissions.js";
import { msg } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { isUnavailable } from "../../../platform/db/connect.js";
import { placedTooLate } from "../../../platform/db/errors.js";
import { keepClaim } from "../../../platform/db/work-claims.js";
import { errorSummary } from "../../../platform/error-summary.js";
import { createLane, type Lane, type Turn } from "../../../platform/jobs/work-lane.js";
import { actorNumbered } from "../../people/user-store.js";
import {
  caseMoveOfId,
  casesLeftBy,
  finishCaseMove,
  noteCasesLeft,
  type StoredCaseMove,
} from "../../policy/change-sets/case-move-store.js";
import { programmesHeld } from "../deadlines/held-sweep-store.js";
import { type CaseMoveParts, moveCases, NotStored, reasonOf, Stopped } from "./move-cases.js";

/** Cases a transaction: their rows are held meanwhile. */
const batchSize = 50;
const housekeeping: Actor = { kind: "system", job: "change-set" };

/** It was approved when it was published: what becomes of whoever published it changes nothing of that. */
const actorOf = async (parts: CaseMoveParts, { userId }: StoredCaseMove): Promise<Actor> =>
  (userId === null ? null : await actorNumbered(parts.db, { userId, now: parts.now() })) ?? housekeeping;

const someLeft = (n: number): Bilingual => msg("cases-migration.runCaseMove.casesThatCouldNotBe", { n });

async function moveAll(parts: CaseMoveParts, turn: Turn): Promise<void> {
  const run = await caseMoveOfId(parts.db, turn.id);
  if (run === null) return;
  /** Cases that are still taken one by one, to find the one that is at fault. */
  let oneByOne = 0;
  for (;;) {
    if (turn.stopping()) return;
    // A move enforces what fell due before it: while the sweep holds it waits, and is taken up again.
    if ((await programmesHeld(parts.db)).includes(run.programme)) return;
    if (!(await keepClaim(parts.db, "case_moves", run.id, { by: turn.by, until: turn.until() }))) return;
    const actor = await actorOf(parts, run);
    const limit = oneByOne > 0 ? 1 : batchSize;
    try {
      const looked = await parts.policies.loaded(() => moveCases(parts, { run, turn, actor, limit }));
      oneByOne = Math.max(0, oneByOne - 1);
      if (looked > 0) continue;
      const { left, any } = await casesLeftBy(parts.db, run.id);
      const failure = any ? someLeft(left) : null;
      return await finishCaseMove(parts.db, { id: run.id, by: turn.by, now: parts.now(), failure });
    } catch (error) {
      if (error instanceof Stopped) return;
      if (isUnavailable(error)) throw error;
      if (error instanceof NotStored) {
        oneByOne -= 1;
        // The entity was retired just now: where the case goes is looked up anew.
        if (placedTooLate(error.cause)) continue;
        parts.log.error({ caseMove: run.id, case: error.caseId, error: errorSummary(error.cause) }, "a case stays");
        const left = [{ caseId: error.caseId, reason: reasonOf(error.cause) }];
        await noteCasesLeft(parts.db, { run: run.id, left, now: parts.now() });
      } else if (oneByOne === 0) oneByOne = batchSize;
      else throw error;
    }
  }
}

/** Ended by an error of ours: housekeeping takes it up again. */
const ours: Bilingual = msg("cases-migration.runCaseMove.ours");

/** One piece of a lane. Errors: the database is away; it is taken up again then. */
async function runCaseMove(parts: CaseMoveParts, turn: Turn): Promise<void> {
  try {
    await moveAll(parts, turn);
  } catch (error) {
    if (isUnavailable(error)) throw error;
    parts.log.error({ caseMove: turn.id, error: errorSummary(error) }, "move of cases failed");
    await finishCaseMove(parts.db, { id: turn.id, by: turn.by, now: parts.now(), failure: ours });
  }
}

export const createCaseMoveLane = (parts: CaseMoveParts): Lane =>
  createLane(parts, "case_moves", (turn) => runCaseMove(parts, turn));
