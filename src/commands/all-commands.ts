/** Every command, in the order in which help lists them. */
import { addAct } from "./act.js";
import { addApplicant } from "./applicant.js";
import { addSeal, addVerifyAudit } from "./audit.js";
import { addCases } from "./cases.js";
import { addCheckConfig } from "./check-config.js";
import type { CliServices } from "./cli-services.js";
import type { AddCommand } from "./command.js";
import { addCreateAdmin } from "./create-admin.js";
import { addDiffConfig } from "./diff-config.js";
import { addDigest } from "./digest.js";
import { addExplain } from "./explain.js";
import { addExportConfig } from "./export-config.js";
import { addImport } from "./import.js";
import { addImportConfig } from "./import-config.js";
import { addIssueKey, addKeys, addRevokeKey } from "./keys.js";
import { addKpi } from "./kpi.js";
import { addMail } from "./mail.js";
import { addMigrate } from "./migrate.js";
import { addMigrateCases } from "./migrate-cases.js";
import { addDisableUser, addEnableUser, addLeaveSeat, addTakeSeat } from "./people.js";
import { addPublish } from "./publish.js";
import { addReplay } from "./replay.js";
import { addRetime } from "./retime.js";
import { addJobs, addRunJob } from "./run-job.js";
import { addCreateSeat, addHandOver, addRetireSeat, addSeats } from "./seats.js";
import { addSeed } from "./seed.js";
import { addShow } from "./show.js";

export const allCommands: readonly AddCommand<CliServices>[] = [
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
  addDigest,
  addMail,
  addJobs,
  addRunJob,
  addSeal,
  addVerifyAudit,
];
