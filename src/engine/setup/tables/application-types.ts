/** Application types: complaint, inquiry, suggestion …, each with its workflow and the extra questions that it asks. */

import { msg } from "../../text/msg.js";
import { defineSetupTable } from "./define-setup-table.js";

export const applicationTypes = defineSetupTable({
  table: "application_types",
  part: "applicationTypes",
  setup: "types",
  many: msg("setup.applicationTypes.many"),
  one: msg("setup.applicationTypes.one"),
  icon: "folder",
  order: 70,
  columns: {
    purpose: {
      kind: "bilingual",
      length: "line",
      nullable: true,
      label: msg("setup.applicationTypes.columnsPurposeLabel"),
      help: msg("setup.applicationTypes.columnsPurposeHelp"),
      inWords: msg("setup.applicationTypes.columnsPurposeInWords"),
      decides: false,
    },
    workflow: {
      kind: "published",
      what: "workflow",
      label: msg("setup.applicationTypes.columnsWorkflowLabel"),
      help: msg("setup.applicationTypes.columnsWorkflowHelp"),
      decides: true,
      list: true,
      required: true,
    },
    fields: {
      kind: "fields",
      max: 60,
      label: msg("setup.applicationTypes.columnsFieldsLabel"),
      help: msg("setup.applicationTypes.columnsFieldsHelp"),
      inWords: msg("setup.applicationTypes.columnsFieldsInWords"),
      decides: true,
      list: true,
    },
    anonymousAllowed: {
      kind: "flag",
      label: msg("setup.applicationTypes.columnsAnonymousAllowedLabel"),
      help: msg("setup.applicationTypes.columnsAnonymousAllowedHelp"),
      inWords: msg("setup.applicationTypes.columnsAnonymousAllowedInWords"),
      decides: true,
      list: true,
      filter: true,
    },
    confidential: {
      kind: "flag",
      label: msg("setup.applicationTypes.columnsConfidentialLabel"),
      help: msg("setup.applicationTypes.columnsConfidentialHelp"),
      inWords: msg("setup.applicationTypes.columnsConfidentialInWords"),
      decides: true,
      list: true,
      filter: true,
    },
    /** Officials ask it of each other; no applicant can choose it, and no figure counts it. */
    internal: {
      kind: "flag",
      fallback: false,
      label: msg("setup.applicationTypes.columnsInternalLabel"),
      help: msg("setup.applicationTypes.columnsInternalHelp"),
      inWords: msg("setup.applicationTypes.columnsInternalInWords"),
      decides: true,
      list: true,
      filter: true,
    },
    /** Whether its applicants may be asked by telephone how satisfied they are. */
    surveyed: {
      kind: "flag",
      fallback: true,
      label: msg("setup.applicationTypes.columnsSurveyedLabel"),
      help: msg("setup.applicationTypes.columnsSurveyedHelp"),
      inWords: msg("setup.applicationTypes.columnsSurveyedInWords"),
      decides: false,
    },
  },
  formOrder: ["purpose", "workflow", "anonymousAllowed", "confidential", "internal", "surveyed", "fields"],
  heldBy: ["applications.type"],
  facts: ["type"],
});
