/** A case as it is shown to whoever talks to its applicant on the telephone: which one it is, and what may be done for them. */

import type { CallBackReason } from "../contact-centre/call-backs.js";
import type { Bilingual } from "../text/text.js";
import type { OfferedAction } from "./views/case-view.js";

export interface CallerAction extends OfferedAction {
  /** What happens then, in sentences. */
  readonly follows: readonly Bilingual[];
}

export interface CallerCase {
  readonly reference: string;
  readonly programme: string;
  readonly type: Bilingual;
  /** Null: nobody has it yet. */
  readonly entity: Bilingual | null;
  readonly state: Bilingual;
  readonly receivedAt: Date;
  readonly actions: readonly CallerAction[];
  /** Where it is, in sentences to read out; `written`: what was written, as it was written. */
  readonly readOut: readonly { readonly say: Bilingual; readonly written: string | null }[];
  /** Why the contact centre is to call the person, surveys apart. */
  readonly callBacks: readonly CallBackReason[];
  /** The call in which it was opened: sent along with what is done in it. */
  readonly call: number;
}
