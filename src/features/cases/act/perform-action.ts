/**
 * What a person does to a case: read it, see who may and whether it was done before, compute the outcome, store it. One path
 * for every act and every door. First without a lock where that may do (`optimistic`): two questions to the database, of
 * which the second stores all of it, or nothing when the case or the configuration moved on. Where more than the case has to
 * be looked at, the same is done again with the case locked, in one transaction.
 */

import { can } from "../../../engine/access/permissions.js";
import { describeEvents } from "../../../engine/explain/describe-event.js";
import { casesNamedIn } from "../../../engine/explain/named-cases.js";
import type { EntryKind } from "../../../engine/explain/told.js";
import type { Case } from "../../../engine/lifecycle/case.js";
import type { CaseOutcome } from "../../../engine/lifecycle/case-outcome.js";
import { parseReference } from "../../../engine/lifecycle/case-reference.js";
import { ownWayBack } from "../../../engine/lifecycle/take-back.js";
import type { PinnedVersions, Policy } from "../../../engine/setup/policy.js";
import type { Setup } from "../../../engine/setup/setup.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import { type Language, perLanguage } from "../../../engine/text/text.js";
import { placedTooLate, uniqueViolation } from "../../../platform/db/errors.js";
import type { Database } from "../../../platform/db/query.js";
import { inTransaction } from "../../../platform/db/transaction.js";
import { eventsOfCase } from "../case-event-queries.js";
import { answerDueAt, type CaseParts, caseNotShown } from "../case-parts.js";
import { caseByReference, type LoadedCase } from "../case-queries.js";
import type { Hold } from "../case-statements.js";
import { optimisticUpdate, updateCases } from "../case-store.js";
import { type ActKey, claimAct } from "./case-act-store.js";
import {
  type Act,
  type ComputedOutcome,
  computeOutcome,
  type Lock,
  RequiresLock,
  requireLock,
} from "./compute-outcome.js";
import { reachedReferences } from "./reached-references.js";
import { mergeDuplicates, openSplit } from "./split-and-merge.js";
import { toldSince } from "./told-since.js";

export interface PerformedAction {
  readonly reference: string;
  readonly state: string;
  readonly entity: string | null;
  readonly dueAt: Date | null;
  /** The case that a second matter became, where the act split one off. */
  readonly opened?: Omit<PerformedAction, "opened">;
  /** By the act it left the reach of the official who acted. */
  readonly gone?: true;
  /** A forward that this official can take back, by the number of its event. */
  readonly takeBack?: { readonly seq: number; readonly until: Date };
}

/**
 * What else is stored with an act, in its transaction and before it: it may keep letters back. What it throws undoes the
 * act. It may run more than once, each time in a transaction of its own.
 */
export type Beside = (a: { transaction: Transaction; outcome: CaseOutcome }) => Promise<CaseOutcome>;
type Transaction = NonNullable<Lock>;

/** Who comes: a door says whom it admits, and what it has to ask before. */
export interface Door {
  /** `optimistic`: first without a lock. `check` and `beside` are asked in a transaction, so with them it is `locked`. */
  readonly hold: Hold;
  /** What is said where there is no such case. */
  readonly missing: () => Problem;
  /** Throws `missing` where there is none for the actor. */
  readonly authorise: (loaded: LoadedCase, policy: Policy) => void;
  /** Refuses, with the case locked, whom the case itself does not admit; says whether it was done just now. */
  readonly check?: (loaded: LoadedCase, pinned: PinnedVersions, transaction: Transaction) => Promise<"act" | "done">;
  /** The last step of the case that an official saw; the case must not have moved on since. */
  readonly expectedSeq?: number | undefined;
  /** The key of an act that may be sent again after it was done. */
  readonly actKey?: string | undefined;
  readonly beside?: Beside | undefined;
}

/** What somebody does to the case of a reference. */
export type ActOn = Act & { readonly reference: string };

interface Done {
  readonly after: Case;
  readonly setup: Setup;
  readonly performed: PerformedAction;
}

/** The case as it was read, and by what it is judged. */
interface Read {
  readonly lock: Lock;
  readonly act: Act;
  readonly door: Door;
  readonly loaded: LoadedCase;
  readonly policy: Policy;
  readonly pinned: PinnedVersions;
}

/** At most so many of the steps since are named; the newest count. */
const maxNamed = 5;

