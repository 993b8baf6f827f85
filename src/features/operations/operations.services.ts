/** What the care of the machinery offers to doors. */
import type { Health } from "./health-report.js";
import type { KeyRings } from "./key-status.js";

declare module "../../platform/services.js" {
  interface Services {
    readonly keyRings: KeyRings;
  }
  interface OperationServices {
    /** The state of the machinery. Problem forbidden. */
    readonly health: Health;
  }
}
