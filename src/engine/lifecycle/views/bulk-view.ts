/** What screens are told of bulk acts. */

import type { Bilingual } from "../../text/text.js";
import type { RefusalGroup } from "../bulk-actions.js";
import type { OfferedField } from "./case-view.js";

export interface BulkAction {
  readonly action: string;
  readonly name: Bilingual;
  readonly fields: readonly OfferedField[];
  /** How many of the cases allow it now, before anything is filled in. */
  readonly can: number;
  readonly cannot: readonly RefusalGroup[];
}

export interface BulkOffer {
  /** The cases meant, in order; those that cannot be found are left out. */
  readonly references: readonly string[];
  /** How many were asked for, or are found by the filters. */
  readonly total: number;
  /** True: `total` is about how many there are. */
  readonly estimated: boolean;
  /** How many may be meant at once. */
  readonly most: number;
  readonly actions: readonly BulkAction[];
}

export interface BulkPreview {
  readonly can: number;
  readonly cannot: readonly RefusalGroup[];
}

export interface BulkRunView {
  readonly id: string;
  readonly name: Bilingual;
  readonly state: "waiting" | "running" | "done" | "cancelled";
  readonly total: number;
  readonly done: number;
  readonly refused: number;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
  /** How many cases it forwarded that can be taken back at once, and until when; null: none. */
  readonly takeBack: { readonly cases: number; readonly until: Date } | null;
}

export interface BulkRunDetail extends BulkRunView {
  readonly refusals: readonly RefusalGroup[];
}
