/** What an official forwarded, transferred or assigned lately. */

import type { Bilingual } from "../../text/text.js";

/** One forward. */
export interface ForwardedCase {
  readonly reference: string;
  /** The number of its event. */
  readonly seq: number;
  readonly at: Date;
  /** The entity, or the colleague by name. */
  readonly to: Bilingual;
  readonly takenBackAt: Date | null;
  /** Until when it can be taken back; null: it cannot. */
  readonly until: Date | null;
  /** Null: the case is out of this official's reach. */
  readonly seen: { readonly subject: string; readonly state: Bilingual } | null;
}

/** What one act on many forwarded and can be taken back in one go. */
export interface ForwardedTogether {
  readonly run: string;
  readonly name: Bilingual;
  readonly cases: number;
  readonly until: Date;
}

export interface ForwardedView {
  /** The newest first. */
  readonly together: readonly ForwardedTogether[];
  /** The newest first. */
  readonly cases: readonly ForwardedCase[];
}
