/**
 * Brings a database to what the files of a folder say, a programme in one transaction: set-up, workflows, calendars, rules.
 * No application sees half of it.
 */

import type { Actor } from "../../engine/access/permissions.js";
import type { ConfigurationFault } from "../../engine/setup/configuration-fault.js";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";
import type { Database } from "../../platform/db/query.js";
import { asFieldFaults } from "../policy/definition-faults.js";
import { publishAsMachine } from "../policy/publication/publish.js";
import type { SetupEdit } from "../setup/edited-rows.js";
import { retirementsOf } from "../setup/setup-changes.js";
import { diffConfiguration, type ProgrammeDifference } from "./diff-configuration.js";
import { seed } from "./seed.js";

export interface ImportConfiguration {
  readonly folder: string;
  /** All that the folder has, if left out. */
  readonly programmes?: readonly string[] | undefined;
  /** Why; it stays with each version. */
  readonly reason: string;
  /** Whether rows that only the database has are retired; else they are left alone. */
  readonly retireMissing: boolean;
  readonly by: Extract<Actor, { kind: "system" }>;
  readonly now: Date;
}

export interface ImportedProgramme {
  readonly programme: string;
  readonly isNew: boolean;
  readonly edits: readonly SetupEdit[];
  readonly published: readonly { readonly kind: string; readonly name: string; readonly version: number }[];
  readonly warnings: readonly ConfigurationFault[];
}

async function importOne(db: Database, a: ImportConfiguration, one: ProgrammeDifference): Promise<ImportedProgramme> {
  const { programme } = one;
  const { by: actor, now, reason } = a;
  const edits = [...one.setup.edits, ...(a.retireMissing ? retirementsOf(one.setup.onlyBefore) : [])];
  const policies = one.definitions.map(({ kind, name, definition, basedOn }) => ({
    ...{ programme, kind, name, definition },
    ...(basedOn !== null ? { basedOn } : kind === "workflow" ? { asNew: true } : {}),
  }));
  const versions = await publishAsMachine(db, { programme, edits, policies }, { actor, reason, now });
  const published = versions.map(({ kind, name, version }) => ({ kind, name, version }));
  return { programme, isNew: false, edits, published, warnings: versions.flatMap(({ warnings }) => warnings) };
}

/**
 * Imports and publishes. Problem `invalid-configuration` with file and place of every fault of the files: nothing was
 * changed then. What a programme's own transaction refuses leaves that programme as it was; those before it are in.
 */
export async function importConfiguration(db: Database, a: ImportConfiguration): Promise<ImportedProgramme[]> {
  if (a.reason.trim() === "")
    throw new Problem("invalid-input", msg("config-files.importConfiguration.sayWhyItIsPublished"));
  const { programmes, faults } = await diffConfiguration(db, a.folder, a.programmes);
  const errors = faults.filter(({ severity }) => severity === "error");
  if (errors.length > 0) {
    throw new Problem(
      "invalid-configuration",
      msg("config-files.importConfiguration.nothingWasImported", { errorsCount: errors.length }),
      asFieldFaults(errors),
    );
  }
  const imported: ImportedProgramme[] = [];
  for (const one of programmes) {
    if (!one.isNew) {
      imported.push(await importOne(db, a, one));
      continue;
    }
    const { programme } = one;
    await seed(db, { root: a.folder, programmes: [programme], now: a.now });
    const published = one.definitions.map(({ kind, name }) => ({ kind, name, version: 1 }));
    imported.push({ programme, isNew: true, edits: [], published, warnings: [] });
  }
  return imported;
}
