/** Services: what entities deliver; an application that names one goes to its entity. */

import { msg } from "../../text/msg.js";
import { defineSetupTable } from "./define-setup-table.js";

export const services = defineSetupTable({
  table: "services",
  part: "services",
  setup: "services",
  many: msg("setup.services.many"),
  one: msg("setup.services.one"),
  icon: "list",
  order: 40,
  columns: {
    entity: {
      kind: "reference",
      to: "entities",
      label: msg("setup.services.columnsEntityLabel"),
      help: msg("setup.services.columnsEntityHelp"),
      decides: true,
      moves: true,
      list: true,
      filter: true,
      sort: true,
      required: true,
    },
  },
  heldBy: ["applications.service"],
  facts: ["service"],
  optionalFile: true,
});
