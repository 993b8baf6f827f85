/** What homes offer to doors. */
import type { Home } from "./home.service.js";

declare module "../../platform/services.js" {
  interface Services {
    /** The home of the official who asks, a desk a role. */
    readonly home: Home;
  }
}
