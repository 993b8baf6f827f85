/** Open cases and the versions of their workflow, as the operation room meets them: looked at, previewed, moved, watched. */

import { type Actor, can } from "../../../engine/access/permissions.js";
import type {
  MigrationPreview,
  MigrationView,
  WorkflowStanding,
} from "../../../engine/lifecycle/views/migration-views.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { inLanguage, type Language, perLanguage } from "../../../engine/text/text.js";
import type { StateMap } from "../../../engine/workflow/state-map.js";
import { appendAudit } from "../../../platform/audit/audit-store.js";
import { inTransaction } from "../../../platform/db/transaction.js";
import { createLane, type Lane, runIdForm } from "../../../platform/jobs/work-lane.js";
import { accountTouchedBy } from "../../people/accounts/account-touch-queries.js";
import type { CaseParts } from "../case-parts.js";
import { refuseWhileHeld } from "../deadlines/refuse-while-held.js";
import {
  cancelMigration,
  casesByState,
  confirmMigration,
  insertMigration,
  migrationOfId,
  migrationsOf,
  type StoredMigration,
} from "./migration-store.js";
import { type MigrationTarget, previewMigration } from "./plan-migration.js";
import { type MigrationParts, runMigration } from "./run-migration.js";

export interface WorkflowAsked {
  readonly actor: Actor;
  readonly programme: string;
  /** The workflow's code. */
  readonly name: string;
}

/** The same words whether there is none or it is not for the asker. */
function requireWorkflowReader({ actor, programme }: WorkflowAsked): void {
  if (can(actor, "configuration.read", { programme })) return;
  throw noSuchWorkflow();
}

const noSuchWorkflow = (): Problem =>
  new Problem("not-found", msg("cases-migration.migrationService.workflowNotFound"));

/** Problem not-found. */
async function workflowStanding(
  { db, policies }: Pick<CaseParts, "db" | "policies">,
  asked: WorkflowAsked,
): Promise<WorkflowStanding> {
  requireWorkflowReader(asked);
  const { setup } = await policies.fresh(asked.programme);
  const published = setup.workflows.get(asked.name);
  const standing = await casesByState(db, asked);
  const pinned = await policies.pin(standing.map(({ versionId }) => ({ workflow: { versionId }, clocks: [] })));
  return {
    standing: standing.map((one) => ({
      ...one,
      name: pinned.workflowOf(one.versionId).states[one.state]?.name ?? { en: one.state, ar: one.state },
    })),
    types: [...setup.types.values()].filter(({ workflow }) => workflow === asked.name).map(({ code }) => code),
    inForce: published === undefined ? null : { versionId: published.versionId, version: published.version },
  };
}

export interface MigrationAsked extends WorkflowAsked {
  readonly now: Date;
  readonly map: StateMap;
}

export interface MigrationService {
  /** Problem not-found. */
  standing(a: WorkflowAsked): Promise<WorkflowStanding>;
  /** Changes nothing. Problems: not-found, forbidden. */
  preview(a: MigrationAsked): Promise<MigrationPreview>;
  /**
   * Starts a run under the number `id`, which the asker made up: sent twice, it is one run. `versionId`: the version that
   * was previewed. Problems: not-found, forbidden, invalid-input (no reason; at `/map/STATE`), conflict (another version is
   * in force by now), not-now (another run is not over, or there is nothing to move).
   */
  start(a: MigrationAsked & { id: string; versionId: number; reason: string }): Promise<MigrationView>;
  /** Newest first. Problem not-found. */
  runs(a: WorkflowAsked): Promise<readonly MigrationView[]>;
  /**
   * A colleague of who asked lets it begin, where a second person publishes. Problems: not-found, forbidden (they asked
   * themselves, or who asked had their account in hand since), conflict (another version is in force by now), not-now.
   */
  confirm(a: { actor: Actor; id: string; now: Date }): Promise<MigrationView>;
  /** What was moved stays moved. Problems: not-found, forbidden, not-now (it is over). */
  cancel(a: { actor: Actor; id: string; now: Date }): Promise<MigrationView>;
  /** How far a run is; null: there is none. For whoever started it. */
  one(id: string): Promise<MigrationView | null>;
  /** Takes up what nobody is at. */
  resume(): void;
  readonly lane: Lane;
}

const maxListed = 10;

const viewOf = (run: StoredMigration, reader: Actor | null): MigrationView => ({
  id: run.id,
  version: run.toVersion,
  reason: run.reason,
  by: run.by,
  confirmedBy: run.confirmedBy,
  mayConfirm:
    run.state === "asked" &&
    reader?.kind === "user" &&
    reader.userId !== run.userId &&
    can(reader, "configuration.publish", { programme: run.programme }),
  state: run.state,
  failure: run.failure,
  total: run.total,
  moved: run.moved,
  stayed: run.stayed,
  createdAt: run.createdAt,
  finishedAt: run.finishedAt,
});

function requireMover(actor: Actor, programme: string): void {
  if (can(actor, "configuration.publish", { programme })) return;
  throw new Problem("forbidden", msg("cases-migration.migrationService.onlyTheOperationRoomOf", { programme }));
}

const notNow = (detail: Bilingual): Problem => new Problem("not-now", detail);

