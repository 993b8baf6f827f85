/** What the contact centre offers to doors. */
import type { CallerCase } from "../../engine/lifecycle/caller-case.js";
import type { PerformedAction } from "../cases/act/perform-action.js";
import type { CallerActs, CallerAsked } from "./serve-caller.js";

declare module "../../platform/services.js" {
  interface Services {
    readonly contactCentre: {
      /** The case of a caller whom the application knows. Problems: invalid-input, not-found, too-many-requests. */
      open(a: CallerAsked): Promise<CallerCase>;
      /** Acts for a caller, recognised anew. Problems: those, and of the act itself. */
      perform(a: CallerActs): Promise<PerformedAction>;
    };
  }
}
