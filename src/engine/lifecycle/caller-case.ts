/** A case as it is shown to whoever talks to its applicant on the telephone: which one it is, and what may be done for them. */

import type { CallBackReason } from "../contact-centre/call-backs.js";
import type { Bilingual, Language } from "../text/text.js";
import type { OfferedAction } from "./views/case-view.js";

export interface CallerAction extends OfferedAction {
  /** What happens then, in sentences. */
  readonly follows: readonly Bilingual[];
}

/** Whether the number is known to be the caller's; `open`: six digits can show it; `none`: nothing can be sent to one. */
export type CallerNumber = "none" | "confirmed" | "open";

export interface CallerCase {
  readonly reference: string;
  readonly programme: string;
  readonly type: Bilingual;
  /** Null: nobody has it yet. */
  readonly entity: Bilingual | null;
  readonly state: Bilingual;
  readonly receivedAt: Date;
  /** In which the applicant is spoken to. */
  readonly language: Language;
  /** Opened by digits that went to its number: what needs the code is not allowed. */
  readonly byDigits: boolean;
  readonly actions: readonly CallerAction[];
  /** Where it is, in sentences to read out; `written`: what was written, as it was written. */
  readonly readOut: readonly { readonly say: Bilingual; readonly written: string | null }[];
  /** Why the contact centre is to call the person, surveys apart. */
  readonly callBacks: readonly CallBackReason[];
  /** When the caller asked to be called; null: as soon as may be, or that time has come. */
  readonly wishedAt: Date | null;
  /** By when they are called if they ask for it as soon as may be, to be read out. */
  readonly soon: readonly Bilingual[];
  readonly number: CallerNumber;
  /** The last call found that it is not the applicant's: nobody calls it, unless it is shown to be theirs. */
  readonly wrongNumber: boolean;
  /** None was left: they cannot be called. */
  readonly noNumber: boolean;
  /** The call in which it was opened: sent along with what is done in it. */
  readonly call: number;
}
