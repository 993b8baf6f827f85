/** The letter that an action with a text for the applicant will send, worked out from the text alone: to look at it before. */

import type { Actor } from "../access/permissions.js";
import type { Case } from "../lifecycle/case.js";
import type { Setup } from "../setup/setup.js";
import { effectOf } from "../workflow/effects.js";
import type { WorkflowAction, WorkflowDefinition } from "../workflow/workflow-definition.js";
import type { ApplicantWay } from "./applicant-ways.js";
import type { MessageIntent } from "./message-intent.js";
import { messagesFor } from "./messages-for.js";

/** Whether an action writes to the applicant. */
export function writesToApplicant({ effects }: Pick<WorkflowAction, "effects">): boolean {
  return effects.some((effect) => effectOf[effect].tells !== null);
}

/** Null where the action writes none, as for what was taken over from another system. */
export function letterOfAction(a: {
  theCase: Case;
  workflow: WorkflowDefinition;
  setup: Setup;
  action: WorkflowAction;
  fields: Readonly<Record<string, unknown>>;
  actor: Actor;
  now: Date;
  /** How the applicant hears; of one who cannot be written to, the letter is shown. */
  ways: readonly ApplicantWay[];
}): MessageIntent | null {
  const { action, fields, actor, now, setup, workflow } = a;
  const type = action.effects.map((effect) => effectOf[effect].tells).find((found) => found !== null);
  if (type === undefined) return null;
  const to = typeof action.to === "string" ? action.to : a.theCase.state;
  const theCase: Case = { ...a.theCase, state: to, stateSince: now };
  const event = { type, at: now, actor, data: { ...fields }, seq: theCase.lastSeq + 1 };
  const [letter] = messagesFor({
    theCase,
    events: [event],
    setup,
    workflow,
    now,
    applicantWays: a.ways.length === 0 ? ["email"] : a.ways,
    lastAnswer: typeof fields.answer === "string" ? fields.answer : null,
  });
  return letter ?? null;
}
