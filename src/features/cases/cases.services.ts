/** What cases offer to doors. */

import type { Actor } from "../../engine/access/permissions.js";
import type { ApplicantProof } from "../../engine/applicant/applicant-keys.js";
import type { PreviewedLetter } from "../../engine/letters/letter-look.js";
import type { ListedCase } from "../../engine/lifecycle/listed-case.js";
import type { ContactChanged, FollowDetail, FollowedApplication } from "../../engine/lifecycle/views/follow-view.js";
import type { ForwardedPage } from "../../engine/lifecycle/views/forwarded-view.js";
import type { MigrationView, RecalculatedDueDates } from "../../engine/lifecycle/views/migration-views.js";
import type { WalkAsked, WalkView } from "../../engine/lifecycle/views/walk-view.js";
import type { PerformedAction } from "./act/perform-action.js";
import type { LetterAsked } from "./act/preview-letter.js";
import type { TakeBack } from "./act/take-back.js";
import type { BulkService } from "./bulk/bulk-service.js";
import type { CaseService } from "./case-service.js";
import type { RecalculateDueDates } from "./deadlines/recalculate-due-dates.js";
import type { AskedRecalculation, askRecalculation, dropRecalculation } from "./deadlines/recalculation-asks.js";
import type { HeldSweepService } from "./deadlines/release-sweep.js";
import type { ExportService } from "./export/export-service.js";
import type { ApplicantLinks } from "./follow/applicant-links.js";
import type { ContactChange, LettersChange } from "./follow/contact-ways.js";
import type { LostCodes } from "./follow/lost-code.js";
import type { Live } from "./live/create-live.js";
import type { Presence } from "./live/presence.js";
import type { MigrationService } from "./migration/migration-service.js";
import type { News } from "./news/create-news.js";
import type { ExplainedCase } from "./page/explain-case.js";
import type { ReadApplicant } from "./page/read-applicant.js";
import type { ReadCase } from "./read-case.js";
import type { TrialService } from "./trial/trial-service.js";

export interface CaseServices extends CaseService {
  /** Problem not-found for an unknown reference and for a wrong code alike. */
  follow(a: { reference: string; code: string; now: Date }): Promise<FollowedApplication>;
  /** How the applicant hears from now on. Problems: not-found as of `follow`, invalid-input, not-now. */
  changeContact(a: ContactChange): Promise<ContactChanged>;
  /** Whether letters about the application go to the address. Problems: not-found as of `follow`, forbidden, not-now. */
  changeLetters(a: LettersChange): Promise<ContactChanged>;
  /** What the applicant's page shows. Problem as of `follow`. */
  followPage(a: { reference: string; now: Date } & ApplicantProof): Promise<FollowedApplication & FollowDetail>;
  /** As the applicant, by reference and code or by the link of a message, which may do less. */
  performAsApplicant(
    a: {
      reference: string;
      action: string;
      fields: Record<string, unknown>;
      now: Date;
      /** Ids of files that the applicant of this case has staged. */
      attachments?: readonly string[] | undefined;
    } & ApplicantProof,
  ): Promise<PerformedAction>;
  /** Problems: not-found (also when it is not the actor's to see), forbidden, action-refused, invalid-input, conflict (`expectedSeq` moved on). */
  perform(a: {
    reference: string;
    action: string;
    fields: Record<string, unknown>;
    actor: Actor;
    now: Date;
    expectedSeq?: number;
    /** Made by the client, one an act: a request that is sent again with it is done once. */
    actKey?: string;
    /** Ids of files that this official has staged for this case. */
    attachments?: readonly string[] | undefined;
  }): Promise<PerformedAction>;
  /** A forward or an assignment, by who made it. Problems: not-found where that is not theirs, action-refused (too late, someone acted since). */
  takeBack(a: TakeBack): Promise<{ readonly reference: string }>;
  /** What the actor forwarded, transferred or assigned lately; also what is out of their reach now. */
  forwarded(a: { actor: Actor; now: Date; page: number }): Promise<ForwardedPage>;
  /** A case with its timeline. Problem not-found, also when it is not the actor's; the system reads no confidential ones. */
  read(a: { reference: string; actor: Actor }): Promise<ReadCase>;
  /** Open cases in the actor's reach, the most urgent first. */
  list(a: { actor: Actor; limit: number; now: Date }): Promise<readonly ListedCase[]>;
  /** Actor of a user with the seats held at `now`; Problem not-found. */
  actorOf(a: { email: string; now: Date }): Promise<Actor>;
  /** Why a case is where it is and due when it is, in words. Problem not-found, also where it is not the actor's. */
  why(a: { reference: string; actor: Actor; now: Date }): Promise<ExplainedCase>;
  /** The letter of an act that is still being written, as its receiver will see it. Problems: as of the act itself. */
  previewLetter(a: LetterAsked): Promise<PreviewedLetter>;
  /** Problems: not-found, forbidden. Unmasked reading is an event of the case. */
  readApplicant(a: { reference: string; actor: Actor; unmask: boolean; now: Date }): Promise<ReadApplicant>;
  /** Moves deadlines of open cases to the published calendar or rules. Problems: forbidden, invalid-input (no reason), not-found. */
  recalculateDueDates(a: RecalculateDueDates): Promise<RecalculatedDueDates>;
  /** That, asked for by one person and done by another: see `recalculation-asks.ts`. */
  readonly recalculations: {
    asked(programme: string): Promise<AskedRecalculation | null>;
    /** Problems: forbidden, invalid-input (no reason). */
    ask(a: Parameters<typeof askRecalculation>[1]): Promise<void>;
    /** Problem forbidden. */
    drop(a: Parameters<typeof dropRecalculation>[1]): Promise<void>;
  };
}

declare module "../../platform/services.js" {
  interface Services {
    readonly cases: CaseServices;
    /** Links in messages to applicants, and what shows that an address is theirs. */
    readonly applicantLinks: ApplicantLinks;
    readonly lostCodes: LostCodes;
    /** Workflows beside their definitions: where their open cases are, and moving those to the version in force. */
    readonly workflows: MigrationService & {
      /** Starts a run and stays with it to its end. Problems: as of `start`. */
      migrate(a: Parameters<MigrationService["start"]>[0]): Promise<MigrationView>;
      /** A made-up case walked through a definition; nothing of it is stored. Problems: as of `walkWorkflow`. */
      walk(a: WalkAsked): Promise<WalkView>;
    };
    readonly deadlines: {
      /** Enforces what is due at `now`, batch by batch; how many of each happened. */
      enforce(a: { now: Date; limit?: number }): Promise<{
        cases: number;
        breaches: number;
        warnings: number;
        escalations: number;
        invitations: number;
        timers: number;
        faults: number;
        held?: readonly string[];
      }>;
    };
    /** What changes, told to those who may know of it. */
    readonly live: Live;
    /** Who has a case open. */
    readonly presence: Presence;
    /** What is news to whom. */
    readonly news: News;
  }
  interface WorkServices {
    /** One act on many cases. */
    readonly bulk: BulkService;
    /** Files of what a list finds. */
    readonly exports: ExportService;
    /** Drafts of rules over one case, real or made up. */
    readonly trial: TrialService;
  }
  interface OperationServices {
    /** Sweeps of deadlines that hold until their operation room lets them go on. */
    readonly heldSweeps: HeldSweepService;
  }
}
