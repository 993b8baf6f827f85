/** News as an official reads it. */

import type { Bilingual } from "../../text/text.js";
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
  /** Somebody has the case. */
  readonly taken: boolean;
  /** The last event that it is about: who has seen it has seen what came before. */
  readonly seq: number;
  /** The first event of it that the reader has not seen. */
  readonly firstSeq: number;
  /** Someone above asks for it, and nothing was done since: it stays, and comes first. Null: none does. */
  readonly reminder: {
    /** As what they do; null: confidential. */
    readonly as: Bilingual | null;
    readonly at: Date;
  } | null;
  /** Nothing of it is unseen: it is here for its reminder, or because read news was asked for. */
  readonly seen: boolean;
  /** A message did not reach the applicant, and the reader may ask that they are called instead. */
  readonly mayAskCall: boolean;
}

/** What of the news is asked for: what is new, all that is unseen, or what was seen as well. */
export const shownNews = ["new", "unseen", "all"] as const;
export type NewsShown = (typeof shownNews)[number];

export interface NewsView {
  /** Cases with news that came lately, or of which someone above reminds; one more than `most` stands for more than that. */
  readonly count: number;
  /** Cases whose news is unseen for longer than that; counted as far. */
  readonly older: number;
  /** How many of them someone above asks for. */
  readonly reminded: number;
  /** As far as is counted. */
  readonly most: number;
  readonly rows: readonly NewsRow[];
  /** From 1. */
  readonly page: number;
  /** More follow after this page. */
  readonly more: boolean;
}

/** What of a case was on somebody's screen: its news up to this event. */
export interface ShownNews {
  readonly reference: string;
  readonly seq: number;
}

/** By what it is taken back that news was seen. */
export interface SeenMark {
  readonly reference: string;
  /** Of what names the reader, not of what has to do with the case as a whole. */
  readonly named: boolean;
  /** Up to which event they had seen it before. */
  readonly was: number;
}
