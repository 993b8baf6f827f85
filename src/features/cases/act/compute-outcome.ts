/** What becomes of a case by one act: the workflow is asked, effects and clocks applied. Stores nothing. */

import type { Transaction } from "sequelize";
import { type Actor, can } from "../../../engine/access/permissions.js";
import { ownedByApplicant, ownedByLinkOf, ownedByOfficial } from "../../../engine/files/attachment-owner.js";
import type { ActedBy } from "../../../engine/lifecycle/apply-action.js";
import { carryOut, interpretAct } from "../../../engine/lifecycle/carry-out.js";
import { makeReference, parseReference } from "../../../engine/lifecycle/case-reference.js";
import { finishOutcome } from "../../../engine/lifecycle/finish-outcome.js";
import type { PinnedVersions, Policy } from "../../../engine/setup/policy.js";
import type { Setup } from "../../../engine/setup/setup.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { effectOf } from "../../../engine/workflow/effects.js";
import { isForApplicant } from "../../../engine/workflow/for-applicant.js";
import { effectsWithin, namedAction, type WorkflowAction } from "../../../engine/workflow/workflow-definition.js";
import type { Database } from "../../../platform/db/query.js";
import { hasHandled, lastAnswerOf } from "../case-event-queries.js";
import { type CaseParts, verifyCode } from "../case-parts.js";
import { caseByReference, type LoadedCase } from "../case-queries.js";
import type { ChangedCase } from "../case-store.js";
import { reachableDuplicatesOf } from "../duplicate-queries.js";
import { carriesNoFiles, filesToTake } from "./files-to-take.js";

/** What somebody does to a case. */
export interface Act {
  readonly action: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly actor: Actor;
  readonly now: Date;
  /** Ids of files that the actor has staged for this case. */
  readonly attachments?: readonly string[] | undefined;
  /** By what an applicant came who did not show the code. */
  readonly by?: ActedBy | undefined;
}

/** The transaction that locks the case; null: nothing is locked, and nothing but the case may be looked at. */
export type Lock = Transaction | null;

/** The act looks at more than its own case, or at what was done before: the case has to be locked meanwhile. */
export class RequiresLock extends Error {
  override readonly name = "RequiresLock";
}

/** The transaction of the lock; throws RequiresLock where there is none. */
export function requireLock(lock: Lock): Transaction {
  if (lock === null) throw new RequiresLock();
  return lock;
}

/**
 * The case that a duplicate repeats, locked, so that two cases cannot become duplicates of each other. It must be one
 * that the actor may read and that somebody still answers for. The same words whether it does not exist or is hidden.
 */
async function originalOf(db: Database, lock: Lock, loaded: LoadedCase, act: Act, { entities }: Setup) {
  const { duplicateOf } = act.fields;
  if (typeof duplicateOf !== "string") return null;
  const { theCase } = loaded;
  const reference = parseReference(duplicateOf);
  const original = reference === null ? undefined : (await caseByReference(db, reference, requireLock(lock)))?.theCase;
  const refuse = (reason: Bilingual): never => {
    throw new Problem("invalid-input", reason, [{ field: "/fields/duplicateOf", reason }]);
  };
  if (
    original === undefined ||
    original.id === theCase.id ||
    original.programme !== theCase.programme ||
    // An applicant reads the answer to the original: never what officials answered each other.
    (original.requestedBy === null) !== (theCase.requestedBy === null) ||
    !can(act.actor, "case.read", { case: original, entities })
  ) {
    return refuse(msg("cases-act.computeOutcome.isNotAnotherCaseOf", { duplicateOf }));
  }
  if (original.duplicateOf !== null || original.withdrawnAt !== null || original.rejectedAt !== null) {
    return refuse(msg("cases-act.computeOutcome.endedWithoutAnAnswerA", { duplicateOf }));
  }
  if (original.confidential && !theCase.confidential) {
    return refuse(msg("cases-act.computeOutcome.isConfidentialAnOpenCase", { duplicateOf }));
  }
  // The handlers of an open case are others, and none of them may learn that there is a confidential one about the same.
  if (theCase.confidential && !original.confidential) {
    return refuse(msg("cases-act.computeOutcome.thisCaseIsConfidentialAnd", { duplicateOf }));
  }
  const answer = original.resolvedAt === null ? null : await lastAnswerOf(db, requireLock(lock), original.id);
  return { id: original.id, reference: original.reference, answer: original.confidential ? null : answer };
}

/** The choice of `recognisedBy` that means the code, whatever the workflow calls it. */
const byCode = "code";

const wrongCode: Bilingual = msg("cases-act.computeOutcome.wrongCode");
const codeNeeded: Bilingual = msg("cases-act.computeOutcome.codeNeeded");
const onlyByCode: Bilingual = msg("cases-act.computeOutcome.onlyByCode");