/** A look at personal data and a reminder that went out make nothing of what somebody is writing wrong. */
const changesNothing: ReadonlySet<EntryKind> = new Set(["reading", "escalation"]);

/** Refuses when the case moved on since `expectedSeq`, and says what happened, so that the author can decide whether the text still fits. */
async function refuseMoved(db: Database, transaction: Transaction, a: Read, expectedSeq: number): Promise<void> {
  const { theCase } = a.loaded;
  const { setup } = a.policy;
  const workflow = a.pinned.workflowOf(theCase.workflow.versionId);
  const events = await eventsOfCase(db, theCase.id, transaction);
  const references = casesNamedIn(events);
  const reached = await reachedReferences(db, { references, actor: a.act.actor, transaction });
  const since = describeEvents(events, { setup, workflow, reached, reader: a.act.actor }).filter(
    ({ seq, folded, kind }) => seq > expectedSeq && !folded && !changesNothing.has(kind),
  );
  if (since.length === 0) return;
  const { timeZone } = setup.programme;
  const told = (language: Language): string => toldSince(since.slice(-maxNamed), { language, timeZone });
  throw new Problem(
    "conflict",
    msg("cases-act.performAction.theCaseChangedAfterYou", { told: perLanguage((language) => told(language)) }),
  );
}

function keyOf({ act, door }: Read): ActKey | null {
  const { actor, action, now } = act;
  return actor.kind !== "user" || door.actKey === undefined
    ? null
    : { userId: actor.userId, key: door.actKey, action, at: now };
}

/**
 * Whether the very same act was stored before: its answer was lost, and it was sent again. The case's lock makes the second
 * of two that arrive together wait for the first.
 */
async function isStored(db: Database, transaction: Transaction, caseId: number, key: ActKey): Promise<boolean> {
  const claimed = await claimAct(db, transaction, caseId, key);
  if (claimed !== "other") return claimed === "done";
  throw new Problem("idempotency-conflict", msg("cases-act.performAction.thisActsKeyWasUsed"));
}

/**
 * Whether it was done before; throws when the case moved on since it was seen. Without a lock only who saw the case as it is
 * can be sure that it was not.
 */
async function isDone({ db }: CaseParts, a: Read): Promise<boolean> {
  const { lock, loaded, pinned } = a;
  const { check, expectedSeq, actKey } = a.door;
  const { id, lastSeq } = loaded.theCase;
  const moved = expectedSeq !== undefined && expectedSeq !== lastSeq;
  if (lock === null) {
    const sentBefore = expectedSeq === undefined && actKey !== undefined;
    if (moved || sentBefore || check !== undefined) throw new RequiresLock();
    return false;
  }
  if ((await check?.(loaded, pinned, lock)) === "done") return true;
  const key = keyOf(a);
  if (key !== null && (await isStored(db, lock, id, key))) return true;
  if (moved) await refuseMoved(db, lock, a, expectedSeq);
  return false;
}

/** With it the other cases that the act changes, and the one that it opens, which is returned. */
async function store(parts: CaseParts, a: Read, changed: ComputedOutcome): Promise<Case | null> {
  const { db, messages } = parts;
  const { lock, loaded, policy } = a;
  const { actor, now } = a.act;
  if (lock === null) {
    const stored = await optimisticUpdate(db, { loaded, changed, key: keyOf(a), messages });
    if (!stored) throw new RequiresLock();
    return null;
  }
  const { fields, splitInto: into } = changed;
  const references = changed.outcome.events.some(({ type }) => type === "case.merged")
    ? (fields.others as string[])
    : [];
  const others = await mergeDuplicates(parts, { transaction: lock, into: loaded, references, policy, actor, now });
  await updateCases(db, lock, [changed, ...others], messages);
  return into === null ? null : openSplit(parts, { transaction: lock, loaded, into, fields, policy, actor, now });
}

const performedOn = (after: Case): Omit<PerformedAction, "opened"> => ({
  reference: after.reference,
  state: after.state,
  entity: after.entity,
  dueAt: answerDueAt(after),
});

