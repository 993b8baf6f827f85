/** A new workflow begins as a copy of one that there is, under a code that nothing has yet. */

import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { codeForm } from "../../../engine/workflow/lint-workflow.js";
import type { WorkflowDefinition } from "../../../engine/workflow/workflow-definition.js";
import type { ConfigurationKind } from "../../setup/tables/create-models.js";

/** An application type names its workflow in no more. */
const longestCode = 60;

const refused = (reason: Bilingual): Problem => new Problem("invalid-input", reason, [{ field: "/code", reason }]);

/** @param taken whether something of this kind has the name. Problem invalid-input, at `/code`. */
export function requireNewCode(kind: ConfigurationKind, code: string, taken: boolean): void {
  if (kind !== "workflow") {
    throw refused(msg("policy-workflow.copyWorkflow.onlyWorkflowsCanBeCopied"));
  }
  if (!codeForm.test(code) || code.length > longestCode) {
    throw refused(msg("policy-workflow.copyWorkflow.writeACodeOfSmall", { longestCode }));
  }
  if (taken) {
    throw refused(msg("policy-workflow.copyWorkflow.thereIsAWorkflowAlready", { code }));
  }
}

/** The same under another name, which people can tell from the first. */
export function copiedWorkflow(definition: WorkflowDefinition, code: string): WorkflowDefinition {
  const { name } = definition;
  return { ...definition, workflow: code, name: msg("policy-workflow.copyWorkflow.copy", { name }) };
}
