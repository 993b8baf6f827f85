/**
 * A draft of policy: open while it is written, submitted while it waits for a second pair of eyes, then published or
 * discarded. What may be done with it, by whom, and why not.
 */
import { msg } from "../text/msg.js";
import type { Bilingual } from "../text/text.js";

export type DraftState = "open" | "submitted" | "published" | "discarded";
export const draftActs = ["save", "discard", "submit", "takeBack", "sendBack", "publish"] as const;
export type DraftAct = (typeof draftActs)[number];

export interface DraftFacts {
  readonly state: DraftState;
  /** Accounts that saved anything in it, or submitted it. */
  readonly authors: readonly number[];
}

export interface DraftAsked {
  /** Who asks: somebody who may publish in the programme. */
  readonly userId: number;
  /** Whether the programme wants a second person. */
  readonly secondPerson: boolean;
}

const refusals = {
  published: msg("setup.policyDraft.published"),
  discarded: msg("setup.policyDraft.discarded"),
  waits: msg("setup.policyDraft.waits"),
  waitsElsewhere: msg("setup.policyDraft.waitsElsewhere"),
  notSubmitted: msg("setup.policyDraft.notSubmitted"),
  needsSecond: msg("setup.policyDraft.needsSecond"),
  notWaiting: msg("setup.policyDraft.notWaiting"),
  needsNone: msg("setup.policyDraft.needsNone"),
  author: msg("setup.policyDraft.author"),
  notAuthor: msg("setup.policyDraft.notAuthor"),
  ownDraft: msg("setup.policyDraft.ownDraft"),
};

export interface DraftRefusal {
  readonly reason: Bilingual;
  /** True: somebody else may; false: nobody, as the draft stands. */
  readonly personal: boolean;
}

type Rule = (draft: DraftFacts, asked: DraftAsked & { readonly isAuthor: boolean }) => Bilingual | null;
const personal: ReadonlySet<Bilingual> = new Set([refusals.author, refusals.notAuthor, refusals.ownDraft]);

const whileWritten: Rule = ({ state }, { isAuthor }) => {
  if (state === "open") return null;
  return isAuthor ? refusals.waits : refusals.waitsElsewhere;
};

/** Of drafts that are neither published nor discarded. */
const rules: Readonly<Record<DraftAct, Rule>> = {
  save: whileWritten,
  discard: whileWritten,
  submit: (draft, asked) => whileWritten(draft, asked) ?? (asked.secondPerson ? null : refusals.needsNone),
  takeBack: ({ state }, { isAuthor }) => {
    if (state !== "submitted") return refusals.notSubmitted;
    return isAuthor ? null : refusals.notAuthor;
  },
  sendBack: ({ state }, { isAuthor }) => {
    if (state !== "submitted") return refusals.notSubmitted;
    return isAuthor ? refusals.ownDraft : null;
  },
  publish: ({ state }, { isAuthor, secondPerson }) => {
    if (!secondPerson) return null;
    if (state !== "submitted") return isAuthor ? refusals.needsSecond : refusals.notWaiting;
    return isAuthor ? refusals.author : null;
  },
};

/** Why it may not be done; null: it may. */
export function draftRefusal(act: DraftAct, draft: DraftFacts, asked: DraftAsked): DraftRefusal | null {
  const { state, authors } = draft;
  const closed = state === "published" || state === "discarded" ? refusals[state] : null;
  const reason = closed ?? rules[act](draft, { ...asked, isAuthor: authors.includes(asked.userId) });
  return reason === null ? null : { reason, personal: personal.has(reason) };
}

/** The authors with one more, each once. */
export const withAuthor = (authors: readonly number[], userId: number): number[] => [...new Set([...authors, userId])];
