/** A look at something personal of a case: an event of it, stored in the transaction in which it is shown. */
import type { Transaction } from "sequelize";
import type { LoadedCase } from "../db/case-queries.js";
import { updateCases } from "../db/case-store.js";
import type { CaseEventType } from "../domain/case-event.js";
import { draftOf, emit } from "../domain/movement/case-draft.js";
import { finishOutcome } from "../domain/movement/finish-outcome.js";
import type { Actor } from "../domain/permissions.js";
import type { CaseParts } from "./case-parts.js";

export interface Look {
  readonly type: Extract<CaseEventType, "personal.read" | "attachment.read" | "caller.served">;
  readonly data: Readonly<Record<string, unknown>>;
  readonly actor: Actor;
  readonly now: Date;
}

/** What was seen is on record, or was not seen: `loaded` is held by the transaction, and nothing is shown before it ends. */
export async function recordLook(
  parts: CaseParts,
  transaction: Transaction,
  loaded: LoadedCase,
  { type, data, actor, now }: Look,
): Promise<void> {
  const { theCase, applicantReachable, nextDecision, revision } = loaded;
  const { setup } = parts.policies.at(theCase.programme, revision);
  const { calendarOf, workflowOf } = parts.policies.pinned([theCase]);
  const outcome = finishOutcome({
    draft: emit(draftOf(theCase, actor, now), type, data),
    before: theCase.clocks,
    workflow: workflowOf(theCase.workflow.versionId),
    setup,
    calendarOf,
    applicantReachable,
  });
  await updateCases(parts.db, transaction, [{ outcome, nextDecision }], parts.messages);
}
