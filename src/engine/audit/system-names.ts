/** What the parts of the system are called that act by themselves: whoever reads a record sees these, not codes. */

import { jobOf } from "../jobs/job-definitions.js";
import { memberOf } from "../registry.js";
import { msg } from "../text/msg.js";
import type { Bilingual } from "../text/text.js";

const byCommand: Bilingual = msg("audit.systemNames.byCommand");

const parts: Readonly<Record<string, Bilingual>> = {
  ...memberOf(jobOf, "inAudit"),
  seed: msg("audit.systemNames.partsSeed"),
  "command line": byCommand,
  publish: byCommand,
  "import-config": byCommand,
  "create-admin": byCommand,
  "disable-user": byCommand,
  "enable-user": byCommand,
  "take-seat": byCommand,
  "leave-seat": byCommand,
  "create-seat": byCommand,
  "retire-seat": byCommand,
  "hand-over": byCommand,
  "issue-key": byCommand,
  "revoke-key": byCommand,
  upgrade: msg("audit.systemNames.partsUpgrade"),
  retime: msg("audit.systemNames.partsRetime"),
  "change-set": msg("audit.systemNames.partsChangeSet"),
  "migrate-cases": msg("audit.systemNames.partsMigrateCases"),
  import: msg("audit.systemNames.partsImport"),
  demo: msg("audit.systemNames.partsDemo"),
  "sign-in": msg("audit.systemNames.partsSignIn"),
  system: msg("audit.systemNames.partsSystem"),
};

/** Null: it is no part of the system, so it is the name of a person. */
export const systemName = (job: string): Bilingual | null => (Object.hasOwn(parts, job) ? (parts[job] ?? null) : null);
