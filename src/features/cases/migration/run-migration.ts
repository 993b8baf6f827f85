/**
 * Moves open cases to another version of their workflow, some a transaction. How far it has come is noted in the very
 * transaction that moves them: whatever is killed or cancelled in between, each case is moved once or not at all.
 */

import { type Actor, can } from "../../../engine/access/permissions.js";
import { finishOutcome } from "../../../engine/lifecycle/finish-outcome.js";
import { msg } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { isUnavailable } from "../../../platform/db/connect.js";
import { inTransaction } from "../../../platform/db/transaction.js";
import { keepClaim } from "../../../platform/db/work-claims.js";
import { errorSummary } from "../../../platform/error-summary.js";
import type { LaneParts, Turn } from "../../../platform/jobs/work-lane.js";
import { actorNumbered } from "../../people/user-store.js";
import { versionNumbers } from "../../setup/version-queries.js";
import type { CaseParts } from "../case-parts.js";
import { type ChangedCase, updateCases } from "../case-store.js";
import {
  casesToMigrate,
  finishMigration,
  migrationOfId,
  noteMigrated,
  type StoredMigration,
} from "./migration-store.js";
import { type MigrationTarget, migrated } from "./plan-migration.js";

export type MigrationParts = CaseParts & LaneParts;

/** Cases a transaction: their rows are held meanwhile. */
const batchSize = 50;

const noRight: Bilingual = msg("cases-migration.runMigration.noRight");

/** The run is over or somebody else's: what is in hand must not be stored. */
class Stopped extends Error {}

/** The person who asked, with the seats they hold now; null: they may do it no more. */
async function actorFor(parts: MigrationParts, run: StoredMigration): Promise<Actor | null> {
  const actor: Actor | null =
    run.userId === null
      ? { kind: "system", job: "migrate-cases" }
      : await actorNumbered(parts.db, { userId: run.userId, now: parts.now() });
  return actor !== null && can(actor, "configuration.publish", { programme: run.programme }) ? actor : null;
}

async function targetOf(parts: MigrationParts, run: StoredMigration): Promise<MigrationTarget> {
  const pinned = await parts.policies.pin([{ workflow: { versionId: run.toVersionId }, clocks: [] }]);
  return { versionId: run.toVersionId, version: run.toVersion, definition: pinned.workflowOf(run.toVersionId) };
}

/** Moves the next cases; the number of the last one, null when there are none left. */
function moveBatch(
  parts: MigrationParts,
  run: StoredMigration,
  a: { turn: Turn; target: MigrationTarget; actor: Actor; versionOf: ReadonlyMap<number, number>; after: number },
): Promise<number | null> {
  const { turn, target, actor, versionOf, after } = a;
  const { programme, workflow, toVersionId, map, reason } = run;
  const now = parts.now();
  return inTransaction(parts.db, async (transaction) => {
    const wanted = { programme, workflow, toVersionId, after, limit: batchSize };
    const loaded = await casesToMigrate(parts.db, transaction, wanted);
    const last = loaded.at(-1);
    if (last === undefined) return null;
    const pinned = parts.policies.pinned(loaded.map(({ theCase }) => theCase));
    const changes: ChangedCase[] = [];
    for (const { theCase, revision, applicantWays, nextDecision } of loaded) {
      const policy = parts.policies.at(programme, revision);
      const draft = migrated({ theCase, actor, now, reason, map, versionOf }, target, {
        policy,
        pinned,
        enforces: true,
      });
      if (draft === null) continue;
      const outcome = finishOutcome({
        draft,
        before: theCase.clocks,
        workflow: target.definition,
        setup: policy.setup,
        calendarOf: pinned.calendarOf,
        applicantWays,
      });
      changes.push({ outcome, nextDecision });
    }
    await updateCases(parts.db, transaction, changes, parts.messages);
    const told = loaded.filter(({ theCase }) => !theCase.confidential).length;
    const moved = changes.filter(({ outcome }) => !outcome.after.confidential).length;
    const noted = {
      id: run.id,
      by: turn.by,
      moved,
      stayed: told - moved,
      reached: last.theCase.id,
    };
    if (!(await noteMigrated(parts.db, transaction, noted))) throw new Stopped();
    return last.theCase.id;
  });
}

/** Ended by an error of ours: left as it is it would be taken up again each minute, and no other run of its workflow begin. */
const ours: Bilingual = msg("cases-migration.runMigration.ours");

/** One piece of a lane. Errors: the database is away; it is taken up again then, where it was. */
export async function runMigration(parts: MigrationParts, turn: Turn): Promise<void> {
  const { db, log, now } = parts;
  try {
    await moveAll(parts, turn);
  } catch (error) {
    if (isUnavailable(error)) throw error;
    log.error({ migration: turn.id, error: errorSummary(error) }, "migration failed");
    await finishMigration(db, { id: turn.id, by: turn.by, now: now(), failure: ours });
  }
}

async function moveAll(parts: MigrationParts, turn: Turn): Promise<void> {
  const run = await migrationOfId(parts.db, turn.id);
  if (run === null) return;
  const target = await targetOf(parts, run);
  const versionOf = await versionNumbers(parts.db, { programme: run.programme, kind: "workflow", name: run.workflow });
  const finish = (failure: Bilingual | null) =>
    finishMigration(parts.db, { id: run.id, by: turn.by, now: parts.now(), failure });
  for (let after = run.reached; ; ) {
    if (turn.stopping()) return;
    if (!(await keepClaim(parts.db, "workflow_migrations", run.id, { by: turn.by, until: turn.until() }))) return;
    const actor = await actorFor(parts, run);
    if (actor === null) return finish(noRight);
    try {
      const from = after;
      const last = await parts.policies.loaded(() =>
        moveBatch(parts, run, { turn, target, actor, versionOf, after: from }),
      );
      if (last === null) return finish(null);
      after = last;
    } catch (error) {
      if (error instanceof Stopped) return;
      throw error;
    }
  }
}
