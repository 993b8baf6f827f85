/** News as an official reads it. */

import type { NewsKind } from "../case-news.js";

/** Of one case: several pieces of news are one row, the newest first. */
export interface NewsRow {
  readonly reference: string;
  readonly confidential: boolean;
  /** Null: confidential. */
  readonly subject: string | null;
  /** The newest first, each once. */
  readonly kinds: readonly NewsKind[];
  /** When the newest came. */
  readonly at: Date;
  /** First words of the newest; null: nothing was written, or it is confidential. */
  readonly words: string | null;
  /** The official who did it; null: the applicant, or it is confidential. */
  readonly by: string | null;
  /** Whose it is: by name (what one was named in, what one has), or of all who share the place. */
  readonly whose: "mine" | "shared";
  /** The last event that it is about: who has seen it has seen what came before. */
  readonly seq: number;
}

export interface NewsView {
  /** Cases with news; one more than `most` stands for more than that. */
  readonly count: number;
  /** As far as is counted. */
  readonly most: number;
  readonly rows: readonly NewsRow[];
  /** From 1. */
  readonly page: number;
  /** More follow after this page. */
  readonly more: boolean;
}
