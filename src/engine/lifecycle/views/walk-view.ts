/** A made-up case that is walked through a workflow, as it is asked for and shown. */
import type { Actor } from "../../access/permissions.js";
import type { TargetName } from "../../calendar/clock.js";
import type { TimelineEntry } from "../../explain/describe-event.js";
import type { Bilingual } from "../../text/text.js";
import type { Performer } from "../../workflow/performers.js";
import type { WalkStep } from "../walk-case.js";
import type { OfferedAction } from "./case-view.js";

export interface WalkAsked {
  readonly actor: Actor;
  readonly programme: string;
  readonly name: string;
  readonly definition: unknown;
  readonly start: {
    /** Of those that follow the workflow; null: the first. */
    readonly type: string | null;
    readonly placed: boolean;
    /** What the made-up applicant wrote; empty: nothing. */
    readonly subject: string;
    readonly description: string;
    readonly importance: string | null;
    /** What is known of the extra fields, as rules and guards ask for it: `field.brand`. */
    readonly facts: Readonly<Record<string, unknown>>;
  };
  readonly steps: readonly WalkStep[];
  /** Number of the change-set by whose set-up it is walked; left out: the set-up in force. */
  readonly changeSet?: number | null | undefined;
  readonly now: Date;
  /** As whom one would go on. */
  readonly as: { readonly by: Performer; readonly person: 1 | 2 };
}

export interface WalkView {
  /** The type of the case, and all that may be chosen. */
  readonly type: string;
  readonly types: readonly { readonly code: string; readonly name: Bilingual }[];
  /** Facts of the extra fields of the type; `asked`: conditions of this workflow ask for it. */
  readonly fields: readonly { readonly fact: string; readonly asked: boolean }[];
  /** Keyword lists that are found in the text. */
  readonly lists: readonly Bilingual[];
  /** What the case is classified as by now. */
  readonly pillar: Bilingual | null;
  readonly importance: Bilingual | null;
  readonly confidential: boolean;
  readonly state: string;
  readonly entity: Bilingual | null;
  readonly now: Date;
  readonly timeline: readonly TimelineEntry[];
  /** Letters that would go out, by the event after which they do. */
  readonly letters: readonly { readonly seq: number; readonly name: Bilingual; readonly to: Bilingual }[];
  readonly clocks: readonly {
    readonly target: TargetName;
    readonly state: "running" | "paused" | "met" | "late" | "cancelled";
    readonly dueAt: Date | null;
  }[];
  /** When something falls due by itself; null: never. */
  readonly next: Date | null;
  /** What the chosen person may do now, and what not and why. */
  readonly actions: readonly Pick<OfferedAction, "action" | "name" | "allowed" | "reason" | "fields">[];
  /** Who may do anything at all from here. */
  readonly able: readonly Performer[];
  /** It has not ended, nobody may do anything, and no timer leads on. */
  readonly deadEnd: boolean;
  /** By whose set-up it was walked; null: the one in force. */
  readonly changeSet: { readonly id: number; readonly title: string } | null;
}
