/** What configuration in files offers to doors. */
import type { Actor } from "../../engine/access/permissions.js";
import type { Publication, PublishedResult } from "../policy/publication/publish.js";
import type { CheckedConfiguration } from "./check-config.js";
import type { ConfigurationDifference } from "./diff-configuration.js";
import type { DraftedProgramme } from "./draft-configuration.js";
import type { ImportConfiguration, ImportedProgramme } from "./import-configuration.js";
import type { SeededProgramme } from "./seed.js";

declare module "../../platform/services.js" {
  interface Services {
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
}
