/** For the page of a case that climbed to its reader: by which rule, since when, past which deadline. */
import type { Actor } from "../../../engine/access/permissions.js";
import type { Case } from "../../../engine/lifecycle/case.js";
import type { CaseEvent } from "../../../engine/lifecycle/case-event.js";
import { escalatedToReader } from "../../../engine/lifecycle/escalated-to.js";
import type { CaseEscalation } from "../../../engine/lifecycle/views/case-view.js";
import type { Setup } from "../../../engine/setup/setup.js";
import type { Database } from "../../../platform/db/query.js";
import type { ActiveSetup } from "../../setup/active-setup.js";
import { decisionsOfCase } from "../case-event-queries.js";

/** What the rule was called that decided the ladder of this case, as it was then. */
async function titleOf(
  { db, active }: { db: Database; active: Pick<ActiveSetup, "ruleSetDefinition"> },
  a: { caseId: number; ruleId: string },
): Promise<CaseEscalation["reason"]> {
  const decisions = await decisionsOfCase(db, a.caseId);
  for (const { ruleSet, versionId } of [...decisions].reverse()) {
    if (ruleSet !== "escalation") continue;
    const { rules } = await active.ruleSetDefinition(versionId);
    const found = rules.find(({ id }) => id === a.ruleId);
    if (found !== undefined) return found.title;
  }
  return { en: a.ruleId, ar: a.ruleId };
}

/** Null where the case did not climb to its reader, or they are no executive. */
export async function escalationFor(
  parts: { db: Database; active: Pick<ActiveSetup, "ruleSetDefinition"> },
  a: { theCase: Case; events: readonly CaseEvent[]; reader: Actor; setup: Setup },
): Promise<CaseEscalation | null> {
  const found = escalatedToReader(a.theCase, a.reader, a);
  if (found === null) return null;
  const { ruleId, ...shown } = found;
  return { ...shown, reason: await titleOf(parts, { caseId: a.theCase.id, ruleId }) };
}
