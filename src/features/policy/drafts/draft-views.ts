/** What screens are told of drafts of policy, and what stops somebody from going on with one. */

import { type Actor, can } from "../../../engine/access/permissions.js";
import type { Difference } from "../../../engine/differences/difference.js";
import { setNames } from "../../../engine/explain/explain-decision.js";
import { messageNames } from "../../../engine/letters/message-kinds.js";
import type { WaitingDraft } from "../../../engine/measures/home-view.js";
import type { RuleSetName } from "../../../engine/rules/rule-set.js";
import { type DraftAct, draftActs, draftRefusal } from "../../../engine/setup/policy-draft.js";
import type { Setup } from "../../../engine/setup/setup.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import type { Bilingual } from "../../../engine/text/text.js";
import type { DraftLife } from "../../../platform/db/draft-life.js";
import { pageAddress } from "../../setup/office-addresses.js";
import { type CheckedDefinition, currentOf, describedDifferences } from "../check-definition.js";
import type { DraftHead, StoredPolicyDraft } from "./policy-draft-store.js";

export interface ListedDraft extends Omit<DraftHead, "title"> {
  readonly title: Bilingual;
  /** Whether whoever asks is one of its authors. */
  readonly mine: boolean;
}

export interface OpenDraft extends ListedDraft {
  readonly definition: object;
  readonly checked: CheckedDefinition;
  /** The version that came into force after the draft began, and what it changed (null: it cannot be told); else null. */
  readonly baseMoved: {
    readonly id: number;
    readonly version: number;
    readonly differences: readonly Difference[] | null;
  } | null;
  /** What whoever asks may do with it now. */
  readonly acts: readonly DraftAct[];
  /** Why they may not publish it; null where they may, or are not of those who ever could. */
  readonly whyNotPublish: Bilingual | null;
}

/** A name in both languages, whatever somebody has written so far. */
function asName(value: unknown, otherwise: string): Bilingual {
  const { en, ar } = (typeof value === "object" && value !== null ? value : {}) as Partial<Record<string, unknown>>;
  const [inEnglish, inArabic] = [en, ar].map((text) => (typeof text === "string" && text.trim() !== "" ? text : null));
  return { en: inEnglish ?? inArabic ?? otherwise, ar: inArabic ?? inEnglish ?? otherwise };
}

export function titleOfDraft({ kind, name, title }: Pick<DraftHead, "kind" | "name" | "title">): Bilingual {
  const known = kind === "rules" ? setNames[name as RuleSetName] : messageNames[name];
  return known ?? asName(title, name);
}

const isMine = (head: DraftHead, actor: Actor): boolean =>
  actor.kind === "user" && head.authors.some(({ id }) => id === actor.userId);

export const listedDraft = (head: DraftHead, actor: Actor): ListedDraft => ({
  ...head,
  title: titleOfDraft(head),
  mine: isMine(head, actor),
});

export function waitingDraft(head: DraftHead, actor: Actor): WaitingDraft {
  const { programme, kind, name, submittedBy, submittedAt, savedAt, savedBy, reason } = head;
  return {
    title: titleOfDraft(head),
    link: pageAddress("policy", { programme, kind, name }),
    submittedBy: submittedBy?.name ?? savedBy,
    submittedAt: (submittedAt ?? savedAt).toISOString(),
    reason: reason ?? "",
    mine: isMine(head, actor),
  };
}

/** A draft in a change-set is submitted, sent back and published with it. */
export const withItsSet: ReadonlySet<DraftAct> = new Set(["submit", "takeBack", "sendBack", "publish"]);

export const factsOf = ({ state, authors }: DraftLife) => ({ state, authors: authors.map(({ id }) => id) });

function actsOf(draft: DraftHead, actor: Actor, setup: Setup): Pick<OpenDraft, "acts" | "whyNotPublish"> {
  const { programme } = draft;
  if (actor.kind !== "user" || !can(actor, "configuration.publish", { programme }))
    return { acts: [], whyNotPublish: null };
  const asked = { userId: actor.userId, secondPerson: setup.programme.settings.secondPerson === true };
  const refusal = (act: DraftAct) => draftRefusal(act, factsOf(draft), asked)?.reason ?? null;
  const mayBe = (act: DraftAct) => draft.changeSet === null || !withItsSet.has(act);
  return {
    acts: draftActs.filter((act) => mayBe(act) && refusal(act) === null),
    whyNotPublish:
      draft.changeSet === null ? refusal("publish") : draftProblems.inChangeSet(draft.changeSet.title).detail,
  };
}

/** @param base the definition of the version that the draft was made from */
export function openDraft(
  row: StoredPolicyDraft,
  a: { actor: Actor; setup: Setup; checked: CheckedDefinition; base: object | null },
): OpenDraft {
  const { actor, setup, checked, base } = a;
  const current = currentOf(setup, row);
  const moved = current !== null && current.versionId !== row.basedOn ? current : null;
  return {
    ...listedDraft(row, actor),
    definition: row.definition,
    checked,
    baseMoved: moved && {
      id: moved.versionId,
      version: moved.version,
      differences: base && describedDifferences(row.kind, base, moved.definition, setup),
    },
    ...actsOf(row, actor, setup),
  };
}

export const draftProblems = {
  none: () => new Problem("not-found", msg("policy-drafts.draftViews.draftNotFound")),
  /** Somebody, or the same person in another window, was faster. */
  changed: ({ savedBy, returnedBy, submittedBy, state }: DraftHead) => {
    const who = state === "submitted" ? (submittedBy?.name ?? savedBy) : (returnedBy ?? savedBy);
    return new Problem("conflict", msg("policy-drafts.draftViews.changedThisDraftMeanwhileNothing", { who }));
  },
  /** There is one already. */
  taken: ({ savedBy, changeSet }: DraftHead) => {
    if (changeSet !== null)
      return new Problem("conflict", msg("policy-drafts.draftViews.thisIsBeingChangedIn", { title: changeSet.title }));
    return new Problem("conflict", msg("policy-drafts.draftViews.aDraftOfThisIs", { savedBy }));
  },
  inChangeSet: (title: string) =>
    new Problem("not-now", msg("policy-drafts.draftViews.itBelongsToTheChangeSet", { title })),
  changeSetClosed: (title: string) =>
    new Problem("not-now", msg("policy-drafts.draftViews.theChangeSetIsNotOpen", { title })),
  notHere: ({ kind, name }: { kind: string; name: string }) =>
    new Problem("not-found", msg("policy-drafts.draftViews.thereIsNoHereTo", { kind, name })),
  noDefinition: () => {
    const reason = msg("policy-drafts.draftViews.aDefinitionIsAJSON");
    return new Problem("invalid-input", reason, [{ field: "/definition", reason }]);
  },
  noBase: () => {
    const reason = msg("policy-drafts.draftViews.itWasMadeFromNo");
    return new Problem("invalid-input", reason, [{ field: "/basedOn", reason }]);
  },
  onlyPeople: () => new Problem("forbidden", msg("policy-drafts.draftViews.draftsAreWrittenByPeople")),
};
