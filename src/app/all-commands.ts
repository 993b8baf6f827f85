/** Every command, in the order in which help lists them. */

import { addSeal, addVerifyAudit } from "../features/audit/audit.command.js";
import { addAct } from "../features/cases/act/act.command.js";
import { addRetime } from "../features/cases/deadlines/retime.command.js";
import { addCases } from "../features/cases/list/cases.command.js";
import { addApplicant } from "../features/cases/page/applicant.command.js";
import { addShow } from "../features/cases/page/show.command.js";
import { addCheckConfig } from "../features/config-files/check-config.command.js";
import { addDiffConfig } from "../features/config-files/diff-config.command.js";
import { addExportConfig } from "../features/config-files/export-config.command.js";
import { addImportConfig } from "../features/config-files/import-config.command.js";
import { addSeed } from "../features/config-files/seed.command.js";
import { addImport } from "../features/intake/import/import.command.js";
import { addMail } from "../features/notifications/mail.command.js";
import { addDataFolder } from "../features/operations/data-folder.command.js";
import { addIssueKey, addKeys, addRevokeKey } from "../features/operations/keys.command.js";
import { addJobs, addRunJob } from "../features/operations/run-job.command.js";
import { addCreateAdmin } from "../features/people/create-admin.command.js";
import { addDisableUser, addEnableUser, addLeaveSeat, addTakeSeat } from "../features/people/people.command.js";
import { addCreateSeat, addHandOver, addRetireSeat, addSeats } from "../features/people/seats.command.js";
import { addPublish } from "../features/policy/drafts/publish.command.js";
import { addMigrateCases } from "../features/policy/migrate-cases.command.js";
import { addReplay } from "../features/policy/replay/replay.command.js";
import { addDigest } from "../features/reports/digest.command.js";
import { addDigestList } from "../features/reports/digest-list.command.js";
import { addExplain } from "../features/reports/explain.command.js";
import { addKpi } from "../features/reports/kpi.command.js";
import { addRollups } from "../features/reports/rollups/rollups.command.js";
import type { AddCommand } from "../platform/cli/command.js";
import { addMigrate } from "./migrate.command.js";

export const allCommands: readonly AddCommand[] = [
  addMigrate,
  addSeed,
  addCreateAdmin,
  addDisableUser,
  addEnableUser,
  addSeats,
  addCreateSeat,
  addTakeSeat,
  addLeaveSeat,
  addHandOver,
  addRetireSeat,
  addIssueKey,
  addKeys,
  addRevokeKey,
  addImport,
  addCheckConfig,
  addPublish,
  addExportConfig,
  addDiffConfig,
  addImportConfig,
  addReplay,
  addRetime,
  addMigrateCases,
  addCases,
  addShow,
  addExplain,
  addAct,
  addApplicant,
  addKpi,
  addRollups,
  addDigest,
  addDigestList,
  addMail,
  addJobs,
  addRunJob,
  addSeal,
  addVerifyAudit,
  addDataFolder,
];
