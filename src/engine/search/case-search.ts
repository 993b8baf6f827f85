/** What may be asked of the list of cases, and how its rows look to whoever shows them. */

import type { DayLength } from "../formatting/durations.js";
import type { SearchedEvent } from "../lifecycle/case-event.js";
import type { CountedFilter } from "../lifecycle/counted-cases.js";
import type { DeskFilter } from "../lifecycle/desk-groups.js";
import type { HappenedFilter } from "../lifecycle/happened.js";
import type { PromiseTarget } from "../lifecycle/nearer-promise.js";
import type { ShownReminder } from "../lifecycle/reminders.js";
import type { Bilingual, Language } from "../text/text.js";
import type { StateKind } from "../workflow/workflow-definition.js";
import type { Piece } from "./highlight.js";
import type { NamedPlace } from "./search-document.js";

export const lateness = ["late", "today", "onTime"] as const;
export type Lateness = (typeof lateness)[number];

/**
 * `need`: what waits for the office first, the soonest due first. `match`: what says best what was typed; where nothing was
 * typed, or too many cases say it to be compared, it is what is usual.
 */
export const caseSorts = ["need", "newest", "oldest", "match"] as const;
export type CaseSort = (typeof caseSorts)[number];

/** Kinds of policy whose versions cases are pinned to. */
export const decidingKinds = ["rules", "workflow", "calendar"] as const;
export type DecidingKind = (typeof decidingKinds)[number];

/** What officials ask of each other is a list of its own: what is asked of those in reach, or by oneself. */
export const orderFilters = ["received", "asked"] as const;
export type OrderFilter = (typeof orderFilters)[number];

export interface CaseFilters {
  /** Left out: what applicants sent. */
  readonly orders?: OrderFilter | undefined;
  readonly programme?: string | undefined;
  /** Any of these. */
  readonly kinds?: readonly StateKind[] | undefined;
  readonly state?: string | undefined;
  readonly type?: string | undefined;
  /** Null: only what names none. */
  readonly sector?: string | null | undefined;
  readonly entity?: string | undefined;
  /** Cases of this entity, or of one below it. */
  readonly under?: string | undefined;
  /** True: only what waits for an entity. */
  readonly unplaced?: boolean | undefined;
  /** Whether a reminder from above waits. */
  readonly reminded?: boolean | undefined;
  readonly pillar?: string | undefined;
  readonly importance?: string | undefined;
  readonly channel?: string | undefined;
  /** Cases that wait: past their due time, due before the day ends, or neither. */
  readonly late?: Lateness | undefined;
  /** One of the groups of the homes. */
  readonly desk?: DeskFilter | undefined;
  /** One of the numbers of the homes that tell of a time. */
  readonly happened?: HappenedFilter | undefined;
  /** What a figure of a period was counted of. */
  readonly counted?: CountedFilter | undefined;
  /** At this entity or one below it. */
  readonly within?: string | undefined;
  /** As the applicant stated it; `-`: only what states none. */
  readonly governorate?: string | undefined;
  /** As the application names it; `-`: only what names none. */
  readonly service?: string | undefined;
  /** Cases that a replayed draft would change: by one of its changes, or (null) by any. For readers of that replay. */
  readonly replayed?: { readonly run: string; readonly change: number | null } | undefined;
  /** Cases that a version of policy decided, or that follow it. For readers of the configuration. */
  readonly version?: { readonly kind: DecidingKind; readonly id: number } | undefined;
  readonly escalated?: boolean | undefined;
  /** Escalated to this level of the ladder, or a higher one. */
  readonly level?: number | undefined;
  /** Taken on by this person. */
  readonly assignee?: number | undefined;
  /** Taken on, or answered last, by this person. */
  readonly handledBy?: number | undefined;
  readonly confidential?: boolean | undefined;
  /** Received at or after. */
  readonly receivedFrom?: Date | undefined;
  /** Received before. */
  readonly receivedTo?: Date | undefined;
}

/** A code with the name that the set-up gives it. */
export interface Named {
  readonly code: string;
  readonly name: Bilingual;
}

export interface ClockSummary extends DayLength {
  readonly state: "running" | "paused" | "late" | "met" | "metLate" | "cancelled";
  readonly dueAt: Date | null;
  /** Negative when late. Working time, or time on the wall where `wall`. */
  readonly secondsLeft: number;
  /** Share of the budget that is used up; over 1 when late. Null where it has no length. */
  readonly share: number | null;
}

/** The nearer of what was promised, first reply or final answer, and how it is with it. */
export interface PromiseSummary extends ClockSummary {
  readonly target: PromiseTarget;
}

export type MatchSource = SearchedEvent | "application" | "fields";

/** Where a case says what was searched. */
export interface CaseMatch {
  readonly subject: readonly Piece[];
  /** What else says it: the description, an answer to a question of the form, or what was written later. Null where nothing does. */
  readonly excerpt: { readonly pieces: readonly Piece[]; readonly from: MatchSource } | null;
  /** Places by whose names it was found, where no text says it. */
  readonly names: readonly { readonly kind: NamedPlace; readonly name: Bilingual }[];
  /** The reference, marked where it ends with what was typed; null where it does not. */
  readonly reference: readonly Piece[] | null;
}

/** A line of the list. Nothing of the applicant is in it. */
export interface FoundCase {
  readonly id: number;
  readonly reference: string;
  readonly programme: Named;
  readonly type: Named;
  readonly channel: Named;
  readonly state: Named & { readonly kind: StateKind };
  readonly subject: string;
  readonly language: Language;
  readonly sector: Named | null;
  readonly entity: Named | null;
  readonly pillar: Named | null;
  readonly importance: (Named & { readonly rank: number }) | null;
  readonly confidential: boolean;
  readonly escalationLevel: number;
  /** From above, and nothing was done since; null: none waits. */
  readonly reminder: ShownReminder | null;
  readonly assignee: { readonly userId: number; readonly name: string } | null;
  readonly receivedAt: Date;
  /** The resolution target of the current cycle; null where none was promised. */
  readonly clock: ClockSummary | null;
  /** The nearer of first reply and final answer; null where nothing was promised. */
  readonly promise: PromiseSummary | null;
  /** Null where no words were searched. */
  readonly match: CaseMatch | null;
}

export interface FoundCases {
  readonly rows: readonly FoundCase[];
  readonly total: number;
  /** True: `total` is about how many there are. */
  readonly estimated: boolean;
  /** The order that they are in. */
  readonly sort: CaseSort;
}
