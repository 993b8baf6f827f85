/** Keyword lists: the only way in which free text enters a rule. */

import { msg } from "../../text/msg.js";
import { defineSetupTable } from "./define-setup-table.js";

export const keywordLists = defineSetupTable({
  table: "keyword_lists",
  part: "keywordLists",
  setup: "keywordLists",
  many: msg("setup.keywordLists.many"),
  one: msg("setup.keywordLists.one"),
  icon: "words",
  order: 110,
  columns: {
    /** In either language; matched on normalised text. */
    words: {
      kind: "words",
      max: 3000,
      label: msg("setup.keywordLists.columnsWordsLabel"),
      help: msg("setup.keywordLists.columnsWordsHelp"),
      inWords: msg("setup.keywordLists.columnsWordsInWords"),
      decides: true,
      list: true,
      search: true,
    },
  },
  heldBy: [],
  facts: ["keywords"],
  optionalFile: true,
});
