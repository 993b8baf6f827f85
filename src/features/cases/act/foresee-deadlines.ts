/** Which deadlines an act that is still being written would move, and to when. Worked out as the act itself is; nothing is stored. */

import { type Actor, can } from "../../../engine/access/permissions.js";
import type { TargetName } from "../../../engine/calendar/clock.js";
import { wordsIn } from "../../../engine/explain/words.js";
import type { Case } from "../../../engine/lifecycle/case.js";
import { currentClock } from "../../../engine/lifecycle/case-draft.js";
import { parseReference } from "../../../engine/lifecycle/case-reference.js";
import type { ForeseenDeadline } from "../../../engine/lifecycle/views/case-view.js";
import { Problem } from "../../../engine/text/problems.js";
import { perLanguage } from "../../../engine/text/text.js";
import { type CaseParts, caseNotShown } from "../case-parts.js";
import { caseByReference } from "../case-queries.js";
import { type Act, computeOutcome, RequiresLock } from "./compute-outcome.js";

const targets: readonly TargetName[] = ["firstResponse", "resolution"];

/** Null: none runs, or no moment is known while it is paused. */
function dueOf(theCase: Case, target: TargetName): Date | null {
  const clock = currentClock(theCase, target);
  return clock === undefined || clock.metAt !== null || clock.cancelledAt !== null ? null : clock.dueAt;
}

/**
 * Those that it would move; null while it cannot be sent as it is, or is one that concerns other cases. Problems: not-found, also for a case that is
 * not the actor's; else as of the act itself.
 */
export async function foreseeDeadlines(
  parts: CaseParts,
  a: Pick<Act, "action" | "fields" | "now"> & { reference: string; actor: Actor },
): Promise<readonly ForeseenDeadline[] | null> {
  const { actor } = a;
  const reference = parseReference(a.reference);
  const loaded = reference === null ? null : await caseByReference(parts.db, reference);
  if (loaded === null) throw caseNotShown();
  const { theCase } = loaded;
  const policy = await parts.policies.fresh(theCase.programme);
  const { setup } = policy;
  if (!can(actor, "case.read", { case: theCase, entities: setup.entities })) throw caseNotShown();
  const pinned = await parts.policies.pin([theCase]);
  const computed = await computeOutcome(parts, { lock: null, loaded, act: a, policy, pinned }).catch(
    (error: unknown) => {
      // It is being written: what is still missing is said when it is sent.
      if (error instanceof RequiresLock || (error instanceof Problem && error.code === "invalid-input")) return null;
      throw error;
    },
  );
  if (computed === null) return null;
  const { outcome } = computed;
  const wordsFor = wordsIn(setup);
  const name = (target: TargetName) => perLanguage((language) => wordsFor(language).target(target));
  return targets.flatMap((target): ForeseenDeadline[] => {
    const [from, to] = [dueOf(theCase, target), dueOf(outcome.after, target)];
    return from?.getTime() === to?.getTime() ? [] : [{ target, name: name(target), from, to }];
  });
}
