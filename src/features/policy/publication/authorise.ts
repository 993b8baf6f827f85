/** Who may do what with a draft or a change-set as it stands, asked before it is locked and again behind the lock. */

import type { Transaction } from "sequelize";
import { type Actor, can } from "../../../engine/access/permissions.js";
import { type DraftAct, draftRefusal, withAuthor } from "../../../engine/setup/policy-draft.js";
import type { ProgrammeSettings } from "../../../engine/setup/setup.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import type { Database } from "../../../platform/db/query.js";
import { accountTouchedBy } from "../../people/accounts/account-touch-queries.js";
import { changedMeanwhile, noChangeSet } from "../change-sets/change-set-refusals.js";
import { draftProblems, factsOf, withItsSet } from "../drafts/draft-views.js";
import { requirePublisher } from "../versions/listed-version.js";
import type { Provenance } from "../versions/version-store.js";
import type { Owner, ReadSet } from "./read-set.js";

/** Their account: those who may publish may write. Problems: not-found, forbidden. */
export function writerOf(actor: Actor, programme: string): number {
  requirePublisher(actor, programme);
  if (actor.kind !== "user") throw draftProblems.onlyPeople();
  return actor.userId;
}

/** Who takes a step with what they saw at `revision`; left out: it matters not. */
export interface Seen {
  readonly actor: Actor;
  readonly revision?: number | undefined;
}

/** The account of a person who may write it. Problems: not-found (also what is not theirs to see), forbidden. */
export function requireWriter(owner: Owner, actor: Actor): number {
  const { programme } = owner.head;
  if (!can(actor, "configuration.read", { programme }))
    throw owner.kind === "draft" ? draftProblems.none() : noChangeSet();
  return writerOf(actor, programme);
}

/**
 * The account of a person who may do this with it in its state. Problems: not-found, forbidden (not by this official), not-now (not
 * as it stands), conflict (it is closed, or another than was seen).
 */
export function requireStep(owner: Owner, act: DraftAct, a: Seen, settings: ProgrammeSettings): number {
  const { head } = owner;
  const by = requireWriter(owner, a.actor);
  if (owner.kind === "draft" && owner.head.changeSet !== null && withItsSet.has(act))
    throw draftProblems.inChangeSet(owner.head.changeSet.title);
  const refusal = draftRefusal(act, factsOf(head), { userId: by, secondPerson: settings.secondPerson === true });
  if (refusal !== null) {
    const isClosed = head.state === "published" || head.state === "discarded";
    throw new Problem(isClosed ? "conflict" : refusal.personal ? "forbidden" : "not-now", refusal.reason);
  }
  if (a.revision !== undefined && a.revision !== head.revision)
    throw owner.kind === "draft" ? draftProblems.changed(owner.head) : changedMeanwhile(owner.head);
  return by;
}

/** Whose publication it is. */
export interface Approval {
  /** Account of the person who does it; null: the machine does, or its operator. */
  readonly by: number | null;
  /** The owner's authors so far. */
  readonly authors: readonly number[];
  /** It was submitted by others, and this is the second person. */
  readonly approving: boolean;
}

/** Where the programme wants a second person, nobody publishes by themselves, whatever door they come by; the machine may. */
function requireMachine(by: Actor, programme: string, settings: ProgrammeSettings): void {
  if (!can(by, "configuration.publish", { programme })) {
    throw new Problem("forbidden", msg("policy-publication.authorise.onlyTheOperationRoomOf", { programme }));
  }
  if (by.kind !== "user" || settings.secondPerson !== true) return;
  throw new Problem("forbidden", msg("policy-publication.authorise.inThisProgrammeASecond"));
}

/** Whether this may be submitted, or published, by this actor. Problems: of `requireStep`. */
export function authorise(
  { owner, programme }: ReadSet,
  act: "submit" | "publish",
  a: Seen,
  settings: ProgrammeSettings,
): Approval {
  if (owner === null) {
    requireMachine(a.actor, programme, settings);
    return { by: null, authors: [], approving: false };
  }
  const by = requireStep(owner, act, a, settings);
  const { authors, state } = factsOf(owner.head);
  return { by, authors, approving: act === "publish" && state === "submitted" && !authors.includes(by) };
}

/**
 * A second person is a second pair of eyes, not a second account of the first: nobody approves by an account whose seat,
 * password or second factor one of the authors changed since they began. Problem forbidden.
 */
export async function requireIndependence(
  db: Database,
  { owner }: ReadSet,
  { by, authors, approving }: Approval,
  tx: Transaction,
): Promise<void> {
  if (!approving || owner === null || by === null) return;
  const name = await accountTouchedBy(db, { userId: by, by: authors, since: owner.head.openedAt }, tx);
  if (name === null) return;
  throw new Problem("forbidden", msg("policy-publication.authorise.whoWroteThisChangedThe", { name }));
}

/** What a version says of the people behind it; null: none. */
export function provenanceOf(
  { owner }: ReadSet,
  { by, authors, approving }: Approval,
  reason: string,
): Omit<Provenance, "draftId" | "copiedFrom"> | null {
  if (owner === null || by === null) return null;
  return {
    draftedBy: approving ? authors : withAuthor(authors, by),
    publishedBy: approving ? (owner.head.submittedBy?.id ?? by) : by,
    approvedBy: approving ? by : null,
    approvalReason: approving ? reason.trim() : null,
  };
}
