/** What the workflow studio asks beside the definition: where the open cases of a workflow stand. */
import type { WorkflowStanding } from "../../cases/migration/workflow-standing.js";
import { definePage } from "../guard/define-page.js";
import { type ChosenProgramme, chosenProgramme } from "./chosen-programme.js";

export interface WorkflowCasesView extends ChosenProgramme, WorkflowStanding {}

export const workflowPage = definePage({
  name: "workflow",
  label: { en: "Workflow studio", ar: "استوديو سير العمل" },
  group: "policy",
  icon: "flow",
  order: 21,
  hidden: true,
  component: "Policy",
  access: "configuration.read",
  query: ["programme", "name"],
  async read(call): Promise<WorkflowCasesView> {
    const chosen = await chosenProgramme(call);
    const { actor } = call.official;
    const { programme } = chosen;
    return {
      ...chosen,
      ...(await call.services.workflows.standing({ actor, programme, name: call.query.name ?? "" })),
    };
  },
});
