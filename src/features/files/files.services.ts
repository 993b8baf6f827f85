/** What files offer to doors. */
import type { Attachments } from "./attachments.js";

declare module "../../platform/services.js" {
  interface Services {
    readonly attachments: Attachments;
  }
}
