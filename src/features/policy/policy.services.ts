/** What the policy studio offers to doors. */
import type { ChangeSets } from "./change-sets/change-sets.js";
import type { PolicyDrafts } from "./drafts/policy-drafts.js";
import type { ReplayService } from "./replay/replay-service.js";
import type { SetupWarnings } from "./setup-warnings.js";
import type { Versions } from "./versions/versions.js";

declare module "../../platform/services.js" {
  interface Services {
    /** Rule sets, workflows and calendars: listed, checked, compared; the SLA grid. */
    readonly versions: Versions;
    /** What is written of them and decides nothing yet, and its publishing. */
    readonly policyDrafts: PolicyDrafts;
    readonly changeSets: ChangeSets;
    /** What is missing in the set-up, the worst first; of the programmes whose configuration the actor may read. */
    readonly setupWarnings: SetupWarnings;
  }
  interface WorkServices {
    /** Drafts over past cases. */
    readonly replays: ReplayService;
  }
}
