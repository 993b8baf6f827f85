/** Applicant categories: as whom somebody applies. */

import { msg } from "../../text/msg.js";
import { defineSetupTable } from "./define-setup-table.js";

export const applicantCategories = defineSetupTable({
  table: "applicant_categories",
  part: "applicantCategories",
  setup: "categories",
  many: msg("setup.applicantCategories.many"),
  one: msg("setup.applicantCategories.one"),
  icon: "people",
  order: 90,
  nameHelp: msg("setup.applicantCategories.nameHelp"),
  columns: {},
  heldBy: ["applications.category"],
  facts: ["category"],
});
