/** What the contact centre offers to doors. */
import type { CallerCase } from "../../engine/lifecycle/caller-case.js";
import type { CallBacks } from "./call-backs/call-backs.services.js";
import type { CallerAsked } from "./calls/caller-proof.js";
import type { Calls } from "./calls/calls.js";
import type { CallerEarlier, FindCaller, FoundCallers, LikelySame } from "./calls/find-caller.js";
import type { ProveNumber } from "./calls/prove-number.js";
import type { CallEnded, CallerActed, CallerActs } from "./calls/serve-caller.js";
import type { ContactFigures, CountContacts } from "./figures/contact-figures.service.js";

declare module "../../platform/services.js" {
  interface Services {
    readonly contactCentre: {
      /** People who may be calling, counted and on record. Problems: not-found, invalid-input, too-many-requests. */
      find(a: FindCaller): Promise<FoundCallers>;
      /** Of the cases that were found for this call those that may be about the same. Problems: not-found, too-many-requests. */
      likelySame(a: LikelySame): Promise<readonly CallerEarlier[]>;
      /** New applications that are typed for callers. */
      readonly calls: Calls;
      /** The case of a caller whom the application knows. Problems: invalid-input, not-found, too-many-requests. */
      open(a: CallerAsked): Promise<CallerCase>;
      /** Acts for a caller, recognised anew. Problems: those, and of the act itself. */
      perform(a: CallerActs): Promise<CallerActed>;
      /** The call about a case is over. */
      end(a: CallEnded): Promise<void>;
      /** Showing during a call that the number is the caller's. */
      readonly proveNumber: ProveNumber;
      readonly callBacks: CallBacks;
      /** What the contact centre did. Problem not-found where it is not the reader's. */
      readonly figures: ContactFigures;
      /** The same of all, for an operator at a terminal. */
      readonly counts: CountContacts;
    };
  }
}
