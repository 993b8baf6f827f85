/** The part of the composition that runs the office: homes, messages again, jobs, the record, the state of the machinery. */

import type { Logger } from "pino";
import type { Sequelize } from "sequelize";
import type { ApplicantWay } from "../engine/letters/applicant-ways.js";
import type { MailedSeal } from "../features/audit/check-seals.js";
import { createAuditReader } from "../features/audit/list-audit.js";
import { createVerification } from "../features/audit/run-verification.js";
import type { AuditReport } from "../features/audit/verify.js";
import { createHeldSweepService } from "../features/cases/deadlines/release-sweep.js";
import { createDeskRows } from "../features/home/desk-rows.service.js";
import { createHome } from "../features/home/home.service.js";
import type { InstructionRegister } from "../features/instructions/instruction-register.js";
import type { MailReader } from "../features/notifications/mail-reader.js";
import { createResend } from "../features/notifications/resend-message.js";
import { createHealthReport } from "../features/operations/health-report.js";
import type { KeyRings } from "../features/operations/key-status.js";
import type { ChangeSets } from "../features/policy/change-sets/change-sets.js";
import type { PolicyDrafts } from "../features/policy/drafts/policy-drafts.js";
import type { SetupWarnings } from "../features/policy/setup-warnings.js";
import type { Kpi, KpiSeries } from "../features/reports/kpi.js";
import type { ActiveSetup } from "../features/setup/active-setup.js";
import type { Policies } from "../features/setup/policies.js";
import type { DatabaseFault } from "../platform/db/connect.js";
import type { Standing } from "../platform/db/folder-place.js";
import type { VirusScanner } from "../platform/files/virus-scanner.js";
import { createJobDesk, type JobSender } from "../platform/jobs/manage-jobs.js";
import { diwanVersion } from "../platform/root.js";
import type { Services } from "../platform/services.js";
import { pendingMigrations } from "./migrations/migrate.js";

/** See `Parts` of the composition root. */
interface OperationParts {
  readonly db: Sequelize;
  readonly log: Logger;
  readonly now: () => Date;
  readonly smtpUrl: string | null;
  readonly sms?: { readonly callbacks: object | null } | null;
  readonly sealKey: string | null;
  readonly publicUrl: string;
  readonly standing?: () => Standing;
  readonly simulated?: boolean;
  readonly ownMailbox?: boolean;
  readonly queue?: JobSender;
  readonly databaseFault?: () => DatabaseFault | null;
  readonly schedulerTick?: () => Date | null;
  readonly clock?: { ahead(): number | null };
}

export function composeOperation(
  parts: OperationParts,
  d: {
    scanner: Pick<VirusScanner, "state"> | null;
    fileSize: (name: string) => Promise<number | null>;
    active: ActiveSetup;
    policies: Policies;
    kpi: Kpi;
    series: KpiSeries;
    mail: MailReader;
    setupWarnings: SetupWarnings;
    policyDrafts: Pick<PolicyDrafts, "waiting">;
    keyRings: Pick<KeyRings, "status">;
    instructions: Pick<InstructionRegister, "waiting" | "standing">;
    changeSets: Pick<ChangeSets, "waiting">;
    verify: (a: {
      seals: readonly MailedSeal[];
      progress: (checked: { chains: number; events: number }) => void;
    }) => Promise<AuditReport>;
  },
): Pick<Services, "home" | "operation"> {
  const { db, log, now, queue = null } = parts;
  // Asked at each look: the operator of a copy may say that it is the real one.
  const leave = () => !parts.simulated && parts.standing?.() !== "copy";
  const canSend: Readonly<Record<ApplicantWay, boolean>> = {
    get email() {
      return parts.smtpUrl !== null && leave();
    },
    get sms() {
      return (parts.sms ?? null) !== null && leave();
    },
  };
  const audit = createAuditReader({ db });
  const verification = createVerification({ db, log, now, verify: d.verify });
  const heldSweeps = createHeldSweepService({ db, setupOf: (programme) => d.active.fresh(programme) });
  const home = createHome({
    db,
    policies: d.policies,
    deskRows: createDeskRows({ db, policies: d.policies }),
    calendarOf: d.policies.calendar,
    kpi: d.kpi,
    series: d.series,
    failedMessages: async ({ actor, programme }) =>
      (await d.mail.count({ actor, filter: { programmes: [programme], states: ["failed"] } })).total,
    lateLetters: async ({ actor, programme, since }) => {
      const filter = { programmes: [programme], unsent: ["tooLate"] as const, lapsed: { from: since, to: null } };
      return (await d.mail.count({ actor, filter })).total;
    },
    heldSweep: async ({ actor, programme }) =>
      (await heldSweeps.list({ actor })).find((held) => held.programme.code === programme) ?? null,
    instructions: d.instructions,
    waitingDrafts: async (a) => [...(await d.changeSets.waiting(a)), ...(await d.policyDrafts.waiting(a))],
    setupWarnings: async ({ actor, programme, now: at }) =>
      (await d.setupWarnings({ actor, now: at })).filter((warning) => warning.programme === programme),
    // Who signed in is in the record too, but changes nothing.
    lastChanges: ({ actor, programme, limit }) =>
      audit.page({
        actor,
        programmes: [programme],
        filter: { except: ["account.signed-in", "account.signed-out"] },
        offset: 0,
        limit,
      }),
    verification: (a) => verification.state(a),
  });
  return {
    home,
    operation: {
      canSend,
      resend: createResend({ db, canSend }),
      jobs: createJobDesk({ db, queue }),
      audit,
      verification,
      heldSweeps,
      health: createHealthReport({
        db,
        pendingMigrations,
        setupOf: (programme) => d.active.fresh(programme),
        schedulerTick: parts.schedulerTick ?? (() => null),
        clockAhead: () => parts.clock?.ahead() ?? null,
        databaseFault: parts.databaseFault ?? (() => null),
        standing: parts.standing ?? null,
        fileSize: d.fileSize,
        publicUrl: parts.publicUrl,
        canSend,
        hearsOfTexts: (parts.sms?.callbacks ?? null) !== null,
        ownMailbox: parts.ownMailbox === true && parts.smtpUrl === null && (parts.sms ?? null) === null,
        scanner: d.scanner,
        seals: parts.sealKey !== null,
        keys: (at) => d.keyRings.status({ now: at, everySeal: false }),
        versions: { diwan: diwanVersion, node: process.versions.node },
      }),
    },
  };
}
