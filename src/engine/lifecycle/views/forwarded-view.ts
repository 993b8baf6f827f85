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
  /** Why it cannot, while the time for it is not over. */
  readonly refused: Bilingual | null;
  /** As this official knew it; null: the case is confidential, and out of their reach now. */
  readonly subject: string | null;
  /** Null: the case is out of their reach. */
  readonly state: Bilingual | null;
}

/** What one act on many forwarded and can be taken back in one go. */
export interface ForwardedTogether {
  readonly run: string;
  readonly name: Bilingual;
  readonly cases: number;
  readonly until: Date;
}

/** So many are listed on a page. */
export const forwardsPerPage = 50;

export interface ForwardedPage {
  /** The newest first. */
  readonly cases: readonly ForwardedCase[];
  /** From 1, not beyond the last. */
  readonly page: number;
  readonly total: number;
}

export interface ForwardedView extends ForwardedPage {
  /** The newest first. */
  readonly together: readonly ForwardedTogether[];
}
