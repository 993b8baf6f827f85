/** Where the open cases of a workflow stand, for whoever may look at its configuration. */

import { type Actor, can } from "../../../engine/access/permissions.js";
import type { WorkflowStanding } from "../../../engine/lifecycle/migration-views.js";
import { Problem } from "../../../engine/text/problems.js";
import type { CaseParts } from "../case-parts.js";
import { casesByState } from "./migration-store.js";

export interface WorkflowAsked {
  readonly actor: Actor;
  readonly programme: string;
  /** The workflow's code. */
  readonly name: string;
}

/** The same words whether there is none or it is not for the asker. */
export function demandWorkflowReader({ actor, programme }: WorkflowAsked): void {
  if (can(actor, "configuration.read", { programme })) return;
  throw noSuchWorkflow();
}

export const noSuchWorkflow = (): Problem =>
  new Problem("not-found", { en: "There is no such workflow here.", ar: "لا يوجد سير عمل بهذا الرمز هنا." });

/** Problem not-found. */
export async function workflowStanding(
  { db, policies }: Pick<CaseParts, "db" | "policies">,
  asked: WorkflowAsked,
): Promise<WorkflowStanding> {
  demandWorkflowReader(asked);
  const { setup } = await policies.fresh(asked.programme);
  const published = setup.workflows.get(asked.name);
  const standing = await casesByState(db, asked);
  const pinned = await policies.pin(standing.map(({ versionId }) => ({ workflow: { versionId }, clocks: [] })));
  return {
    standing: standing.map((one) => ({
      ...one,
      name: pinned.workflowOf(one.versionId).states[one.state]?.name ?? { en: one.state, ar: one.state },
    })),
    types: [...setup.types.values()].filter(({ workflow }) => workflow === asked.name).map(({ code }) => code),
    inForce: published === undefined ? null : { versionId: published.versionId, version: published.version },
  };
}
