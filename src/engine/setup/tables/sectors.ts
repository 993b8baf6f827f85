/** Sectors: what an applicant picks when the entity is not known. */

import { msg } from "../../text/msg.js";
import { defineSetupTable } from "./define-setup-table.js";

export const sectors = defineSetupTable({
  table: "sectors",
  part: "sectors",
  setup: "sectors",
  many: msg("setup.sectors.many"),
  one: msg("setup.sectors.one"),
  icon: "layers",
  order: 30,
  nameHelp: msg("setup.sectors.nameHelp"),
  columns: {},
  heldBy: ["seats.sector", "applications.sector", "cases.sector"],
  facts: ["sector"],
});
