/**
 * Closing reasons: why a case may be closed without the answer that was asked for, and what the applicant reads. What is
 * another entity's is transferred.
 */

import { msg } from "../../text/msg.js";
import { defineSetupTable } from "./define-setup-table.js";

export const closingReasons = defineSetupTable({
  table: "closing_reasons",
  part: "closingReasons",
  setup: "closingReasons",
  many: msg("setup.closingReasons.many"),
  one: msg("setup.closingReasons.one"),
  icon: "archive",
  order: 112,
  nameHelp: msg("setup.closingReasons.nameHelp"),
  columns: {
    text: {
      kind: "bilingual",
      length: "paragraphs",
      label: msg("setup.closingReasons.columnsTextLabel"),
      help: msg("setup.closingReasons.columnsTextHelp"),
      inWords: msg("setup.closingReasons.columnsTextInWords"),
      decides: false,
      list: true,
      search: true,
      required: true,
    },
  },
  heldBy: ["cases.closing_reason"],
  facts: [],
  decides: false,
  optionalFile: true,
});
