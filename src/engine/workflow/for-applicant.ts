/** Acts that officials do for an applicant who asked them to: such an action asks how the applicant was recognised. */
import type { WorkflowAction } from "./workflow-definition.js";

/** By this field an action says that it is done for the applicant. */
export const recognisedBy = "recognisedBy";

/** Whether an official who does it does the applicant's wish: no act of the office, and no sign of life of it. */
export const isForApplicant = (action: Pick<WorkflowAction, "fields"> | undefined): boolean =>
  action?.fields?.[recognisedBy]?.type === "choice";
