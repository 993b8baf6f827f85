/** What the command line asks for beyond the services that every door is given. */

import type { Actor } from "../engine/access/permissions.js";
import type { Language } from "../engine/text/text.js";
import type { MailedSeal } from "../features/audit/check-seals.js";
import type { Seal } from "../features/audit/seal.js";
import type { AuditReport } from "../features/audit/verify.js";
import type { RetimeRequest, RetimeResult } from "../features/cases/act/retime-cases.js";
import type { CaseDesk } from "../features/cases/case-desk.js";
import type { MigrationDesk, MigrationView } from "../features/cases/migration/migration-desk.js";
import type { ReadApplicant } from "../features/cases/page/read-applicant.js";
import type { CheckedConfiguration } from "../features/config-files/check-config.js";
import type { ConfigurationDifference } from "../features/config-files/diff-configuration.js";
import type { DraftedProgramme } from "../features/config-files/draft-configuration.js";
import type { ImportConfiguration, ImportedProgramme } from "../features/config-files/import-configuration.js";
import type { SeededProgramme } from "../features/config-files/seed.js";
import type { ImportRequest, ImportSummary } from "../features/intake/import/import-history.js";
import type { MailReader } from "../features/notifications/mail-reader.js";
import type { KeyRings } from "../features/operations/key-status.js";
import type { PeopleService } from "../features/people/people.js";
import type { Publication, PublishedResult } from "../features/policy/drafts/publish.js";
import type { ReplayDesk } from "../features/policy/replay/replay-desk.js";
import type { Digests } from "../features/reports/digests.js";
import type { Kpi } from "../features/reports/kpi.js";
import type { Services } from "./services.js";

export interface ListedJob {
  readonly name: string;
  readonly cron: string;
  readonly timeZone: string;
  readonly enabled: boolean;
  readonly lastFinishedAt: Date | null;
  readonly lastError: string | null;
}

export interface CliServices extends Services {
  readonly cases: Services["cases"] & {
    /** Problems: not-found, forbidden. Unmasked reading is an event of the case. */
    readApplicant(a: { reference: string; actor: Actor; unmask: boolean; now: Date }): Promise<ReadApplicant>;
    /** Problems: forbidden, invalid-input (no reason), not-found. */
    retime(a: RetimeRequest): Promise<RetimeResult>;
    /** As the list of cases in the back office, by the rights of whoever asks. */
    readonly search: CaseDesk["search"];
  };
  readonly workflows: Pick<MigrationDesk, "preview"> & {
    /** Starts a run and stays with it to its end. Problems: as of `start`. */
    migrate(a: Parameters<MigrationDesk["start"]>[0]): Promise<MigrationView>;
  };
  readonly replays: Pick<ReplayDesk, "start" | "of" | "one" | "resume">;
  readonly people: PeopleService;
  readonly mail: Pick<MailReader, "list" | "show">;
  readonly digests: Pick<Digests, "preview">;
  readonly reports: {
    readonly kpi: Kpi;
    /** Lines of text in the language asked for. */
    explain(a: { reference: string; language: Language; now: Date }): Promise<readonly string[]>;
  };
  readonly jobs: {
    /** Problem not-found for an unknown name, with the names there are. */
    run(name: string, now: Date): Promise<unknown>;
    list(): Promise<readonly ListedJob[]>;
  };
  readonly history: {
    /** Problems: invalid-input (the file or the mapping cannot be read, or the mapping has faults). */
    importFile(request: ImportRequest): Promise<ImportSummary>;
  };
  readonly keyRings: Pick<KeyRings, "status">;
  readonly audit: {
    seal(a: { now: Date }): Promise<Seal>;
    /** @param seals as they were mailed to the auditor: kept outside the database, they prove that its seals are the same */
    verify(a: { seals: readonly MailedSeal[] }): Promise<AuditReport>;
  };
  readonly configuration: {
    publish(publication: Publication): Promise<PublishedResult>;
    /** Faults of the drafts in the database. */
    checkDrafts(): Promise<CheckedConfiguration>;
    /** Missing set-up rows and first versions; never over edits. What is new, a programme. */
    seed(a: { programmes?: readonly string[]; now: Date }): Promise<readonly SeededProgramme[]>;
    /** Writes `rules/`, `workflows/` and calendars in the layout they are read from; names of the files. */
    exportTo(folder: string): Promise<readonly string[]>;
    /** Problems as `importConfiguration` and `draftConfiguration` have them. */
    importFrom(a: ImportConfiguration): Promise<readonly ImportedProgramme[]>;
    draftFrom(a: {
      folder: string;
      programmes?: readonly string[] | undefined;
      actor: Actor;
      now: Date;
    }): Promise<readonly DraftedProgramme[]>;
    /** What importing the folder would change, of these programmes or of all it has. */
    diff(folder: string, programmes?: readonly string[]): Promise<ConfigurationDifference>;
  };
}
