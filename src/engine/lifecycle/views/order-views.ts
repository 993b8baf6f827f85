/** What officials ask of each other, as screens show it. Moments are ISO strings. */

import type { Bilingual } from "../../text/text.js";
import type { StateKind } from "../../workflow/workflow-definition.js";
import type { NamedCode } from "../held-sweep.js";

export interface OrderLine {
  readonly reference: string;
  readonly type: Bilingual;
  readonly subject: string;
  /** Whom it asks; null: the operation room. */
  readonly entity: NamedCode | null;
  /** From which position. */
  readonly from: Bilingual;
  readonly state: Bilingual;
  readonly kind: StateKind;
  readonly issuedAt: string;
  /** Null: it is answered, or waits for who asked. */
  readonly dueAt: string | null;
  readonly late: boolean;
  readonly escalationLevel: number;
  /** Whose turn it is. */
  readonly next: "them" | "you" | "nobody";
}

/** What became of what was asked from some positions, of the last year. */
export interface OrderFigures {
  readonly open: number;
  readonly late: number;
  /** Waits for who asked: to be accepted or sent back, or a question. */
  readonly toYou: number;
  /** Median working seconds until the first answer; null: none was given. */
  readonly medianSeconds: number | null;
  /** Answered ones that have ended, and those of them that were never sent back. */
  readonly closed: number;
  readonly atFirstTry: number;
}

export interface OrderChoice {
  readonly type: string;
  readonly name: Bilingual;
  readonly purpose: Bilingual | null;
}

/** What somebody may ask, and of whom. */
export interface OrderForm {
  readonly programme: string;
  /** Positions to ask from. */
  readonly seats: readonly { readonly id: number; readonly title: Bilingual }[];
  readonly types: readonly OrderChoice[];
  /** Empty: it goes to the operation room. */
  readonly entities: readonly NamedCode[];
  readonly entity: string | null;
  /** The case it is about. */
  readonly about: { readonly reference: string; readonly subject: string } | null;
  /** What is seen of the entity now, in words; null: of none, or of several. */
  readonly seen: Bilingual | null;
  /** A subject to begin with; null: nothing was looked at. */
  readonly proposed: Bilingual | null;
  /** Texts to begin with, each for some types. */
  readonly templates: readonly {
    readonly code: string;
    readonly name: Bilingual;
    readonly body: Bilingual;
    readonly types: readonly string[];
  }[];
}

export interface OrdersView {
  readonly asked: readonly OrderLine[];
  readonly received: readonly OrderLine[];
  readonly figures: OrderFigures;
  /** Programmes in which they may ask entities, and the operation room. */
  readonly mayDirect: boolean;
  readonly mayAsk: boolean;
  readonly form: OrderForm | null;
}
