/** Where a list leads after an act: to the first of its further cases that the official can move on now. */

import { type Actor, can, rolesFor } from "../../../engine/access/permissions.js";
import { caseFacts } from "../../../engine/rules/fact-catalogue.js";
import { mainEffects } from "../../../engine/workflow/main-effects.js";
import { movesCases, theirActions } from "../act/offered-actions.js";
import type { CaseParts } from "../case-parts.js";
import { casesToLookAt, type LoadedCase } from "../case-queries.js";

/** The length of the longest list but the case that one comes from. */
export const mostToLookAt = 99;
/** So many are read at once: the next one is mostly among them. */
const atOnce = 10;

export interface NextAsked {
  /** Cases of the list in its order. */
  readonly references: readonly string[];
  /** The act that was done: who only reminds or writes notes goes on where that is possible. Null: none was. */
  readonly action: string | null;
  readonly actor: Actor;
  readonly now: Date;
}

export interface NextToDo {
  readonly reference: string;
  readonly subject: string;
}

/** Whether it waits for the actor: not for the applicant, a reviewer, or the colleague who has it. */
async function waitsFor({ policies }: CaseParts, { theCase }: LoadedCase, a: NextAsked): Promise<boolean> {
  const { actor, now, action } = a;
  const { setup, calendar } = await policies.current(theCase.programme);
  const subject = { case: theCase, entities: setup.entities };
  if (!can(actor, "case.read", subject)) return false;
  const pinned = await policies.pin([theCase]);
  const workflow = pinned.workflowOf(theCase.workflow.versionId);
  const facts = caseFacts(theCase, setup, calendar, now, actor);
  const { allowed, primary } = theirActions({ theCase, workflow, setup, facts, actor, now });
  if (primary !== undefined) {
    const free = theCase.assignee === null || (actor.kind === "user" && actor.userId === theCase.assignee);
    if (free) return true;
    const main = mainEffects(primary.action.effects);
    if (!main.includes("take") && !main.includes("answer")) return true;
  }
  const same = allowed.find(({ name }) => name === action)?.action;
  if (same === undefined) return false;
  return same.effects.includes("remind") || !movesCases(workflow, rolesFor(actor, "case.act", subject));
}

/** Null: none of them waits for the actor. What is not the actor's to see is passed over. */
export async function nextToDo(parts: CaseParts, a: NextAsked): Promise<NextToDo | null> {
  for (let at = 0; at < a.references.length; at += atOnce) {
    const some = a.references.slice(at, at + atOnce);
    const found = new Map((await casesToLookAt(parts.db, some)).map((one) => [one.theCase.reference, one]));
    for (const reference of some) {
      const one = found.get(reference);
      if (one !== undefined && (await waitsFor(parts, one, a)))
        return { reference, subject: one.theCase.application.subject };
    }
  }
  return null;
}
