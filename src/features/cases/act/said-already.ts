/** An applicant's message that comes twice, as when a button is pressed twice on a slow line, is one message. */
import type { Transaction } from "sequelize";
import type { Case } from "../../../engine/lifecycle/case.js";
import { asStored } from "../../../engine/text/text.js";
import type { WorkflowDefinition } from "../../../engine/workflow/workflow-definition.js";
import type { Database } from "../../../platform/db/query.js";
import { lastEventOfCase } from "../case-event-queries.js";
import type { Act } from "./work-out.js";

/** Whoever writes the same words again after that means to say them again. */
const soonMs = 2 * 60_000;

/**
 * Whether the last that happened in a case is this very message of its applicant, a moment ago. One with files is never
 * taken for said, since other files may go with the same words. Asked with the case held, so that the second of two that
 * arrive together sees the first.
 */
export async function saidAlready(
  db: Database,
  transaction: Transaction,
  a: { theCase: Case; workflow: WorkflowDefinition; act: Omit<Act, "actor"> },
): Promise<boolean> {
  const { theCase, workflow, act } = a;
  const named = Object.hasOwn(workflow.actions, act.action) ? workflow.actions[act.action] : undefined;
  const { reply } = act.fields;
  if (!named?.effects.includes("reply") || typeof reply !== "string" || act.attachments?.length) return false;
  const last = await lastEventOfCase(db, transaction, theCase.id);
  return (
    last?.type === "applicant.replied" &&
    last.data.action === act.action &&
    last.data.reply === asStored(reply) &&
    act.now.getTime() - last.at.getTime() < soonMs
  );
}
