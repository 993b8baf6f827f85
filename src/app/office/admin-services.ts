/** What the back office asks for beyond the services that every door is given. */

import type { Actor } from "../../engine/access/permissions.js";
import type { CallerCase } from "../../engine/lifecycle/caller-case.js";
import type { Language } from "../../engine/text/text.js";
import type { AuditReader } from "../../features/audit/list-audit.js";
import type { Verification } from "../../features/audit/run-verification.js";
import type { LetterAsked } from "../../features/cases/act/preview-letter.js";
import type { RetimeRequest, RetimeResult } from "../../features/cases/act/retime-cases.js";
import type { CallerActs, CallerAsked } from "../../features/cases/act/serve-caller.js";
import type { BulkDesk } from "../../features/cases/bulk/bulk-desk.js";
import type { CaseDesk } from "../../features/cases/case-desk.js";
import type { HeldSweepDesk } from "../../features/cases/deadlines/release-sweep.js";
import type { ExportDesk } from "../../features/cases/export/export-desk.js";
import type { Live } from "../../features/cases/live/create-live.js";
import type { Presence } from "../../features/cases/live/presence.js";
import type { MigrationDesk } from "../../features/cases/migration/migration-desk.js";
import type { ExplainedCase } from "../../features/cases/page/explain-case.js";
import type { WalkAsked, WalkView } from "../../features/cases/walk-workflow.js";
import type { Home } from "../../features/home/home.service.js";
import type { InstructionRegister } from "../../features/instructions/instruction-register.js";
import type { LetterDesk } from "../../features/notifications/letter-desk.js";
import type { MailReader } from "../../features/notifications/mail-reader.js";
import type { Resending, Resent } from "../../features/notifications/resend-message.js";
import type { Health } from "../../features/operations/health-report.js";
import type { Accounts } from "../../features/people/accounts/accounts.js";
import type { SavedViews } from "../../features/people/accounts/saved-views.js";
import type { ReadEntityTree } from "../../features/people/entity-tree/entity-tree.service.js";
import type { PeopleService } from "../../features/people/people.js";
import type { ChangeSets } from "../../features/policy/change-sets/change-sets.js";
import type { PolicyDrafts } from "../../features/policy/drafts/policy-drafts.js";
import type { ReplayDesk } from "../../features/policy/replay/replay-desk.js";
import type { TrialDesk } from "../../features/policy/replay/trial-desk.js";
import type { SetupWarnings } from "../../features/policy/setup-warnings.js";
import type { Versions } from "../../features/policy/versions/versions.js";
import type { Digests } from "../../features/reports/digests.js";
import type { SetupEditor } from "../../features/setup/edit-setup.js";
import type { JobDesk, PerformedAction, Services } from "../services.js";

export interface PreviewedLetter {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly language: Language;
  /** False: the applicant left no address, and reads it on the page of the application. */
  readonly reachable: boolean;
  /** True: the letter says that there is something, not what. */
  readonly withheld: boolean;
}

export interface AdminServices extends Services {
  readonly cases: Services["cases"] &
    CaseDesk & {
      /** Why a case is where it is and due when it is, in words. Problem not-found, also where it is not the actor's. */
      why(a: { reference: string; actor: Actor; now: Date }): Promise<ExplainedCase>;
      /** The case of a caller whom the application knows. Problems: invalid-input, not-found, too-many-requests. */
      openForCaller(a: CallerAsked): Promise<CallerCase>;
      /** Acts for a caller, recognised anew. Problems: those, and of the act itself. */
      performForCaller(a: CallerActs): Promise<PerformedAction>;
      /** The letter of an act that is still being written, as its receiver will see it. Problems: as of the act itself. */
      previewLetter(a: LetterAsked): Promise<PreviewedLetter>;
    };
  /** Accounts, seats, who sits on them, and from whose hands into whose work goes. */
  readonly people: PeopleService;
  /** Signing in, second factor, links, sessions. */
  readonly accounts: Accounts;
  /** Rule sets, workflows and calendars: listed, checked, compared; the SLA grid. */
  readonly versions: Versions;
  /** Workflows beside their definitions: where their open cases stand, and moving those to the version in force. */
  readonly workflows: Pick<MigrationDesk, "standing" | "preview" | "start" | "runs" | "cancel"> & {
    /** A made-up case walked through a definition; nothing of it is stored. Problems: as of `walkWorkflow`. */
    walk(a: WalkAsked): Promise<WalkView>;
  };
  /** What is written of them and decides nothing yet, and its publishing. */
  readonly policyDrafts: PolicyDrafts;
  readonly changeSets: ChangeSets;
  /** Long work that people start and leave. */
  readonly work: {
    readonly bulk: Pick<BulkDesk, "offer" | "preview" | "start" | "list" | "one" | "cancel">;
    readonly exports: Pick<ExportDesk, "choices" | "start" | "list" | "cancel" | "remove" | "open">;
    readonly replays: Pick<ReplayDesk, "start" | "of" | "mine" | "one" | "cancel">;
    readonly trial: TrialDesk;
  };
  /** Moves deadlines of open cases to the published calendar or rules. Problems: forbidden, invalid-input (no reason), not-found. */
  readonly retime: (a: RetimeRequest) => Promise<RetimeResult>;
  /** Edits of the set-up's tables: checked, recorded, refused where somebody else was faster. */
  readonly setupEditor: SetupEditor;
  /** The register of instructions. */
  readonly instructions: InstructionRegister;
  /** Letters as they read: listed, shown. */
  readonly mail: MailReader;
  /** Letters and digests that are being written: how they would read, and tests of them. */
  readonly letters: LetterDesk;
  /** Digests to look at before they are sent. */
  readonly digests: Pick<Digests, "preview">;
  /** The home of whoever asks, a desk a role. */
  readonly home: Home;
  /** What changes, told to whoever may know of it. */
  readonly live: Live;
  /** Who has a case open. */
  readonly presence: Presence;
  /** Views of lists that officials keep for themselves. */
  readonly savedViews: SavedViews;
  readonly operation: {
    /** False without a mail server: letters are kept. */
    readonly canSend: boolean;
    /** Problems: not-found, forbidden, not-now. */
    readonly resend: (a: Resending) => Promise<Resent>;
    readonly jobs: JobDesk;
    /** Changes of configuration, people, permissions and machinery. */
    readonly audit: AuditReader;
    /** Verifies the record beside the daily work. */
    readonly verification: Verification;
    /** The state of the machinery. Problem forbidden. */
    readonly health: Health;
    /** Sweeps of deadlines that hold until their operation room lets them go on. */
    readonly heldSweeps: HeldSweepDesk;
  };
  /** What is missing in the set-up, the worst first; of the programmes whose configuration the actor may read. */
  readonly setupWarnings: SetupWarnings;
  /** The entities of a programme with their seats, open cases and what is missing. */
  readonly entityTree: ReadEntityTree;
}
