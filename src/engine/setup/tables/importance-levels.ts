/** Importance levels: how urgent. The other side of the SLA grid. */

import { msg } from "../../text/msg.js";
import { defineSetupTable } from "./define-setup-table.js";

export const importanceLevels = defineSetupTable({
  table: "importance_levels",
  part: "importanceLevels",
  setup: "importanceLevels",
  many: msg("setup.importanceLevels.many"),
  one: msg("setup.importanceLevels.one"),
  icon: "ladder",
  order: 60,
  columns: {
    rank: {
      kind: "integer",
      min: 1,
      max: 1000,
      label: msg("setup.importanceLevels.columnsRankLabel"),
      help: msg("setup.importanceLevels.columnsRankHelp"),
      decides: true,
      list: true,
      sort: true,
      required: true,
    },
  },
  sortedBy: "rank",
  heldBy: ["applications.importance", "cases.importance"],
  facts: ["importance"],
  outcome: { key: "importance" },
});