/**
 * Whether an official who acts for the applicant may say that it was the applicant. The code is held against the
 * application here and goes no further: neither record nor letter has it. Problem `invalid-input` at `/fields/code` or `/fields/recognisedBy`. Acts
 * that are nobody else's wish pass.
 */
function refuseUnrecognised(
  loaded: LoadedCase,
  a: { actor: Actor; named: WorkflowAction | undefined; fields: Readonly<Record<string, unknown>> },
): void {
  if (a.actor.kind !== "user" || !isForApplicant(a.named)) return;
  const { code, recognisedBy } = a.fields;
  const { anonymous } = loaded.theCase.application;
  const refuse = (field: string, reason: Bilingual): never => {
    throw new Problem("invalid-input", reason, [{ field: `/fields/${field}`, reason }]);
  };
  if (typeof code === "string") {
    if (!verifyCode(loaded, code)) refuse("code", wrongCode);
  } else if (anonymous || loaded.theCase.confidential) {
    refuse("code", onlyByCode);
  } else if (recognisedBy === byCode) refuse("code", codeNeeded);
}

const handledIt: Bilingual = msg("workflow.refusal.youHandledThisCase");

/** A rating is taken down by nobody who ever had a hand in the case. Problem `action-refused`. */
async function refuseOwnRating(db: Database, lock: Lock, caseId: number, actor: Actor): Promise<void> {
  if (actor.kind !== "user" || !(await hasHandled(db, requireLock(lock), { caseId, userId: actor.userId }))) return;
  throw new Problem("action-refused", handledIt);
}

/** By whom files of this act must have been staged; undefined: whoever acts stages none. */
function stagerOf({ actor, by }: Act, caseId: number): string | undefined {
  if (actor.kind === "user") return ownedByOfficial(actor.userId, caseId);
  if (actor.kind !== "applicant") return undefined;
  return by === "link" ? ownedByLinkOf(caseId) : ownedByApplicant(caseId);
}

/** What becomes of the case, and what was read from the act. */
export interface ComputedOutcome extends ChangedCase {
  readonly fields: Readonly<Record<string, unknown>>;
  /** The reference of the case that a second matter becomes. */
  readonly splitInto: string | null;
}

/**
 * The outcome of one act on a loaded case; the caller stores it.
 * Throws the Problem with which the workflow refuses; RequiresLock when nothing is locked and the act looks beyond its case.
 */
export async function computeOutcome(
  parts: CaseParts,
  a: { lock: Lock; loaded: LoadedCase; act: Act; policy: Policy; pinned: PinnedVersions },
): Promise<ComputedOutcome> {
  const { lock, loaded, act, policy, pinned } = a;
  const { setup } = policy;
  const workflow = pinned.workflowOf(loaded.theCase.workflow.versionId);
  const named = namedAction(workflow, act.action);
  if (named !== undefined && effectsWithin(named).some((effect) => effectOf[effect].otherCases)) requireLock(lock);
  const acting = { workflow, policy, calendarOf: pinned.calendarOf, action: act.action };
  const interpreted = await interpretAct({ ...act, ...acting, theCase: loaded.theCase });
  refuseUnrecognised(loaded, { ...act, ...interpreted, named });
  if (interpreted.effects.includes("rate")) await refuseOwnRating(parts.db, lock, loaded.theCase.id, act.actor);

  const original = await originalOf(parts.db, lock, loaded, { ...act, fields: interpreted.fields }, setup);
  const takenFrom = act.attachments?.length ? stagerOf(act, loaded.theCase.id) : undefined;
  if (takenFrom !== undefined && named?.attachments !== true) throw carriesNoFiles();
  const taken = { ids: act.attachments ?? [], owner: takenFrom ?? "", setup };
  const splitInto = interpreted.effects.includes("split") ? makeReference(parts.random.bytes(8)) : null;
  const attachments = taken.ids.length === 0 ? [] : await filesToTake(parts.db, taken, requireLock(lock));
  const draft = await carryOut(interpreted, { ...acting, attachments, by: act.by, original, splitInto });
  const { calendarOf } = parts.policies.pinned([draft.theCase]);
  const { applicantWays, nextDecision } = loaded;
  const before = loaded.theCase.clocks;
  const { id, confidential } = draft.theCase;
  const resolves = draft.theCase.resolvedAt === act.now;
  const rejects = interpreted.effects.includes("reject");
  const approved = resolves && !interpreted.effects.includes("answer");
  const outcome = finishOutcome({
    draft,
    before,
    workflow,
    setup,
    calendarOf,
    applicantWays,
    lastAnswer: approved ? await lastAnswerOf(parts.db, requireLock(lock), id) : null,
    duplicates:
      (resolves || rejects || original?.answer) && !confidential
        ? await reachableDuplicatesOf(parts.db, requireLock(lock), id)
        : [],
    originalAnswer: original?.answer ?? null,
  });
  return { outcome, nextDecision, takenFrom, fields: interpreted.fields, splitInto };
}
