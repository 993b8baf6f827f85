/** An applicant may add to the own case as often as the office speaks; what waits to be read is bounded. */
import type { Transaction } from "sequelize";
import type { Case } from "../../../engine/lifecycle/case.js";
import { Problem } from "../../../engine/text/problems.js";
import type { WorkflowDefinition } from "../../../engine/workflow/workflow-definition.js";
import type { Database } from "../../../platform/db/query.js";
import { repliesSince } from "../case-event-queries.js";

/** Messages that may wait for the office's next act. Without a bound one case would grow until nobody can open it. */
const mostUnheard = 20;

/**
 * Refuses one message more where so many wait to be read. Withdrawing, rating and reopening stay possible.
 * Problem `action-refused`.
 */
export async function refuseUnheard(
  db: Database,
  transaction: Transaction,
  a: { theCase: Case; workflow: WorkflowDefinition; action: string },
): Promise<void> {
  const { theCase, workflow, action } = a;
  const named = Object.hasOwn(workflow.actions, action) ? workflow.actions[action] : undefined;
  if (!named?.effects.includes("reply")) return;
  const since = theCase.lastOfficialActionAt ?? theCase.application.receivedAt;
  if ((await repliesSince(db, transaction, { caseId: theCase.id, since, most: mostUnheard })) < mostUnheard) return;
  throw new Problem("action-refused", {
    en: `You have sent ${mostUnheard} messages that wait to be read. The entity reads them first; you can write again as soon as it has acted.`,
    ar: `أرسلتَ ${mostUnheard} رسالة تنتظر القراءة. ستقرؤها الجهة أولًا، ويمكنك الكتابة من جديد بعد أن تتخذ إجراءً.`,
  });
}
