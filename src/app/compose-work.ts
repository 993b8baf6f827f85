/** The part of the composition that does long work beside the daily one: bulk acts, files of cases, replays. */

import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Logger } from "pino";
import type { MigrationView } from "../engine/lifecycle/views/migration-views.js";
import { type BulkService, createBulkService } from "../features/cases/bulk/bulk-service.js";
import type { CaseParts } from "../features/cases/case-parts.js";
import { type ExportFolder, exportFolder } from "../features/cases/export/export-folder.js";
import { createExportService, type ExportService } from "../features/cases/export/export-service.js";
import { createMigrationService, type MigrationService } from "../features/cases/migration/migration-service.js";
import { createCaseMoveLane } from "../features/cases/migration/run-case-move.js";
import { createTrialService, type TrialService } from "../features/cases/trial/trial-service.js";
import { takeUpCaseMoves } from "../features/policy/change-sets/case-move-store.js";
import { createReplayService, type ReplayService } from "../features/policy/replay/replay-service.js";
import type { ReplayParts } from "../features/policy/replay/run-replay.js";
import type { ClocksApart } from "../platform/clocks-apart.js";
import { newId, unguessable } from "../platform/unguessable.js";

export interface Work {
  readonly bulk: BulkService;
  readonly exports: ExportService;
  readonly replays: ReplayService;
  /** `migrate`: starts a run and stays with it to its end. */
  readonly workflows: MigrationService & {
    migrate(a: Parameters<MigrationService["start"]>[0]): Promise<MigrationView>;
  };
  readonly trial: TrialService;
  /** Cases of entities that a change-set retired. */
  readonly caseMoves: { kick(): void; settled(): Promise<void> };
  /** Takes up what was interrupted, and waits a while for it. */
  resume(): Promise<{ resumed: true }>;
  /** Removes old files and forgets old runs. */
  tidy(now: Date): Promise<{ exportFiles: number; bulkRuns: number; replays: number }>;
  /** Lets what is done at this moment end; the rest is for another instance, or the next start. */
  stop(): Promise<void>;
}

export function composeWork(
  parts: {
    readonly log: Logger;
    readonly now: () => Date;
    readonly exportsFolder?: string | ExportFolder | undefined;
    readonly clock?: { apart(): ClocksApart | null } | undefined;
  },
  d: CaseParts & Pick<ReplayParts, "versionOf"> & { readonly programmes: () => Promise<readonly string[]> },
): Work {
  const { log, now } = parts;
  // Whatever lots a simulation draws, nobody may guess the number of a file.
  const laned = { ...d, log, now, instance: newId(unguessable), may: () => (parts.clock?.apart() ?? null) === null };
  const { exportsFolder = join(tmpdir(), "diwan-exports") } = parts;
  const folder = typeof exportsFolder === "string" ? exportFolder(exportsFolder) : exportsFolder;
  const bulk = createBulkService(laned);
  const exports = createExportService({ ...laned, folder, random: unguessable });
  const replays = createReplayService({ ...laned, random: unguessable });
  const migrations = createMigrationService(laned);
  const caseMoves = createCaseMoveLane(laned);
  return {
    bulk,
    exports,
    replays,
    workflows: {
      ...migrations,
      async migrate(a) {
        const started = await migrations.start(a);
        await migrations.lane.settled();
        return (await migrations.one(started.id)) ?? started;
      },
    },
    trial: createTrialService(d),
    caseMoves,
    async resume() {
      if (!laned.may()) return { resumed: true };
      bulk.resume();
      exports.resume();
      replays.resume();
      migrations.resume();
      await takeUpCaseMoves(d.db, laned.now());
      caseMoves.kick();
      return { resumed: true };
    },
    tidy: async (at) => ({
      exportFiles: await exports.sweep(at),
      bulkRuns: await bulk.forgetOld(at),
      replays: await replays.forgetOld(at),
    }),
    async stop() {
      const lanes = [bulk.lane, exports.lane, replays.lane, migrations.lane, caseMoves];
      await Promise.all(lanes.map((lane) => lane.stop()));
    },
  };
}
