/** Governorates: where it happened. */

import { msg } from "../../text/msg.js";
import { defineSetupTable } from "./define-setup-table.js";

export const governorates = defineSetupTable({
  table: "governorates",
  part: "governorates",
  setup: "governorates",
  many: msg("setup.governorates.many"),
  one: msg("setup.governorates.one"),
  icon: "globe",
  order: 100,
  nameHelp: msg("setup.governorates.nameHelp"),
  columns: {},
  heldBy: ["applications.governorate"],
  facts: ["governorate"],
});
