/** What is due on one case, and what becomes of it by that. */

import { draftOf } from "../../../engine/lifecycle/case-draft.js";
import type { CaseOutcome } from "../../../engine/lifecycle/case-outcome.js";
import { type DueThing, whatIsDue } from "../../../engine/lifecycle/due-moments.js";
import { enforceDue, enforcer } from "../../../engine/lifecycle/enforce-due.js";
import { finishOutcome } from "../../../engine/lifecycle/finish-outcome.js";
import type { PinnedVersions, Policy } from "../../../engine/setup/policy.js";
import type { LoadedCase } from "../case-queries.js";

export type ComputedDue =
  /** A timer that comes first is performed alone, by the workflow; the next look sees the case in its new state. */
  | { readonly timer: Extract<DueThing, { kind: "timer" }> }
  /** What is enforced: all that is due before the first timer. */
  | { readonly timer: null; readonly before: readonly DueThing[]; readonly outcome: CaseOutcome };

export function computeDue(a: { loaded: LoadedCase; policy: Policy; pinned: PinnedVersions; now: Date }): ComputedDue {
  const { theCase, applicantWays } = a.loaded;
  const { setup } = a.policy;
  const { calendarOf } = a.pinned;
  const workflow = a.pinned.workflowOf(theCase.workflow.versionId);
  const due = whatIsDue({ theCase, workflow, calendarOf, now: a.now });
  const [first] = due;
  if (first?.kind === "timer") return { timer: first };
  const timerAt = due.findIndex((thing) => thing.kind === "timer");
  const before = timerAt === -1 ? due : due.slice(0, timerAt);
  const draft = enforceDue(draftOf(theCase, enforcer, a.now), before, setup);
  const outcome = finishOutcome({ draft, before: theCase.clocks, workflow, setup, calendarOf, applicantWays });
  return { timer: null, before, outcome };
}
