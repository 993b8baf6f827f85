/** What the applicant would be sent by an action that is still being written. Nothing is stored and nothing is sent. */

import { type Actor, can } from "../../../engine/access/permissions.js";
import { letterOfAction } from "../../../engine/letters/letter-of-action.js";
import type { MessageIntent } from "../../../engine/letters/message-intent.js";
import { parseReference } from "../../../engine/lifecycle/case-reference.js";
import { caseFacts } from "../../../engine/rules/fact-catalogue.js";
import type { Setup } from "../../../engine/setup/setup.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import { interpretAction } from "../../../engine/workflow/interpret-action.js";
import { type CaseParts, caseNotShown } from "../case-parts.js";
import { caseByReference } from "../case-queries.js";

export interface LetterAsked {
  readonly reference: string;
  readonly action: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly actor: Actor;
  readonly now: Date;
}

export interface LetterToSend {
  readonly letter: MessageIntent;
  readonly setup: Setup;
  /** False: the applicant left no address, and reads it on the page of the application. */
  readonly reachable: boolean;
}

/**
 * The same checks as when it is sent. Problems: not-found (also for a case that is not the actor's), forbidden,
 * action-refused, invalid-input (fields; an action that writes to nobody).
 */
export async function letterToSend(parts: CaseParts, a: LetterAsked): Promise<LetterToSend> {
  const { actor, now, fields } = a;
  const reference = parseReference(a.reference);
  const loaded = reference === null ? null : await caseByReference(parts.db, reference);
  if (loaded === null) throw caseNotShown();
  const { theCase, applicantWays } = loaded;
  const { setup, calendar } = await parts.policies.fresh(theCase.programme);
  if (!can(actor, "case.read", { case: theCase, entities: setup.entities })) throw caseNotShown();
  const pinned = await parts.policies.pin([theCase]);
  const workflow = pinned.workflowOf(theCase.workflow.versionId);
  // Whether it will be reviewed is not told before it is sent.
  const facts = { ...caseFacts(theCase, setup, calendar, now, actor), reviewRequired: false };
  const interpreted = interpretAction({ workflow, theCase, action: a.action, fields, actor, facts, setup, now });
  if (!interpreted.ok) throw interpreted.problem;
  const action = workflow.actions[a.action];
  const letter =
    action === undefined
      ? null
      : letterOfAction({
          theCase,
          workflow,
          setup,
          action,
          fields: interpreted.fields,
          actor,
          now,
          ways: applicantWays,
        });
  if (letter !== null) return { letter, setup, reachable: applicantWays.length > 0 };
  const reason = msg("cases-act.previewLetter.thisActionWritesNoLetter");
  throw new Problem("invalid-input", reason, [{ field: "/action", reason }]);
}
