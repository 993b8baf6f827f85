/** That personal data went into a file is an event of each case, as any other look at them is. */

import type { Actor } from "../../../engine/access/permissions.js";
import { draftOf, emit } from "../../../engine/lifecycle/case-draft.js";
import { finishOutcome } from "../../../engine/lifecycle/finish-outcome.js";
import { inTransaction } from "../../../platform/db/transaction.js";
import type { CaseParts } from "../case-parts.js";
import { casesByReference } from "../case-queries.js";
import { updateCases } from "../case-store.js";

/** What columns of a file are called in the record of a case. */
const fieldNames: Readonly<Record<string, string>> = { applicantName: "name" };

export async function readPersonal(
  parts: CaseParts,
  a: { references: readonly string[]; fields: readonly string[]; reason: string; actor: Actor; now: Date },
): Promise<void> {
  const { actor, now, reason, references } = a;
  if (references.length === 0) return;
  const fields = a.fields.map((code) => fieldNames[code] ?? code);
  await parts.policies.loaded(() =>
    inTransaction(parts.db, async (transaction) => {
      const cases = await casesByReference(parts.db, transaction, references);
      const changed = [...cases.values()].map(({ theCase, applicantReachable, nextDecision, revision }) => {
        const { setup } = parts.policies.at(theCase.programme, revision);
        const { calendarOf, workflowOf } = parts.policies.pinned([theCase]);
        const outcome = finishOutcome({
          draft: emit(draftOf(theCase, actor, now), "personal.read", { fields, reason }),
          before: theCase.clocks,
          workflow: workflowOf(theCase.workflow.versionId),
          setup,
          calendarOf,
          applicantReachable,
        });
        return { outcome, nextDecision };
      });
      await updateCases(parts.db, transaction, changed, parts.messages);
    }),
  );
}