export function createMigrationService(parts: MigrationParts): MigrationService {
  const lane = createLane(parts, "workflow_migrations", (turn) => runMigration(parts, turn));
  const setupOf = async (programme: string) => (await parts.policies.fresh(programme)).setup;

  async function targetFor(a: WorkflowAsked): Promise<MigrationTarget> {
    // The system reads no configuration, and may publish: whoever works at the machine moves cases, too.
    if (a.actor.kind !== "system") requireWorkflowReader(a);
    requireMover(a.actor, a.programme);
    const published = (await setupOf(a.programme)).workflows.get(a.name);
    if (published === undefined) throw noSuchWorkflow();
    return published;
  }

  async function known(actor: Actor, id: string): Promise<StoredMigration> {
    const run = runIdForm.test(id) ? await migrationOfId(parts.db, id) : null;
    if (run === null || !can(actor, "configuration.read", { programme: run.programme })) throw noSuchWorkflow();
    return run;
  }

  return {
    standing: (a) => workflowStanding(parts, a),
    async preview(a) {
      return previewMigration(parts, a, await targetFor(a));
    },
    async start(a) {
      const target = await targetFor(a);
      if (!runIdForm.test(a.id)) throw noSuchWorkflow();
      const before = await migrationOfId(parts.db, a.id);
      if (before !== null) {
        if (before.programme === a.programme && before.workflow === a.name) return viewOf(before, a.actor);
        throw noSuchWorkflow();
      }
      const reason = a.reason.trim();
      if (reason === "") {
        const why = msg("cases-migration.migrationService.why");
        throw new Problem("invalid-input", why, [{ field: "/reason", reason: why }]);
      }
      if (target.versionId !== a.versionId) {
        throw new Problem(
          "conflict",
          msg("cases-migration.migrationService.versionIsInForceBy", { version: target.version }),
        );
      }
      const preview = await previewMigration(parts, a, target);
      if (preview.faults.length > 0) {
        const said = (language: Language) =>
          preview.faults.map((fault) => inLanguage(fault.reason, language)).join(" ");
        throw new Problem("invalid-input", perLanguage(said), preview.faults);
      }
      await refuseWhileHeld(parts.db, [a.programme]);
      if (preview.rows.length === 0) {
        throw notNow(msg("cases-migration.migrationService.noOpenCaseFollowsAnother"));
      }
      const { id, programme, name, map, now, actor } = a;
      const userId = actor.kind === "user" ? actor.userId : null;
      const { secondPerson } = (await setupOf(programme)).programme.settings;
      const state = userId !== null && secondPerson === true ? ("asked" as const) : ("waiting" as const);
      const stored = await inTransaction(parts.db, async (transaction) => {
        const run = { id, programme, workflow: name, toVersionId: target.versionId, map, reason, userId, state };
        const outcome = await insertMigration(parts.db, transaction, { ...run, total: preview.cases }, now);
        if (outcome !== "stored") return outcome;
        await appendAudit(transaction, parts.db, {
          stream: "operation",
          type: "workflow.migration-started",
          actor,
          at: now,
          data: { programme, run: id, workflow: name, version: target.version, map, reason, cases: preview.cases },
        });
        return outcome;
      });
      if (stored === "busy") {
        throw notNow(msg("cases-migration.migrationService.casesOfThisWorkflowAre"));
      }
      lane.kick();
      const run = await migrationOfId(parts.db, id);
      if (run === null) throw noSuchWorkflow();
      return viewOf(run, actor);
    },
    async confirm({ actor, id, now }) {
      const run = await known(actor, id);
      requireMover(actor, run.programme);
      const { programme, workflow, toVersion } = run;
      const { userId } = run;
      if (actor.kind !== "user" || userId === null || actor.userId === userId)
        throw new Problem("forbidden", msg("cases-migration.migrationService.anotherPerson"));
      const target = (await setupOf(programme)).workflows.get(workflow);
      if (target?.versionId !== run.toVersionId)
        throw new Problem(
          "conflict",
          msg("cases-migration.migrationService.askedForAnother", { version: run.toVersion }),
        );
      await refuseWhileHeld(parts.db, [programme]);
      const confirmed = await inTransaction(parts.db, async (transaction) => {
        const touched = { userId: actor.userId, by: [userId], since: run.createdAt };
        const name = await accountTouchedBy(parts.db, touched, transaction);
        if (name !== null) throw new Problem("forbidden", msg("cases-deadlines.recalculationAsks.inHand", { name }));
        if (!(await confirmMigration(parts.db, transaction, { id, by: actor.userId }))) return false;
        await appendAudit(transaction, parts.db, {
          stream: "operation",
          type: "workflow.migration-confirmed",
          actor,
          at: now,
          data: { programme, run: id, workflow, version: toVersion, askedBy: run.by },
        });
        return true;
      });
      if (!confirmed) throw notNow(msg("cases-migration.migrationService.itIsOverAlready"));
      lane.kick();
      return viewOf(await known(actor, id), actor);
    },
    async runs(a) {
      requireWorkflowReader(a);
      const found = await migrationsOf(parts.db, { programme: a.programme, workflow: a.name, limit: maxListed });
      return found.map((run) => viewOf(run, a.actor));
    },
    async cancel({ actor, id, now }) {
      const run = await known(actor, id);
      requireMover(actor, run.programme);
      const { programme, workflow, toVersion } = run;
      const cancelled = await inTransaction(parts.db, async (transaction) => {
        if (!(await cancelMigration(parts.db, transaction, id, now))) return false;
        await appendAudit(transaction, parts.db, {
          stream: "operation",
          type: "workflow.migration-cancelled",
          actor,
          at: now,
          data: { programme, run: id, workflow, version: toVersion },
        });
        return true;
      });
      if (!cancelled) throw notNow(msg("cases-migration.migrationService.itIsOverAlready"));
      return viewOf(await known(actor, id), actor);
    },
    async one(id) {
      const run = await migrationOfId(parts.db, id);
      return run === null ? null : viewOf(run, null);
    },
    resume: () => lane.kick(),
    lane,
  };
}
