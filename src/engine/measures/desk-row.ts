/** A case as a row of the desk that somebody works at: what it is, how long is left, what to do next. */

import type { ShownReminder } from "../lifecycle/reminders.js";
import { codesOf } from "../registry.js";
import type { Named, PromiseSummary } from "../search/case-search.js";
import type { Bilingual } from "../text/text.js";
import type { EffectName } from "../workflow/effects.js";
import { mainEffects } from "../workflow/main-effects.js";
import type { WorkflowAction } from "../workflow/workflow-definition.js";

/** What an action does, as far as a key of its own starts it, whatever the workflow calls it. */
export const deskDeeds = ["take", "assign", "answer", "ask", "contact", "return", "transfer", "note"] as const;
export type DeskDeed = (typeof deskDeeds)[number];

export interface DeskAct {
  /** As the workflow names it. */
  readonly action: string;
  readonly deed: DeskDeed | null;
  /** Nothing has to be filled in: it is done on the row. Otherwise the case is opened with its form. */
  readonly atOnce: boolean;
}

export interface DeskRow {
  readonly reference: string;
  readonly subject: string;
  readonly type: Named;
  readonly sector: Named | null;
  readonly entity: Named | null;
  readonly pillar: Named | null;
  readonly importance: (Named & { readonly rank: number }) | null;
  readonly state: Named;
  readonly confidential: boolean;
  readonly escalationLevel: number;
  /** From above, and nothing was done since; null: none waits. */
  readonly reminder: ShownReminder | null;
  /** Who took it on. */
  readonly assignee: { readonly name: string; readonly me: boolean } | null;
  readonly receivedAt: Date;
  /** Null where nothing was promised. */
  readonly promise: PromiseSummary | null;
  /** The other of the two, where it still has to be kept as well. */
  readonly laterPromise: PromiseSummary | null;
  /** What to do next; null: nothing is this person's to do now. */
  readonly next: (DeskAct & { readonly name: Bilingual }) | null;
  /** Everything that a key of its own starts, that one too. */
  readonly acts: readonly DeskAct[];
  /** How its text begins; null where a row shows none. */
  readonly text: string | null;
  /** The case's last step: sent back with an act. */
  readonly seq: number;
}

/** In this order: the first of an action's effects that is a deed is what the key does. */
const deedOf: Readonly<Record<EffectName, DeskDeed | null>> = {
  take: "take",
  assign: "assign",
  answer: "answer",
  ask: "ask",
  respond: "contact",
  return: "return",
  transfer: "transfer",
  note: "note",
  reclassify: null,
  reply: null,
  rate: null,
  appeal: null,
  reopen: null,
  agree: null,
  withdraw: null,
  reject: null,
  link: null,
  mention: null,
  give: null,
  split: null,
  merge: null,
  remind: null,
};

/** @param free nobody else has taken the case: from a colleague nothing is taken by one key */
export function deskAct(action: string, { effects, fields }: WorkflowAction, free: boolean): DeskAct {
  const main = mainEffects(effects);
  const deed =
    codesOf(deedOf)
      .filter((effect) => main.includes(effect))
      .map((effect) => deedOf[effect])
      .find((found) => found !== null) ?? null;
  // Taking a case on can be given back; whatever else an act without a form does is looked at first.
  return { action, deed, atOnce: free && deed === "take" && Object.keys(fields).length === 0 };
}
