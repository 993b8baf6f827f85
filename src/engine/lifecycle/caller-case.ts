/** A case as it is shown to whoever talks to its applicant on the telephone: which one it is, and what may be done for them. */

import type { Bilingual } from "../text/text.js";
import type { OfferedAction } from "./views/case-view.js";

export interface CallerAction extends OfferedAction {
  /** What happens then, in sentences. */
  readonly follows: readonly Bilingual[];
}

export interface CallerCase {
  readonly reference: string;
  readonly type: Bilingual;
  /** Null: nobody has it yet. */
  readonly entity: Bilingual | null;
  readonly state: Bilingual;
  readonly receivedAt: Date;
  readonly actions: readonly CallerAction[];
}
