/** What moves a case nowhere and belongs on its record: a look at something personal, stored in the transaction in which it is shown; a call to its applicant; what became of links and addresses. */
import type { Transaction } from "sequelize";
import type { Actor } from "../../engine/access/permissions.js";
import { draftOf, emit } from "../../engine/lifecycle/case-draft.js";
import type { CaseEventType } from "../../engine/lifecycle/case-event.js";
import { finishOutcome } from "../../engine/lifecycle/finish-outcome.js";
import type { CaseParts } from "./case-parts.js";
import type { LoadedCase } from "./case-queries.js";
import { updateCases } from "./case-store.js";

export interface Look {
  readonly type: Extract<
    CaseEventType,
    | "personal.read"
    | "attachment.read"
    | "caller.served"
    | "call-back.asked"
    | "call-back.done"
    | "contact.proven"
    | "links.revoked"
  >;
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
  const { theCase, applicantWays, nextDecision, revision } = loaded;
  const { setup } = parts.policies.at(theCase.programme, revision);
  const { calendarOf, workflowOf } = parts.policies.pinned([theCase]);
  const outcome = finishOutcome({
    draft: emit(draftOf(theCase, actor, now), type, data),
    before: theCase.clocks,
    workflow: workflowOf(theCase.workflow.versionId),
    setup,
    calendarOf,
    applicantWays,
  });
  await updateCases(parts.db, transaction, [{ outcome, nextDecision }], parts.messages);
}
