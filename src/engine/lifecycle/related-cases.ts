/** What is near a case: others of the same applicant, and others about the same. Nothing of the applicant is in it. */
import type { Named } from "../search/case-search.js";
import type { Language } from "../text/text.js";
import type { StateKind } from "../workflow/workflow-definition.js";

export interface RelatedCase {
  readonly reference: string;
  readonly subject: string;
  readonly language: Language;
  readonly state: Named & { readonly kind: StateKind };
  readonly entity: Named | null;
  readonly receivedAt: Date;
}

export interface SimilarCase extends RelatedCase {
  /** From 0 to 1: how much of what both say is the same. */
  readonly share: number;
  /** What both say, as the case says it beside which this stands: the words that tell most. */
  readonly words: readonly string[];
  /** So much, and so near in time, that it may be the same matter. */
  readonly likely: boolean;
}

export interface RelatedCases {
  /** Null: sent anonymously, or not for this official to know. */
  readonly earlier: {
    readonly total: number;
    /** True: there are more than `total`. */
    readonly more: boolean;
    readonly cases: readonly RelatedCase[];
  } | null;
  /** The likest first; of those that are as like, the newest. */
  readonly similar: readonly SimilarCase[];
}
