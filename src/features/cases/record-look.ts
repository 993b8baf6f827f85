/** What moves a case nowhere and belongs on its record: a look at something personal, stored in the transaction in which it is shown; a call to its applicant, and that an answer did not reach them; what became of links and addresses. */
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
    | "applicant.not-reached"
    | "call-back.asked"
    | "call-back.done"
    | "contact.code-sent"
    | "contact.proven"
    | "link.asked"
    | "links.revoked"
  >;
  readonly data: Readonly<Record<string, unknown>>;
  readonly actor: Actor;
  readonly now: Date;
}

/** What was seen is on record, or was not seen: `loaded` is held by the transaction, and nothing is shown before it ends. */
export function recordLook(
  parts: CaseParts,
  transaction: Transaction,
  loaded: LoadedCase,
  { type, data, actor, now }: Look,
): Promise<void> {
  return recordLooks(parts, transaction, loaded, { looks: [{ type, data }], actor, now });
}

/** Several of one case at once: `loaded` is as it was before the first of them, so it is written once. */
export async function recordLooks(
  parts: CaseParts,
  transaction: Transaction,
  loaded: LoadedCase,
  { looks, actor, now }: Pick<Look, "actor" | "now"> & { readonly looks: readonly Pick<Look, "type" | "data">[] },
): Promise<void> {
  if (looks.length === 0) return;
  const { theCase, applicantWays, nextDecision, revision } = loaded;
  const { setup } = parts.policies.at(theCase.programme, revision);
  const { calendarOf, workflowOf } = parts.policies.pinned([theCase]);
  const outcome = finishOutcome({
    draft: looks.reduce((draft, { type, data }) => emit(draft, type, data), draftOf(theCase, actor, now)),
    before: theCase.clocks,
    workflow: workflowOf(theCase.workflow.versionId),
    setup,
    calendarOf,
    applicantWays,
  });
  await updateCases(parts.db, transaction, [{ outcome, nextDecision }], parts.messages);
}
