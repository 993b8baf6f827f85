/**
 * An act that concerns nothing but its own case, in two questions to the database: the case is read without being held, and
 * one statement stores what became of it, its events, its decisions, its letters and the key of the act, provided that the
 * row and the configuration are still those that were read. Where they are not, nothing was written, and the act is done as
 * every other: with the case locked.
 */

import type { Case } from "../../../engine/lifecycle/case.js";
import type { Policy } from "../../../engine/setup/policy.js";
import type { Setup } from "../../../engine/setup/setup.js";
import type { Problem } from "../../../engine/text/problems.js";
import { effectOf } from "../../../engine/workflow/effects.js";
import type { CaseParts } from "../case-parts.js";
import { caseByReference, type LoadedCase } from "../case-queries.js";
import { storeLoneAct } from "./lone-act-store.js";
import { type Act, NeedsTransaction, workOut } from "./work-out.js";

interface LoneAct {
  readonly reference: string;
  readonly act: Act;
  /** What is said where there is no such case. */
  readonly missing: () => Problem;
  /** Throws `missing` where there is none for whoever acts. */
  readonly admit: (loaded: LoadedCase, policy: Policy) => void;
  readonly expectedSeq: number | undefined;
  readonly actKey: string | undefined;
}

/** Whether it may have been done before, or the case moved on: then its record has to be read, with the case held. */
const mayBeOld = ({ expectedSeq, actKey }: LoneAct, { theCase }: LoadedCase): boolean =>
  expectedSeq === undefined ? actKey !== undefined : expectedSeq !== theCase.lastSeq;

/** What became of the case, by which set-up; null when it could not be done so, and nothing was written. Problems as of every act. */
export async function actAlone(parts: CaseParts, a: LoneAct): Promise<{ after: Case; setup: Setup } | null> {
  const { act, actKey } = a;
  if (act.attachments?.length) return null;
  return parts.policies.loaded(async () => {
    const loaded = await caseByReference(parts.db, a.reference);
    if (loaded === null) throw a.missing();
    const { theCase, revision, version } = loaded;
    const policy = parts.policies.at(theCase.programme, revision);
    const pinned = parts.policies.pinned([theCase]);
    a.admit(loaded, policy);
    if (mayBeOld(a, loaded)) return null;
    const { actions } = pinned.workflowOf(theCase.workflow.versionId);
    const named = Object.hasOwn(actions, act.action) ? actions[act.action] : undefined;
    if (named?.effects.some((effect) => effectOf[effect].otherCases)) return null;
    const changed = await workOut(parts, { transaction: null, loaded, act, policy, pinned }).catch((error: unknown) => {
      if (error instanceof NeedsTransaction) return null;
      throw error;
    });
    if (changed === null) return null;
    const { outcome, nextDecision } = changed;
    const key =
      act.actor.kind === "user" && actKey !== undefined
        ? { userId: act.actor.userId, key: actKey, action: act.action, at: act.now }
        : null;
    const stored = await storeLoneAct(parts.db, {
      before: theCase,
      outcome,
      nextDecision,
      version,
      revision,
      key,
      messages: parts.messages,
    });
    return stored ? { after: outcome.after, setup: policy.setup } : null;
  });
}
