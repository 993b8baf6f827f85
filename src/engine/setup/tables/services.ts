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
    /** What people say for it, in either language, a line each: by these, too, a text is suggested to be about it. */
    alsoCalled: {
      kind: "words",
      max: 200,
      fallback: [],
      label: msg("setup.services.columnsAlsoCalledLabel"),
      help: msg("setup.services.columnsAlsoCalledHelp"),
      inWords: msg("setup.services.columnsAlsoCalledInWords"),
      decides: false,
      search: true,
    },
  },
  heldBy: ["applications.service"],
  facts: ["service"],
  optionalFile: true,
});
