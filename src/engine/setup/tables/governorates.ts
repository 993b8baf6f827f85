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
  columns: {
    outline: {
      kind: "outline",
      nullable: true,
      label: msg("setup.governorates.columnsOutlineLabel"),
      help: msg("setup.governorates.columnsOutlineHelp"),
      decides: false,
      ltr: true,
    },
  },
  heldBy: ["applications.governorate"],
  facts: ["governorate"],
});
