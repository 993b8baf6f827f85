/** The part of the composition that runs the office: homes, messages again, jobs, the record, the state of the machinery. */
import type { Logger } from "pino";
import type { Sequelize } from "sequelize";
import type { AdminServices } from "./admin/admin-services.js";
import type { VirusScanner } from "./attachments/virus-scanner.js";
import type { MailedSeal } from "./audit/check-seals.js";
import { createAuditReader } from "./audit/list-audit.js";
import { createVerification } from "./audit/run-verification.js";
import type { AuditReport } from "./audit/verify.js";
import { createDeskRows } from "./cases/desk-rows.js";
import type { ActiveSetup } from "./configuration/active-setup.js";
import type { ChangeSets } from "./configuration/change-sets/change-sets.js";
import type { InstructionRegister } from "./configuration/instruction-register.js";
import type { Policies } from "./configuration/policies.js";
import type { PolicyDrafts } from "./configuration/policy-drafts.js";
import type { SetupWarnings } from "./configuration/setup-warnings.js";
import type { DatabaseFault } from "./db/connect.js";
import { createHeldSweepDesk } from "./deadlines/release-sweep.js";
import { compileCalendar } from "./domain/calendar/working-calendar.js";
import { createJobDesk, type JobSender } from "./jobs/manage-jobs.js";
import type { MailReader } from "./notifications/mail-reader.js";
import { createResend } from "./notifications/resend-message.js";
import { createHealthReport } from "./reports/health-report.js";
import { createHome } from "./reports/home.js";
import type { KeyRings } from "./reports/key-status.js";
import type { Kpi } from "./reports/kpi.js";
import { diwanVersion } from "./version.js";

/** See `Parts` of the composition root. */
interface OperationParts {
  readonly db: Sequelize;
  readonly log: Logger;
  readonly now: () => Date;
  readonly smtpUrl: string | null;
  readonly sealKey: string | null;
  readonly simulated?: boolean;
  readonly queue?: JobSender;
  readonly databaseFault?: () => DatabaseFault | null;
  readonly bell?: () => Date | null;
  readonly clock?: { ahead(): number | null };
}

export function composeOperation(
  parts: OperationParts,
  d: {
    scanner: Pick<VirusScanner, "state"> | null;
    active: ActiveSetup;
    policies: Policies;
    kpi: Kpi;
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
): Pick<AdminServices, "home" | "operation"> {
  const { db, log, now, queue = null } = parts;
  const canSend = parts.smtpUrl !== null && !parts.simulated;
  const audit = createAuditReader({ db });
  const verification = createVerification({ db, log, now, verify: d.verify });
  const heldSweeps = createHeldSweepDesk({ db, setupOf: (programme) => d.active.fresh(programme) });
  const home = createHome({
    db,
    policies: d.policies,
    deskRows: createDeskRows({ db, policies: d.policies }),
    calendarOf: async (versionId) => compileCalendar(await d.active.calendarDefinition(versionId)),
    kpi: d.kpi,
    failedMessages: async ({ actor, programme }) =>
      (await d.mail.count({ actor, filter: { programmes: [programme], states: ["failed"] } })).total,
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
        setupOf: (programme) => d.active.fresh(programme),
        bell: parts.bell ?? (() => null),
        clockAhead: () => parts.clock?.ahead() ?? null,
        databaseFault: parts.databaseFault ?? (() => null),
        sends: canSend,
        scanner: d.scanner,
        seals: parts.sealKey !== null,
        keys: (at) => d.keyRings.status({ now: at, everySeal: false }),
        versions: { diwan: diwanVersion, node: process.versions.node },
      }),
    },
  };
}
