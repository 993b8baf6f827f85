/**
 * An act on a case by its workflow, in two steps: what it means, and what becomes of the case by it. Between them the caller
 * finds what the act names (the original of a duplicate, files), which is all that real cases and made-up ones differ in.
 */

import type { Actor } from "../access/permissions.js";
import { shiftDate, startOfDay } from "../calendar/civil-days.js";
import { caseFacts, type Facts } from "../rules/fact-catalogue.js";
import type { Policy } from "../setup/policy.js";
import type { Setup } from "../setup/setup.js";
import { agreedUntil, effectOf } from "../workflow/effects.js";
import { type Interpreted, interpretAction } from "../workflow/interpret-action.js";
import { namedAction, type WorkflowDefinition } from "../workflow/workflow-definition.js";
import { type AppliedWith, applyAction } from "./apply-action.js";
import { beginCycle } from "./begin-cycle.js";
import type { Case } from "./case.js";
import type { CaseDraft } from "./case-draft.js";
import { decideCase } from "./decide-case.js";
import { draftAfterDue } from "./enforce-due.js";
import { recalculateTargets } from "./recalculate-targets.js";
import type { CalendarOf } from "./sync-clocks.js";
import { rememberBefore } from "./take-back.js";

interface Acting {
  readonly workflow: WorkflowDefinition;
  readonly policy: Policy;
  readonly calendarOf: CalendarOf;
  readonly action: string;
}

/** An act that the workflow allows, not yet carried out. */
export interface InterpretedAct extends Interpreted {
  /** The case after what fell due before the act and after the quality rules. */
  readonly draft: CaseDraft;
}

/** Whether an answer to the case has to be reviewed before it takes effect. */
export const decideReview = (draft: CaseDraft, policy: Policy, facts: Facts) =>
  decideCase(draft, policy, "quality", facts);

/** What fell due before is enforced, then the workflow is asked. Throws the Problem with which it refuses. */
export async function interpretAct(
  a: Acting & { theCase: Case; fields: Readonly<Record<string, unknown>>; actor: Actor; now: Date },
): Promise<InterpretedAct> {
  const { workflow, policy, now } = a;
  const { setup, calendar } = policy;
  let draft = draftAfterDue({ ...a, setup });
  const { theCase } = draft;
  let facts = caseFacts(theCase, setup, calendar, now, a.actor);
  if (namedAction(workflow, a.action)?.effects.includes("answer")) {
    const quality = await decideReview(draft, policy, facts);
    facts = { ...facts, reviewRequired: quality.outcome.review };
    draft = quality.draft;
  }
  const interpreted = interpretAction({ ...a, theCase, facts, setup });
  if (!interpreted.ok) throw interpreted.problem;
  return { ...interpreted, draft };
}

/** The end of the day until which a plan is agreed; null: none is. */
function agreedDueAt({ effects, fields }: InterpretedAct, { programme: { timeZone } }: Setup): Date | null {
  const until = effects.includes("agree") ? fields[agreedUntil] : null;
  return typeof until === "string" ? startOfDay(shiftDate(until, 1), timeZone) : null;
}

/** Effects, state and clocks, then new promises where a cycle begins or the case was reclassified. */
export async function carryOut(
  act: InterpretedAct,
  a: Acting & Pick<AppliedWith, "attachments" | "by" | "original" | "splitInto">,
): Promise<CaseDraft> {
  const { policy } = a;
  const { setup, calendar } = policy;
  const { now } = act.draft;
  const applied = applyAction({ ...a, ...act, setup, calendar });
  const draft = rememberBefore(applied, { ...act, before: act.draft.theCase, workflow: a.workflow });
  const facts = () => caseFacts(draft.theCase, setup, calendar, now);
  if (act.effects.some((effect) => effectOf[effect].beginsCycle)) {
    return beginCycle(draft, policy, facts(), now, { chosenDueAt: agreedDueAt(act, setup) });
  }
  return act.effects.includes("reclassify") ? recalculateTargets(draft, policy, a.calendarOf, facts()) : draft;
}
