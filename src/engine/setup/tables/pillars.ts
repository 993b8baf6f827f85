/** Pillars: what went wrong. One side of the SLA grid. */

import { msg } from "../../text/msg.js";
import { defineSetupTable } from "./define-setup-table.js";

export const pillars = defineSetupTable({
  table: "pillars",
  part: "pillars",
  setup: "pillars",
  many: msg("setup.pillars.many"),
  one: msg("setup.pillars.one"),
  icon: "star",
  order: 50,
  nameHelp: msg("setup.pillars.nameHelp"),
  columns: {},
  heldBy: ["applications.pillar", "cases.pillar"],
  facts: ["pillar"],
  outcome: { key: "pillar" },
});
