/**
 * The applicant acts, known by reference and code or by the link of a message. A message that comes twice is one message; and however often somebody may
 * add to the own case, what waits to be read is bounded.
 */

import type { Transaction } from "sequelize";
import type { ApplicantProof } from "../../../engine/applicant/applicant-keys.js";
import type { Case } from "../../../engine/lifecycle/case.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import { asStored } from "../../../engine/text/text.js";
import { namedAction, type WorkflowDefinition } from "../../../engine/workflow/workflow-definition.js";
import type { Database } from "../../../platform/db/query.js";
import { lastEventOfCase, repliesSince } from "../case-event-queries.js";
import { type CaseParts, caseNotFound, verifyCode } from "../case-parts.js";
import { actByLink, openedBy } from "../follow/open-by-link.js";
import type { Act } from "./compute-outcome.js";
import { type PerformedAction, perform } from "./perform-action.js";

/** The same words again after that are meant to be said again. */
const soonMs = 2 * 60_000;

/**
 * Whether the last that happened in a case is this very message of its applicant, a moment ago, as when a button is pressed
 * twice on a slow line. One with files is never
 * taken for said, since other files may go with the same words. Asked with the case held, so that the second of two that
 * arrive together sees the first.
 */
async function isRepeat(
  db: Database,
  transaction: Transaction,
  a: { theCase: Case; workflow: WorkflowDefinition; act: Omit<Act, "actor"> },
): Promise<boolean> {
  const { theCase, workflow, act } = a;
  const named = namedAction(workflow, act.action);
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

/** Messages that may wait for the office's next act. Without a bound one case would grow until nobody can open it. */
const maxUnheard = 20;

/**
 * Refuses one message more where so many wait to be read. Withdrawing, rating and reopening stay possible.
 * Problem `action-refused`.
 */
async function refuseUnheard(
  db: Database,
  transaction: Transaction,
  a: { theCase: Case; workflow: WorkflowDefinition; action: string },
): Promise<void> {
  const { theCase, workflow, action } = a;
  const named = namedAction(workflow, action);
  if (!named?.effects.includes("reply")) return;
  const since = theCase.lastOfficialActionAt ?? theCase.application.receivedAt;
  if ((await repliesSince(db, transaction, { caseId: theCase.id, since, most: maxUnheard })) < maxUnheard) return;
  throw new Problem("action-refused", msg("cases-act.performAsApplicant.youHaveSentMessagesThat", { maxUnheard }));
}

/** A wrong code, and a link that does not open the case, read like an unknown reference. Problems: as of every act. */
export async function performAsApplicant(
  parts: CaseParts,
  a: Omit<Act, "actor" | "by"> & { reference: string } & ApplicantProof,
): Promise<PerformedAction> {
  const { reference, action, fields, attachments, now } = a;
  const act = { action, fields, attachments, now };
  const { performed } = await perform(
    parts,
    { reference, ...act, actor: { kind: "applicant" }, ...("link" in a && { by: "link" as const }) },
    {
      hold: "locked",
      missing: caseNotFound,
      authorise(loaded) {
        if ("code" in a && !verifyCode(loaded, a.code)) throw caseNotFound();
      },
      async check(loaded, pinned, transaction) {
        const { theCase } = loaded;
        const link = await openedBy(parts.db, loaded, a, transaction);
        const workflow = pinned.workflowOf(theCase.workflow.versionId);
        if (await isRepeat(parts.db, transaction, { theCase, workflow, act })) return "done";
        await refuseUnheard(parts.db, transaction, { theCase, workflow, action: act.action });
        const named = namedAction(workflow, act.action);
        // What the workflow does not have it refuses in its own words.
        if (link !== null && named !== undefined) await actByLink(parts.db, transaction, link, named);
        return "act";
      },
    },
  );
  return performed;
}
