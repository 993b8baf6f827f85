/** Whether a link opens a case, and what an act by it may be. */

import type { Transaction } from "sequelize";
import { type ApplicantProof, isLinkToken } from "../../../engine/applicant/applicant-keys.js";
import { usedByLink } from "../../../engine/lifecycle/views/shown-by-link.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import { mayByLink } from "../../../engine/workflow/effects.js";
import type { WorkflowAction } from "../../../engine/workflow/workflow-definition.js";
import type { Database } from "../../../platform/db/query.js";
import { caseNotFound, verifyCode } from "../case-parts.js";
import type { LoadedCase } from "../case-queries.js";
import { type FoundLink, linkByToken, useLink, works } from "./link-store.js";

/**
 * By what somebody opens the case: null by its code, else the link.
 * Problem `not-found` for a wrong code, a link of another case and one that does not open it, in the same words.
 */
export async function openedBy(
  db: Database,
  loaded: LoadedCase,
  a: ApplicantProof & { readonly now: Date },
  transaction?: Transaction,
): Promise<FoundLink | null> {
  if ("code" in a) {
    if (!verifyCode(loaded, a.code)) throw caseNotFound();
    return null;
  }
  const link = isLinkToken(a.link) ? await linkByToken(db, a.link, transaction) : null;
  const opens = link !== null && link.caseId === loaded.theCase.id && link.purpose === "open" && works(link, a.now);
  if (!opens) throw caseNotFound();
  return link;
}

/**
 * Uses a link up for an act, in the act's transaction. Problems: `forbidden` where the act asks for the code, `action-refused`
 * where the link did that before.
 */
export async function actByLink(
  db: Database,
  transaction: Transaction,
  link: FoundLink,
  action: Pick<WorkflowAction, "effects">,
): Promise<void> {
  if (!mayByLink(action)) throw new Problem("forbidden", msg("cases.openByLink.needsTheCode"));
  if (await useLink(db, transaction, { id: link.id, effects: usedByLink(action.effects) })) return;
  throw new Problem("action-refused", msg("cases.openByLink.usedUp"));
}
