/** Where the open cases of a workflow stand, for whoever may look at its configuration. */
import type { Database } from "../../db/query.js";
import { casesByState, type StandingCases } from "../../db/workflow-case-queries.js";
import { type Actor, can } from "../../domain/permissions.js";
import { Problem } from "../../domain/problems.js";
import type { Setup } from "../../domain/setup.js";

export interface WorkflowAsked {
  readonly actor: Actor;
  readonly programme: string;
  /** The workflow's code. */
  readonly name: string;
}

export interface WorkflowStanding {
  /** Open, waiting and answered cases, by version and state; newest version first. */
  readonly standing: readonly StandingCases[];
  /** Codes of the application types that follow it. */
  readonly types: readonly string[];
  /** Null where no version is in force. */
  readonly inForce: { readonly versionId: number; readonly version: number } | null;
}

/** The same words whether there is none or it is not for the asker. */
function demandWorkflowReader({ actor, programme }: WorkflowAsked): void {
  if (can(actor, "configuration.read", { programme })) return;
  throw noSuchWorkflow();
}

const noSuchWorkflow = (): Problem =>
  new Problem("not-found", { en: "There is no such workflow here.", ar: "لا يوجد سير عمل بهذا الرمز هنا." });

/** Problem not-found. */
export async function workflowStanding(
  parts: { readonly db: Database; readonly setupOf: (programme: string) => Promise<Setup> },
  asked: WorkflowAsked,
): Promise<WorkflowStanding> {
  demandWorkflowReader(asked);
  const setup = await parts.setupOf(asked.programme);
  const published = setup.workflows.get(asked.name);
  const standing = await casesByState(parts.db, asked);
  return {
    standing,
    types: [...setup.types.values()].filter(({ workflow }) => workflow === asked.name).map(({ code }) => code),
    inForce: published === undefined ? null : { versionId: published.versionId, version: published.version },
  };
}