/** How the actor can take back what they just did; null: they cannot. */
function wayBackOf({ outcome, read }: { outcome: CaseOutcome; read: Read }) {
  const { after } = outcome;
  const { actor, now } = read.act;
  const events = outcome.events.map((event, i) => ({ ...event, caseId: after.id, seq: after.lastSeq + i + 1 }));
  const workflow = read.pinned.workflowOf(after.workflow.versionId);
  return ownWayBack({ theCase: after, events, actor, setup: read.policy.setup, workflow, now });
}

/** What was done when it was sent for the first time; a forward can still be taken back. */
async function doneBefore({ db }: CaseParts, { lock, act, loaded, policy, pinned }: Read): Promise<Done> {
  const { theCase } = loaded;
  const { setup } = policy;
  const { actor, now } = act;
  const performed = performedOn(theCase);
  if (actor.kind !== "user") return { after: theCase, setup, performed };
  const events = await eventsOfCase(db, theCase.id, lock ?? undefined);
  const workflow = pinned.workflowOf(theCase.workflow.versionId);
  const takeBack = ownWayBack({ theCase, events, actor, setup, workflow, now });
  return { after: theCase, setup, performed: takeBack === null ? performed : { ...performed, takeBack } };
}

/** The act from its case to its storing; throws RequiresLock, with nothing written, when that cannot be without a lock. */
async function attempt(parts: CaseParts, act: ActOn, door: Door, lock: Lock): Promise<Done> {
  const loaded = await caseByReference(parts.db, act.reference, lock ?? undefined);
  if (loaded === null) throw door.missing();
  const { theCase } = loaded;
  const policy = parts.policies.at(theCase.programme, loaded.revision);
  const { setup } = policy;
  const read: Read = { lock, act, door, loaded, policy, pinned: parts.policies.pinned([theCase]) };
  door.authorise(loaded, policy);
  if (await isDone(parts, read)) return doneBefore(parts, read);
  const computed = await computeOutcome(parts, read);
  const outcome = door.beside
    ? await door.beside({ transaction: requireLock(lock), outcome: computed.outcome })
    : computed.outcome;
  const opened = await store(parts, read, { ...computed, outcome });
  const { after } = outcome;
  const performed = opened === null ? performedOn(after) : { ...performedOn(after), opened: performedOn(opened) };
  const way = wayBackOf({ outcome, read });
  return { after, setup, performed: way === null ? performed : { ...performed, takeBack: way } };
}

/** A new case's number may be taken already, an entity be retired just now: rare, and worth another try. */
const attempts = 6;

/** Acts for a door, which says who may. Problems: of the door, and as of every act. */
export async function perform(parts: CaseParts, act: ActOn, door: Door): Promise<Done> {
  const reference = parseReference(act.reference);
  if (reference === null) throw door.missing();
  const canonical = { ...act, reference };
  if (door.hold === "optimistic" && !act.attachments?.length) {
    try {
      return await parts.policies.loaded(() => attempt(parts, canonical, door, null));
    } catch (error) {
      if (!(error instanceof RequiresLock)) throw error;
    }
  }
  for (let tried = 1; ; tried++) {
    try {
      return await parts.policies.loaded(() =>
        inTransaction(parts.db, (transaction) => attempt(parts, canonical, door, transaction)),
      );
    } catch (error) {
      const rare = placedTooLate(error) || uniqueViolation(error) === "cases_reference_key";
      if (tried === attempts || !rare) throw error;
    }
  }
}

/**
 * An official acts. Problems: `not-found` (also for a case that is not the actor's to see), `forbidden`,
 * `action-refused` with the reason, `invalid-input`, `conflict` when the case moved on since `expectedSeq`,
 * `idempotency-conflict` when `actKey` was used for another act. What was done under an `actKey` is done once.
 */
export async function performAction(
  parts: CaseParts,
  a: ActOn & Pick<Door, "expectedSeq" | "actKey" | "beside">,
): Promise<PerformedAction> {
  const { expectedSeq, actKey, beside, ...act } = a;
  const sees = (theCase: Case, { entities }: Setup) => can(act.actor, "case.read", { case: theCase, entities });
  const { after, setup, performed } = await perform(parts, act, {
    hold: beside === undefined ? "optimistic" : "locked",
    missing: caseNotShown,
    authorise({ theCase }, policy) {
      if (!sees(theCase, policy.setup)) throw caseNotShown();
    },
    ...{ expectedSeq, actKey, beside },
  });
  return sees(after, setup) ? performed : { ...performed, gone: true };
}
