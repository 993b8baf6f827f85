/** What the parts of a workflow are called, on its screens and where it is compared and approved. Browsers run this too. */
import { msg } from "../text/msg.js";
import type { Bilingual } from "../text/text.js";
import type { FieldType, StateKind } from "./workflow-definition.js";

export const stateKindTitles: Readonly<Record<StateKind, Bilingual>> = {
  open: msg("workflow.workflowTitles.stateKindTitlesOpen"),
  waiting: msg("workflow.workflowTitles.stateKindTitlesWaiting"),
  resolved: msg("workflow.workflowTitles.stateKindTitlesResolved"),
  final: msg("workflow.workflowTitles.stateKindTitlesFinal"),
};

export const fieldTypeTitles: Readonly<Record<FieldType, Bilingual>> = {
  text: msg("workflow.workflowTitles.fieldTypeTitlesText"),
  choice: msg("workflow.workflowTitles.fieldTypeTitlesChoice"),
  date: msg("workflow.workflowTitles.fieldTypeTitlesDate"),
  entity: msg("workflow.workflowTitles.fieldTypeTitlesEntity"),
  pillar: msg("workflow.workflowTitles.fieldTypeTitlesPillar"),
  importance: msg("workflow.workflowTitles.fieldTypeTitlesImportance"),
  rating: msg("workflow.workflowTitles.fieldTypeTitlesRating"),
  closingReason: msg("workflow.workflowTitles.fieldTypeTitlesClosingReason"),
  reference: msg("workflow.workflowTitles.fieldTypeTitlesReference"),
  references: msg("workflow.workflowTitles.fieldTypeTitlesReferences"),
  colleague: msg("workflow.workflowTitles.fieldTypeTitlesColleague"),
  colleagues: msg("workflow.workflowTitles.fieldTypeTitlesColleagues"),
  applicantCode: msg("workflow.workflowTitles.fieldTypeTitlesApplicantCode"),
};
